"""What a person sees while Cadenza starts."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_WIDTH = 30
_LABEL = 32


@contextmanager
def step(label: str) -> Iterator[None]:
    """Show `label`, and how long the block took."""
    began = time.monotonic()
    print(f"  {label:<{_LABEL}}", end="", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        print("failed", file=sys.stderr, flush=True)
        raise
    print(f"{time.monotonic() - began:5.1f} s", file=sys.stderr, flush=True)


class Bar:
    """A progress bar on standard error; a few plain lines where that is no terminal."""

    def __init__(self) -> None:
        self._label = ""
        self._shown = -1.0

    def update(self, label: str, fraction: float) -> None:
        """Show that `fraction` (0 to 1) of `label` is done."""
        if label != self._label:
            self.finish()
            self._label, self._shown = label, -1.0
        if sys.stderr.isatty():
            filled = round(fraction * _WIDTH)
            bar = "█" * filled + "·" * (_WIDTH - filled)
            print(f"\r  {label:<{_LABEL}}{bar} {fraction:4.0%}", end="", file=sys.stderr, flush=True)
        elif fraction >= self._shown + 0.25 or fraction >= 1 > self._shown:
            print(f"  {label:<{_LABEL}}{fraction:4.0%}", file=sys.stderr, flush=True)
            self._shown = fraction

    def finish(self) -> None:
        """End the line of the bar."""
        if self._label and sys.stderr.isatty():
            print(file=sys.stderr)
        self._label = ""
