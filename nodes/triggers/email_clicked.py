"""Trigger: a link in an email is clicked."""

from nodes.fields import NodeSchema
from nodes.texts import Text
from nodes.triggering import CAMPAIGN, LINK, MESSAGE_KIND, EventTrigger, contact_filter, event_filter


class EmailClicked(EventTrigger):
    """Lets a contact in when a link in an email is clicked."""

    key = "email_clicked"
    label = Text("Email clicked", "Clic dans un e-mail", "Переход из письма")
    description = Text(
        "A contact clicks a link in an email.",
        "Un contact clique sur un lien dans un e-mail.",
        "Контакт нажимает на ссылку в письме.",
    )
    icon = "IconClick"
    search = ("email", "mail", "click", "link", "e-mail", "clic", "lien", "письмо", "клик", "ссылка", "переход")
    example = {"event_filter": {"all": [{"event": "link", "op": "contains", "value": "/pricing"}]}}

    class Config(NodeSchema):
        event_filter = event_filter(MESSAGE_KIND, CAMPAIGN, LINK)
        contact_filter = contact_filter()
