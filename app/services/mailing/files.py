"""Files that go along with mail: each kept once, however many get it, until all their mail has left."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.adapters.mail import File
from app.models import MailFile, Outbox

# What was given up can be sent again. Only mail of programs has files; each half has an index of its own.
_FORGET: Final = text(
    """
    WITH old AS (SELECT id FROM mail_file WHERE created_at < now() - interval '1 hour'),
    unsent AS (
        SELECT payload FROM outbox
        WHERE state IN ('pending', 'held') AND automation_id IS NULL AND campaign_id IS NULL
            AND EXISTS (SELECT FROM old)
        UNION ALL SELECT payload FROM outbox WHERE state = 'failed' AND EXISTS (SELECT FROM old)
    ),
    needed AS (SELECT CAST(jsonb_array_elements(payload #> '{beside,files}') AS bigint) AS id FROM unsent)
    DELETE FROM mail_file f USING old WHERE f.id = old.id AND NOT EXISTS (SELECT FROM needed n WHERE n.id = f.id)
    """
)


def keep(session: Session, files: Collection[File]) -> Mapping[File, int]:
    """Keep files for mail that is written in this transaction; returns the number of each."""
    kept = {each: MailFile(name=each.name, content=each.content) for each in dict.fromkeys(files)}
    session.add_all(kept.values())
    session.flush()
    return {file: row.id for file, row in kept.items()}


def numbers(delivery: Outbox) -> Sequence[int]:
    """Return the numbers of the files that go along with a mail."""
    found: Sequence[int] = delivery.payload.get("beside", {}).get("files", ())
    return found


def of(session: Session, deliveries: Collection[Outbox]) -> Mapping[int, File]:
    """Return the files of some mail by their numbers; those that are not kept any more are missing."""
    wanted = {number for each in deliveries for number in numbers(each)}
    if not wanted:
        return {}
    rows = session.execute(select(MailFile.id, MailFile.name, MailFile.content).where(MailFile.id.in_(wanted)))
    return {number: File(name, content) for number, name, content in rows}


def forget_sent(session: Session) -> None:
    """Forget files whose mail has left, or will not."""
    session.execute(_FORGET)
