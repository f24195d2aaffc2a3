"""What can be chosen when measuring."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.settings import Settings

DOORS: Final = ("api", "v3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How often, with how many processes, and how large: `scale` of what is due, or what `sizes` names."""

    scale: float
    sizes: Mapping[str, int]
    repeat: int
    workers: int
    web_processes: int
    senders: int
    batch: int
    sql_batch: int
    door: str
    seed: int

    def sized(self, due: Mapping[str, int]) -> dict[str, int]:
        """Return the sizes to measure instead of those that are due."""
        return {name: self.sizes.get(name, max(1, round(size * self.scale))) for name, size in due.items()}


def parse(known: Sequence[str], arguments: Sequence[str] | None = None) -> tuple[list[str], Path, Options]:
    """Read the command line: which of the `known` scenarios, where their results go, and how to measure."""
    parser = ArgumentParser(prog="python -m bench", description="Measure Cadenza, beside what PostgreSQL could do.")
    parser.add_argument("names", nargs="*", help=f"which ones: {', '.join(known)} (default: all)")
    parser.add_argument("--scale", type=float, default=1.0, help="all sizes times this, such as 0.01 for a look (1)")
    parser.add_argument("--size", type=_size, action="append", default=[], help="one size, such as contacts=20000")
    parser.add_argument("--repeat", type=int, default=3, help="turns, of which the median counts (3)")
    parser.add_argument("--workers", type=int, default=2, help="workers (2)")
    parser.add_argument("--web-processes", type=int, default=2, help="web processes (2)")
    parser.add_argument("--senders", type=int, default=4, help="connections that send batches (4)")
    parser.add_argument("--batch", type=int, default=500, help="events a request (500)")
    parser.add_argument("--sql-batch", type=int, default=5000, help="rows a statement of the limit (5000)")
    parser.add_argument("--door", choices=DOORS, default="api", help="/api/events or /v3/events/batch (api)")
    parser.add_argument("--seed", type=int, default=2026, help="of the order of events (2026)")
    parser.add_argument("--out", type=Path, help="folder for the results (bench/ in CADENZA_DATA)")
    given = vars(parser.parse_args(arguments))
    names, out, sizes = given.pop("names") or list(known), given.pop("out"), dict(given.pop("size"))
    if unknown := set(names) - set(known):
        parser.error(f"there is no scenario {min(unknown)!r}; choose among {', '.join(known)}")
    return names, out or Settings.from_env().data / "bench", Options(sizes=sizes, **given)


def _size(text: str) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if not number.isdigit():
        raise ArgumentTypeError("write NAME=NUMBER")
    return name, int(number)
