"""The rules by which pages belong to categories: kept, and tried on the pages that were seen last."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import text, update

from app import db
from app.adapters.catalog import bump_revision
from app.errors import Invalid
from app.models import Workspace
from app.services import audit, values
from app.services.web import categories
from app.services.web.categories import Rule, Rules, told
from app.services.web.visits import VISITED

MOST_RULES: Final = 200
LONGEST_VALUE: Final = 300
LONGEST_CATEGORY: Final = 60
MOST_PAGES: Final = 200
_PEOPLE: Final = 300
_OF_EACH: Final = 20

# The log has no order by time: those who were here last are, and what each did last.
_LAST_VIEWS: Final = text(
    """
    WITH who AS (
        SELECT id, contact_id FROM visitor ORDER BY seen_at DESC LIMIT :people
    ), viewed AS (
        SELECT e.at, e.properties
        FROM (SELECT DISTINCT contact_id FROM who WHERE contact_id IS NOT NULL) AS known, LATERAL (
            SELECT at, properties FROM event
            WHERE contact_id = known.contact_id AND type_id = (SELECT id FROM event_type WHERE name = :viewed)
            ORDER BY id DESC LIMIT :each
        ) AS e
        UNION ALL
        SELECT e.at, e.properties FROM who, LATERAL (
            SELECT at, properties FROM visitor_event
            WHERE visitor_id = who.id AND name = :viewed ORDER BY id DESC LIMIT :each
        ) AS e
    )
    SELECT properties FROM viewed ORDER BY at DESC
    """
)


class SeenPage(NamedTuple):
    """A page that was seen lately. `rule`: the place of the rule that says its category, None if none does."""

    page: str
    title: str
    views: int
    rule: int | None
    category: str | None


def read() -> Sequence[Rule]:
    """Return the rules in the order in which they are tried."""
    with db.transaction() as session:
        workspace = session.get(Workspace, 1)
        return workspace.page_rules if workspace else []


def save(rules: Sequence[Rule]) -> Sequence[Rule]:
    """Keep these rules instead, for views that come from now on. Raises Invalid naming the place and the remedy."""
    kept = _checked(rules)
    with db.transaction() as session:
        session.execute(update(Workspace).values(page_rules=kept))
        audit.record("workspace.page_rules", "workspace", detail={"rules": len(kept)})
        bump_revision()  # editors offer their categories
        db.after_commit(categories.forget)
    return kept


def preview(rules: Sequence[Rule]) -> Sequence[SeenPage]:
    """Return the pages that were seen last, the most viewed first, each with what these rules say of it."""
    ready = Rules(_checked(rules))
    given = {"people": _PEOPLE, "each": _OF_EACH, "viewed": VISITED}
    with db.transaction() as session:
        viewed = [told(properties) for properties in session.scalars(_LAST_VIEWS, given)]
    titles: dict[str, str] = {}
    views: dict[str, int] = {}
    for page, title in viewed:
        if page and (page in views or len(views) < MOST_PAGES):
            titles.setdefault(page, title)
            views[page] = views.get(page, 0) + 1
    found = [_seen(page, titles[page], count, ready) for page, count in views.items()]
    return sorted(found, key=lambda each: -each.views)


def names(rules: Sequence[Rule]) -> list[str]:
    """Return the categories of rules, each once, by name."""
    return sorted({each["category"] for each in rules}, key=str.casefold)


def _seen(page: str, title: str, views: int, rules: Rules) -> SeenPage:
    return SeenPage(page, title, views, rules.place(page, title), rules.category(page, title))


def _checked(rules: Sequence[Rule]) -> list[Rule]:
    if len(rules) > MOST_RULES:
        raise Invalid.field("rules", "bad_length", f"There can be at most {MOST_RULES} rules.", "Use patterns with *.")
    return [
        {
            "by": rule["by"],
            "value": values.line(f"rules.{place}.value", rule["value"], LONGEST_VALUE),
            "category": values.line(f"rules.{place}.category", rule["category"], LONGEST_CATEGORY),
        }
        for place, rule in enumerate(rules)
    ]
