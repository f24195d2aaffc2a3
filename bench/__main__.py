"""`python -m bench [NAME…]`: measure, print one table, and keep all figures as JSON and as a picture."""

import dataclasses
import os
import platform
import signal
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from bench import options, plot, report
from bench.database import NotExact
from bench.options import Options
from bench.place import open_place
from bench.protocol import Figure, Result, Scenario
from bench.scenarios import SCENARIOS
from bench.usage import memory


def main() -> None:
    """Measure what the command line asks for; code 1 when a run was not exact."""
    names, folder, chosen = options.parse(list(SCENARIOS))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # the instance is stopped, too
    results: dict[str, Any] = {}
    figures: list[tuple[str, Figure]] = []
    try:
        for name in names:
            result, results[name] = _measure(SCENARIOS[name], chosen)
            figures += [(name, figure) for figure in result.figures]
    except NotExact as error:
        sys.exit(f"NOT EXACT\n{error}")
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    file = folder / f"bench-{now:%Y%m%d-%H%M%S}.json"
    document = {"at": now, "machine": _machine(), "options": dataclasses.asdict(chosen), "scenarios": results}
    file.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    plot.draw(f"Cadenza, {now:%d %B %Y}", figures, file.with_suffix(".svg"))
    print(f"\n  kept in {file} and, as a picture, beside it")


def _measure(scenario: Scenario, chosen: Options) -> tuple[Result, dict[str, Any]]:
    """Run one scenario on an instance of its own, and print its part of the table."""
    print(f"{scenario.name}: {chosen.workers} workers, {chosen.web_processes} web processes", flush=True)
    sizes = chosen.sized(scenario.sizes)
    with open_place(chosen) as place:
        result = scenario.run(place, sizes)
        used = memory(place.instance)
    print(report.table(scenario, sizes, result, used), flush=True)
    return result, report.document(sizes, result, used)


def _machine() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    main()
