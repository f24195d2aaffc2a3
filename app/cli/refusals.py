"""What every command does: act in the name of the command line, and say refusals in words."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from app import db, instance, permissions
from app.errors import CadenzaError
from app.permissions import COMMAND_LINE
from app.settings import Settings


@contextmanager
def command_line() -> Iterator[None]:
    """Act as the command line inside the block; a refusal ends the command with its words and code 1."""
    try:
        with permissions.acting_as(COMMAND_LINE):
            yield
    except CadenzaError as error:
        raise click.ClickException(in_words(error)) from error
    except db.NotConfigured as error:
        raise click.ClickException(instance.absence(_settings())) from error
    except OperationalError as error:
        raise click.ClickException(_unreached(error)) from error


def _settings() -> Settings:
    settings: Settings = current_app.extensions["cadenza-settings"]
    return settings


def _unreached(error: OperationalError) -> str:
    """Name the database that was tried, without its password, and what the driver said of it."""
    settings = _settings()
    address = make_url(settings.database_url or "").render_as_string(hide_password=True)
    said = str(error.orig).strip().partition("\n")[0]
    return (
        f"The database at {address} cannot be reached: {said}. It was found by DATABASE_URL, or else by "
        f"CADENZA_DATA={settings.data}. Is `make run` (PORT={settings.port}) still running there?"
    )


def in_words(error: CadenzaError) -> str:
    """Return a refusal with all of its problems, one a line."""
    lines = [f"{each.field or '-'}: {each.message} {each.remedy}".rstrip() for each in error.problems]
    return "\n".join([error.message, *lines])
