"""The other side of the webhook: takes notes of the keys, and answers as badly as the world does."""

import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zlib import crc32

KEY = "Idempotency-Key"


class Receiver(ThreadingHTTPServer):
    """`calls` counts the requests by key, `keys` are those that came for each contact's email.

    `crowd` are the moments (monotonic) at which requests came from the automation that is paused now and then.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), _Handler)
        self.host = host
        self.calls: Counter[str] = Counter()
        self.keys: defaultdict[str, set[str]] = defaultdict(set)
        self.crowd: list[float] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.server_port}/hook"

    def take(self, path: str, key: str, email: str) -> bool:
        """Note a request; tells whether it shall be answered. One in twenty keys is left without, the first time."""
        with self.lock:
            self.calls[key] += 1
            self.keys[email].add(key)
            if path.endswith("/crowd"):
                self.crowd.append(time.monotonic())
            return self.calls[key] > 1 or crc32(key.encode()) % 20 > 0


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:  # whoever sent it was killed in the middle of it
            self.close_connection = True
        elif self.server.take(self.path, self.headers[KEY], json.loads(body)["email"]):
            self.send_response(204)
            self.end_headers()
        else:
            self.close_connection = True  # done, but nobody hears of it: it must come again, under the same key

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def receiver(host: str = "127.0.0.1") -> Iterator[Receiver]:
    """A receiver that listens in the background."""
    with Receiver(host) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
