"""Text messages, handed to a provider: any that takes a request over HTTP, or Twilio by its own library."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias
from urllib.parse import quote_plus, urlencode

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from app.adapters import http
from app.adapters.outside import NotReached

PLACES: Final = ("to", "text", "sender", "id", "report_url")
"""What the address and the body of a provider of one's own can hold, as `{{ to }}`."""

_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_LARGEST_ANSWER: Final = 100_000
_TEMPORARY: Final = frozenset({408, 425, 429})

log = logging.getLogger(__name__)


class Sms(NamedTuple):
    """A text message. `key`: the same at each try; `report_url`: where to tell what became of it."""

    to: str
    text: str
    sender: str
    key: str
    report_url: str


class HttpProvider(NamedTuple):
    """A provider that takes a request: `headers` as pairs of name and value; places of `url` and `body` are filled."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str


class TwilioProvider(NamedTuple):
    """An account at Twilio."""

    account: str
    token: str


Provider: TypeAlias = HttpProvider | TwilioProvider


class NotTexted(Exception):
    """The provider did not take it. `permanent`: trying again would not help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


def send(provider: Provider, sms: Sms) -> None:
    """Hand a message over. Raises NotTexted."""
    if isinstance(provider, TwilioProvider):
        _send_by_twilio(provider, sms)
    else:
        _send_by_http(provider, sms)


def fill(template: str, sms: Sms, write: Callable[[str], str]) -> str:
    """Fill a provider's template; `write` makes each value fit where it stands."""
    values = {"to": sms.to, "text": sms.text, "sender": sms.sender, "id": sms.key, "report_url": sms.report_url}
    return _PLACE.sub(lambda found: write(values.get(found[1], "")), template)


def _send_by_http(provider: HttpProvider, sms: Sms) -> None:
    body, kind = _body(provider.body, sms)
    headers = {"Content-Type": kind, **dict(provider.headers), "Idempotency-Key": sms.key}
    try:
        answer = http.request(
            provider.method,
            fill(provider.url, sms, quote_plus),
            headers,
            body.encode(),
            largest=_LARGEST_ANSWER,
            cut=True,
        )
    except NotReached as error:
        raise NotTexted(str(error), permanent=error.permanent) from error
    if answer.status >= 300:
        said = answer.body.decode(errors="replace")[:200]
        temporary = answer.status >= 500 or answer.status in _TEMPORARY
        raise NotTexted(f"The provider answered {answer.status}: {said}", permanent=not temporary)


def _body(template: str, sms: Sms) -> tuple[str, str]:
    """Fill a body so that no text can break its form, JSON or that of a web form; returns what kind it is, too."""
    try:
        parsed = json.loads(template)
    except ValueError:
        return fill(template, sms, quote_plus), "application/x-www-form-urlencoded"
    return json.dumps(_filled(parsed, sms)), "application/json"


def _filled(part: Any, sms: Sms) -> Any:  # noqa: ANN401 - JSON
    if isinstance(part, str):
        return fill(part, sms, str)
    if isinstance(part, list):
        return [_filled(each, sms) for each in part]
    return {name: _filled(each, sms) for name, each in part.items()} if isinstance(part, dict) else part


class _Guarded(HttpClient):  # type: ignore[misc] # it ships no types
    """Lets Twilio's library reach the outside as everything else here does."""

    def __init__(self) -> None:
        super().__init__(log, is_async=False)

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        **_: Any,  # noqa: ANN401 - how long to wait, and whether to be led elsewhere, is decided there
    ) -> Response:
        """Send a request."""
        known = dict(headers or {})
        if auth:
            known["Authorization"] = http.basic(*auth)
        address = f"{uri}?{urlencode(params)}" if params else uri
        answer = http.request(method, address, known, urlencode(data or {}).encode(), largest=_LARGEST_ANSWER)
        return Response(answer.status, answer.body.decode())


def _send_by_twilio(provider: TwilioProvider, sms: Sms) -> None:
    # A service of several numbers is named by its id.
    by = "messaging_service_sid" if sms.sender.startswith("MG") else "from_"
    try:
        client = Client(provider.account, provider.token, http_client=_Guarded())
        client.messages.create(to=sms.to, body=sms.text, status_callback=sms.report_url, **{by: sms.sender})
    except NotReached as error:
        raise NotTexted(str(error), permanent=error.permanent) from error
    except TwilioRestException as error:
        temporary = error.status >= 500 or error.status in _TEMPORARY
        raise NotTexted(
            f"Twilio answered {error.code or error.status}: {error.msg}", permanent=not temporary
        ) from error
    except TwilioException as error:
        raise NotTexted(str(error), permanent=True) from error
