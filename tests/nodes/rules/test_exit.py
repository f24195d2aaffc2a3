from tests.support.steps import faults, person, walk


def test_contacts_leave_here():
    """Everyone leaves, as the author wished, and nothing else happens."""
    step = walk("exit", {}, person(1), person(2))
    assert [(leave.run.contact.id, leave.reason) for leave in step.leaves] == [(1, "exit"), (2, "exit")]
    assert (step.gone, step.effects) == ({}, [])


def test_there_is_nothing_to_set():
    """The step has no settings."""
    assert faults("exit", {}) == []
    assert faults("exit", {"reason": "x"}) == [("reason", "unknown_field")]
