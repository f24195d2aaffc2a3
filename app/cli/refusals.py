"""What every command does: act in the name of the command line, and say refusals in words."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from app import db, permissions
from app.errors import CadenzaError
from app.permissions import COMMAND_LINE


@contextmanager
def command_line() -> Iterator[None]:
    """Act as the command line inside the block; a refusal ends the command with its words and code 1."""
    try:
        with permissions.acting_as(COMMAND_LINE):
            yield
    except CadenzaError as error:
        raise click.ClickException(in_words(error)) from error
    except (db.NotConfigured, OperationalError) as error:
        raise click.ClickException("The database cannot be reached. Is `make run` running?") from error


def in_words(error: CadenzaError) -> str:
    """Return a refusal with all of its problems, one a line."""
    lines = [f"{each.field or '-'}: {each.message} {each.remedy}".rstrip() for each in error.problems]
    return "\n".join([error.message, *lines])
