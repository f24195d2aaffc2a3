"""`flask user`: the people who work here."""

import sys

import click
from flask.cli import AppGroup

from app.adapters import passwords
from app.cli.refusals import command_line
from app.permissions import ROLES
from app.services import users

command = AppGroup("user", help="The people who work here.")


@command.command("create")
@click.option("--email", required=True)
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be repeated.")
@click.option("--name", help="By default, what stands before the @ of the email.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the standard input.")
def create(*, email: str, roles: tuple[str, ...], name: str | None, password_stdin: bool) -> None:
    """Add a person."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        raise click.ClickException(f"A password has {passwords.SHORTEST} to {passwords.LONGEST} characters.")
    with command_line():
        user = users.create(email, name or email.partition("@")[0], roles, password)
    click.echo(f"{user.email} may sign in as {', '.join(roles)}.")
