"""Action: a text message to the contact's telephone."""

from nodes import effects
from nodes.catalog import Catalog
from nodes.channels import Channel
from nodes.contract import Action, Configuration, Step
from nodes.fields import NodeSchema, SmsSender, SmsText, Switch, TopicId
from nodes.runs import NEXT
from nodes.sms import as_sent, length
from nodes.texts import Text
from nodes.world import Contact, Reads

NO_PHONE = "no_phone"
UNSUBSCRIBED = "unsubscribed"
NO_CONSENT = "no_consent"


class SendSms(Action):
    """Sends a text message. Who has no number, or does not want it, goes on without; the contact's path says so."""

    key = "send_sms"
    label = Text("Send SMS", "Envoyer un SMS", "Отправить SMS")
    description = Text(
        "Sends a text message to the contact’s telephone.",
        "Envoie un SMS au téléphone du contact.",
        "Отправляет SMS на телефон контакта.",
    )
    channel = Channel("sms", Text("SMS", "SMS", "SMS"))
    icon = "IconMessage"
    search = (
        "sms",
        "text",
        "message",
        "phone",
        "mobile",
        "send",
        "téléphone",
        "envoyer",
        "смс",
        "сообщение",
        "телефон",
    )
    example = {"text": "Hello {{ contact.FIRSTNAME }}, your order is on its way."}

    class Config(NodeSchema):
        text = SmsText(
            Text("Text", "Texte", "Текст"),
            help=Text(
                "Addresses of your websites grow by up to 48 characters that say who comes; they are counted.",
                "Les adresses de vos sites gagnent jusqu’à 48 caractères, comptés, qui disent qui vient.",
                "Адреса ваших сайтов станут длиннее, до 48 знаков: по ним видно, кто пришёл; они посчитаны.",
            ),
        )
        transactional = Switch(
            Text("Transactional", "Transactionnel", "Транзакционное"),
            help=Text(
                "A delivery, a code: also to who answered STOP.",
                "Une livraison, un code : aussi à qui a répondu STOP.",
                "Доставка, код: и тем, кто ответил STOP.",
            ),
            default=False,
        )
        topic = TopicId(
            Text("Topic", "Sujet", "Тема"),
            help=Text(
                "Only who agreed to it gets the message. Empty: everybody who has not answered STOP.",
                "Seuls ceux qui l’ont accepté reçoivent le SMS. Vide : tous sauf ceux qui ont répondu STOP.",
                "SMS получат только согласившиеся. Пусто — все, кто не ответил STOP.",
            ),
            channel="sms",
            required=False,
            show_when={"transactional": [False]},
        )
        sender = SmsSender(
            Text("Sender", "Expéditeur", "Отправитель"),
            help=Text(
                "A number, or up to 11 letters and digits. Empty: the one of the settings.",
                "Un numéro, ou jusqu’à 11 lettres et chiffres. Vide : celui des réglages.",
                "Номер или до 11 латинских букв и цифр. Пусто — из настроек.",
            ),
            required=False,
        )

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(fields=True, consents=config.get("topic") is not None)

    def asks_consent(self, config: Configuration) -> bool:
        return config.get("topic") is not None or bool(config.get("transactional"))

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        text = config["text"]
        sentence = Text(
            "Send “{text}” (SMS × {parts})", "Envoyer « {text} » (SMS × {parts})", "«{text}» (SMS × {parts})"
        )
        return sentence.format(text=text, parts=length(as_sent(text, catalog.watched_domains)).parts)

    def run(self, step: Step) -> None:
        config = step.config
        for run in step:
            obstacle = _obstacle(run.contact, config)
            if obstacle:
                step.pass_by(run, NEXT, obstacle)
                continue
            step.emit(run, effects.SendSms(run.contact.id, **config))
            step.go(run)


def _obstacle(contact: Contact, config: Configuration) -> str | None:
    if not contact.fields.get("phone"):
        return NO_PHONE
    if config["transactional"]:
        return None
    if contact.fields.get("sms_blacklisted"):
        return UNSUBSCRIBED
    return None if config["topic"] in {None, *contact.consents} else NO_CONSENT
