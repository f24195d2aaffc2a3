"""Action: mail to the contact."""

from nodes import effects
from nodes.catalog import Catalog
from nodes.channels import Channel
from nodes.contract import Action, Configuration, Step
from nodes.fields import EmailAddress, NodeSchema, SenderId, Switch, TemplateId, TemplateText, TopicId
from nodes.runs import NEXT
from nodes.texts import Text
from nodes.world import Contact, Reads

NO_ADDRESS = "no_address"
UNSUBSCRIBED = "unsubscribed"
NO_CONSENT = "no_consent"


class SendEmail(Action):
    """Sends a template. Who has no address, or does not want it, goes on without; the contact's path says so."""

    key = "send_email"
    label = Text("Send email", "Envoyer un e-mail", "Отправить письмо")
    description = Text(
        "Sends an email template to the contact.",
        "Envoie un modèle d’e-mail au contact.",
        "Отправляет контакту письмо по шаблону.",
    )
    channel = Channel("email", Text("Email", "E-mail", "Почта"))
    icon = "IconMail"
    search = ("email", "mail", "send", "message", "template", "envoyer", "courriel", "письмо", "отправить", "шаблон")
    example = {"template": 1}

    class Config(NodeSchema):
        template = TemplateId(Text("Template", "Modèle", "Шаблон"))
        transactional = Switch(
            Text("Transactional", "Transactionnel", "Транзакционное"),
            help=Text(
                "An invoice, a password: also to who unsubscribed from mail.",
                "Une facture, un mot de passe : aussi à qui s’est désinscrit.",
                "Счёт, пароль: и тем, кто отписался.",
            ),
            default=False,
        )
        topic = TopicId(
            Text("Topic", "Sujet", "Тема"),
            help=Text(
                "Only who agreed to it gets the mail. Empty: everybody who has not unsubscribed.",
                "Seuls ceux qui l’ont accepté reçoivent l’e-mail. Vide : tous sauf les désinscrits.",
                "Письмо получат только согласившиеся. Пусто — все, кто не отписался.",
            ),
            channel="email",
            required=False,
            show_when={"transactional": [False]},
        )
        sender = SenderId(
            Text("Sender", "Expéditeur", "Отправитель"),
            help=Text(
                "Empty: the sender of the mail server’s settings.",
                "Vide : l’expéditeur des réglages du serveur de messagerie.",
                "Пусто — отправитель из настроек почтового сервера.",
            ),
            required=False,
        )
        subject = TemplateText(
            Text("Subject", "Objet", "Тема"),
            help=Text("Empty: the template’s.", "Vide : celui du modèle.", "Пусто — тема шаблона."),
            one_line=True,
            required=False,
        )
        reply_to = EmailAddress(Text("Answers go to", "Réponses à", "Ответы на адрес"), required=False)

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(fields=True, consents=config.get("topic") is not None)

    def asks_consent(self, config: Configuration) -> bool:
        return config.get("topic") is not None or bool(config.get("transactional"))

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        number = config["template"]
        sentence = Text("Send “{template}”", "Envoyer « {template} »", "Отправить «{template}»")
        return sentence.format(template=catalog.templates.get(number, f"#{number}"))

    def run(self, step: Step) -> None:
        config = step.config
        for run in step:
            obstacle = _obstacle(run.contact, config)
            if obstacle:
                step.pass_by(run, NEXT, obstacle)
                continue
            step.emit(run, effects.SendEmail(run.contact.id, **config))
            step.go(run)


def _obstacle(contact: Contact, config: Configuration) -> str | None:
    if not contact.email:
        return NO_ADDRESS
    if config["transactional"]:
        return None
    if contact.fields.get("email_blacklisted"):
        return UNSUBSCRIBED
    return None if config["topic"] in {None, *contact.consents} else NO_CONSENT
