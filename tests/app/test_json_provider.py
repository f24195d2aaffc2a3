from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask

from app.json_provider import OrjsonProvider


@pytest.fixture
def provider() -> OrjsonProvider:
    """The provider of some app."""
    return OrjsonProvider(Flask("json"))


def test_times_and_numbers_are_written_as_the_api_promises(provider: OrjsonProvider):
    """UTC ends in Z; dates, decimals and UUIDs become text."""
    value = [datetime(2026, 1, 2, 3, 4, tzinfo=UTC), date(2026, 1, 2), Decimal("1.50"), UUID(int=1)]
    written = provider.dumps(value)
    assert written == '["2026-01-02T03:04:00Z","2026-01-02","1.50","00000000-0000-0000-0000-000000000001"]'


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999", "{", "", '"\\ud800"', "[" * 5000])
def test_only_real_json_is_read(provider: OrjsonProvider, text: str):
    """Everything else is a ValueError, bottomless nesting too."""
    with pytest.raises(ValueError, match=":"):
        provider.loads(text)
