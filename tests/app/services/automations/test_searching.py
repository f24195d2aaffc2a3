from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import TemplateFormat
from app.services import lists
from app.services.automations import activation, drafts, searching
from app.services.mailing import templates
from app.services.mailing.templates import Written
from tests.factories.automations import make_automation, make_score, scoring
from workflows.document import load


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    make_score()


def found(text: str, **narrower: Any) -> list[tuple[int, str | None]]:
    return [(each.automation.id, each.node) for each in searching.search(text, "en", **narrower)]


def test_steps_of_all_automations_are_found_wherever_the_letters_stand() -> None:
    """By type, attribute or text, without regard to capitals; each step once, the last changed automation first."""
    first, second = make_automation(scoring()), make_automation(scoring())
    assert found("score") == [(second.id, "points"), (first.id, "points")]
    assert found("score", place="attribute") == found("score")
    assert found("email OPENED", place="type") == [(second.id, "opened"), (first.id, "opened")]
    assert found("warm", place="attribute") == []


def test_an_exit_is_found_by_its_attribute_and_told_by_its_condition() -> None:
    """Among attributes by the name alone; where all is searched, the condition says more."""
    document = {**scoring(), "nodes": [], "edges": [], "layout": {}}
    document["settings"] = {"exit_conditions": [{"all": [{"attribute": "SCORE", "op": "gte", "value": 99}]}]}
    make_automation(document)
    (named,), (said,) = searching.search("score", "en", "attribute"), searching.search("score", "en")
    assert (named.node, named.place, named.excerpt) == (None, "attribute", "SCORE")
    assert (said.node, said.place) == (None, "text")
    assert "99" in said.excerpt


def test_a_change_of_the_draft_or_of_a_name_is_found_at_once() -> None:
    """What was read before is read again when the draft, or a list it names, has changed."""
    made, newsletter = make_automation(scoring()), lists.create("Newsletter")
    assert found("Newsletter") == []
    document = scoring()
    document["nodes"][3] = {"id": "tag", "type": "add_to_list", "config": {"list": newsletter}}
    drafts.save_draft(made.id, load(document), made.draft_revision)
    assert found("Newsletter") == [(made.id, "tag")]
    lists.change(newsletter, {"name": "Weekly"})
    assert (found("Newsletter"), found("Weekly")) == ([], [(made.id, "tag")])


def test_a_mail_is_found_by_its_subject_text_and_links() -> None:
    """As it is sent now: what was written anew is found at once, what stood there before is not."""

    def written(text: str) -> Written:
        source = f"<html><body><p>{text}</p><a href='https://example.com/offer'>Look</a></body></html>"
        return Written("Spring is here", "", TemplateFormat.HTML.value, source)

    mail = templates.create("April", written("The kettle is on."))
    document = scoring()
    document["nodes"][3] = {"id": "mail", "type": "send_email", "config": {"template": mail}}
    made = make_automation(document)
    for words in ("spring is", "kettle", "example.com/offer"):
        assert found(words) == found(words, place="text") == [(made.id, "mail")]
    templates.change(mail, "April", written("Tea is ready."))
    assert (found("kettle"), found("tea is")) == ([], [(made.id, "mail")])


def test_one_automation_alone_can_be_searched() -> None:
    """On its canvas one looks for what it holds, also in the archive."""
    first, second = make_automation(scoring()), make_automation(scoring())
    activation.archive(first.id)
    assert found("warm", automation_id=first.id) == [(first.id, "tag")]
    assert found("warm", automation_id=second.id) == [(second.id, "tag")]


def test_the_archive_is_not_searched() -> None:
    """What was put away is out of sight."""
    activation.archive(make_automation(scoring()).id)
    assert found("warm") == []


def test_an_excerpt_stands_around_what_was_found() -> None:
    """A long text is cut around what was found."""
    document = scoring()
    document["nodes"][3] = {"id": "note", "type": "add_note", "config": {"text": "so " * 200 + "needle" + " so" * 200}}
    make_automation(document)
    (hit,) = searching.search("needle", "en")
    assert "needle" in hit.excerpt
    assert len(hit.excerpt) <= 122
