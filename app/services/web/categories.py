"""Which category a page belongs to: the first of the workspace's rules that fits says it.

The category is written into the view when it becomes a contact's history, and not found out when somebody reads: so
automations, segments, mail and the past all count one and the same word, by a plain comparison.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from fnmatch import translate
from functools import lru_cache
from typing import Any, ClassVar, Final, Literal, TypedDict

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.models import Workspace
from app.services.web.visits import VISITED
from nodes.triggering import CATEGORY
from nodes.triggers.visit_begun import VisitBegun

By = Literal["path", "contains", "pattern", "title"]
WAYS: Final[tuple[By, ...]] = ("path", "contains", "pattern", "title")
CATEGORISED: Final = frozenset({VISITED, VisitBegun.key})
_BELIEVED_SECONDS: Final = 1.0
_LONGEST_LOOKED_AT: Final = 2000
_REMEMBERED: Final = 4096
_SCHEME = re.compile(r"^[a-z]+://")


class Rule(TypedDict):
    """Pages that fit are of the category.

    `path`: the path begins with the value; `contains`: the address does; `pattern`: the address fits it, `*` standing
    for anything; `title`: the title contains it. What begins with `/` is held against the path, anything else against
    host and path. Capitals do not count.
    """

    by: By
    value: str
    category: str


class Rules:
    """Rules made ready to be asked often: pages are few, and their views many."""

    def __init__(self, written: Sequence[Rule]) -> None:
        self._tests = [(_test(rule), rule["category"]) for rule in written]
        self.place = lru_cache(_REMEMBERED)(self._place)

    def __bool__(self) -> bool:
        return bool(self._tests)

    def category(self, page: str, title: str) -> str | None:
        """Return the category of a page, given its address or path."""
        place = self.place(page, title)
        return None if place is None else self._tests[place][1]

    def put_into(self, name: str, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return an event's properties with the category of its page; while there are rules, they alone say it."""
        if not self._tests or name not in CATEGORISED:
            return properties
        found = self.category(*told(properties))
        rest = {key: value for key, value in properties.items() if key != CATEGORY.key}
        return rest if found is None else {**rest, CATEGORY.key: found}

    def put_into_json(self, name: str, properties: bytes) -> bytes:
        """Do so with properties as JSON, which are not read where nothing is to be put."""
        if not self._tests or name not in CATEGORISED:
            return properties
        return orjson.dumps(self.put_into(name, orjson.loads(properties)))

    def _place(self, page: str, title: str) -> int | None:
        address = _address(page[:_LONGEST_LOOKED_AT])
        words = title[:_LONGEST_LOOKED_AT].casefold()
        return next((place for place, (fits, _) in enumerate(self._tests) if fits(address, words)), None)


def told(properties: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a view says of its page: address, else path, and title; empty where it says nothing of use."""
    page, title = properties.get("page") or properties.get("path"), properties.get("title")
    return page if isinstance(page, str) else "", title if isinstance(title, str) else ""


def current(session: Session) -> Rules:
    """Return the workspace's rules, which a stream of views does not ask for at each: at most a second old."""
    database, until, written, rules = _Believed.last
    if database == db.number() and until >= time.monotonic():
        return rules
    stored = orjson.dumps(session.scalar(select(Workspace.page_rules)) or [])
    if (database, written) != (db.number(), stored):
        rules = Rules(orjson.loads(stored))
    _Believed.last = (db.number(), time.monotonic() + _BELIEVED_SECONDS, stored, rules)
    return rules


def forget() -> None:
    """Ask for the rules anew: they were changed."""
    database, _, written, rules = _Believed.last
    _Believed.last = (database, 0.0, written, rules)


class _Believed:
    """The rules that this process has last asked for: of which database, until when, as written, and ready."""

    last: ClassVar[tuple[int, float, bytes, Rules]] = (-1, 0.0, b"", Rules([]))


def _address(page: str) -> str:
    """Return host and path, or the path alone where no host is told."""
    return _SCHEME.sub("", re.split(r"[?#]", page.casefold(), maxsplit=1)[0])


def _test(rule: Rule) -> Callable[[str, str], object]:
    if rule["by"] == "title":
        words = rule["value"].casefold()
        return lambda _address, title: words in title
    value = _SCHEME.sub("", rule["value"].casefold())
    if rule["by"] == "contains":
        return lambda address, _title: value in address
    host = "[^/]*" if value.startswith("/") else ""
    pattern = re.escape(value) if rule["by"] == "path" else _wildcards(value)
    fits = re.compile(host + pattern).match
    return lambda address, _title: fits(address)


def _wildcards(value: str) -> str:
    """Only `*` stands for something; made so that no address takes long."""
    return translate(value.replace("[", "[[]").replace("?", "[?]"))
