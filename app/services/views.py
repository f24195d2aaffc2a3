"""Shapes that several services answer with."""

from typing import NamedTuple


class Reference(NamedTuple):
    """A stored thing with the name to show."""

    id: int
    name: str


def reference(id_: int | None, name: str | None) -> Reference | None:
    """Return a reference, or None where there is nothing to refer to."""
    return None if id_ is None else Reference(id_, name or "")
