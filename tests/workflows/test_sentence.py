from itertools import pairwise
from typing import Any

from nodes.registry import registry
from tests.support.documents import SCORING
from tests.support.steps import CATALOG
from workflows.document import load
from workflows.sentence import sentence, summaries


def told(**parts: Any) -> str:
    return sentence(load({**SCORING, **parts}), registry(), CATALOG).en


def test_the_whole_automation_is_one_sentence():
    """Either trigger, the points, the question and what follows, in every language."""
    said = sentence(load(SCORING), registry(), CATALOG)
    assert said.en == (
        "Email opened (kind of message is campaign) or Web push clicked → Add 5 to SCORE → SCORE is at least 20? "
        "(Yes → Assign Rep One (Assigned → Alert the owner: {{ contact.FIRSTNAME }} is hot))"
    )
    assert said.fr.startswith("E-mail ouvert")
    assert said.ru.startswith("Письмо открыто")


def test_steps_met_twice_are_told_once():
    """Ways that join are told up to where they join; the rest is told already."""
    edges = [
        {"from": "opened", "port": "next", "to": "hot"},
        {"from": "hot", "port": "yes", "to": "points"},
        {"from": "hot", "port": "no", "to": "points"},
        {"from": "points", "port": "next", "to": "alert"},
    ]
    alert = "Alert the owner: {{ contact.FIRSTNAME }} is hot"
    assert told(edges=edges).endswith(f"(Yes → Add 5 to SCORE → {alert}; No → Add 5 to SCORE → …). Web push clicked")


def test_what_is_not_ready_has_its_types_name():
    """A step that is not right yet is called by its type, an unknown one by its key."""
    nodes = [{"id": "a", "type": "add_points", "config": {}}, {"id": "b", "type": "from_the_future", "config": {}}]
    said = summaries(load({**SCORING, "nodes": nodes}), registry(), CATALOG)
    assert (said["a"].en, said["b"].en) == ("Change score", "Unknown step “from_the_future”")


def test_nothing_is_a_sentence_too():
    """Without triggers nothing happens, and the sentence says so."""
    assert told(nodes=[], edges=[]) == "Nothing happens yet."


def test_the_branches_of_a_split_are_told_by_their_names():
    """The ways out follow from the configuration, in its order; no line of French begins with what parts them."""
    halves = [{"id": "b", "name": "Blue", "share": 50}, {"id": "r", "name": "Red", "share": 50}]
    nodes = [SCORING["nodes"][0], {"id": "split", "type": "random_split", "config": {"branches": halves}}]
    nodes += [{"id": id_, "type": "add_tag", "config": {"tag": id_}} for id_ in ("red", "blue")]
    edges = [
        {"from": "opened", "port": "next", "to": "split"},
        {"from": "split", "port": "r", "to": "red"},
        {"from": "split", "port": "b", "to": "blue"},
    ]
    said = sentence(load({**SCORING, "nodes": nodes, "edges": edges}), registry(), CATALOG)
    assert "\u00a0; Red → " in said.fr
    assert said.en.endswith("50% Blue, 50% Red (Blue → Add the tag “blue”; Red → Add the tag “red”)")


def test_a_circle_ends():
    """Ways that run in a circle are told once."""
    edges = [{"from": "opened", "port": "next", "to": "points"}, {"from": "points", "port": "next", "to": "points"}]
    assert told(edges=edges).endswith("Add 5 to SCORE → Add 5 to SCORE → …. Web push clicked")


def test_a_long_way_is_cut_short():
    """Hundreds of steps do not make a sentence of hundreds."""
    notes = [{"id": f"n{n:03}", "type": "add_note", "config": {"text": "x"}} for n in range(400)]
    ids = ["opened", *(note["id"] for note in notes)]
    edges = [{"from": one, "port": "next", "to": two} for one, two in pairwise(ids)]
    said = told(nodes=[SCORING["nodes"][0], *notes], edges=edges)
    assert said.endswith("…")
    assert said.count("Note: x") < 50
