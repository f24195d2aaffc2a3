"""What steps declare, beside what they do: the radar believes the one, contacts meet the other."""

from typing import Any

import pytest

from nodes import effects
from nodes.contract import Action
from nodes.declared import Claim, Thing, Write
from nodes.registry import registry
from tests.support.steps import REP, ZOE, deal, person, walk
from tests.support.steps import effects as effects_of

THINGS: Any = {
    effects.SetAttribute: lambda effect: Thing("attribute", effect.attribute),
    effects.AddToList: lambda effect: Thing("list", str(effect.list_id)),
    effects.RemoveFromList: lambda effect: Thing("list", str(effect.list_id)),
    effects.AddTag: lambda effect: Thing("tag", effect.tag),
    effects.RemoveTag: lambda effect: Thing("tag", effect.tag),
    effects.AssignOwner: lambda _effect: Thing("owner"),
    effects.MoveDeal: lambda _effect: Thing("deals"),
    effects.CallAutomation: lambda effect: Thing("automation", str(effect.automation)),
    effects.DismissFrom: lambda effect: Thing("automation", str(effect.automation)),
}
ACTIONS = sorted(key for key, node in registry().items() if isinstance(node, Action))


@pytest.mark.parametrize("key", ACTIONS)
def test_an_action_declares_what_it_changes(key: str):
    """What it does to a contact by its example is what it says it changes: nothing more, nothing less."""
    node = registry()[key]
    assert isinstance(node, Action)
    contact = person(deals=[deal(1)], owner=None, browsers=1, fields={"phone": "+33612345678"})
    step = walk(key, node.example, contact, tickets=lambda _key, count: range(count))
    done = {THINGS[type(effect)](effect) for effect in effects_of(step) if type(effect) in THINGS}
    assert {write.thing for write in node.writes(node.schema().visible(node.example))} == done


def test_a_change_tells_how_and_by_how_much():
    """Adding differs from setting, and emptying from both."""
    node = registry()["update_attribute"]
    assert isinstance(node, Action)
    score = Thing("attribute", "SCORE")
    for operation, value, written in (
        ("set", 5, Write(score, "set", 5)),
        ("subtract", 5, Write(score, "change", -5)),
        ("clear", None, Write(score, "set")),
    ):
        config = {"attribute": "SCORE", "operation": operation, "value": value}
        assert node.writes({name: each for name, each in config.items() if each is not None}) == (written,)


def claim(key: str, **config: Any) -> Claim:
    """What a step with this configuration claims."""
    node = registry()[key]
    assert isinstance(node, Action)
    (write,) = node.writes(config)
    assert write.claim
    return write.claim


def test_an_owner_is_claimed_unless_the_step_keeps_who_is_there():
    """Two are rivals only where each would replace the rep of the other."""
    always, zoe = (claim("assign_owner", reps=[rep], keep="nobody") for rep in (REP, ZOE))
    assert always.rivals(zoe)
    assert not always.rivals(claim("assign_owner", reps=[ZOE], keep="anyone"))
    assert not always.rivals(claim("assign_owner", reps=[REP]))
    assert not claim("assign_owner", reps=[REP, ZOE]).rivals(zoe)


def test_a_stage_is_claimed_within_a_pipeline_while_the_deal_is_open():
    """A deal that one step closes is not found by another, whichever comes first."""
    first = claim("move_deal", pipeline=7, stage=1)
    assert first.rivals(claim("move_deal", pipeline=7, stage=2, status="open"))
    assert not first.rivals(claim("move_deal", pipeline=8, stage=2))
    assert not first.rivals(claim("move_deal", pipeline=7, stage=2, status="lost"))
