"""What the editor lists when pasted steps name things of another workspace."""

import ast
import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
PASTING: Final = ROOT / "frontend" / "src" / "canvas" / "menu" / "usePasting.ts"
# Settings of a step type, and data of an event: the same in every workspace.
SAME_EVERYWHERE: Final = {"unknown_field", "unknown_event_field"}


def codes() -> set[str]:
    """Every code of a step's problem that says something is unknown."""
    trees = (ast.parse(path.read_text()) for path in (ROOT / "nodes").rglob("*.py"))
    texts = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"unknown_\w+", text)}


def test_the_editor_lists_whatever_a_step_may_name_and_is_not_there():
    """What nodes call unknown in a workspace is what the editor tells after pasting: nothing less, nothing else."""
    (things,) = re.findall(r"^const MISSING = /\^unknown_\(([a-z_|]+)\)\$/;$", PASTING.read_text(), re.MULTILINE)
    assert {f"unknown_{each}" for each in things.split("|")} == codes() - SAME_EVERYWHERE
