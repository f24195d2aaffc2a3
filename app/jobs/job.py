"""The one wrapper around every job: what the log says of it, and what happens when it fails."""

import functools
import logging
import time
from collections.abc import Callable
from typing import ParamSpec

from app.logging import about

Args = ParamSpec("Args")

log = logging.getLogger(__name__)


def job(run: Callable[Args, None]) -> Callable[Args, None]:
    """Log each run with its arguments (ids only) and time. A failure is logged and swallowed: the clock tries again."""

    @functools.wraps(run)
    def wrapped(*args: Args.args, **kwargs: Args.kwargs) -> None:
        began = time.monotonic()
        with about(job=run.__name__):
            try:
                run(*args, **kwargs)
            except Exception:
                log.exception("%s%s failed", run.__name__, args)
            else:
                log.debug("%s%s took %.3f s", run.__name__, args, time.monotonic() - began)

    return wrapped
