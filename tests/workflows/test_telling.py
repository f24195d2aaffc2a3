from typing import Any

from hypothesis import given

from nodes.registry import registry
from nodes.texts import LANGUAGES, Language
from tests.support.documents import SCORING, documents
from tests.support.steps import CATALOG
from workflows.document import load
from workflows.telling import tell


def told(language: Language = "en", **parts: Any) -> list[str]:
    lines = tell(load({**SCORING, **parts}), registry(), CATALOG)
    return [f"{'  ' * line.depth}{line.text.say(language)}" for line in lines]


def test_an_automation_reads_as_a_text():
    """What starts it, then a step a line; what a branch does stands further in."""
    assert told() == [
        "When: Email opened (kind of message is campaign) or Web push clicked",
        "then: Add 5 to SCORE",
        "then: SCORE is at least 20?",
        "  if “Yes”:",
        "    then: Assign Rep One",
        "      if “Assigned”:",
        "        then: Alert the owner: {{ contact.FIRSTNAME }} is hot",
        "        the way ends",
        "      else, “Owner kept”:",
        "        the way ends",
        "  else, “No”:",
        "    the way ends",
    ]
    assert told("fr")[0].startswith("Quand\u00a0:")
    assert told("ru")[0].startswith("Когда:")


def test_ways_that_join_say_where_they_go_on():
    """A step that was told is not told again, and what nothing leads to is told last."""
    edges = [
        {"from": "opened", "port": "next", "to": "hot"},
        {"from": "hot", "port": "yes", "to": "points"},
        {"from": "hot", "port": "no", "to": "points"},
        {"from": "assign", "port": "next", "to": "alert"},
    ]
    lines = [line.strip() for line in told(edges=edges)]
    assert "go on at “Add 5 to SCORE” above" in lines
    assert [line for line in lines if line.startswith("Nothing leads to")] == ["Nothing leads to: Assign Rep One"]


def test_a_deep_automation_is_told_whole():
    """Five hundred splits inside each other."""
    nodes = [{"id": f"s{n}", "type": "conditional_split", "config": {}} for n in range(500)]
    edges = [{"from": f"s{n}", "port": "yes", "to": f"s{n + 1}"} for n in range(499)]
    assert len(told(nodes=nodes, edges=edges, layout={})) > 1500


@given(documents())
def test_whatever_is_drawn_can_be_told(document: dict[str, Any]):
    """Each step is spoken of, in every language, even where nothing makes sense."""
    try:
        read = load(document)
    except ValueError:
        return
    lines = tell(read, registry(), CATALOG)
    spoken = {line.node for line in lines}
    triggers = {node.id for node in read.nodes if getattr(registry().get(node.type), "kind", "") == "trigger"}
    assert {node.id for node in read.nodes} - triggers <= spoken
    assert all(line.text.say(language) for line in lines for language in LANGUAGES)
