"""Action: a web push notification to the contact's browsers."""

from datetime import timedelta

from nodes import effects
from nodes.catalog import Catalog
from nodes.channels import Channel
from nodes.contract import Action, Configuration, Step
from nodes.fields import NodeSchema, Span, TemplateText, TopicId, Url
from nodes.moments import UNIT_DAYS, Duration
from nodes.runs import NEXT
from nodes.texts import Text
from nodes.world import Reads

NO_BROWSER = "no_browser"
NO_CONSENT = "no_consent"
# Push services keep nothing for longer.
LONGEST_DAYS = 28


class SendWebPush(Action):
    """Shows a notification. Who takes none, or did not agree, goes on without; the contact's path says so."""

    key = "send_web_push"
    label = Text("Send web push", "Envoyer un web push", "Отправить веб-пуш")
    description = Text(
        "Shows a notification in the browsers in which the contact allowed it.",
        "Affiche une notification dans les navigateurs où le contact l’a permis.",
        "Показывает уведомление в браузерах, где контакт это разрешил.",
    )
    channel = Channel("push", Text("Web push", "Web push", "Веб-пуш"))
    icon = "IconBellRinging"
    search = ("web push", "push", "notification", "browser", "send", "navigateur", "envoyer", "пуш", "уведомление")
    example = {"title": "Hello {{ contact.FIRSTNAME }}", "link": "https://example.com/"}

    class Config(NodeSchema):
        title = TemplateText(Text("Title", "Titre", "Заголовок"), one_line=True)
        text = TemplateText(Text("Text", "Texte", "Текст"), required=False)
        link = TemplateText(
            Text("Page that opens", "Page qui s’ouvre", "Открываемая страница"),
            help=Text(
                "Where a click on the notification leads, like https://example.com/offer.",
                "Où mène un clic sur la notification, par ex. https://example.com/offre.",
                "Куда ведёт нажатие, например https://example.com/offer.",
            ),
            one_line=True,
        )
        icon = Url(
            Text("Icon", "Icône", "Значок"),
            help=Text(
                "The address of a square picture. Empty: the browser’s own.",
                "L’adresse d’une image carrée. Vide : celle du navigateur.",
                "Адрес квадратной картинки. Пусто — значок браузера.",
            ),
            required=False,
        )
        ttl = Span(
            Text("Waits at most", "Attend au plus", "Ждёт не дольше"),
            help=Text(
                "For a browser that is not running; 28 days at most.",
                "Un navigateur qui n’est pas ouvert ; 28 jours au plus.",
                "Пока браузер закрыт; не больше 28 дней.",
            ),
            default={"amount": 1, "unit": "days"},
        )
        topic = TopicId(
            Text("Topic", "Sujet", "Тема"),
            help=Text(
                "Only who agreed to it gets the notification. Empty: everybody who allowed notifications.",
                "Seuls ceux qui l’ont accepté reçoivent la notification. Vide : tous ceux qui les ont permises.",
                "Уведомление получат только согласившиеся. Пусто — все, кто разрешил уведомления.",
            ),
            channel="push",
            required=False,
        )

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(browsers=True, consents=config.get("topic") is not None)

    def asks_consent(self, config: Configuration) -> bool:
        return True  # who has not agreed, in the browser itself, has none that takes push

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("Show “{title}”", "Afficher « {title} »", "Показать «{title}»").format(title=config["title"])

    def run(self, step: Step) -> None:
        config = {**step.config, "ttl": _seconds(step.config["ttl"])}
        for run in step:
            if not run.contact.browsers:
                step.pass_by(run, NEXT, NO_BROWSER)
            elif config["topic"] not in {None, *run.contact.consents}:
                step.pass_by(run, NEXT, NO_CONSENT)
            else:
                step.emit(run, effects.SendWebPush(run.contact.id, **config))
                step.go(run)


def _seconds(duration: Duration) -> int:
    days = min(duration.amount * UNIT_DAYS[duration.unit], LONGEST_DAYS)
    return round(timedelta(days=days).total_seconds())
