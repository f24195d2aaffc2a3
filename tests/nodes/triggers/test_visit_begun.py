import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, registry, says


@pytest.mark.row("C21")
@pytest.mark.parametrize(("away", "starts"), [(None, False), (29, False), (30, True), (400, True), ("long", False)])
def test_it_can_wait_for_those_who_come_back(away: object, starts: bool):
    """Who was away for less than so many days, or was never here before, does not start it."""
    told = {} if away is None else {"away_days": away}
    assert accepts("visit_begun", {"away": 30}, event("visit_begun", **told)) is starts


def test_every_visit_starts_it_by_default():
    """Without a number of days it is about who is on the site now."""
    assert accepts("visit_begun", {}, event("visit_begun"))
    assert accepts("visit_begun", {}, event("visit_begun", away_days=12))


def test_the_page_can_be_asked():
    """Where the visit begins can matter, too."""
    config = {"away": 1, "event_filter": {"all": [{"event": "page", "op": "contains", "value": "/pricing"}]}}
    assert accepts("visit_begun", config, event("visit_begun", away_days=3, page="https://shop.example/pricing"))
    assert not accepts("visit_begun", config, event("visit_begun", away_days=3, page="https://shop.example/"))


def test_it_says_what_it_waits_for():
    """Its sentence names the days, if there are any."""
    assert says("visit_begun", {}).en == "Comes to the site"
    assert says("visit_begun", {"away": 1}).en == "Comes back to the site after 1 day or more"
    assert says("visit_begun", {"away": 30}).fr == "Revient sur le site après 30 jours ou plus"


def test_it_listens_to_its_own_event():
    """Its topic is the event of its own name."""
    assert registry()["visit_begun"].topic({}) == Topic("visit_begun")
