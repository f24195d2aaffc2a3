"""What can be chosen when measuring."""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.settings import Settings

BENCHMARKS: Final = ("lead_scoring",)
DOORS: Final = ("api", "v3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How large, how often, with how many processes."""

    contacts: int
    doublings: int
    batch: int
    sql_batch: int
    repeat: int
    workers: int
    web_processes: int
    senders: int
    door: str
    seed: int


def parse(arguments: Sequence[str] | None = None) -> tuple[list[str], Path, Options]:
    """Read the command line: which benchmarks, where their results go, and how to measure."""
    parser = ArgumentParser(prog="python -m bench", description="Measure Cadenza, beside what PostgreSQL could do.")
    parser.add_argument("names", nargs="*", help=f"which ones: {', '.join(BENCHMARKS)} (default: all)")
    parser.add_argument("--contacts", type=int, default=20_000, help="contacts, each with 4 events (20000)")
    parser.add_argument("--doublings", type=int, default=0, help="how often to measure again with twice as many (0)")
    parser.add_argument("--batch", type=int, default=500, help="events a request (500)")
    parser.add_argument("--sql-batch", type=int, default=2000, help="events a statement of the limit (2000)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, of which the median counts (3)")
    parser.add_argument("--workers", type=int, default=2, help="workers (2)")
    parser.add_argument("--web-processes", type=int, default=2, help="web processes (2)")
    parser.add_argument("--senders", type=int, default=4, help="connections that send (4)")
    parser.add_argument("--door", choices=DOORS, default="api", help="/api/events or /v3/events/batch (api)")
    parser.add_argument("--seed", type=int, default=2026, help="of the order of events (2026)")
    parser.add_argument("--out", type=Path, help="folder for the results (bench/ in CADENZA_DATA)")
    given = vars(parser.parse_args(arguments))
    names, out = given.pop("names") or list(BENCHMARKS), given.pop("out")
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {min(unknown)!r}; choose among {', '.join(BENCHMARKS)}")
    return names, out or Settings.from_env().data / "bench", Options(**given)
