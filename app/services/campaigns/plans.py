"""What the author of a campaign says: to whom, what, when, and which of two versions."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from nodes.catalog import Catalog

Variant: TypeAlias = Literal["a", "b"]
By: TypeAlias = Literal["opens", "clicks"]

LEAST_SHARE, LARGEST_SHARE = 2, 100
LONGEST_TEST_HOURS: Final = 168


@dataclass(frozen=True, slots=True)
class Trial:
    """Two versions tried by a share of the recipients. What version B does not say is as in A.

    `share`: of all recipients, in percent, both versions together. After `hours` the rest gets the one with the higher
    rate `by`.
    """

    share: int
    by: By
    hours: int
    template: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everybody on one of the lists or in one of the segments, but nobody of the excepted ones, gets the template.

    An empty `subject` is the template's. `send_at` None: at once. `own_zone`: when each recipient's clock shows what
    the workspace's does at `send_at`. `keep_caps` leaves out who has no room under a frequency cap, `keep_quiet` waits
    for the end of the workspace's quiet hours.
    """

    lists: tuple[int, ...] = ()
    segments: tuple[int, ...] = ()
    except_lists: tuple[int, ...] = ()
    except_segments: tuple[int, ...] = ()
    template: int | None = None
    subject: str = ""
    sender: int | None = None
    reply_to: str = ""
    topic: int | None = None
    send_at: datetime | None = None
    own_zone: bool = False
    keep_caps: bool = True
    keep_quiet: bool = True
    trial: Trial | None = None

    def content(self, variant: Variant | None) -> tuple[int | None, str]:
        """Return template and subject of a version; None: of the only one."""
        if variant != "b" or self.trial is None:
            return self.template, self.subject
        # Another template has a subject of its own.
        usual = "" if self.trial.template else self.subject
        return self.trial.template or self.template, self.trial.subject or usual


_MANY: Final = ("lists", "segments", "except_lists", "except_segments")


def read(stored: Mapping[str, Any]) -> Plan:
    """Return stored settings ready for use."""
    given = {each.name: stored[each.name] for each in fields(Plan) if each.name in stored}
    given |= {name: tuple(given[name]) for name in _MANY if name in given}
    if isinstance(given.get("send_at"), str):
        given["send_at"] = datetime.fromisoformat(given["send_at"])
    if given.get("trial"):
        given["trial"] = Trial(**given["trial"])
    return Plan(**given)


def dump(plan: Plan) -> dict[str, Any]:
    """Return the settings as they are stored and shown."""
    shown = {each.name: getattr(plan, each.name) for each in fields(Plan)}
    shown |= {name: list(shown[name]) for name in _MANY}
    shown["send_at"] = plan.send_at.isoformat() if plan.send_at else None
    shown["trial"] = {each.name: getattr(plan.trial, each.name) for each in fields(Trial)} if plan.trial else None
    return shown


def gone(plan: Plan, catalog: Catalog) -> Iterator[str]:
    """Give the fields that name something which does not exist any more."""
    chosen: Sequence[tuple[str, Iterable[int | None], Container[int]]] = (
        ("lists", plan.lists, catalog.lists),
        ("segments", plan.segments, catalog.segments),
        ("except_lists", plan.except_lists, catalog.lists),
        ("except_segments", plan.except_segments, catalog.segments),
        ("template", [plan.template], catalog.templates),
        ("sender", [plan.sender], catalog.senders),
        ("topic", [plan.topic], catalog.consent_topics),
        ("trial.template", [plan.trial.template if plan.trial else None], catalog.templates),
    )
    for field, numbers, known in chosen:
        if any(number is not None and number not in known for number in numbers):
            yield field
