"""Senders: in whose name mail leaves."""

from typing import Final

from flask import Response, jsonify

from app.compat.brevo.door import door
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import Body, body
from app.errors import Conflict, Invalid, NotFound
from app.permissions import requires
from app.services import mail, values
from app.services.mailing import senders

_DONE: Final = ("", 204)
_NO_IPS: Final = "There are no addresses of servers to choose here: mail leaves by the workspace's mail server"


@door.get("/senders")
@requires("mail.view")
def list_senders() -> Response:
    """List the senders."""
    found = [
        {"id": each.id, "name": each.name, "email": each.email, "active": True, "ips": []} for each in senders.every()
    ]
    return jsonify(senders=found)


@door.post("/senders")
@requires("mail.edit")
def create_sender() -> tuple[Response, int]:
    """Make a sender, who can be used at once."""
    sent = body()
    _demand_no_ips(sent)
    try:
        number = senders.create(sent.needed_text("name"), sent.needed_text("email"))
    except Conflict as error:
        raise Invalid.field("email", "taken", error.message) from error
    return jsonify(id=number, spfError=False, dkimError=False), 201


@door.put("/senders/<id:sender>")
@requires("mail.edit")
def update_sender(sender: int) -> tuple[str, int]:
    """Give a sender another name or address."""
    sent = body()
    _demand_no_ips(sent)
    present = senders.get(sender)
    try:
        senders.change(sender, sent.text("name") or present.name, sent.text("email") or present.email)
    except Conflict as error:
        raise Invalid.field("email", "taken", error.message) from error
    return _DONE


@door.delete("/senders/<id:sender>")
@requires("mail.edit")
def delete_sender(sender: int) -> tuple[str, int]:
    """Delete a sender that nothing sends in the name of."""
    senders.delete(sender)
    return _DONE


@door.put("/senders/<id:sender>/validate")
@requires("mail.edit")
def validate_sender(sender: int) -> tuple[str, int]:
    """Take any code: senders are valid here from the start."""
    senders.get(sender)
    if not body().has("otp"):
        raise missing("otp")
    return _DONE


def sender_id(given: Body) -> int | None:
    """Return the sender whom `id` or `email` names; None for the mail server's own address. Raises Invalid."""
    if (number := given.number("id")) is not None:
        if all(each.id != number for each in senders.every()):
            raise wrong("sender", f"There is no sender {number}; see GET /senders")
        return number
    address = values.email(given.needed_text("email"), "sender.email")
    if address == mail.settings()["sender_email"].lower():
        return None
    found = next((each.id for each in senders.every() if each.email == address), None)
    if found is None:
        raise wrong("sender", f"{address} is no sender here: make it one with POST /senders first")
    return found


def shown_sender(number: int | None) -> dict[str, str]:
    """Return who sends, as a template shows it; the mail server's own address where nobody is named."""
    settings = mail.settings()
    try:
        sender = senders.get(number) if number else None
    except NotFound:
        sender = None
    if sender is None:
        return {"id": "0", "name": settings["sender_name"], "email": settings["sender_email"]}
    return {"id": str(sender.id), "name": sender.name, "email": sender.email}


def _demand_no_ips(sent: Body) -> None:
    if sent.bodies("ips"):
        raise wrong("ips", _NO_IPS)
