from dataclasses import replace

from nodes.effects import SendSms
from tests.support.steps import CATALOG, effects, faults, person, ports, says, walk

PHONE = {"phone": "+33612345678"}
HELLO = {"text": "Hello {{ contact.FIRSTNAME }}"}


def test_the_text_is_sent_to_each():
    """As written: it is filled in when it leaves; in the usual sender's name, or in another."""
    assert effects(walk("send_sms", HELLO, person(1, fields=PHONE))) == [SendSms(1, HELLO["text"], None)]
    named = walk("send_sms", {**HELLO, "sender": "Acme 24"}, person(2, fields=PHONE))
    assert effects(named) == [SendSms(2, HELLO["text"], "Acme 24")]


def test_who_cannot_be_texted_goes_on_without():
    """No number, STOP, or no agreement to the topic: nothing is sent, the way goes on, and the path says why."""
    stopped = person(2, fields={**PHONE, "sms_blacklisted": True}, consents={2})
    step = walk(
        "send_sms",
        {**HELLO, "topic": 2},
        person(1),
        stopped,
        person(3, fields=PHONE),
        person(4, fields=PHONE, consents={2}),
    )
    assert [each.contact for each in effects(step)] == [4]
    assert ports(step) == {"next": [1, 2, 3, 4]}
    assert [run.path[-1].port for run in step.runs] == ["no_phone", "unsubscribed", "no_consent", "next"]


def test_a_transactional_text_asks_nobody():
    """It needs a number all the same."""
    stopped = person(1, fields={**PHONE, "sms_blacklisted": True})
    step = walk("send_sms", {**HELLO, "transactional": True}, stopped, person(2))
    assert effects(step) == [SendSms(1, HELLO["text"], None, None, transactional=True)]


def test_senders_and_topics_are_checked():
    """Networks take a number, or eleven letters and digits."""
    assert faults("send_sms", {**HELLO, "sender": "Acme International"}) == [("sender", "invalid")]
    assert faults("send_sms", {**HELLO, "sender": "+33612345678"}) == []
    assert faults("send_sms", {**HELLO, "topic": 1}) == [("topic", "wrong_channel")]


def test_the_sentence_says_how_many_are_paid_for():
    """Each part is."""
    assert says("send_sms", {"text": "Hi"}).en == "Send “Hi” (SMS × 1)"
    assert says("send_sms", {"text": "Ю" * 71}).en.endswith("(SMS × 2)")


def test_the_sentence_counts_what_addresses_of_websites_grow_by():
    """The text of 121 letters leaves with more than 160."""
    text = "x" * 100 + " https://example.com/"
    assert says("send_sms", {"text": text}).en.endswith("(SMS × 1)")
    watching = replace(CATALOG, watched_domains=("example.com",))
    assert says("send_sms", {"text": text}, watching).en.endswith("(SMS × 2)")
