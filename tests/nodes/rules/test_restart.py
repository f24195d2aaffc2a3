from nodes.effects import CallAutomation
from nodes.world import Topic
from tests.support.steps import effects, faults, person, says, walk


def test_contacts_leave_and_are_called_back_in():
    """The run ends as the author wished, and the contact is called into the same automation."""
    step = walk("restart", {}, person(1), listened=frozenset({Topic("automation_called", "5")}))
    assert [leave.reason for leave in step.leaves] == ["exit"]
    assert effects(step) == [CallAutomation(1, 5)]
    assert [(signal.topic, signal.causes) for signal in step.signals] == [(Topic("automation_called", "5"), (5,))]


def test_faults_and_words():
    """There is nothing to set."""
    assert faults("restart", {}) == []
    assert says("restart", {}).en == "Start over"
