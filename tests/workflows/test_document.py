import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.documents import SCORING, documents, json_values
from workflows.document import Document, DocumentError, dump, dumps, load, loads
from workflows.json_text import tidy


def faults(data: object) -> dict[str, str]:
    with pytest.raises(DocumentError) as refused:
        load(data)
    return dict(refused.value.faults)


def written(part: object) -> str:
    """The part as text; whole numbers are written alike with and without a fraction."""
    return json.dumps(tidy(part), sort_keys=True)


def changed(**parts: Any) -> dict[str, Any]:
    return {**SCORING, **parts}


@given(documents())
def test_nothing_is_lost(data: dict[str, Any]):
    """A document that is read and printed says the same: unknown types, their settings and odd edges included."""
    again = dump(load(data))
    for part in ("nodes", "edges"):
        assert sorted(map(written, again[part])) == sorted(map(written, data[part]))
    assert (again["name"], again["settings"], again["layout"]) == (data["name"], data["settings"], data["layout"])
    kept, drawn = again.get("groups", []), data.get("groups", [])
    assert {each["id"]: {**each, "nodes": sorted(each["nodes"])} for each in kept} == {
        each["id"]: {**each, "nodes": sorted(each["nodes"])} for each in drawn
    }


@given(documents(), st.randoms())
def test_the_same_automation_gives_the_same_bytes(data: dict[str, Any], random: Random):
    """However its parts were ordered when written, a document prints alike; and printing again changes nothing."""
    shuffled = json.loads(json.dumps(data), object_pairs_hook=lambda pairs: dict(random.sample(pairs, len(pairs))))
    random.shuffle(shuffled["nodes"])
    random.shuffle(shuffled["edges"])
    for group in shuffled.get("groups", []):
        random.shuffle(group["nodes"])
    random.shuffle(shuffled.get("groups", []))
    printed = dumps(load(data))
    assert dumps(load(shuffled)) == printed
    assert dumps(loads(printed)) == printed


@given(json_values | documents().map(lambda data: data | {"nodes": "x"}) | st.dictionaries(st.text(), json_values))
def test_data_that_is_no_document_is_refused(data: object):
    """Any other JSON is refused with reasons, and never crashes."""
    with pytest.raises(DocumentError):
        load(data)


@given(st.text() | st.binary() | documents().map(lambda data: json.dumps(data)[:-9]))
def test_text_that_is_no_document_is_refused(text: str | bytes):
    """Any other text, broken JSON and bad UTF-8 included, is refused."""
    with pytest.raises(DocumentError):
        loads(text)


def test_a_document_reads_from_top_to_bottom():
    """Steps are printed in the order contacts meet them, keys in the order of the format, with a newline at the end."""
    printed = dumps(load(SCORING))
    assert [node["id"] for node in json.loads(printed)["nodes"]] == [
        "opened",
        "pushed",
        "points",
        "hot",
        "assign",
        "alert",
    ]
    assert list(json.loads(printed)) == ["format", "name", "settings", "nodes", "edges", "layout"]
    assert printed.endswith("}\n")


def test_moving_a_step_changes_the_layout_only():
    """Where steps stand is apart from what they mean."""
    moved = dumps(load(changed(layout={"opened": [7, 7]})))
    before, after = dumps(load(SCORING)).split('"layout"'), moved.split('"layout"')
    assert before[0] == after[0]
    assert before[1] != after[1]


WARM_UP = {"id": "warm-up", "name": "Warm-up", "nodes": ["hot", "points"], "collapsed": True}


def grouped(**parts: Any) -> dict[str, Any]:
    return changed(groups=[{**WARM_UP, **parts}])


def test_groups_are_printed_last_and_only_where_there_are_some():
    """A group stands below the layout, its steps in reading order; what has no group prints as it always did."""
    printed = json.loads(dumps(load(grouped())))
    assert list(printed)[-2:] == ["layout", "groups"]
    assert printed["groups"] == [{**WARM_UP, "nodes": ["points", "hot"]}]
    assert "groups" not in dump(load(changed(groups=[])))


def test_a_group_is_open_unless_it_is_said_otherwise():
    """Whoever writes a group by hand need not say whether it is collapsed."""
    del (written := grouped())["groups"][0]["collapsed"]
    assert not load(written).groups[0].collapsed


@pytest.mark.parametrize(
    ("groups", "path", "words"),
    [
        ([{**WARM_UP, "nodes": ["hot"]}], "groups[0].nodes", "minimum"),
        ([{**WARM_UP, "nodes": ["hot", "gone"]}], "groups[0].nodes[1]", "no step “gone”"),
        ([{**WARM_UP, "nodes": ["hot", "hot"]}], "groups[0].nodes[1]", "in the group “Warm-up” already"),
        (
            [WARM_UP, {**WARM_UP, "id": "b", "nodes": ["hot", "alert"]}],
            "groups[1].nodes[0]",
            "in the group “Warm-up” already",
        ),
        ([WARM_UP, {**WARM_UP, "nodes": ["assign", "alert"]}], "groups[1].id", "Another group"),
        ([{**WARM_UP, "name": "  "}], "groups[0].name", "pattern"),
        ([{**WARM_UP, "name": "x" * 81}], "groups[0].name", "80"),
        ([{**WARM_UP, "collapsed": 1}], "groups[0].collapsed", "boolean"),
        ([{**WARM_UP, "colour": "red"}], "groups[0].colour", "Unknown"),
        ([WARM_UP] * 251, "groups", "250"),
    ],
)
def test_faults_of_groups_name_their_place(groups: list[dict[str, Any]], path: str, words: str):
    """A group without enough steps, with one that is not there or not its own alone, is refused with the reason."""
    assert words in faults(changed(groups=groups))[path]


def test_what_is_left_out_has_a_default():
    """A name is enough: no steps, no re-entry, no exits, the contact's own time zone."""
    document = load({"format": "cadenza.automation/1", "name": "New"})
    assert document == Document("New")
    assert (document.settings.re_entry, document.settings.time_zone) == (False, "contact")


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (changed(format="cadenza.automation/2"), "format"),
        (changed(name=""), "name"),
        (changed(name=5), "name"),
        (changed(colour="red"), "colour"),
        (changed(settings={"re_entry": "maybe"}), "settings.re_entry"),
        (changed(settings={"time_zone": "moon"}), "settings.time_zone"),
        (changed(nodes=[{"id": "a b", "type": "exit"}]), "nodes[0].id"),
        (changed(nodes=[{"id": "a", "type": "Exit!"}]), "nodes[0].type"),
        (changed(nodes=[{"id": "a", "type": "exit", "config": []}]), "nodes[0].config"),
        (changed(nodes=[{"id": "a", "type": "exit", "x": 1}]), "nodes[0].x"),
        (changed(nodes=[{"id": f"n{n}", "type": "exit"} for n in range(501)]), "nodes"),
        (changed(edges=[{"from": "a", "to": "b"}]), "edges[0].port"),
        (changed(layout={"a": [1]}), "layout.a.value"),
        (changed(layout={"a": ["x", 1]}), "layout.a.value[0]"),
        (changed(nodes=[{"id": "a", "type": "exit", "config": {"x": "\x00"}}]), "nodes[0].config.x"),
        (changed(nodes=[{"id": "a", "type": "exit", "config": {"x": float("inf")}}]), "nodes[0].config.x"),
    ],
)
def test_faults_of_structure_name_their_place(data: dict[str, Any], path: str):
    """Each fault says where it is."""
    assert path in faults(data)


def test_all_faults_are_told_at_once():
    """Whoever mends a document by hand sees everything that is wrong with it."""
    assert set(faults({"name": "", "nodes": [{"id": "?"}]})) == {"format", "name", "nodes[0].id", "nodes[0].type"}


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "a", "name": "b"}',
        '{"format": NaN}',
        "[" * 100_000,
        '{"a": 1' + "0" * 5000 + "}",
        " " * 1_000_001,
        b"\xff",
    ],
)
def test_texts_with_traps_are_refused(text: str | bytes):
    """Keys written twice, numbers that are none or endless, bottomless nesting, huge texts and bad UTF-8."""
    with pytest.raises(DocumentError):
        loads(text)
