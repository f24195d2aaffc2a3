"""Configurations of every kind of step, broken in every way: found wrong beforehand, or harmless at run."""

from copy import deepcopy
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters import templates
from nodes.contract import Node, Trigger, Walkable
from nodes.registry import registry
from tests.hostile.mutants import mutants_of
from tests.support.steps import CATALOG, NOW, event, person, walk

NODES: Final = sorted(registry().values(), key=lambda node: node.key)


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.key)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_configuration_is_found_wrong_or_works(node: Node, data: st.DataObject):
    """Whatever is configured, checking it says what is wrong; where nothing is, it can be said, prepared and run."""
    config: dict[str, Any] = data.draw(mutants_of(deepcopy(dict(node.example))))
    if node.schema().check(config, CATALOG, templates.check):
        return
    stated = node.schema().visible(config)
    assert all(node.summary(stated, CATALOG))
    node.reads(stated)
    if isinstance(node, Trigger):
        assert node.topic(stated).event
        node.accepts(node.schema().prepare(config, CATALOG), event(), person(), NOW)
    else:
        assert isinstance(node, Walkable)
        walk(node.key, config, person(), person(), tickets=lambda _rotation, count: range(count))
