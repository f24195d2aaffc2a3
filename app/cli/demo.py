"""`flask demo`: things to try Cadenza out with."""

import secrets
import sys
import time
from pathlib import Path
from random import Random
from typing import Final

import click
import httpx
from flask import current_app
from flask.cli import AppGroup

from app import instance
from app.cli.refusals import command_line
from app.errors import NotSignedIn
from app.services import api_keys
from app.services.demo import traffic
from app.services.demo.traffic import Refused, Tally
from app.settings import Settings

KEY_FILE: Final = "demo-traffic.key"
_KEY_NAME: Final = "Demo traffic"
_LINE_SECONDS: Final = 5.0

command = AppGroup("demo", help="Things to try Cadenza out with.")


@command.command("traffic")
@click.option("--rate", type=click.FloatRange(0.1, 20_000), default=20, show_default=True, help="Events a second.")
@click.option("--seconds", type=click.FloatRange(0.1, 86_400), default=60, show_default=True, help="For how long.")
def send_traffic(*, rate: float, seconds: float) -> None:
    """Send events of random contacts to the running instance over HTTP, then stop and say exactly how many."""
    settings: Settings = current_app.extensions["cadenza-settings"]
    url = _url(settings)
    with command_line():
        key, people = _key(settings.data / KEY_FILE), traffic.audience()
    events = traffic.make_events(Random(), people, f"demo-{secrets.token_hex(6)}")  # noqa: S311 - for show
    headers = {"Authorization": f"Bearer {key}"}
    click.echo(f"Sending {rate:g} events a second for {seconds:g} s to {url}, about {len(people)} contacts.", err=True)
    with httpx.Client(base_url=url, headers=headers, timeout=10) as client:
        try:
            tally = traffic.send(client, events, rate, seconds, _Line())
        except (Refused, httpx.TransportError) as error:
            raise click.ClickException(f"The instance took no more events: {error}") from error
    click.echo("\n".join(_lines(tally)))


def _url(settings: Settings) -> str:
    """Return where the instance listens; ends the command when none does."""
    running = instance.find(settings.data)
    url = running.url if running else settings.public_url
    try:
        httpx.get(f"{url}/healthz", timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        looked = f"Its log is {settings.data / 'logs' / 'web.log'}." if running else instance.absence(settings)
        raise click.ClickException(f"Nothing answers at {url}. {looked}") from error
    return url


def _key(file: Path) -> str:
    """Return the key of an earlier call if it still opens the door, else a new one."""
    if file.exists():
        key = file.read_text().strip()
        try:
            api_keys.authenticate(key)
        except NotSignedIn:
            file.unlink()
        else:
            return key
    key = api_keys.create(_KEY_NAME).key
    file.touch(mode=0o600)
    file.write_text(key)
    return key


class _Line:
    """Shows how far it has come: one line that changes on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, tally: Tally) -> None:
        text = f"{tally.seconds:6.1f} s  {tally.events:8d} sent  {tally.accepted:8d} accepted"
        if sys.stderr.isatty():
            click.echo(f"\r  {text}", nl=False, err=True)
        elif time.monotonic() >= self._next:
            click.echo(f"  {text}", err=True)
            self._next = time.monotonic() + _LINE_SECONDS


def _lines(tally: Tally) -> list[str]:
    counts = [f"  {name:<18}{count:8d}" for name, count in tally.sent.most_common()]
    return [
        "",
        *counts,
        f"  {'sent':<18}{tally.events:8d}   in {tally.seconds:.1f} s, {tally.requests} requests",
        f"  {'accepted':<18}{tally.accepted:8d}   {tally.duplicates} known before, {tally.repeated} sent again",
        f"  median answer     {tally.median_answer * 1000:8.1f} ms",
    ]
