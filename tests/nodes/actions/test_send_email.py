from nodes.effects import SendEmail
from tests.support.steps import effects, faults, person, ports, says, walk

WELCOME = {"template": 1}


def test_the_template_is_sent_to_each():
    """One mail a contact, by template, sender and subject; where none is chosen, the usual ones."""
    chosen = {"template": 1, "sender": 1, "subject": "Hello {{ contact.FIRSTNAME }}", "reply_to": "anna@example.com"}
    assert effects(walk("send_email", WELCOME, person(1))) == [SendEmail(1, 1, None, None, None)]
    mail = SendEmail(2, 1, 1, "Hello {{ contact.FIRSTNAME }}", "anna@example.com")
    assert effects(walk("send_email", chosen, person(2))) == [mail]


def test_who_cannot_be_written_to_goes_on_without():
    """No address, or unsubscribed: nothing is sent, the way goes on, and the path says why."""
    silent, gone = person(1, email=None), person(2, fields={"email_blacklisted": True})
    step = walk("send_email", WELCOME, silent, gone, person(3))
    assert [each.contact for each in effects(step)] == [3]
    assert ports(step) == {"next": [1, 2, 3]}
    assert [run.path[-1].port for run in step.runs] == ["no_address", "unsubscribed", "next"]


def test_only_who_agreed_gets_mail_of_a_topic():
    """Never having said anything is no consent; a transactional mail asks nobody, but needs an address."""
    agreed, silent = person(1, consents={1}), person(2, consents={2})
    step = walk("send_email", {"template": 1, "topic": 1}, agreed, silent)
    assert effects(step) == [SendEmail(1, 1, None, None, None, topic=1)]
    assert [run.path[-1].port for run in step.runs] == ["next", "no_consent"]
    gone = person(3, fields={"email_blacklisted": True})
    invoice = walk("send_email", {"template": 1, "transactional": True}, gone, person(4, email=None))
    assert effects(invoice) == [SendEmail(3, 1, None, None, None, transactional=True)]


def test_a_topic_must_be_one_of_mail():
    """One of another channel, or none at all, cannot go live."""
    assert faults("send_email", {"template": 1, "topic": 2}) == [("topic", "wrong_channel")]
    assert faults("send_email", {"template": 1, "topic": 9}) == [("topic", "unknown_topic")]


def test_templates_and_senders_must_exist():
    """A step that names what is gone cannot go live."""
    unknown = [("template", "unknown_template"), ("sender", "unknown_sender")]
    assert faults("send_email", {"template": 9, "sender": 8}) == unknown
    assert faults("send_email", {"template": 1, "reply_to": "nobody"}) == [("reply_to", "invalid")]


def test_the_sentence_names_the_template():
    """The canvas reads which mail is sent."""
    assert says("send_email", WELCOME).en == "Send “Welcome mail”"
