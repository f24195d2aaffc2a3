"""`python -m bench [NAME…]`: measure, print one table each, and keep the figures as JSON."""

import dataclasses
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from bench import lead_scoring, options, report

_MEASURES: Final[dict[str, Callable[[options.Options], list[dict[str, Any]]]]] = {"lead_scoring": lead_scoring.measure}


def main() -> None:
    """Measure what the command line asks for; code 1 when a run was not exact."""
    names, folder, chosen = options.parse()
    for name in names:
        print(f"{name}: {chosen.workers} workers, {chosen.web_processes} web processes", flush=True)
        try:
            results = _MEASURES[name](chosen)
        except lead_scoring.NotExact as error:
            sys.exit(f"NOT EXACT\n{error}")
        print(report.table(results))
        folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC)
        file = folder / f"{name}-{now:%Y%m%d-%H%M%S}.json"
        document = {"at": now, "machine": _machine(), "options": dataclasses.asdict(chosen), "results": results}
        file.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        print(f"  kept in {file}")


def _machine() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    main()
