"""Templates of mail: kept, changed, and compiled into the version that is sent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import delete as delete_from
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import bump_revision
from app.adapters.templates import OF_MAIL, check
from app.errors import Conflict, Invalid, NotFound, Problem
from app.models import Message, Template, TemplateFormat, TemplateVersion
from app.services import audit, usage, values
from app.services.mailing.compiling import LONGEST_SOURCE, Compiled, as_text, compile_mail, with_links
from nodes.fields.templates import asked_of_event


class Written(NamedTuple):
    """What an author writes of a mail."""

    subject: str
    preheader: str
    format: str
    source: str


class TemplateLine(NamedTuple):
    """A template in a list; `sent`: how many messages were made of it."""

    id: int
    name: str
    subject: str
    format: str
    updated_at: datetime
    sent: int


class TemplateView(NamedTuple):
    """A template as its author sees it."""

    id: int
    name: str
    subject: str
    preheader: str
    format: str
    source: str
    revision: int
    created_at: datetime
    updated_at: datetime


def every() -> Sequence[TemplateLine]:
    """Return all templates, the one changed last first."""
    sent = (
        select(func.count())
        .select_from(Message)
        .join(TemplateVersion, TemplateVersion.id == Message.version_id)
        .where(TemplateVersion.template_id == Template.id)
        .scalar_subquery()
    )
    columns = (Template.id, Template.name, Template.subject, Template.format, Template.updated_at)
    with db.transaction() as session:
        rows = session.execute(
            select(*columns, sent + Template.forgotten).order_by(Template.updated_at.desc(), Template.id)
        )
        return [TemplateLine(*row) for row in rows]


def get(template_id: int) -> TemplateView:
    """Return one template. Raises NotFound."""
    with db.transaction() as session:
        found = _found(session, template_id)
        return TemplateView(*(getattr(found, name) for name in TemplateView._fields))


def texts() -> dict[int, str]:
    """Return what each template says to those who get it, by its id: the subject and the text, with its links."""
    columns = (Template.id, TemplateVersion.subject, TemplateVersion.text, TemplateVersion.html, TemplateVersion.links)
    sent = select(*columns).join(TemplateVersion, TemplateVersion.id == Template.version_id)
    with db.transaction() as session:
        return {
            number: f"{subject}\n{with_links(text or as_text(html), links)}"
            for number, subject, text, html, links in session.execute(sent)
        }


def create(name: str, written: Written) -> int:
    """Keep a new template; returns its id. Raises Invalid naming the field, Conflict for a name in use."""
    compiled = compiled_of(written)
    with db.transaction() as session:
        template = Template(name=_free_name(session, name), **written._asdict())
        session.add(template)
        session.flush()
        _publish(session, template, compiled)
        audit.record("created", "template", template.id)
        return template.id


def change(template_id: int, name: str, written: Written, revision: int | None = None) -> None:
    """Write a template anew: what is sent from now on looks like that.

    `revision` is the one that was looked at, None for whichever there is. Raises NotFound, Conflict for another
    revision, and as `create` does.
    """
    compiled = compiled_of(written)
    with db.transaction() as session:
        template = _found(session, template_id, lock=True)
        if revision not in {None, template.revision}:
            at = Problem("revision", "outdated", f"The template is at revision {template.revision}.", "Reload.")
            raise Conflict("Somebody else changed this template meanwhile, so nothing was saved.", [at])
        template.revision += 1
        template.name = _free_name(session, name, besides=template_id)
        for field, value in written._asdict().items():
            setattr(template, field, value)
        template.updated_at = datetime.now(UTC)
        _publish(session, template, compiled)
        audit.record("updated", "template", template_id)


def copy(template_id: int) -> int:
    """Keep a copy under a free name; returns its id. Raises NotFound."""
    original = get(template_id)
    with db.transaction() as session:
        taken = set(session.scalars(select(Template.name)))
    names = (f"{original.name[:150]} ({number})" for number in range(2, len(taken) + 3))
    free = next(name for name in names if name not in taken)
    return create(free, Written(original.subject, original.preheader, original.format, original.source))


def delete(template_id: int) -> None:
    """Delete a template; messages that were sent stay. Raises NotFound, or Conflict naming automations that send it."""
    with db.transaction() as session:
        usage.refuse_template_in_use(template_id)
        statement = delete_from(Template).where(Template.id == template_id).returning(Template.id)
        if session.scalar(statement) is None:
            raise NotFound.thing("template", template_id)
        bump_revision()
        audit.record("deleted", "template", template_id)


def compiled_of(written: Written) -> Compiled:
    """Compile what an author wrote. Raises Invalid naming the field."""
    values.storable("source", written.source, LONGEST_SOURCE)
    for field in ("subject", "preheader"):
        text = getattr(written, field)
        if text or field == "subject":
            values.line(field, text)
        if (fault := check(text, OF_MAIL)) is not None:
            remedy = "Write placeholders like {{ contact.FIRSTNAME }}."
            raise Invalid.field(field, "invalid_template", fault.en, remedy)
    return compile_mail(written.source, TemplateFormat(written.format), written.preheader)


def _publish(session: Session, template: Template, compiled: Compiled) -> None:
    version = TemplateVersion(
        template_id=template.id,
        subject=template.subject,
        html=compiled.html,
        text=compiled.text,
        links=list(compiled.links),
        event_asked=sorted(set(asked_of_event(" ".join((template.subject, compiled.html, *compiled.links))))),
    )
    session.add(version)
    session.flush()
    template.version_id = version.id
    bump_revision()


def _found(session: Session, template_id: int, *, lock: bool = False) -> Template:
    found = session.get(Template, template_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound.thing("template", template_id)
    return found


def _free_name(session: Session, name: str, besides: int = 0) -> str:
    line = values.line("name", name)
    if session.scalar(select(func.count()).where(Template.name == line, Template.id != besides)):
        raise Conflict(f"There is a template “{line}” already. Choose another name.")
    return line
