"""Trigger: an email to the contact is opened."""

from nodes.fields import NodeSchema
from nodes.texts import Text
from nodes.triggering import CAMPAIGN, MESSAGE_KIND, EventTrigger, contact_filter, event_filter


class EmailOpened(EventTrigger):
    """Lets a contact in when an email to the contact is opened."""

    key = "email_opened"
    label = Text("Email opened", "E-mail ouvert", "Письмо открыто")
    description = Text(
        "A contact opens an email: of a campaign, an automation, or a transactional one.",
        "Un contact ouvre un e-mail : de campagne, d’automatisation ou transactionnel.",
        "Контакт открывает письмо: рассылки, автоматизации или транзакционное.",
    )
    icon = "IconMailOpened"
    suggested = 1
    search = ("email", "mail", "open", "opened", "e-mail", "ouvert", "ouverture", "письмо", "открыто", "открытие")
    example = {"event_filter": {"all": [{"event": "message_kind", "op": "eq", "value": "campaign"}]}}

    class Config(NodeSchema):
        event_filter = event_filter(MESSAGE_KIND, CAMPAIGN)
        contact_filter = contact_filter()
