"""`python -m tests.chaos --kills 1000 --seed 7`: break a running instance, and see whether its outcome is exact."""

import sys
from argparse import ArgumentParser
from functools import partial
from pathlib import Path

from app.settings import Settings
from tests.chaos.run import Options, run


def main() -> None:
    """Run, print the table and keep the figures; code 1 when the outcome was not exact."""
    parser = ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how many processes are killed")
    parser.add_argument("--seed", type=int, default=1, help="what the chance hangs on")
    parser.add_argument("--contacts", type=int, default=200)
    parser.add_argument("--out", type=Path, default=Settings.from_env().data / "chaos", help="where figures are kept")
    chosen = parser.parse_args()
    report = run(Options(chosen.kills, chosen.seed, chosen.contacts), tell=partial(print, flush=True))
    print(report.table())
    print(f"  kept in {report.write(chosen.out)}")
    sys.exit(0 if report.exact else 1)


if __name__ == "__main__":
    main()
