from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from app import permissions
from app.errors import Conflict, Invalid, NotFound
from app.models import AuditEntry, Automation
from app.services.automations import activation, checking, drafts
from app.services.automations.drafts import AutomationView
from tests.factories.automations import make_automation, make_score, scoring
from tests.factories.users import make_user
from workflows.document import LONGEST_NAME, Document, load


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    make_score()


def edited(automation: AutomationView, points: int = 7) -> Document:
    document = load(automation.document)
    nodes = [replace(node, config={"points": points}) if node.id == "points" else node for node in document.nodes]
    return replace(document, nodes=tuple(nodes))


@pytest.mark.row("C2")
def test_an_automation_from_scratch_is_empty() -> None:
    """A new automation has no steps, is switched off, and has a name in the author's language."""
    made = drafts.create("fr")
    assert (made.name, made.state, made.document["nodes"]) == ("Nouvelle automatisation", "draft", [])


def test_a_draft_is_kept() -> None:
    """Saving keeps the document and counts its revision up."""
    made = make_automation(scoring())
    saved = drafts.save_draft(made.id, edited(made), made.draft_revision)
    assert saved.draft_revision == made.draft_revision + 1
    assert drafts.get(made.id).document == saved.document != made.document


def test_a_draft_from_an_old_revision_is_refused() -> None:
    """Whoever edits an outdated draft hears so, and overwrites nothing."""
    made = make_automation(scoring())
    first = drafts.save_draft(made.id, edited(made, 7), made.draft_revision)
    with pytest.raises(Conflict) as refused:
        drafts.save_draft(made.id, edited(made, 8), made.draft_revision)
    assert refused.value.problems[0].field == "base_revision"
    assert drafts.get(made.id).document == first.document


def test_saving_the_same_again_changes_nothing() -> None:
    """An answer that got lost may be asked for again: the same draft is no conflict."""
    made = make_automation(scoring())
    saved = drafts.save_draft(made.id, edited(made), made.draft_revision)
    assert drafts.save_draft(made.id, edited(made), made.draft_revision).draft_revision == saved.draft_revision


@pytest.mark.row("C3")
def test_a_new_name_is_no_conflict_for_the_draft() -> None:
    """Renaming leaves the revision alone, and a draft saved with the old name keeps the new one."""
    made = make_automation(scoring())
    assert drafts.rename(made.id, "Hot leads").draft_revision == made.draft_revision
    saved = drafts.save_draft(made.id, edited(made), made.draft_revision)
    assert (saved.name, saved.document["name"]) == ("Hot leads", "Hot leads")


def test_what_runs_is_not_touched_by_a_draft() -> None:
    """A draft of an active automation waits to be published."""
    made = make_automation(scoring(), active=True)
    saved = drafts.save_draft(made.id, edited(made), made.draft_revision)
    assert saved.has_unpublished_changes
    assert saved.live_document == made.document


def test_places_on_the_canvas_are_no_changes() -> None:
    """Moving steps about leaves nothing to publish."""
    made = make_automation(scoring(), active=True)
    moved = replace(load(made.document), layout={"opened": (40.0, 80.5)})
    assert not drafts.save_draft(made.id, moved, made.draft_revision).has_unpublished_changes


def test_an_unknown_step_is_kept() -> None:
    """A document with a step that is not installed loads, and is stored unchanged."""
    document = scoring()
    document["nodes"].append({"id": "later", "type": "from_the_future", "config": {"x": [1, None]}})
    made = make_automation(document)
    assert {"id": "later", "type": "from_the_future", "config": {"x": [1, None]}} in made.document["nodes"]


def test_a_copy_is_a_draft_of_its_own() -> None:
    """A duplicate has the same steps and another name, and is switched off."""
    made = make_automation(scoring(), active=True)
    copy = drafts.duplicate(made.id, "en")
    assert (copy.name, copy.state, copy.version) == ("Scoring (copy)", "draft", None)
    assert drafts.means_the_same(copy.document, made.document)


def test_what_nobody_named_is_told_apart() -> None:
    """Two of one template, or two copies of one automation, are numbered; a name that somebody gives is kept."""
    made = [drafts.create("en", template="hot_lead_alert") for _ in range(3)]
    assert [each.name for each in made] == ["Hot lead alert", "Hot lead alert 2", "Hot lead alert 3"]
    assert made[1].document["name"] == "Hot lead alert 2"
    copies = [drafts.duplicate(made[0].id, "en").name for _ in range(2)]
    assert copies == ["Hot lead alert (copy)", "Hot lead alert (copy) 2"]
    assert drafts.create("en", template="hot_lead_alert", name="Hot lead alert").name == "Hot lead alert"


def test_a_numbered_name_is_not_too_long() -> None:
    """What is as long as a name may be gives way to the number."""
    long = drafts.create("en", name="x" * LONGEST_NAME)
    names = [drafts.duplicate(long.id, "en").name for _ in range(2)]
    assert len({long.name, *names}) == 3
    assert max(map(len, names)) == LONGEST_NAME


@pytest.mark.parametrize("data", [None, [], "text", {"format": "other"}, {"format": "cadenza.automation/1"}])
def test_what_is_no_document_is_refused(data: object) -> None:
    """Every fault of structure is named with its place."""
    with pytest.raises(Invalid) as refused:
        checking.read(data)
    assert all(problem.field.startswith("document") for problem in refused.value.problems)


def test_only_the_archive_is_deleted_from() -> None:
    """An automation is archived before it is deleted."""
    made = make_automation()
    with pytest.raises(Conflict):
        drafts.delete(made.id)
    activation.archive(made.id)
    drafts.delete(made.id)
    with pytest.raises(NotFound):
        drafts.get(made.id)


def test_what_ran_is_never_deleted() -> None:
    """An automation that ran is part of its contacts' history."""
    made = make_automation(scoring(), active=True)
    activation.archive(made.id)
    with pytest.raises(Conflict):
        drafts.delete(made.id)


def test_the_archive_is_not_edited() -> None:
    """A draft in the archive stays as it is until it is restored."""
    made = make_automation(scoring())
    activation.archive(made.id)
    with pytest.raises(Conflict):
        drafts.save_draft(made.id, edited(made), made.draft_revision)


def test_editing_is_in_the_log_once(database: Session) -> None:
    """Autosaving many times is one entry, with who did it; the automation knows too."""
    user, made = make_user("marketer"), make_automation(scoring())
    with permissions.acting_as(permissions.Actor("person", frozenset(), user_id=user.id)):
        for points in (1, 2, 3):
            drafts.save_draft(made.id, edited(made, points), drafts.get(made.id).draft_revision)
    edits = database.query(AuditEntry).filter_by(action="automation.edited", entity_id=str(made.id)).all()
    assert [entry.user_id for entry in edits] == [user.id]
    assert database.get_one(Automation, made.id).updated_by == user.id
