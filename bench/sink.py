"""`python -m bench.sink PORT`: a mail server that takes everything and keeps nothing, with little work of its own."""

import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Final

from app.settings import CHECKOUT
from tests.support.instance import free_port

_PATIENCE_SECONDS: Final = 20.0
_READY: Final = b"220 sink\r\n"
_OK: Final = b"250 OK\r\n"
_GO_ON: Final = b"354 Go on\r\n"
_BYE: Final = b"221 Bye\r\n"
_END: Final = b"\r\n.\r\n"
_LARGEST: Final = 2**20


async def serve(port: int) -> None:
    """Take mail until the process ends."""
    server = await asyncio.start_server(_talk, "127.0.0.1", port, limit=_LARGEST)
    await server.serve_forever()


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(_READY)
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(_GO_ON)
                await reader.readuntil(_END)
            writer.write(_BYE if verb == b"QUIT" else _OK)
            if verb == b"QUIT":
                break
    writer.close()


@contextlib.contextmanager
def running() -> Iterator[int]:
    """Run it as a process of its own; gives its port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port)], cwd=CHECKOUT)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
