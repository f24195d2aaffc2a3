import ast
import re
from collections.abc import Iterator
from pathlib import Path

from nodes.texts import Text

ROOT = Path(__file__).parents[2]
SOURCES = [path for layer in ("nodes", "workflows", "app") for path in sorted((ROOT / layer).rglob("*.py"))]


def test_french_quotes_are_not_parted_from_what_they_hold():
    """The spaces inside of them are such as no line ends at."""
    assert [path for path in SOURCES if any(each in path.read_text() for each in ("« ", " »"))] == []


def french(source: str) -> Iterator[str]:
    """The French of each phrase, but for the names of mails: people look for those by typing."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = {id(call.args[0]) for call in calls if ast.unparse(call.func) == "Mail" and call.args}
    for call in calls:
        if ast.unparse(call.func) == "Text" and len(call.args) == 3 and id(call) not in named:
            yield from (part.value for part in ast.walk(call.args[1]) if isinstance(part, ast.Constant))


def test_french_marks_are_not_parted_from_what_they_end():
    """No line begins with a colon, a semicolon, or what a question or an exclamation ends with."""
    parted = re.compile(r"\S [;:!?]")
    assert [said for path in SOURCES for said in french(path.read_text()) if parted.search(str(said))] == []


def test_what_people_named_stays_as_they_wrote_it():
    """A name with spaces of its own is said with these."""
    text = Text("See “{page}”", "Voir «\u00a0{page}\u00a0»", "См. «{page}»").format(page="Notre « offre »")
    assert text.say("fr") == "Voir «\u00a0Notre « offre »\u00a0»"
