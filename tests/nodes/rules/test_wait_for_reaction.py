from datetime import timedelta

import pytest

from nodes.registry import registry
from nodes.world import Event, Json
from tests.support.steps import CATALOG, NOW, person, runs_of, says, walk

BY_ANY = {"email_opened", "email_clicked", "email_replied", "web_push_clicked", "sms_received"}
BACK = {"email_bounced", "sms_failed"}


def port(counts: str, name: str, **properties: Json) -> str | None:
    """By which port a run leaves because of an event; None: it stays."""
    node = registry()["wait_for_reaction"]
    (run,) = runs_of([person(1)])
    told = Event(1, name, NOW, {"automation": run.automation, "message": 5, **properties})
    answer = node.answer(node.schema().prepare({"counts": counts}, CATALOG), run, told, NOW)
    return answer and answer.port


@pytest.mark.row("B18", "B19")
@pytest.mark.parametrize(("span", "hours"), [(None, 24), ({"amount": 48, "unit": "hours"}, 48)])
def test_who_stays_silent_goes_on_after_the_delay(span: dict[str, Json] | None, hours: int):
    """A day unless the author says otherwise."""
    step = walk("wait_for_reaction", {"at_most": span} if span else {}, person(1))
    assert [(wait.until, wait.port) for wait in step.waits] == [(NOW + timedelta(hours=hours), "silent")]


@pytest.mark.row("B18")
@pytest.mark.parametrize(
    ("counts", "heard"),
    [
        ("any", BY_ANY),
        ("click", BY_ANY - {"email_opened"}),
        ("answer", {"email_replied", "sms_received"}),
    ],
)
def test_what_counts_is_a_setting(counts: str, heard: set[str]):
    """Any interaction by default; what does not arrive is heard of in each case."""
    topics = registry()["wait_for_reaction"].hears({"counts": counts})
    assert {topic.event for topic in topics} == heard | BACK


@pytest.mark.row("B17", "B20")
@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("email_opened", "reacted"),
        ("email_replied", "reacted"),
        ("email_bounced", "bounced"),
        ("sms_failed", "bounced"),
    ],
)
def test_who_reacts_and_who_is_not_reached_take_ways_of_their_own(name: str, way: str):
    """Neither of them is that of the silent."""
    assert port("any", name) == way


def test_only_messages_of_this_automation_count():
    """A newsletter that is opened meanwhile is no reaction to it; what another tool tells of its own mail is one."""
    assert port("any", "email_opened", automation=4242) is None
    assert port("any", "email_opened", automation=None) is None
    node = registry()["wait_for_reaction"]
    (run,) = runs_of([person(1)])
    answer = node.answer(node.schema().prepare({}, CATALOG), run, Event(1, "sms_received", NOW, {}), NOW)
    assert answer
    assert answer.port == "reacted"


@pytest.mark.parametrize(("keyword", "way"), [("stop", None), ("start", None), ("", "reacted")])
def test_who_wants_no_more_text_messages_does_not_react(keyword: str, way: str | None):
    """Nor does who wants them again; any other words of an answer are a reaction."""
    assert port("answer", "sms_received", keyword=keyword) == way


def test_who_writes_without_having_been_written_to_does_not_react():
    """A text message that answers none of ours says so."""
    assert port("any", "sms_received", message=None, automation=None) is None


def test_words():
    """The sentence says for how long, and what counts unless anything does."""
    assert says("wait_for_reaction", {}).en == "Wait for a reaction, at most 24 hours"
    assert "Answer only" in says("wait_for_reaction", {"counts": "answer"}).en
