"""`flask api-key`: the keys of programs."""

import click
from flask.cli import AppGroup

from app.cli.refusals import command_line
from app.services import api_keys

command = AppGroup("api-key", help="The keys of programs.")


@command.command("create")
@click.option("--name", required=True, help="What the key is for.")
def create(name: str) -> None:
    """Make a key and print it, this once."""
    with command_line():
        click.echo(api_keys.create(name).key)
