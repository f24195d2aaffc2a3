import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry, Automation
from app.services import api_keys, users
from app.services.automations import drafts
from tests.factories.automations import make_automation, make_score, scoring


@pytest.fixture
def cli(app: Flask, database: Session) -> FlaskCliRunner:
    return app.test_cli_runner()


def write(folder: Path, document: object) -> str:
    file = folder / "automation.json"
    file.write_text(json.dumps(document))
    return str(file)


CREATE_USER = ["user", "create", "--email", "O@Example.com", "--role", "owner", "--role", "rep", "--password-stdin"]


def test_a_user_is_created(cli: FlaskCliRunner) -> None:
    """The first person of a workspace comes from the command line, with the password from the standard input."""
    answer = cli.invoke(args=CREATE_USER, input="correct horse\n")
    assert (answer.exit_code, answer.output) == (0, "o@example.com may sign in as owner, rep.\n")
    assert users.authenticate("o@example.com", "correct horse") is not None


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (CREATE_USER, "short\n"),
        (CREATE_USER, ""),
        ([*CREATE_USER[:2], "--email", "no address", "--role", "rep", "--password-stdin"], "correct horse\n"),
        ([*CREATE_USER[:4], "--role", "king", "--password-stdin"], "correct horse\n"),
    ],
)
def test_a_user_who_cannot_be_is_refused(cli: FlaskCliRunner, arguments: list[str], typed: str) -> None:
    """A bad password, address or role ends the command with a sentence, not with a trace."""
    answer = cli.invoke(args=arguments, input=typed)
    assert answer.exit_code > 0
    assert "Error:" in answer.output
    assert users.all_users() == []


def test_only_the_key_is_printed(cli: FlaskCliRunner, database: Session) -> None:
    """What `api-key create` prints can be put into a variable; the log knows that nobody signed in made it."""
    answer = cli.invoke(args=["api-key", "create", "--name", "Importer"])
    assert api_keys.authenticate(answer.output.strip()).kind == "program"
    assert database.scalars(select(AuditEntry.user_id).where(AuditEntry.entity == "api_key")).all() == [None]


def test_export_and_import_lose_nothing(cli: FlaskCliRunner, tmp_path: Path) -> None:
    """What was exported and imported again is the same automation, byte for byte."""
    made = make_automation(scoring())
    exported = cli.invoke(args=["automation", "export", str(made.id)])
    file = tmp_path / "it.json"
    file.write_text(exported.output)
    imported = cli.invoke(args=["automation", "import", str(file)])
    again = cli.invoke(args=["automation", "export", imported.output.strip()])
    assert again.output == exported.output
    assert drafts.get(int(imported.output)).state == "draft"


def test_import_may_switch_on(cli: FlaskCliRunner, tmp_path: Path) -> None:
    """With --activate the automation runs, and its id is all that is printed."""
    make_score()
    answer = cli.invoke(args=["automation", "import", write(tmp_path, scoring()), "--activate"])
    assert drafts.get(int(answer.output)).state == "active"


def test_what_cannot_run_is_not_imported_to_run(cli: FlaskCliRunner, database: Session, tmp_path: Path) -> None:
    """A faulty file with --activate makes nothing, and every fault is listed."""
    answer = cli.invoke(args=["automation", "import", write(tmp_path, scoring()), "--activate"])
    assert (answer.exit_code, database.scalars(select(Automation)).all()) == (1, [])
    assert "points/attribute: There is no contact attribute “SCORE”." in answer.output


def test_validate_lists_every_problem(cli: FlaskCliRunner, tmp_path: Path) -> None:
    """Errors end with code 1 and come with place, remedy and code, in the language asked for; warnings do not."""
    file = write(tmp_path, scoring(re_entry=False))
    faulty = cli.invoke(args=["automation", "validate", file, "--lang", "fr"])
    assert (faulty.exit_code, "[unknown_attribute]" in faulty.output) == (1, True)
    assert "error: points/attribute:" in faulty.output
    make_score()
    sound = cli.invoke(args=["automation", "validate", file])
    assert (sound.exit_code, "warning: settings.re_entry:" in sound.output) == (0, True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "x"}', "\udcff"])
def test_what_is_no_automation_is_refused(cli: FlaskCliRunner, tmp_path: Path, text: str) -> None:
    """Any other file is refused in words."""
    file = tmp_path / "it.json"
    file.write_bytes(text.encode(errors="surrogateescape"))
    for verb in ("import", "validate"):
        answer = cli.invoke(args=["automation", verb, str(file)])
        assert (answer.exit_code, "This is no automation" in answer.output) == (1, True)


def test_exporting_nothing_says_so(cli: FlaskCliRunner) -> None:
    """An unknown id ends with a sentence."""
    answer = cli.invoke(args=["automation", "export", "4242"])
    assert (answer.exit_code, answer.output) == (1, "Error: There is no automation “4242”.\n")
