from typing import Any

import pytest

from nodes.contract import Step
from tests.support.steps import (
    CATALOG,
    NOW,
    deal,
    effects,
    faults,
    person,
    ports,
    reasons,
    registry,
    says,
    walk,
    without,
)


def moved(config: dict[str, Any], *deals: Any) -> list[int]:
    """The deals that change, in order."""
    return [effect.deal for effect in effects(walk("move_deal", {"stage": 2, **config}, person(1, deals=list(deals))))]


def move(config: dict[str, Any], *deals: Any) -> Step:
    return walk("move_deal", config, person(1, deals=list(deals)))


@pytest.mark.row("E35")
def test_only_open_deals_are_moved():
    """The stage is set on open deals alone."""
    closed = [deal(number, status=status) for number, status in ((2, "won"), (3, "lost"), (4, "outdated"))]
    first = deal(1)
    step = move({"stage": 2, "limit": 0}, first, *closed)
    assert [(effect.deal, effect.stage, effect.status) for effect in effects(step)] == [(1, 2, None)]
    assert (first.stage, first.status, first.modified_at) == (2, "open", NOW)


@pytest.mark.row("E35")
def test_the_stage_is_needed():
    """Without a stage, or with one of another pipeline, the step is at fault."""
    assert faults("move_deal", {}) == [("stage", "missing")]
    assert faults("move_deal", {"stage": 3}) == [("stage", "unknown_stage")]


@pytest.mark.row("E36")
@pytest.mark.parametrize("status", ["open", "won", "lost", "outdated"])
def test_a_status_is_given_with_the_stage(status: str):
    """The deal's status becomes the one named."""
    only = deal(1)
    move({"stage": 2, "status": status}, only)
    assert (only.stage, only.status) == (2, status)


@pytest.mark.row("E36")
def test_any_other_status_is_refused():
    """There are four statuses."""
    assert faults("move_deal", {"stage": 2, "status": "frozen"}) == [("status", "invalid")]


@pytest.mark.row("E37")
def test_the_default_pipeline_is_meant_unless_one_is_named():
    """Deals of other pipelines stay as they are."""
    deals = [deal(1), deal(2, pipeline=8, stage=3)]
    assert moved({}, *deals) == [1]
    assert moved({"pipeline": 8, "stage": 4}, *deals) == [2]


@pytest.mark.row("E37")
def test_a_pipeline_or_stage_that_is_gone_is_named():
    """What does not exist is refused beforehand, and fails with its name when it went afterwards."""
    assert faults("move_deal", {"pipeline": 9, "stage": 1}) == [("pipeline", "unknown_pipeline")]
    config, contact = {"pipeline": 8, "stage": 4}, person(1, deals=[deal(1, pipeline=8)])
    no_pipelines = without(CATALOG, pipelines={})
    assert reasons(walk("move_deal", config, contact, catalog=no_pipelines)) == ["There is no pipeline 8."]
    assert reasons(walk("move_deal", {"stage": 2}, contact, catalog=no_pipelines)) == ["There is no default pipeline."]
    fewer = without(CATALOG, pipelines={8: without(CATALOG.pipelines[8], stages=())})
    assert reasons(walk("move_deal", config, contact, catalog=fewer)) == ["Pipeline “Partners” has no stage 4."]


@pytest.mark.row("E38")
@pytest.mark.parametrize(("sort", "first"), [("created", 3), ("modified", 1), ("name", 2), (None, 1)])
def test_deals_are_sorted_by_what_is_asked(sort: str | None, first: int):
    """By creation, last change or name; by last change if nothing is said."""
    deals = [
        deal(1, name="a", created_at=NOW.replace(day=1), modified_at=NOW.replace(day=20)),
        deal(2, name="Z", created_at=NOW.replace(day=2), modified_at=NOW.replace(day=19)),
        deal(3, name="b", created_at=NOW.replace(day=3), modified_at=NOW.replace(day=18)),
    ]
    assert moved({"sort": sort} if sort else {}, *deals) == [first]


@pytest.mark.row("E39")
@pytest.mark.parametrize(("order", "first"), [("asc", 1), ("desc", 3), (None, 3)])
def test_deals_are_ordered_either_way(order: str | None, first: int):
    """Ascending or descending; descending if nothing is said."""
    assert moved({"order": order} if order else {}, deal(2), deal(3), deal(1)) == [first]


@pytest.mark.row("E40")
@pytest.mark.parametrize(("limit", "found"), [(None, [3]), (1, [3]), (2, [3, 2]), (5, [3, 2, 1]), (0, [3, 2, 1])])
def test_so_many_deals_are_moved(limit: int | None, found: list[int]):
    """The first so many; one if nothing is said; 0 means all."""
    assert moved({} if limit is None else {"limit": limit}, deal(1), deal(2), deal(3)) == found


@pytest.mark.row("E41")
def test_just_the_deal_modified_last():
    """Limit 1, order desc, sort modified."""
    deals = [deal(1, modified_at=NOW), deal(2), deal(3)]
    assert moved({"limit": 1, "order": "desc", "sort": "modified"}, *deals) == [1]


@pytest.mark.row("E42")
def test_the_two_oldest_deals():
    """Limit 2, order asc, sort created."""
    assert moved({"limit": 2, "order": "asc", "sort": "created"}, deal(4), deal(2), deal(9), deal(7)) == [2, 4]


def test_without_deals_the_contact_just_goes_on():
    """Nothing to move is no failure."""
    assert ports(move({"stage": 2})) == {"next": [1]}
    assert registry()["move_deal"].reads({"stage": 2}).deals


def test_its_sentence_names_stage_and_status():
    """How many, where to and the status are read out."""
    assert says("move_deal", {"stage": 2}).en == "Move a deal to “Talks”"
    assert says("move_deal", {"stage": 4, "pipeline": 8, "limit": 0, "status": "won"}).say("fr") == (
        "Déplacer toutes les affaires vers «\u00a0Signed\u00a0» (gagnée)"
    )
