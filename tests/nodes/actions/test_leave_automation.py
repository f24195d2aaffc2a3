from nodes.effects import DismissFrom
from tests.support.steps import effects, faults, person, ports, says, walk


def test_the_contact_leaves_the_other_and_goes_on_here():
    """The other automation hears of it; this one goes on."""
    step = walk("leave_automation", {"automation": 2}, person(1))
    assert (effects(step), ports(step)) == ([DismissFrom(1, 2)], {"next": [1]})


def test_faults_and_words():
    """The automation must exist; the sentence names it."""
    assert faults("leave_automation", {"automation": 99}) == [("automation", "unknown_automation")]
    assert says("leave_automation", {"automation": 1}).en == "Leave “Welcome”"
