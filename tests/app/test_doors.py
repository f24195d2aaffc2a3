import logging

import pytest
from flask import Blueprint, Flask, Response, request
from flask.testing import FlaskClient
from marshmallow import Schema, fields
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from app import doors, errors, request_ids
from app.api.blueprint import Blueprint as ApiBlueprint
from app.api.spec import Api
from app.doors import Refusal
from app.factory import Cadenza

REASON = Exception("Key (email)=(ann@example.com) already exists")


class Inner(Schema):
    amount = fields.Integer(required=True)


class Body(Schema):
    name = fields.String(required=True)
    inner = fields.List(fields.Nested(Inner))


class Query(Schema):
    limit = fields.Integer()


@pytest.fixture
def door_client() -> FlaskClient:
    """A client of an app with one view that refuses in every way."""
    app = Cadenza("doors")
    app.config.update(
        API_TITLE="Test", API_VERSION="1", OPENAPI_VERSION="3.1.0", MAX_CONTENT_LENGTH=1000, SECRET_KEY="x"
    )
    request_ids.install(app)
    doors.install(app)
    blueprint = ApiBlueprint("things", "things", url_prefix="/api")
    add_views(blueprint)
    Api(app).register_blueprint(blueprint)
    return app.test_client()


def add_views(blueprint: ApiBlueprint) -> None:
    failures = {
        "missing": errors.NotFound("There is no contact 3."),
        "field": errors.Invalid.field("name", "taken", "This name is taken.", "Choose another."),
        "slow": errors.TooManyRequests("Slow down.", 7),
        "data": DataError("INSERT …", {}, REASON),
        "race": IntegrityError("INSERT …", {}, REASON),
        "database": OperationalError("SELECT", {}, REASON),
        "redis": RedisConnectionError("away"),
        "bug": ZeroDivisionError("ann@example.com"),
    }

    @blueprint.get("/fail/<how>")
    def fail(how: str) -> str:
        raise failures[how]

    @blueprint.post("/things")
    @blueprint.arguments(Body)
    @blueprint.arguments(Query, location="query")
    def create(body: dict[str, object], query: dict[str, object]) -> dict[str, object]:
        return {**body, **query}

    @blueprint.post("/raw")
    def raw() -> dict[str, object]:
        return {"got": request.get_json()}


@pytest.mark.parametrize(
    ("how", "status"),
    [("missing", 404), ("field", 422), ("slow", 429), ("data", 422), ("race", 409), ("database", 503), ("redis", 503)],
)
def test_each_refusal_is_a_problem_document(door_client: FlaskClient, how: str, status: int):
    """Services, the database and Redis refuse in one format, with the status that fits."""
    answer = door_client.get(f"/api/fail/{how}")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert set(answer.json) == {"type", "title", "status", "detail", "errors"}
    assert "ann@example.com" not in answer.text


def test_a_refused_field_is_named_with_its_remedy(door_client: FlaskClient):
    """A person learns which field, why, and what to do."""
    assert door_client.get("/api/fail/field").json["errors"] == [
        {"field": "name", "code": "taken", "message": "This name is taken.", "remedy": "Choose another."}
    ]


def test_too_many_requests_says_when_to_come_back(door_client: FlaskClient):
    """Clients wait as long as the header says."""
    assert door_client.get("/api/fail/slow").headers["Retry-After"] == "7"


def test_every_fault_of_a_body_is_named_at_once(door_client: FlaskClient):
    """Missing, unknown and ill-typed fields, nested ones too, come in one answer."""
    answer = door_client.post("/api/things?limit=x", json={"inner": [{"amount": "much"}], "nme": 1})
    found = {(each["field"], each["code"]) for each in answer.json["errors"]}
    assert answer.status_code == 422
    assert found == {("name", "required"), ("inner.0.amount", "invalid"), ("nme", "unknown")}


def test_a_bad_query_parameter_is_named(door_client: FlaskClient):
    """The address is checked as the body is."""
    answer = door_client.post("/api/things?limit=x", json={"name": "a"})
    assert [each["field"] for each in answer.json["errors"]] == ["limit"]


@pytest.mark.parametrize(
    "body",
    [b"{", b"", b'{"name": "\xff"}', b'{"name": NaN}', b'"\\ud800"', b"[" * 900, b"{}{}"],
    ids=["half", "empty", "utf-8", "nan", "surrogate", "deep", "two"],
)
@pytest.mark.parametrize("path", ["/api/things", "/api/raw"])
def test_what_is_not_json_is_refused(door_client: FlaskClient, path: str, body: bytes):
    """Malformed JSON, bad UTF-8, NaN and bottomless nesting are the client's fault, never ours."""
    answer = door_client.post(path, data=body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.json["detail"]


def test_a_body_of_another_kind_is_refused(door_client: FlaskClient):
    """A form sent to a JSON address is not silently ignored."""
    assert door_client.post("/api/things", data={"name": "a"}).status_code == 415


def test_a_huge_body_is_refused_unread(door_client: FlaskClient):
    """The limit holds before anything is parsed."""
    assert door_client.post("/api/things", json={"name": "x" * 2000}).status_code == 413


def test_a_wrong_method_names_the_right_ones(door_client: FlaskClient):
    """The header Allow survives our format."""
    answer = door_client.delete("/api/things")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_fault_of_ours_tells_nothing_but_a_reference(door_client: FlaskClient, caplog: pytest.LogCaptureFixture):
    """The person gets a reference that is in the log, and no inner detail."""
    door_client.application.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.ERROR):
        answer = door_client.get("/api/fail/bug")
    assert answer.status_code == 500
    assert answer.json["detail"].rstrip(".").split()[-1] in caplog.text


def test_each_door_speaks_its_own_format():
    """A compat door answers as its clients expect; paths outside all doors get plain text."""
    app = Flask("doors")
    doors.install(app)
    doors.speak(app, "/v3", lambda refusal: Response(f"code:{refusal.status}", refusal.status))
    client = app.test_client()
    assert client.get("/v3/nothing").text == "code:404"
    assert client.get("/v30").content_type.startswith("text/plain")


def test_a_redirect_is_no_refusal():
    """A missing slash leads on, as werkzeug has it."""
    app = Flask("doors")
    doors.install(app)
    blueprint = Blueprint("things", "things")
    blueprint.add_url_rule("/api/things/", view_func=lambda: "here", endpoint="list")
    app.register_blueprint(blueprint)
    assert app.test_client().get("/api/things").status_code == 308


def test_a_refusal_without_problems_has_an_empty_list():
    """Clients may always read `errors`."""
    app = Cadenza("doors")
    with app.app_context():
        assert doors.problem_json(Refusal(404, "Not found", "x")).json["errors"] == []
