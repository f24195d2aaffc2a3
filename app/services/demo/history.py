"""The last 30 days of the demo world, worked through by the engine itself, moment by moment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from app.adapters.bulk import among, insert_rows
from app.adapters.engine.claim import Begun, claim_runs
from app.adapters.events import type_ids
from app.adapters.plans import live_plans
from app.models import PARTITIONS, DeliveryState, Message, Outbox, Workspace
from app.models import Event as EventRow
from app.services.batches import Claimed, work_through
from app.services.demo.happenings import Moment
from app.services.drain import BATCH
from app.services.mailing import outcomes
from app.services.mailing.composing import EMAIL, keep_messages
from nodes.world import Event
from workflows.items import Happening

_NEXT_IDS: Final = text("SELECT nextval('event_id_seq') FROM generate_series(1, :count)")


class Change(NamedTuple):
    """Something that people did while the history went on."""

    at: datetime
    make: Callable[[], object]


def replay(
    session: Session,
    moments: Sequence[Moment],
    contacts: Sequence[int],
    changes: Sequence[Change],
    progress: Callable[[float], None],
) -> None:
    """Let everything happen in its order; `contacts` are the ids of the people, `changes` are sorted by time."""
    types = type_ids(session, {each.name for moment in moments for each in moment.happenings})
    waiting = list(changes)
    for index, moment in enumerate(moments):
        while waiting and waiting[0].at <= moment.at:
            waiting.pop(0).make()
        _live_through(session, moment, list(_log(session, moment, contacts, types)))
        progress((index + 1) / len(moments))


def _live_through(session: Session, moment: Moment, events: Sequence[Happening]) -> None:
    """Do what a drain of all partitions would have done at that moment."""
    begun = Begun(range(PARTITIONS), moment.at, session.scalars(select(Workspace.revision)).one())
    plans = live_plans(session, begun.revision)
    heard = set(plans.events())
    runs = claim_runs(session, begun, plans.automations(), BATCH)
    listened = [each for each in events if each.event.name in heard]
    if runs or listened:
        _, told = work_through(session, Claimed(begun, plans, runs, listened))
        if told.deliveries:
            _keep_mail(session, moment.at)


def _log(session: Session, moment: Moment, contacts: Sequence[int], types: Mapping[str, int]) -> Iterator[Happening]:
    """Write the events, and give them as the engine takes them."""
    if not moment.happenings:
        return
    numbers = sorted(session.scalars(_NEXT_IDS, {"count": len(moment.happenings)}))
    rows: list[dict[str, Any]] = []
    for number, (person, name, at, properties) in zip(numbers, moment.happenings, strict=True):
        contact = contacts[person]
        rows.append(
            {
                "id": number,
                "contact_id": contact,
                "type_id": types[name],
                "at": at,
                "received_at": at,
                "properties": properties,
            }
        )
        yield Happening(contact, Event(number, name, at, orjson.loads(orjson.dumps(properties))))
    session.execute(insert_rows(EventRow, rows))


def _keep_mail(session: Session, at: datetime) -> None:
    """Settle what was to be mailed as the sender does where there is no mail server."""
    pending = session.scalars(select(Outbox).where(Outbox.state == DeliveryState.PENDING, Outbox.kind == EMAIL)).all()
    keep_messages(session, pending)
    for each in pending:
        outcomes.settle(session, each.key, DeliveryState.KEPT, None, bounced=False)
    keys = among(Message.key, [each.key for each in pending])
    session.execute(update(Message).where(keys).values(created_at=at))
    settled = {"state": DeliveryState.KEPT, "created_at": at, "due_at": at, "settled_at": at}
    session.execute(update(Outbox).where(Outbox.state == DeliveryState.PENDING).values(settled))
