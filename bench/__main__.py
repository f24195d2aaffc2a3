"""`python -m bench [NAME…]`: measure, print one table, and keep all figures as JSON and as a picture."""

import dataclasses
import os
import platform
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from bench import options, report
from bench.database import NotExact
from bench.options import Options
from bench.place import open_place
from bench.protocol import Scenario
from bench.scenarios import SCENARIOS
from bench.usage import memory


def main() -> None:
    """Measure what the command line asks for; code 1 when a run was not exact."""
    names, folder, chosen = options.parse(list(SCENARIOS))
    results = {}
    try:
        for name in names:
            results[name] = _measure(SCENARIOS[name], chosen)
    except NotExact as error:
        sys.exit(f"NOT EXACT\n{error}")
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    file = folder / f"bench-{now:%Y%m%d-%H%M%S}.json"
    document = {"at": now, "machine": _machine(), "options": dataclasses.asdict(chosen), "scenarios": results}
    file.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    print(f"\n  kept in {file}")


def _measure(scenario: Scenario, chosen: Options) -> dict[str, Any]:
    """Run one scenario on an instance of its own."""
    print(f"{scenario.name}: {chosen.workers} workers, {chosen.web_processes} web processes", flush=True)
    sizes = chosen.sized(scenario.sizes)
    with open_place(chosen) as place:
        result = scenario.run(place, sizes)
        used = memory(place.instance)
    print(report.table(scenario, sizes, result, used), flush=True)
    return report.document(sizes, result, used)


def _machine() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    main()
