import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, registry, says


@pytest.mark.row("E7")
@pytest.mark.parametrize(("told", "starts"), [({}, False), ({"utm_source": "x"}, False), ({"message": 7}, True)])
def test_it_can_be_about_visits_that_a_message_brought(told: dict[str, object], starts: bool):
    """Who came by themselves does not start it then; by default everybody does."""
    assert accepts("visit_ended", {"by": "mailing"}, event("visit_ended", **told)) is starts
    assert accepts("visit_ended", {}, event("visit_ended", **told))


def test_what_was_seen_can_be_asked():
    """The interest, the number of pages, the campaign."""
    config = {"event_filter": {"all": [{"event": "interest", "op": "eq", "value": "Shoes"}]}}
    assert accepts("visit_ended", config, event("visit_ended", interest="Shoes"))
    assert not accepts("visit_ended", config, event("visit_ended", interest="Hats"))


def test_it_says_which_visits():
    """Its sentence tells visits that were brought from others."""
    assert says("visit_ended", {}).en == "Visit has ended"
    assert says("visit_ended", {"by": "mailing"}).en == "Visit that our message brought has ended"


def test_it_listens_to_its_own_event():
    """Its topic is the event of its own name."""
    assert registry()["visit_ended"].topic({}) == Topic("visit_ended")
