"""Serving it: `python -m bench.bare`, with the settings of an instance."""

# Before anything imports ssl or socket: gevent's versions must be the only ones.
from gevent import monkey

monkey.patch_all()

from typing import Any, Final  # noqa: E402 - see above

import orjson  # noqa: E402
from flask import Flask, Response, request  # noqa: E402
from sqlalchemy import text  # noqa: E402

from app import db  # noqa: E402
from app.runtime.web import Server  # noqa: E402
from app.settings import Settings  # noqa: E402
from bench.bare import MANY, ONE, READY  # noqa: E402

_INSERT: Final = text("INSERT INTO told (email, name, properties) VALUES (:email, :name, CAST(:properties AS jsonb))")
_COPY: Final = "COPY told (email, name, properties) FROM STDIN"


def build() -> Flask:
    """Return an app that takes what `/api/events` takes."""
    app = Flask(__name__)
    app.add_url_rule(READY, "ready", lambda: Response(status=204))
    app.add_url_rule(ONE, "one", insert_one, methods=["POST"])
    app.add_url_rule(MANY, "many", copy_many, methods=["POST"])
    return app


def insert_one() -> Response:
    """Insert the first event."""
    (row, *_) = _rows()
    with db.engine().begin() as connection:
        connection.execute(_INSERT, dict(zip(("email", "name", "properties"), row, strict=True)))
    return Response(status=202)


def copy_many() -> Response:
    """Copy all events in."""
    connection = db.engine().raw_connection()
    try:
        cursor: Any = connection.cursor()  # psycopg's own
        with cursor.copy(_COPY) as copy:
            for row in _rows():
                copy.write_row(row)
        connection.commit()
    finally:
        connection.close()
    return Response(status=202)


def _rows() -> list[tuple[str, str, str]]:
    return [
        (event["contact"]["email"], event["event"], orjson.dumps(event["properties"]).decode())
        for event in orjson.loads(request.get_data())["events"]
    ]


class Bare(Server):
    """Cadenza's server, with as many processes and connections."""

    def load(self) -> Flask:
        """Build the app in each process."""
        db.configure(self.settings.database_url or "")
        return build()


if __name__ == "__main__":
    Bare(Settings.from_env()).run()
