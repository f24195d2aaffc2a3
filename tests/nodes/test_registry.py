import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from nodes.registry import BadNodeModule, discover, discovery, registry

FINE = """
from nodes.contract import Rule
from nodes.texts import same
class Fine(Rule):
    key = "fine"
    label = description = same("Fine")
    icon, search, example = "IconX", (), {}
    def summary(self, config, catalog): return self.label
    def run(self, step): ...
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An importable package `trial` to put node types into."""
    monkeypatch.syspath_prepend(tmp_path)
    path = tmp_path / "trial"
    path.mkdir()
    (path / "__init__.py").touch()
    yield path
    for name in [each for each in sys.modules if each == "trial" or each.startswith("trial.")]:
        del sys.modules[name]


def found_in(path: Path) -> dict[str, ModuleType]:
    package = ModuleType("trial")
    package.__path__ = [str(path)]
    return {"rule": package}


def test_a_file_is_all_it_takes(folder: Path):
    """A node type is found because its file is there; helpers that begin with an underscore are not node types."""
    (folder / "fine.py").write_text(FINE)
    (folder / "_helper.py").write_text("x = 1")
    assert list(discover(found_in(folder)).nodes) == ["fine"]


def test_a_missing_library_disables_one_node(folder: Path):
    """A node type whose library is not installed is left out with the reason; the others work."""
    (folder / "fine.py").write_text(FINE)
    (folder / "fax.py").write_text("import a_library_nobody_has")
    found = discover(found_in(folder))
    assert list(found.nodes) == ["fine"]
    assert found.disabled == {"fax": "The library “a_library_nobody_has” is not installed."}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("other", FINE),
        ("fine", ""),
        ("fine", FINE + FINE.replace("Fine", "Twice")),
        ("fine", FINE.replace("Rule", "Action")),
    ],
)
def test_a_file_keeps_its_promise(folder: Path, name: str, code: str):
    """A file gives exactly one node type, of its own name and its folder's kind; anything else is an error at once."""
    (folder / f"{name}.py").write_text(code)
    with pytest.raises(BadNodeModule):
        discover(found_in(folder))


def test_a_mistake_of_our_own_is_not_hidden(folder: Path):
    """A wrong import of our own code is an error, not a missing library."""
    (folder / "fine.py").write_text("import nodes.nowhere")
    with pytest.raises(ModuleNotFoundError):
        discover(found_in(folder))


def test_walking_happens_once():
    """The registry is read-only and the same for everybody."""
    assert registry() is discovery().nodes
    with pytest.raises(TypeError):
        registry()["x"] = registry()["exit"]  # type: ignore[index]
