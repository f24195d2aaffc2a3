"""Trigger: a web push notification is clicked."""

from nodes.fields import NodeSchema
from nodes.texts import Text
from nodes.triggering import CAMPAIGN, LINK, MESSAGE_KIND, EventTrigger, contact_filter, event_filter


class WebPushClicked(EventTrigger):
    """Lets a contact in when a web push notification is clicked."""

    key = "web_push_clicked"
    label = Text("Web push clicked", "Clic sur un web push", "Переход из веб-пуша")
    description = Text(
        "A contact clicks a web push notification.",
        "Un contact clique sur une notification web push.",
        "Контакт нажимает на веб-пуш.",
    )
    icon = "IconBellRinging"
    search = ("web push", "push", "click", "notification", "clic", "пуш", "уведомление", "клик")
    example = {"event_filter": {"all": [{"event": "message_kind", "op": "eq", "value": "campaign"}]}}

    class Config(NodeSchema):
        event_filter = event_filter(MESSAGE_KIND, CAMPAIGN, LINK)
        contact_filter = contact_filter()
