from nodes.effects import SendWebPush
from tests.support.steps import effects, faults, person, ports, says, walk

OFFER = {"title": "For {{ contact.FIRSTNAME }}", "link": "https://example.com/offer"}


def test_the_notification_is_sent_to_who_takes_some():
    """As written: it is filled in when it leaves. It waits for a day, or as long as is said, but 28 days at most."""
    assert effects(walk("send_web_push", OFFER, person(1, browsers=2))) == [
        SendWebPush(1, "For {{ contact.FIRSTNAME }}", None, "https://example.com/offer", None, 86_400)
    ]
    more = {"text": "Today only", "icon": "https://example.com/i.png", "ttl": {"amount": 2, "unit": "hours"}}
    (full,) = effects(walk("send_web_push", {**OFFER, **more}, person(2, browsers=1)))
    assert (full.text, full.icon, full.ttl) == ("Today only", "https://example.com/i.png", 7200)
    (long,) = effects(walk("send_web_push", {**OFFER, "ttl": {"amount": 3, "unit": "months"}}, person(3, browsers=1)))
    assert long.ttl == 28 * 86_400


def test_who_takes_none_goes_on_without():
    """No browser, or no agreement to the topic: nothing is sent, the way goes on, and the path says why."""
    step = walk(
        "send_web_push",
        {**OFFER, "topic": 3},
        person(1),
        person(2, browsers=1, consents={1}),
        person(3, browsers=1, consents={3}),
    )
    assert [each.contact for each in effects(step)] == [3]
    assert ports(step) == {"next": [1, 2, 3]}
    assert [run.path[-1].port for run in step.runs] == ["no_browser", "no_consent", "next"]


def test_a_topic_must_be_one_of_push():
    """One of mail cannot go live here; neither can a text that cannot be filled in, nor an icon that is no address."""
    assert faults("send_web_push", {**OFFER, "topic": 1}) == [("topic", "wrong_channel")]
    assert faults("send_web_push", {**OFFER, "icon": "picture.png"}) == [("icon", "invalid")]
    assert faults("send_web_push", {**OFFER, "title": "{{ contact.GHOST }}"}) == [("title", "unknown_attribute")]


def test_the_sentence_names_the_title():
    """The canvas reads what is shown."""
    assert says("send_web_push", {**OFFER, "title": "Today only"}).en == "Show “Today only”"
