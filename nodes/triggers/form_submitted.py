"""Trigger: a form is submitted."""

from nodes.fields import NodeSchema
from nodes.texts import Text
from nodes.triggering import FORM, PAGE, EventTrigger, contact_filter, event_filter


class FormSubmitted(EventTrigger):
    """Lets a contact in when a form is submitted."""

    key = "form_submitted"
    label = Text("Form submitted", "Formulaire envoyé", "Отправлена форма")
    description = Text(
        "A contact sends in a form.",
        "Un contact envoie un formulaire.",
        "Контакт отправляет форму.",
    )
    icon = "IconForms"
    suggested = 2
    search = ("form", "submit", "sign-up", "formulaire", "inscription", "форма", "заявка", "подписка")
    example = {"event_filter": {"all": [{"event": "form", "op": "eq", "value": "demo-request"}]}}

    class Config(NodeSchema):
        event_filter = event_filter(FORM, PAGE)
        contact_filter = contact_filter()
