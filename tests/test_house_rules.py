import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = ("nodes", "workflows", "app", "scripts", "bench", "tests")  # a migration is one list of steps, however long
FILES = sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 60
NODES_MAY_IMPORT = {*sys.stdlib_module_names, "marshmallow", "nodes"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_short_enough_to_know(path: Path):
    """No file has more than 300 lines, no function more than 60."""
    assert len(path.read_text().splitlines()) <= LONGEST_FILE
    long = [each.name for each in functions(path) if (each.end_lineno or 0) - each.lineno >= LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=name)
def test_each_test_says_what_must_hold(path: Path):
    """A test begins with a sentence, so that its failure explains itself."""
    tests = [each for each in functions(path) if each.name.startswith("test_")]
    assert [each.name for each in tests if not (ast.get_docstring(each) or "").rstrip().endswith(".")] == []


@pytest.mark.parametrize("path", sorted((ROOT / "nodes").rglob("*.py")), ids=name)
def test_a_node_needs_nothing_but_marshmallow(path: Path):
    """WHAT a step does depends on the standard library and marshmallow alone."""
    assert set(imported(path)) <= NODES_MAY_IMPORT
