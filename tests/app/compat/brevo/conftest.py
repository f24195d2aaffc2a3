"""The door over real HTTP, and the clients that Brevo publishes, pointed at it by their base URL only."""

from collections.abc import Iterator

import httpx
import pytest
import sib_api_v3_sdk
from brevo import Brevo
from sqlalchemy.orm import Session

from tests.factories.users import make_api_key


@pytest.fixture
def base_url(address: str, database: Session) -> str:
    """What a client is given instead of Brevo's; requests share the test's connection, so all is rolled back."""
    return f"{address}/v3"


@pytest.fixture
def key(database: Session) -> str:
    """A program's key."""
    return make_api_key("Shop")


@pytest.fixture
def wire(base_url: str, key: str) -> Iterator[httpx.Client]:
    """A bare HTTP client with the key."""
    with httpx.Client(base_url=base_url, headers={"api-key": key}, trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture
def brevo(base_url: str, key: str) -> Iterator[Brevo]:
    """Brevo's present client."""
    with httpx.Client(trust_env=False, timeout=60) as transport:
        yield Brevo(api_key=key, base_url=base_url, httpx_client=transport)


@pytest.fixture
def sib(base_url: str, key: str) -> sib_api_v3_sdk.ApiClient:
    """Brevo's older client, a strict reader."""
    configuration = sib_api_v3_sdk.Configuration()
    configuration.host = base_url
    configuration.api_key["api-key"] = key
    return sib_api_v3_sdk.ApiClient(configuration)
