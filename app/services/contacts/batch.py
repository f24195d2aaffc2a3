"""A batch of changes worked through in memory, in order, on contacts that were loaded beforehand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from app.errors import CadenzaError, Conflict, Invalid, NotFound, Problem
from app.services.contacts.inputs import IDENTIFIERS, Change, Identifier

Mode: TypeAlias = Literal["create", "update", "upsert", "keep"]
Result: TypeAlias = Literal["created", "updated", "unchanged", "refused"]


@dataclass(slots=True, eq=False)
class Target:
    """One contact as the batch leaves it: `before` as stored (None: it is new), `columns` as it shall be."""

    id: int | None
    before: Mapping[str, Any] | None
    columns: dict[str, Any]
    lists: dict[int, bool] = field(default_factory=dict)
    tags: dict[str, bool] = field(default_factory=dict)
    whole_lists: bool = False
    whole_tags: bool = False

    @property
    def stored_id(self) -> int:
        """The id, once the contact is stored."""
        if self.id is None:
            raise LookupError("This contact is not stored yet.")
        return self.id

    @property
    def changed(self) -> dict[str, Any]:
        """The columns whose value is another now, with the new value."""
        before = self.before or {}
        return {name: value for name, value in self.columns.items() if before.get(name) != value}

    def identifiers(self) -> Iterator[Identifier]:
        """What identifies the contact from now on."""
        for kind in IDENTIFIERS:
            if self.columns.get(kind):
                yield Identifier(kind, self.columns[kind])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row. `changed`: the columns it changed."""

    result: Result
    target: Target | None = None
    refusal: CadenzaError | None = None
    changed: frozenset[str] = frozenset()

    @property
    def contact_id(self) -> int:
        """The contact's id. Raises the refusal if the row was refused."""
        if self.target is None:
            raise self.refusal or LookupError("This row has no contact.")
        return self.target.stored_id


class Batch:
    """Contacts by identifier, and the changes made to them so far."""

    def __init__(
        self, stored: Iterable[Mapping[str, Any]], mode: Mode, former: Mapping[Identifier, int] | None = None
    ) -> None:
        """`former`: which of the stored contacts is meant by what others were known by that became part of it."""
        self._mode = mode
        self._former = former or {}
        self._holders: dict[Identifier, Target] = {}
        self.targets: list[Target] = []
        for row in stored:
            target = Target(row["id"], row, dict(row))
            self._add(target)
            self._holders[Identifier("id", row["id"])] = target
        for identifier, contact_id in self._former.items():
            self._holders.setdefault(identifier, self._holders[Identifier("id", contact_id)])

    def take(self, change: Change) -> Outcome:
        """Apply one change, or refuse it and leave everything as it was."""
        try:
            target = self._meant(change)
            if target is None:
                return self._created(change)
            return self._changed(target, change)
        except CadenzaError as refusal:
            return Outcome("refused", refusal=refusal)

    def _meant(self, change: Change) -> Target | None:
        """Whom the change is about; None: somebody new."""
        identifiers = [change.who] if change.who else change.identifiers
        found = next((self._holders[each] for each in identifiers if each in self._holders), None)
        if found is None and (self._mode == "update" or any(each.kind == "id" for each in identifiers)):
            raise NotFound.thing("contact", identifiers[0].value if identifiers else "")
        return found

    def _created(self, change: Change) -> Outcome:
        identifiers = ([change.who] if change.who else []) + change.identifiers
        if not identifiers:
            raise Invalid.field(
                "email",
                "missing_identifier",
                "A contact needs something to be known by.",
                "Give at least one of email, phone and ext_id.",
            )
        self._refuse_taken(None, identifiers)
        named: dict[str, Any] = {each.kind: each.value for each in identifiers}
        target = Target(None, None, {**change.columns, **named}, dict(change.lists), dict(change.tags))
        self._add(target)
        return Outcome("created", target, changed=frozenset(target.columns))

    def _changed(self, target: Target, change: Change) -> Outcome:
        if self._mode == "create":
            self._refuse_taken(None, change.identifiers)
        target_columns = {} if self._mode == "keep" else self._columns(change)
        self._refuse_taken(target, [each for each in change.identifiers if each.kind in target_columns])
        after = target.columns | target_columns
        if not any(after.get(kind) for kind in IDENTIFIERS):
            raise Invalid.field(
                "email",
                "missing_identifier",
                "Nothing would be left that the contact is known by.",
                "Keep at least one of email, phone and ext_id.",
            )
        changed = frozenset(name for name, value in target_columns.items() if target.columns.get(name) != value)
        target.columns = after
        target.lists |= change.lists
        target.tags |= change.tags
        target.whole_lists |= change.whole_lists
        target.whole_tags |= change.whole_tags
        self._holders |= dict.fromkeys(target.identifiers(), target)
        return Outcome("updated" if changed else "unchanged", target, changed=changed)

    def _columns(self, change: Change) -> dict[str, Any]:
        """Return what is to be written: whoever is named by what it was known by is not called that again."""
        named = set() if change.who else {each.kind for each in change.identifiers if each in self._former}
        return {name: value for name, value in change.columns.items() if name not in named}

    def _refuse_taken(self, target: Target | None, identifiers: Iterable[Identifier]) -> None:
        """Refuse identifiers that another contact holds, or held until this batch."""
        problems = [
            Problem(
                each.kind,
                "taken",
                f"Another contact ({self._holders[each].id or 'in this request'}) has this {each.kind} already.",
                "Change that contact, or use another value.",
            )
            for each in identifiers
            if self._holders.get(each, target) is not target
        ]
        if problems:
            raise Conflict(problems[0].message, problems)

    def _add(self, target: Target) -> None:
        self.targets.append(target)
        self._holders |= dict.fromkeys(target.identifiers(), target)
