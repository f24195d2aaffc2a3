"""`flask automation`: automations as files."""

import sys
from typing import IO

import click
from flask.cli import AppGroup

from app.cli.refusals import command_line
from app.errors import Invalid
from app.services.automations import activation, checking, drafts
from app.services.rehearsals import scenarios
from nodes.texts import LANGUAGES, Language
from workflows.document import Document, DocumentError, dumps, load, loads

command = AppGroup("automation", help="Automations as files.")
language = click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The language of problems.")
file = click.argument("file", type=click.File("rb"))


@command.command("export")
@click.argument("automation", type=int)
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
def export(automation: int, file: IO[str]) -> None:
    """Write the draft of AUTOMATION (its id) to FILE, or to the standard output."""
    with command_line():
        file.write(dumps(load(drafts.get(automation).document)))


@command.command("import")
@file
@click.option("--activate", is_flag=True, help="Switch it on.")
@language
def import_file(*, file: IO[bytes], activate: bool, lang: Language) -> None:
    """Make an automation from FILE and print its id; with --activate, nothing is made unless it can run."""
    with command_line():
        document = _read(file)
        if activate:
            checking.demand_valid(document, lang)
        made = drafts.add(document)
        if activate:
            activation.activate(made.id, lang)
        click.echo(made.id)


@command.command("validate")
@file
@language
def validate(file: IO[bytes], lang: Language) -> None:
    """List everything that is wrong with FILE in this workspace; code 1 if it could not be activated."""
    with command_line():
        checked = checking.check(_read(file), lang)
    for each in checked.problems:
        place = "/".join(part for part in (each.node, each.field) if part) or "-"
        click.echo(f"{each.severity}: {place}: {each.message} {each.remedy} [{each.code}]")
    click.echo(checked.sentence)
    if any(each.severity == "error" for each in checked.problems):
        sys.exit(1)


@command.command("test")
@click.argument("automation", type=int)
@click.argument("file", type=click.File("r", encoding="utf-8"), required=False)
@language
def test(*, automation: int, file: IO[str] | None, lang: Language) -> None:
    """Run the scenarios of AUTOMATION (its id), or those written in FILE, against its draft; code 1 if one fails."""
    with command_line():
        results = scenarios.run_text(automation, file.read(), lang) if file else scenarios.run_all(automation, lang)
    for each in results:
        click.echo(f"{'ok' if each.holds else 'FAILED'}: {each.name}")
        if each.fault:
            click.echo(f"    {each.fault}")
        for verdict in each.verdicts:
            if not verdict.holds and not each.fault:
                click.echo(f"    {verdict.text}")
    click.echo(f"{sum(each.holds for each in results)} of {len(results)} hold.")
    if not all(each.holds for each in results):
        sys.exit(1)


def _read(file: IO[bytes]) -> Document:
    try:
        return loads(file.read())
    except DocumentError as error:
        raise Invalid(f"This is no automation: {error}") from error
