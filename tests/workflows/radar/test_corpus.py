"""The radar on workspaces that are known to have a fault, or none."""

import pytest

from nodes.registry import registry
from tests.workflows.radar.broken import BROKEN
from tests.workflows.radar.drawing import SEGMENTS, Workspace, workspaces
from tests.workflows.radar.sound import SOUND
from workflows.radar import Radar, scan

FAULTY, CLEAN = workspaces(BROKEN, faulty=True), workspaces(SOUND, faulty=False)


def radar(workspace: Workspace) -> Radar:
    return scan(workspace.sources, registry(), workspace.catalog, SEGMENTS)


@pytest.mark.parametrize("workspace", FAULTY, ids=lambda each: each.name)
def test_a_fault_is_found(workspace: Workspace):
    """The planted fault, and nothing else; its witness leads to the automations that have it."""
    found = radar(workspace)
    assert found.unread == []
    assert {each.code for each in found.findings} == {workspace.code}
    concerned = set(range(1, workspace.concerned + 1))
    for each in found.findings:
        assert set() < {place.automation for place in each.witness} <= concerned
        assert all(each.remedy)


@pytest.mark.parametrize("workspace", CLEAN, ids=lambda each: each.name)
def test_no_false_alarm(workspace: Workspace):
    """What only looks like a fault is none."""
    found = radar(workspace)
    assert (found.unread, found.findings) == ([], [])


def test_there_are_forty_of_each():
    """Ten kinds of fault in four variants at least, and as many that only look like them."""
    for corpus in (BROKEN, SOUND):
        assert (len(corpus), min(map(len, corpus.values()))) == (10, 4)
