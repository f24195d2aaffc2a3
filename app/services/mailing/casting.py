"""Filling in the mail of one call, before anything of it is written: that takes long, and holds nobody up meanwhile."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from app import db
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.turns import let_others_go_on
from app.errors import Invalid
from app.services.contacts.inputs import Identifier
from app.services.contacts.lookup import resolve
from app.services.mailing.moulds import Cast, Mould, Words
from nodes.fields.templates import reads_of
from nodes.world import Contact, Reads, Value

_MOST_WRITTEN: Final = 100_000_000
"""So many characters may be kept of the mail of one call."""
_MOST_COMPILED: Final = 10_000_000
"""So many characters of pages may be compiled for one call: some seconds, of the minute that a request may take."""


class Wanted(NamedTuple):
    """What the people of these addresses are to be sent, with what a program sends along."""

    words: Words
    params: Mapping[str, object]
    addresses: Sequence[str]


def cast(wanted: Sequence[Wanted]) -> list[dict[str, Cast]]:
    """Return the mail of each, by the address it is for. Raises Invalid naming the field."""
    moulds: dict[Words, Mould] = {}
    for words in sorted({each.words for each in wanted}, key=lambda each: each.html):  # one page is compiled once
        moulds[words] = Mould(words)
        let_others_go_on()
    _demand_little([(each, moulds[each.words]) for each in wanted])
    people = _people([address for each in wanted for address in each.addresses], list(moulds))
    made: list[dict[str, Cast]] = []
    length = 0
    for each in wanted:
        made.append({})
        for address in each.addresses:
            filled = moulds[each.words].fill(people[address], each.params)
            made[-1][address] = filled
            length += len(filled.html) + len(filled.text)
            if length > _MOST_WRITTEN:
                raise _too_much_written()
            let_others_go_on()
    return made


def _demand_little(wanted: Sequence[tuple[Wanted, Mould]]) -> None:
    """Tell before the work what would take too long."""
    if sum(len(each.words.html) * len(each.addresses) for each, _ in wanted) > _MOST_WRITTEN:
        raise _too_much_written()
    anew = sum(len(each.words.html) * len(each.addresses) for each, mould in wanted if mould.compiles_anew)
    pages = {each.words.html for each, _ in wanted}
    if anew + sum(len(page) for page in pages) > _MOST_COMPILED:
        message = (
            f"A page whose conditions or values decide what its markup is, is compiled anew for each of its people: "
            f"at most {_MOST_COMPILED} characters in all by one call."
        )
        remedy = "Send it to fewer people at a time, or send along by `params` what the conditions choose."
        raise Invalid.field("htmlContent", "too_long", message, remedy)


def _too_much_written() -> Invalid:
    message = f"All mail of one call may have at most {_MOST_WRITTEN} characters, once it is filled in."
    return Invalid.field("htmlContent", "too_long", message, "Send it to fewer people at a time.")


def _people(addresses: Sequence[str], words: Sequence[Words]) -> dict[str, Contact]:
    """Return what is known of each; who is no contact yet is what it will be as one."""
    reads = reads_of(" ".join(part for each in words for part in (each.subject, each.html, each.text)))
    catalog, now = load_catalog(), datetime.now(UTC)
    asked = list(dict.fromkeys(addresses))
    with db.transaction() as session:
        numbers = resolve([Identifier("email", address) for address in asked])
        held = load_contacts(session, {each for each in numbers if each}, reads | Reads(fields=True), catalog, now)
    new: dict[str, Value | datetime] = {"created_at": now, "email_blacklisted": False, "sms_blacklisted": False}
    return {
        address: held.get(number or 0) or Contact(0, address, dict(new), time_zone=catalog.time_zone)
        for address, number in zip(asked, numbers, strict=True)
    }
