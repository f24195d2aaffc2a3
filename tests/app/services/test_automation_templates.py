import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.services import automation_templates
from app.services.automation_templates import TEMPLATES
from app.services.automations import activation, checking, drafts
from app.services.mailing import templates as mails
from nodes.texts import LANGUAGES, Language
from tests.factories.automations import make_score
from tests.factories.users import make_user


@pytest.fixture
def ready(database: Session) -> None:
    """A workspace that has what the templates speak of."""
    make_score()
    make_user("rep", email="rep@example.com")


@pytest.mark.row("C24")
@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_runs_as_it_is(ready: None, key: str) -> None:
    """In a workspace with a score and a rep it has no fault at all, and can be switched on at once."""
    made = drafts.create("en", template=key)
    assert checking.check(automation_templates.build(key, "en"), "en").problems == []
    assert activation.activate(made.id, "en").state == "active"


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_speak_the_authors_language(ready: None, language: Language) -> None:
    """Names, descriptions and the texts inside differ from language to language."""
    other = "fr" if language == "en" else "en"
    for mine, theirs in zip(automation_templates.every(language), automation_templates.every(other), strict=True):
        assert mine.description != theirs.description
        assert mine.document["name"] == mine.name
        assert mine.document != theirs.document


def test_a_template_is_about_this_workspace(ready: None) -> None:
    """The reps to assign are those who work here, and nobody who left."""
    make_user("rep", email="gone@example.com", active=False)
    nodes = {node["id"]: node for node in drafts.create("en", template="lead_scoring").document["nodes"]}
    assert nodes["assign"]["config"]["reps"] == ["rep@example.com"]


def test_an_empty_workspace_says_what_is_missing(database: Session) -> None:
    """Without a rep or a score the template is a draft whose problems say what to do."""
    found = checking.check(automation_templates.build("lead_scoring", "en"), "en").problems
    assert {(problem.node, problem.code) for problem in found} >= {("points", "unknown_attribute")}
    assert all(problem.remedy for problem in found)


def test_an_unknown_template_is_not_found(database: Session) -> None:
    """A key that names no template says so."""
    with pytest.raises(NotFound):
        drafts.create("en", template="no_such")


def test_mails_are_made_with_the_automation_once(ready: None) -> None:
    """In the author's language; a second automation sends the same mail. Without it, the checks ask for one."""
    missing = checking.check(automation_templates.build("birthday", "fr"), "en").problems
    assert ("mail", "template") in {(problem.node, problem.field) for problem in missing}
    first, second = drafts.create("fr", template="birthday"), drafts.create("fr", template="birthday")
    (mail,) = mails.every()
    assert mail.name == "E-mail d’anniversaire"
    for made in (first, second):
        nodes = {node["id"]: node for node in made.document["nodes"]}
        assert nodes["mail"]["config"]["template"] == mail.id
