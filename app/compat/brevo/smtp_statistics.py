"""What became of transactional mail: one by one, by day, and in all."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from flask import Response, jsonify, request
from sqlalchemy import Date, Select, func, select
from sqlalchemy import cast as as_type

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.mail_records import EVENTS, happened, number_of, records, tags, written_id
from app.compat.brevo.mail_senders import shown_sender
from app.compat.brevo.refusals import out_of_range, wrong
from app.compat.brevo.requests import numbers, period, slice_of, whole, written
from app.models import Message, TemplateVersion
from app.permissions import requires
from app.services import values

_USUAL_DAYS: Final = 30
_LONGEST_DAYS: Final = 90
_BOUNCES: Final = ("hardBounces", "softBounces")
_COUNTERS: Final = {
    "requests": "requests",
    "delivered": "delivered",
    "hardBounces": "hardBounces",
    "softBounces": "softBounces",
    "clicks": "clicks",
    "opens": "opened",
    "spamReports": "spam",
    "blocked": "blocked",
    "invalid": "invalid",
    "unsubscribed": "unsubscribed",
}
_TOLD: Final = happened().subquery()
_UNIQUE: Final = {"uniqueClicks": "clicks", "uniqueOpens": "opened"}


@door.get("/smtp/statistics/events")
@requires("mail.view")
def list_mail_events() -> Response:
    """List what happened, the last first."""
    wanted, (start, end) = slice_of(2500, 5000), _times()
    statement = (
        records()
        .add_columns(_TOLD.c.event, _TOLD.c.at, _TOLD.c.link, _TOLD.c.reason)
        .join(_TOLD, _TOLD.c.message == Message.id)
        .where(_TOLD.c.at.between(start, end), *_chosen())
    )
    order = (_TOLD.c.at.desc(), Message.id.desc()) if wanted.newest_first else (_TOLD.c.at, Message.id)
    with db.transaction() as session:
        rows = session.execute(statement.order_by(*order).limit(wanted.limit).offset(wanted.offset)).all()
        return jsonify(events=[_shown(row) for row in rows])


@door.get("/smtp/statistics/aggregatedReport")
@requires("mail.view")
def report_in_all() -> Response:
    """Count what happened in some days."""
    start, end = _times()
    with db.transaction() as session:
        rows = session.execute(_counted(start, end).group_by("event")).all()
    return jsonify(range=f"{start.date()}|{end.date()}", **_counters(rows))


@door.get("/smtp/statistics/reports")
@requires("mail.view")
def report_by_day() -> Response:
    """Count what happened on each day on which something did."""
    wanted, (start, end) = slice_of(10, _USUAL_DAYS), _times()
    day = as_type(func.timezone("UTC", _TOLD.c.at), Date)
    with db.transaction() as session:
        rows = session.execute(_counted(start, end).add_columns(day.label("day")).group_by("event", "day")).all()
    days = sorted({row.day for row in rows}, reverse=wanted.newest_first)[wanted.offset : wanted.offset + wanted.limit]
    reports = [{"date": day.isoformat(), **_counters([row for row in rows if row.day == day])} for day in days]
    return jsonify(reports=reports)


def _counted(start: datetime, end: datetime) -> Select[Any]:
    counts = (func.count().label("times"), func.count(_TOLD.c.message.distinct()).label("mails"))
    statement = select(_TOLD.c.event.label("event"), *counts).where(_TOLD.c.at.between(start, end))
    asked = tags()
    return (
        statement.where(_TOLD.c.message.in_(select(Message.id).where(Message.tags.overlap(asked))))
        if asked
        else statement
    )


def _counters(rows: Any) -> dict[str, int]:  # noqa: ANN401 - rows
    times = {row.event: row.times for row in rows}
    mails = {row.event: row.mails for row in rows}
    counted = {name: times.get(event, 0) for name, event in _COUNTERS.items()}
    return counted | {name: mails.get(event, 0) for name, event in _UNIQUE.items()}


def _times() -> tuple[datetime, datetime]:
    """Read `days`, or startDate and endDate; a month without either."""
    given = period(longest_days=_LONGEST_DAYS)
    if given is not None:
        return given
    days = whole("days", _USUAL_DAYS)
    if not 1 <= days <= _LONGEST_DAYS:
        raise out_of_range("days", f"days should be from 1 to {_LONGEST_DAYS}")
    now = datetime.now(UTC)
    return now - timedelta(days=days), now


def _chosen() -> list[Any]:
    chosen: list[Any] = []
    if event := request.args.get("event"):
        if event not in EVENTS:
            raise wrong("event", f"event should be one of {', '.join(EVENTS)}")
        chosen.append(_TOLD.c.event.in_(_BOUNCES if event == "bounces" else (event,)))
    if email := request.args.get("email"):
        chosen.append(Message.address == values.email(email))
    if reference := request.args.get("messageId"):
        chosen.append(Message.id == number_of(reference))
    if templates := numbers("templateId"):
        chosen.append(TemplateVersion.template_id == templates[0])
    if asked := tags():
        chosen.append(Message.tags.overlap(asked))
    return chosen


def _shown(row: Any) -> dict[str, object]:  # noqa: ANN401 - a row
    message = row.Message
    shown: dict[str, object] = {
        "email": message.address,
        "date": written(row.at),
        "messageId": written_id(message, row.sender),
        "event": row.event,
        "subject": message.subject,
        "tag": ",".join(message.tags or []),
        "from": shown_sender(row.sender)["email"],
    }
    more = {"link": row.link, "reason": row.reason, "templateId": row.template_id}
    return shown | {name: value for name, value in more.items() if value}
