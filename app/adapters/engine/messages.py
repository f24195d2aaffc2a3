"""What a batch says to people and to the outside world: notifications, and rows of the outbox."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app import chain
from app.adapters.bulk import insert_rows
from app.adapters.engine.effects import Scene
from app.models import DeliveryState, MessageKind, Notification, Outbox
from nodes.catalog import User
from nodes.effects import CallWebhook, Effect, Notify, SendEmail, SendSms, SendWebPush
from nodes.runs import Emitted

# Who looks after contacts that nobody owns.
_TEXTS: Final = ("subject", "text", "title", "link")
_KEEPERS: Final = frozenset({"owner", "admin"})


class Told(NamedTuple):
    """The notifications written, as (id, user id), and whether anything waits to be sent."""

    notifications: Sequence[tuple[int, int]]
    deliveries: int


def write_messages(scene: Scene, emitted: Iterable[Emitted], deliveries: Iterable[Emitted]) -> Told:
    """Write notifications, and in the outbox what is to leave, each with the key that names its cause."""
    alerts = [
        (each, each.effect, user)
        for each in emitted
        if isinstance(each.effect, Notify)
        for user in _told(scene, each.effect)
    ]
    mails = [_mail(each, alert, user) for each, alert, user in alerts if alert.by_mail]
    letters = [row for each in emitted if (row := _letter(scene, each, each.effect))]
    calls = [_call(each, each.effect) for each in deliveries if isinstance(each.effect, CallWebhook)]
    _post(scene, [*mails, *letters, *calls])
    return Told(_notify(scene, alerts), len(mails) + len(letters) + len(calls))


def keepers(scene: Scene) -> Iterator[User]:
    """Return the users who look after the workspace."""
    users = scene.world.catalog.users.values()
    yield from (user for user in users if user.active and user.roles & _KEEPERS)


def _told(scene: Scene, alert: Notify) -> Iterator[User]:
    users = scene.world.catalog.users
    if alert.users:
        yield from (users[email] for email in alert.users if email in users and users[email].active)
    else:
        yield from keepers(scene)


def _notify(scene: Scene, alerts: Sequence[tuple[Emitted, Notify, User]]) -> Sequence[tuple[int, int]]:
    if not alerts:
        return ()
    rows = [
        {
            "user_id": user.id,
            "contact_id": alert.contact,
            "automation_id": each.run.automation,
            "title": alert.title,
            "body": alert.body,
            "created_at": scene.now,
        }
        for each, alert, user in alerts
    ]
    statement = insert_rows(Notification, rows).returning(Notification.id, Notification.user_id)
    return [(number, user) for number, user in scene.session.execute(statement)]


def _key(each: Emitted) -> str:
    """Name an effect, the same at each try; one that somebody chose to repeat in a new version is another effect."""
    run, again = each.run, each.node in (each.run.done or ())
    return f"{run.enrollment}:{each.node}@{run.moves}" if again else f"{run.enrollment}:{each.node}"


def _mail(each: Emitted, alert: Notify, user: User) -> dict[str, Any]:
    return {
        "key": f"{_key(each)}:mail:{user.id}",
        "kind": "mail",
        "payload": {"to": user.email, "subject": alert.title, "text": alert.body},
        "contact_id": alert.contact,
        "enrollment_id": None,
        "automation_id": each.run.automation,
        "channel": "",
        "priority": 0,
    }


def _letter(scene: Scene, each: Emitted, effect: Effect) -> dict[str, Any] | None:
    """Only what is to be sent: it is made when it leaves, with what the contact's data says by then.

    The event that let the contact in goes along where a text asks for it: the run may be over by then.
    """
    match effect:
        case SendEmail():
            kind = "email"
            payload: dict[str, Any] = {
                "template": effect.template,
                "sender": effect.sender,
                "subject": effect.subject,
                "reply_to": effect.reply_to,
                "topic": effect.topic,
                "kind": _kind(effect),
            }
        case SendSms():
            kind = "sms"
            payload = {name: getattr(effect, name) for name in ("text", "sender", "topic")} | {"kind": _kind(effect)}
        case SendWebPush():
            kind = "push"
            payload = {name: getattr(effect, name) for name in ("title", "text", "link", "icon", "ttl", "topic")}
        case _:
            return None
    if _asks_event(scene, payload):
        payload["event"] = each.run.event._asdict()
    return {
        "key": _key(each),
        "kind": kind,
        "payload": payload,
        "contact_id": effect.contact,
        "enrollment_id": None,
        "automation_id": each.run.automation,
        "channel": each.channel,
        "priority": each.priority,
    }


def _asks_event(scene: Scene, payload: Mapping[str, Any]) -> bool:
    if scene.world.catalog.template_events.get(payload.get("template", 0)):
        return True
    return any("event" in text for name in _TEXTS if (text := payload.get(name)))


def _kind(effect: SendEmail | SendSms) -> MessageKind:
    return MessageKind.TRANSACTIONAL if effect.transactional else MessageKind.AUTOMATION


def _call(each: Emitted, call: CallWebhook) -> dict[str, Any]:
    headers = {**dict(call.headers), chain.HEADER: chain.write((*each.run.event.causes, each.run.automation))}
    return {
        "key": _key(each),
        "kind": "webhook",
        "payload": {"method": call.method, "url": call.url, "headers": headers, "body": call.body},
        "contact_id": call.contact,
        "enrollment_id": each.run.enrollment,
        "automation_id": each.run.automation,
        "channel": each.channel,
        "priority": each.priority,
    }


def _post(scene: Scene, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write deliveries; one that was given up and is tried again starts anew under its old key."""
    if not rows:
        return
    statement = insert_rows(Outbox, rows)
    anew = {"state": DeliveryState.PENDING, "tries": 0, "due_at": scene.now, "error": None, "settled_at": None}
    given = ("payload", "channel", "priority")
    fresh: dict[str, Any] = {**anew, **{name: statement.excluded[name] for name in given}}
    scene.session.execute(statement.on_conflict_do_update(index_elements=[Outbox.key], set_=fresh))
