"""Double opt-in: a template asks a contact to confirm its address, and what was said of it holds from then on."""

from collections.abc import Sequence

from app import permissions
from app.adapters.catalog import load_catalog
from app.compat.brevo.contact_forms import contact_input
from app.compat.brevo.door import door
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import Body, body
from app.compat.brevo.smtp_templates import DOI_LINK, Kept, kept
from app.permissions import requires
from app.services import values
from app.services.consents import opting_in
from app.services.consents.opting_in import OptInWish
from app.services.mailing import transactional
from app.services.mailing.compiling import is_followable
from app.services.mailing.transactional import Letter


@door.post("/contacts/doubleOptinConfirmation")
@requires("contacts.edit")
def ask_to_confirm() -> tuple[str, int]:
    """Mail a template to an address that is to be confirmed; nothing else becomes of the contact before."""
    permissions.demand("campaigns.send")
    sent = body()
    email = values.email(sent.needed_text("email"))
    said = contact_input(Body({"attributes": sent.mapping("attributes")}), load_catalog().attributes)
    wish = OptInWish(
        leads_to=_leads_to(sent),
        list_ids=_lists(sent),
        fields={name: value for name, value in said.fields.items() if name != "email"},
        attributes=said.attributes,
    )
    template = _template(sent)

    def send(address: str) -> None:
        letter = Letter(
            words=template.words,
            to=[("", email)],
            sender=template.sender,
            reply_to=template.reply_to,
            params={DOI_LINK: address},
        )
        transactional.send([letter])

    opting_in.ask(email, wish, send)
    return "", 201


def _template(sent: Body) -> Kept:
    template = kept(sent.needed_number("templateId"))
    if not template.active:
        raise wrong("templateId", "This template is not active; PUT /smtp/templates with isActive first")
    if DOI_LINK not in template.words.html:
        raise wrong("templateId", f"The template needs a link to {{{{ params.{DOI_LINK} }}}}")
    return template


def _lists(sent: Body) -> Sequence[int]:
    wanted, known = sent.numbers("includeListIds"), load_catalog().lists
    if not wanted:
        raise missing("includeListIds")
    for field in ("includeListIds", "excludeListIds"):
        if any(each not in known for each in sent.numbers(field)):
            raise wrong(field, "List ID does not exist")
    return sorted(set(wanted) - set(sent.numbers("excludeListIds")))


def _leads_to(sent: Body) -> str:
    address = values.storable("redirectionUrl", sent.needed_text("redirectionUrl")).strip()
    if not is_followable(address):
        raise wrong("redirectionUrl", "redirectionUrl should begin with http:// or https://")
    return address
