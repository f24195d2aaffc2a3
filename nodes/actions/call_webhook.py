"""Action: call an address on the web."""

import json
import re
from collections.abc import Mapping
from typing import Final

from nodes import effects
from nodes.catalog import Catalog
from nodes.channels import Channel
from nodes.contract import Action, Configuration, Step
from nodes.fields import Choice, HeaderLines, JsonTemplate, NodeSchema, Switch, Url
from nodes.runs import Run
from nodes.texts import Text, same
from nodes.world import Json

METHODS: Final = {method: same(method) for method in ("POST", "PUT", "PATCH", "GET", "DELETE")}
WITH_BODY: Final = ("POST", "PUT", "PATCH")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class CallWebhook(Action):
    """Sends an HTTP request; the contact goes on when it was answered, and fails when it never is."""

    key = "call_webhook"
    label = Text("Call webhook", "Appeler un webhook", "Вызвать вебхук")
    description = Text(
        "Sends data of the contact to an address on the web, and waits for the answer.",
        "Envoie des données du contact à une adresse web, et attend la réponse.",
        "Отправляет данные контакта по веб-адресу и ждёт ответа.",
    )
    stays = True
    channel = Channel("webhook", Text("Webhooks", "Webhooks", "Вебхуки"))
    icon = "IconWebhook"
    search = ("webhook", "http", "api", "call", "send", "appeler", "вебхук", "запрос", "отправить")
    example = {
        "method": "POST",
        "url": "https://example.com/hook",
        "headers": "X-Token: abc",
        "body": '{"email": "{{ contact.email }}", "score": "{{ contact.SCORE }}"}',
    }

    class Config(NodeSchema):
        method = Choice(Text("Method", "Méthode", "Метод"), METHODS, default="POST")
        url = Url(Text("Address", "Adresse", "Адрес"))
        headers = HeaderLines(Text("Headers", "En-têtes", "Заголовки"), required=False)
        body = JsonTemplate(
            Text("Body (JSON)", "Corps (JSON)", "Тело (JSON)"),
            default='{"email": "{{ contact.email }}"}',
            show_when={"method": list(WITH_BODY)},
        )
        reaches_contact = Switch(
            Text("This reaches the contact", "Ceci atteint le contact", "Это доходит до контакта"),
            help=Text(
                "Quiet hours and frequency caps then hold for it. Off: it only passes data on.",
                "Heures calmes et plafonds de fréquence s’y appliquent. Sinon : simple transmission de données.",
                "Тогда для него действуют тихие часы и пределы частоты. Выключено: только передача данных.",
            ),
            default=True,
        )

    def channel_of(self, config: Configuration) -> Channel | None:
        return self.channel if config.get("reaches_contact", True) else None

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        sentence = Text("Call {method} {url}", "Appeler {method} {url}", "Вызвать {method} {url}")
        return sentence.format(method=config.get("method", "POST"), url=config["url"])

    def run(self, step: Step) -> None:
        for run in step:
            step.wait_for_delivery(run, _request(step, run))


def _request(step: Step, run: Run) -> effects.CallWebhook:
    config = step.config
    headers = [(name, _CONTROL.sub(" ", step.render(run, value))) for name, value in config["headers"] or ()]
    body = ""
    if config["method"] in WITH_BODY:
        body = json.dumps(_filled(config["body"], step, run), ensure_ascii=False)
        if all(name.lower() != "content-type" for name, _ in headers):
            headers.append(("Content-Type", "application/json"))
    return effects.CallWebhook(run.contact.id, config["method"], config["url"], tuple(headers), body)


def _filled(template: Json, step: Step, run: Run) -> Json:
    """Fill the texts inside a JSON document; whatever a contact's data holds, it stays a text."""
    if isinstance(template, str):
        return step.render(run, template)
    if isinstance(template, Mapping):
        return {key: _filled(value, step, run) for key, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, step, run) for value in template]
    return template
