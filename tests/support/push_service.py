"""A push service that keeps what it is handed, as browsers' makers run them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Handed(NamedTuple):
    """One message as it came: to which place, with which headers (in lower case), encrypted."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService(ThreadingHTTPServer):
    """`answers`: the status that a place gives, by its path; else it takes everything."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.handed: list[Handed] = []
        self.answers: dict[str, int] = {}

    def place(self, name: str) -> str:
        """The address at which a browser is reached."""
        return f"http://127.0.0.1:{self.server_port}/{name}"


class _Door(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.handed.append(Handed(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.server.answers.get(self.path, 201))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def push_service() -> Iterator[PushService]:
    """One on this machine, gone afterwards."""
    with PushService() as service:
        thread = threading.Thread(target=service.serve_forever)
        thread.start()
        yield service
        service.shutdown()
        thread.join()
