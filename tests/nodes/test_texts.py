from pathlib import Path

from nodes.texts import Text

ROOT = Path(__file__).parents[2]
SOURCES = [path for layer in ("nodes", "workflows", "app") for path in sorted((ROOT / layer).rglob("*.py"))]


def test_french_quotes_are_not_parted_from_what_they_hold():
    """The spaces inside of them are such as no line ends at."""
    assert [path for path in SOURCES if any(each in path.read_text() for each in ("« ", " »"))] == []


def test_what_people_named_stays_as_they_wrote_it():
    """A name with spaces of its own is said with these."""
    text = Text("See “{page}”", "Voir «\u00a0{page}\u00a0»", "См. «{page}»").format(page="Notre « offre »")
    assert text.say("fr") == "Voir «\u00a0Notre « offre »\u00a0»"
