"""Automations for tests: the scoring scenario, and anything at all."""

from typing import Any

from hypothesis import strategies as st

from tests.support.steps import REP

SCORING: dict[str, Any] = {
    "format": "cadenza.automation/1",
    "name": "Lead scoring",
    "settings": {"re_entry": True, "exit_conditions": [], "time_zone": "contact"},
    "nodes": [
        {
            "id": "opened",
            "type": "email_opened",
            "config": {"event_filter": {"all": [{"event": "message_kind", "op": "eq", "value": "campaign"}]}},
        },
        {"id": "pushed", "type": "web_push_clicked", "config": {}},
        {"id": "points", "type": "update_attribute", "config": {"attribute": "SCORE", "operation": "add", "value": 5}},
        {
            "id": "hot",
            "type": "conditional_split",
            "config": {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}},
        },
        {"id": "assign", "type": "assign_owner", "config": {"how": "named", "reps": [REP]}},
        {"id": "alert", "type": "send_alert", "config": {"to": "owner", "title": "{{ contact.FIRSTNAME }} is hot"}},
    ],
    "edges": [
        {"from": "opened", "port": "next", "to": "points"},
        {"from": "pushed", "port": "next", "to": "points"},
        {"from": "points", "port": "next", "to": "hot"},
        {"from": "hot", "port": "yes", "to": "assign"},
        {"from": "assign", "port": "next", "to": "alert"},
    ],
    "layout": {"opened": [0, 0], "points": [0, 120.5]},
}

_SAFE = st.characters(codec="utf-8", exclude_characters="\x00")
_WORDS = st.text(_SAFE, max_size=5)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)
_IDS = st.sampled_from(["a", "b", "c", "d", "Z-9_"])
_TYPES = st.sampled_from(["email_opened", "conditional_split", "add_points", "wait", "exit", "from_the_future"])


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents that have the right structure, and make sense or not."""
    nodes = st.fixed_dictionaries(
        {"id": _IDS, "type": _TYPES, "config": st.dictionaries(_WORDS, json_values, max_size=3)}
    )
    ends = _IDS | st.just("nowhere")
    edges = st.fixed_dictionaries({"from": ends, "port": st.sampled_from(["next", "yes", "no", "x"]), "to": ends})
    places = st.lists(st.integers(-999, 999) | st.floats(-9, 9), min_size=2, max_size=2)
    written = draw(st.lists(nodes, max_size=5))
    return {
        "format": "cadenza.automation/1",
        "name": draw(st.text(_SAFE, min_size=1, max_size=9)),
        "settings": {
            "re_entry": draw(st.booleans()),
            "exit_conditions": draw(st.lists(st.dictionaries(_WORDS, json_values, max_size=2), max_size=2)),
            "time_zone": "contact",
        },
        "nodes": written,
        "edges": draw(st.lists(edges, max_size=6)),
        "layout": draw(st.dictionaries(_IDS, places, max_size=3)),
        **draw(_groups(sorted({str(node["id"]) for node in written}))),
    }


def _groups(steps: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Nothing, or groups of two steps each."""
    if len(steps) < 2:
        return st.just({})
    names = st.text(_SAFE, max_size=5).map("g{}".format)
    pairs = st.permutations(steps).map(lambda each: [each[at : at + 2] for at in range(0, len(each) - 1, 2)])
    found = st.tuples(pairs, names, st.booleans()).map(
        lambda drawn: [
            {"id": f"g{at}", "name": drawn[1], "nodes": pair, "collapsed": drawn[2]} for at, pair in enumerate(drawn[0])
        ]
    )
    return found.map(lambda groups: {"groups": groups}) | st.just({})
