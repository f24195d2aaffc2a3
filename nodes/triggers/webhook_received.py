"""Trigger: another tool calls this step's own address."""

from nodes.fields import NodeSchema, PayloadMapping
from nodes.texts import Text
from nodes.triggering import EventTrigger, contact_filter, event_filter


class WebhookReceived(EventTrigger):
    """Lets the contact in whom a call to the step's own address names; one that nobody knows yet is made."""

    key = "webhook_received"
    label = Text("Webhook received", "Webhook reçu", "Получен вебхук")
    description = Text(
        "Another tool sends JSON or a form to this step’s own address.",
        "Un autre outil envoie du JSON ou un formulaire à l’adresse propre de cette étape.",
        "Другой инструмент присылает JSON или форму на собственный адрес этого шага.",
    )
    icon = "IconWebhook"
    search = ("webhook", "url", "json", "zapier", "call", "appel", "adresse", "вебхук", "адрес", "вызов")
    example = {
        "mapping": {"email": "customer.email", "attributes": {"COUNTRY": "customer.country"}},
        "event_filter": {"all": [{"event": "order.total", "op": "gte", "value": 100}]},
    }
    addressed = True

    class Config(NodeSchema):
        mapping = PayloadMapping(
            Text("What stands where", "Où se trouve quoi", "Что где стоит"),
            help=Text(
                "Everything sent can be asked for in the event filter by its path, like order.total.",
                "Tout ce qui est envoyé peut servir au filtre d’événement, par son chemin : order.total.",
                "Всё присланное доступно фильтру события по пути, например order.total.",
            ),
        )
        event_filter = event_filter()
        contact_filter = contact_filter()
