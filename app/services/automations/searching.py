"""Finding steps over all automations: by type, by an attribute they use, by any text in them or in their mail."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from sqlalchemy import select

from app import db
from app.adapters.catalog import load_catalog
from app.models import Automation, AutomationState
from app.services.mailing import templates
from app.services.views import Reference
from nodes.catalog import Catalog
from nodes.registry import registry
from nodes.texts import Language, Text
from workflows.document import load
from workflows.search import Place, Words, words_of
from workflows.sentence import summaries

MOST_FOUND: Final = 100
_LONGEST_EXCERPT: Final = 120


class Found(NamedTuple):
    """A step whose words hold what was looked for. `node` and `type` are None for settings of the whole automation.

    `step` is the step in a phrase, `excerpt` what was found, with the words around it.
    """

    automation: Reference
    state: str
    node: str | None
    type: str | None
    step: str
    place: Place
    excerpt: str


class _Draft(NamedTuple):
    words: Sequence[Words]
    types: Mapping[str | None, str]
    phrases: Mapping[str | None, Text]


class _Kept:
    """What drafts say, by automation and the draft's revision, as long as the workspace's names and mails stay."""

    catalog = Catalog()
    mails: dict[int, str] = {}  # noqa: RUF012 - shared on purpose
    drafts: dict[int, tuple[int, _Draft]] = {}  # noqa: RUF012 - shared on purpose


def search(text: str, language: Language, place: Place | None = None, automation_id: int | None = None) -> list[Found]:
    """Return the steps found in drafts outside of the archive, the last changed automation first; at most 100.

    With `automation_id`, only those of this automation, wherever it is.
    """
    wanted = Automation.state != AutomationState.ARCHIVED if automation_id is None else Automation.id == automation_id
    statement = select(Automation).where(wanted).order_by(Automation.updated_at.desc(), Automation.id.desc())
    with db.transaction() as session:
        found = (each for row in session.scalars(statement) for each in _in_draft(row, text, language, place))
        return list(islice(found, MOST_FOUND))


def _in_draft(automation: Automation, text: str, language: Language, place: Place | None) -> Iterator[Found]:
    """Find each step once, by the first of its words that hold the text."""
    draft = _read(automation)
    wanted = text.casefold()
    seen: set[str | None] = set()
    for node, where, words in draft.words:
        said = words.say(language)
        if node in seen or (place and where != place) or wanted not in said.casefold():
            continue
        seen.add(node)
        phrase = draft.phrases[node].say(language) if node else ""
        named = Reference(automation.id, automation.name)
        yield Found(named, automation.state, node, draft.types.get(node), phrase, where, _excerpt(said, wanted))


def _read(automation: Automation) -> _Draft:
    """Read a draft once for each of its changes: people search letter by letter."""
    catalog = load_catalog()
    if _Kept.catalog is not catalog:
        _Kept.catalog, _Kept.mails, _Kept.drafts = catalog, templates.texts(), {}
    revision, draft = _Kept.drafts.get(automation.id, (None, None))
    if draft is None or revision != automation.draft_revision:
        document = load(automation.draft)
        types: dict[str | None, str] = {node.id: node.type for node in document.nodes}
        phrases: dict[str | None, Text] = dict(summaries(document, registry(), catalog).items())
        draft = _Draft(words_of(document, registry(), catalog, _Kept.mails), types, phrases)
        _Kept.drafts[automation.id] = (automation.draft_revision, draft)
    return draft


def _excerpt(said: str, wanted: str) -> str:
    """Return the part of a long text that stands around what was found, on one line."""
    line = " ".join(said.split())
    at = max(0, line.casefold().find(wanted) - _LONGEST_EXCERPT // 3)
    return f"{'…' if at else ''}{line[at : at + _LONGEST_EXCERPT]}{'…' if at + _LONGEST_EXCERPT < len(line) else ''}"
