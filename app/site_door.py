"""The door of websites, below `/w`: the scripts that pages load, and what these send."""

from typing import Final

import orjson
from flask import Blueprint, Flask, Response, current_app, request, send_from_directory

from app import doors
from app.errors import Invalid
from app.permissions import public
from app.services.push import keys
from app.services.web import receiving

PREFIX: Final = "/w"
LARGEST_BEACON: Final = 64 * 1024
SCRIPT: Final = "s.js"
PUSH_SCRIPT: Final = "p.js"
WORKER: Final = "sw.js"
FORM_SCRIPT: Final = "f.js"
SCRIPTS: Final = (SCRIPT, PUSH_SCRIPT, WORKER, FORM_SCRIPT)
"""What pages load; what they load once somebody is asked about web push; what shows it, run by a file of the site; what
shows a form in a frame, and in there tells how high it is."""
_ASIDE: Final = "tracker"
_HOUR: Final = 3600

blueprint = Blueprint("site_door", __name__, url_prefix=PREFIX)


def register(app: Flask) -> None:
    """Open the door."""
    app.register_blueprint(blueprint)
    doors.speak(app, PREFIX, doors.problem_json)


@blueprint.get(f"/<any({', '.join(repr(each) for each in SCRIPTS)}):name>")
@public
def script(name: str) -> Response:
    """Give a script, as small as the browser takes it."""
    folder = current_app.config["FRONTEND"] / _ASIDE
    for coding, ending in (("br", ".br"), ("gzip", ".gz")):
        if request.accept_encodings[coding] and (folder / f"{name}{ending}").is_file():
            response = send_from_directory(folder, f"{name}{ending}", mimetype="text/javascript", max_age=_HOUR)
            response.content_encoding = coding
            break
    else:
        response = send_from_directory(folder, name, mimetype="text/javascript", max_age=_HOUR)
    response.vary.add("Accept-Encoding")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/key")
@public
def key() -> dict[str, str]:
    """Give the key that browsers subscribe to web push with: every page needs it, so it is no secret."""
    return {"key": keys.public()}


@blueprint.post("/e")
@public
def receive() -> Response:
    """Take what a page sends, as text: so that a browser sends it without asking first, even while it leaves."""
    request.max_content_length = LARGEST_BEACON
    receiving.receive(_body(), request.headers.get("Origin", ""), request.remote_addr or "")
    return Response(status=204)


@blueprint.after_request
def _readable(response: Response) -> Response:
    """Let pages read the answer, refusals above all: without it a browser calls each a fault of the network."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _body() -> object:
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        raise Invalid.field("", "bad_json", "The body is not valid JSON.", "The script sends JSON.") from error
