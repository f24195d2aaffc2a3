import dataclasses
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.cli import demo
from app.services import api_keys
from app.settings import Settings
from tests.support.instance import free_port


@pytest.fixture
def elsewhere(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings of an instance that does not run."""
    settings: Settings = app.extensions["cadenza-settings"]
    silent = dataclasses.replace(settings, data=tmp_path, public_url=f"http://127.0.0.1:{free_port()}")
    monkeypatch.setitem(app.extensions, "cadenza-settings", silent)


@pytest.mark.usefixtures("elsewhere")
def test_without_an_instance_it_says_what_to_do(app: Flask, database: Session):
    """Nothing listens: the command ends with the remedy, and makes no key."""
    result = app.test_cli_runner().invoke(args=["demo", "traffic"])
    assert result.exit_code == 1
    assert "make run" in result.output
    assert api_keys.all_keys() == []


def test_the_key_is_made_once(database: Session, tmp_path: Path):
    """A second call uses the key of the first, and only its owner can read the file."""
    file = tmp_path / demo.KEY_FILE
    assert demo._key(file) == demo._key(file)
    assert len(api_keys.all_keys()) == 1
    assert file.stat().st_mode & 0o077 == 0


def test_a_revoked_key_is_replaced(database: Session, tmp_path: Path):
    """When an admin ended the key, the next call makes another."""
    file = tmp_path / demo.KEY_FILE
    first = demo._key(file)
    api_keys.revoke(api_keys.all_keys()[0].id)
    assert demo._key(file) != first
