from nodes.effects import CallAutomation
from tests.support.steps import effects, faults, person, ports, says, walk


def test_the_contact_is_called_and_goes_on():
    """It enters the other automation and goes on here as well."""
    step = walk("start_automation", {"automation": 2}, person(1))
    assert (effects(step), ports(step)) == ([CallAutomation(1, 2)], {"next": [1]})


def test_the_contact_may_leave_here():
    """Going over to the other automation ends the run here."""
    step = walk("start_automation", {"automation": 2, "then": "leave"}, person(1))
    assert (effects(step), [leave.reason for leave in step.leaves]) == ([CallAutomation(1, 2)], ["exit"])


def test_faults_and_words():
    """The automation must exist; the sentence names it."""
    assert faults("start_automation", {"automation": 99}) == [("automation", "unknown_automation")]
    assert says("start_automation", {"automation": 2}).en == "Start “Win back”"
    assert says("start_automation", {"automation": 2, "then": "leave"}).en == "Go to “Win back”"
