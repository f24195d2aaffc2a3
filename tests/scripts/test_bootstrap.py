import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import CHECKOUT
from scripts import bootstrap


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout with pins and a front end, where no command really runs."""
    for name in ("requirements.txt", "requirements-dev.txt", bootstrap.CLIENTS):
        (tmp_path / name).write_text("one==1\n")
    frontend = tmp_path / "frontend"
    (frontend / "src").mkdir(parents=True)
    (frontend / "src" / "main.tsx").write_text("1")
    (frontend / "package-lock.json").write_text("{}")
    for folder in (tmp_path / ".venv", frontend / "dist", frontend / "node_modules"):
        folder.mkdir()
    places = {"ROOT": tmp_path, "VENV": tmp_path / ".venv", "FRONTEND": frontend}
    places |= {"DIST": frontend / "dist", "MODULES": frontend / "node_modules"}
    for name, place in places.items():
        monkeypatch.setattr(bootstrap, name, place)
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The labels of the long commands that would have run."""
    labels: list[str] = []
    monkeypatch.setattr(bootstrap, "run_shown", lambda *_, **options: labels.append(options["label"]))
    monkeypatch.setattr(bootstrap, "npm", lambda *arguments: list(arguments))
    monkeypatch.setattr(bootstrap, "works", lambda *_: True)
    return labels


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch):
    """Without a newer one on the machine, the message names the version and the way to choose one."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(shutil, "which", lambda *_: None)
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 .* is 3\.10\. .*make PYTHON="):
        bootstrap.require_python()


def test_a_newer_python_on_the_machine_is_taken(monkeypatch: pytest.MonkeyPatch):
    """The newest one found goes on with the same arguments."""
    taken: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(sys, "version_info", (3, 9, 0))
    monkeypatch.setattr(shutil, "which", {"python3.11": "/b/python3.11", "python3.13": "/b/python3.13"}.get)
    monkeypatch.setattr(os, "execv", lambda path, arguments: taken.append((path, arguments)) or sys.exit(0))
    with pytest.raises(SystemExit):
        bootstrap.require_python()
    assert taken == [("/b/python3.13", ["/b/python3.13", *sys.argv])]


def test_requirements_are_installed_only_when_they_changed(checkout: Path, commands: list[str]):
    """The second start installs nothing; a changed pin is installed; checks need their own, too."""
    for dev in (False, False, True):
        bootstrap.make_python(dev=dev)
    (checkout / "requirements.txt").write_text("one==2\n")
    bootstrap.make_python(dev=True)
    names = ["requirements.txt", "requirements-dev.txt", "requirements-clients.txt", "requirements.txt"]
    assert commands == [f"Installing {name}" for name in names]


def test_the_front_end_is_built_only_when_its_sources_changed(checkout: Path, commands: list[str]):
    """The second start builds nothing; a changed source is built, without installing anew."""
    bootstrap.build_frontend()
    bootstrap.build_frontend()
    (checkout / "frontend" / "src" / "main.tsx").write_text("2")
    bootstrap.build_frontend()
    assert commands == ["Installing npm packages", "Building the front end", "Building the front end"]


def test_what_checks_need_is_installed_once(checkout: Path, commands: list[str]):
    """Packages for checks contain those for the build, not the other way."""
    for dev in (False, True, False):
        bootstrap.install_packages(dev=dev)
    assert commands == ["Installing npm packages"] * 2


@pytest.mark.parametrize("target", ["dev", "lint", "unit", "front", "browser"])
def test_whichever_check_comes_first_sets_everything_up(target: str):
    """Whoever then runs single tests lacks nothing: npm's packages bring the browser of the tests."""
    plan = subprocess.run(["make", "-n", target], cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    parts = [line.partition("bootstrap.py ")[2] for line in plan.splitlines() if "bootstrap.py" in line]
    assert parts[:2] == ["python --dev", "packages --dev"]


def test_a_command_that_fails_shows_what_it_said(capfd: pytest.CaptureFixture[str]):
    """Nobody has to look for the log of pip or npm."""
    code = "import sys; print('the reason'); sys.exit(3)"
    with pytest.raises(SystemExit, match="the reason"):
        bootstrap.run_shown([sys.executable, "-c", code], label="Trying")
    assert "Trying" in capfd.readouterr().err
