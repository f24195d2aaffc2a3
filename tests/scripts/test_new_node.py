import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import CHECKOUT

DISCOVER = "from nodes.registry import discovery; print(*discovery().nodes)"
CONFORM = [
    "-q",
    "--noconftest",
    "-p",
    "no:cacheprovider",
    "--import-mode=importlib",
    "-k",
    "greet_warmly or example_can",
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the nodes and of the scripts, in a checkout of its own."""
    for folder in ("nodes", "scripts"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "tests/nodes/test_every_node_type.py", "tests/support/steps.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / file, tmp_path / file)
    return tmp_path


def python(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], check=False, capture_output=True, text=True, cwd=checkout)


def new_node(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(checkout, "scripts/new_node.py", *arguments)


@pytest.mark.parametrize("kind", ["trigger", "rule", "action"])
def test_a_new_node_is_one_file_and_its_test(copy: Path, kind: str):
    """The generator writes two files, which pass the test over every node type and their own as they are."""
    before = set(copy.rglob("*.py"))
    made = new_node(copy, kind, "greet_warmly")
    assert made.returncode == 0
    assert len(set(copy.rglob("*.py")) - before) == 2
    assert "greet_warmly" in python(copy, "-c", DISCOVER).stdout.split()
    tested = python(copy, "-m", "pytest", *CONFORM, "tests/nodes")
    assert tested.returncode == 0, tested.stdout


@pytest.mark.parametrize("kind", ["trigger", "rule", "action"])
def test_a_new_node_is_written_as_we_write(copy: Path, kind: str):
    """Linter and formatter have nothing to say about the generated files."""
    new_node(copy, kind, "greet_warmly")
    files = [str(path) for path in copy.rglob("*greet_warmly.py")]
    checks = [python(copy, "-m", "ruff", *check, *files) for check in (["check"], ["format", "--check"])]
    assert [check.stdout for check in checks if check.returncode] == []


@pytest.mark.parametrize("key", ["AddTag", "add-tag", "1st", "", "import", "add__tag", "../add"])
def test_what_is_no_key_is_refused(copy: Path, key: str):
    """A key becomes a file name and is stored for good."""
    assert new_node(copy, "action", key).returncode != 0


def test_a_key_is_never_given_twice(copy: Path):
    """Nothing existing is overwritten, whatever its kind."""
    refused = new_node(copy, "trigger", "add_tag")
    assert refused.returncode != 0
    assert "taken" in refused.stderr
