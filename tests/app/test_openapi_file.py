import json

from flask import Flask

from app.settings import CHECKOUT


def test_the_contract_in_the_repository_is_the_one_served(app: Flask):
    """openapi.json, from which the front end's types come, is what the app serves now."""
    served = app.test_client().get("/api/openapi.json").get_json()
    is_current = json.loads((CHECKOUT / "openapi.json").read_text()) == served
    assert is_current, "Run `make api` and commit openapi.json with the front end's types."
