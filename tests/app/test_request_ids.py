import logging

import pytest
from flask.testing import FlaskClient

from app.logging import PrivateFormatter


def test_a_callers_id_comes_back(client: FlaskClient) -> None:
    """Whoever sends an id finds the same one in the answer, refusals and files included."""
    for path in ("/api/session", "/api/nothing", "/v3/contacts", "/healthz", "/"):
        with client.get(path, headers={"X-Request-ID": "order-7.retry:2"}) as answer:
            assert answer.headers["X-Request-ID"] == "order-7.retry:2"


@pytest.mark.parametrize("given", [None, "", "a b", "ann@example.com", "x" * 101, "naïve"])
def test_what_is_no_id_is_replaced(client: FlaskClient, given: str | None) -> None:
    """Without a usable id the request gets one of ours, and no two the same."""
    headers = {} if given is None else {"X-Request-ID": given}
    ids = {client.get("/healthz", headers=headers).headers["X-Request-ID"] for _ in range(2)}
    assert len(ids) == 2
    assert all(len(each) == 32 for each in ids)


def test_each_line_of_a_request_names_it(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """The log says which route answered what, under the request's id; nothing of the address."""
    caplog.handler.setFormatter(PrivateFormatter("%(message)s"))
    with caplog.at_level(logging.DEBUG, "app.request_ids"):
        client.get("/v3/contacts/ann@example.com", headers={"X-Request-ID": "r-1"})
    line = next(each for each in caplog.text.splitlines() if each.startswith("GET /v3/contacts/<"))
    assert "401" in line
    assert line.endswith("[request=r-1]")
    assert "ann" not in line
