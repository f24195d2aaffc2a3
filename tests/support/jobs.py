"""Jobs for tests of the worker. Each writes a line to a file."""

import time
from pathlib import Path


def note(path: str, word: str, seconds: float = 0) -> None:
    """Work for a while, then append the word."""
    time.sleep(seconds)
    with Path(path).open("a") as file:
        file.write(f"{word}\n")
