"""Erasing contacts everywhere. Tables that take every event have no foreign keys, so they are cleared by hand."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters.engine.claim import hold_partitions
from app.models import PARTITIONS

# Partitions first, so that no other partition's timers are read; enrollments after everything that refers to them.
_CLEARED: Final = tuple(
    text(statement)
    for statement in (
        "DELETE FROM inbox WHERE part = ANY(:parts) AND contact_id = ANY(:ids)",
        (
            "DELETE FROM timer t USING enrollment n "
            "WHERE n.contact_id = ANY(:ids) AND t.part = ANY(:parts) AND t.enrollment_id = n.id"
        ),
        "DELETE FROM held_timer t USING enrollment n WHERE n.contact_id = ANY(:ids) AND t.enrollment_id = n.id",
        "DELETE FROM pending_entry WHERE contact_id = ANY(:ids)",
        "DELETE FROM visit WHERE contact_id = ANY(:ids)",
        "DELETE FROM watch_member m USING watch w WHERE m.watch_id = w.id AND m.contact_id = ANY(:ids)",
        "DELETE FROM refusal WHERE contact_id = ANY(:ids)",
        "DELETE FROM dead_letter WHERE contact_id = ANY(:ids)",
        "DELETE FROM outbox WHERE contact_id = ANY(:ids)",
        # What a program had sent was written for that message alone, with what it knows of the contact.
        (
            "DELETE FROM template_version v USING message m "
            "WHERE m.contact_id = ANY(:ids) AND m.key LIKE 'transactional:%' AND v.id = m.version_id"
        ),
        "DELETE FROM hook_call WHERE contact_id = ANY(:ids)",
        "DELETE FROM source_message WHERE contact_id = ANY(:ids)",
        "DELETE FROM webhook_delivery WHERE contact_id = ANY(:ids)",
        # What was refused is nobody's: what was sent tells whose it is.
        (
            "DELETE FROM source_message m USING (SELECT id, email, ext_id FROM contact UNION ALL SELECT contact_id, "
            "CASE kind WHEN 'email' THEN value END, CASE kind WHEN 'ext_id' THEN value END FROM contact_alias) c "
            "WHERE c.id = ANY(:ids) AND m.contact_id IS NULL AND ("
            "m.payload ->> 'userId' IN (c.ext_id, c.email) OR lower(m.payload #>> '{traits,email}') = c.email "
            "OR lower(m.payload #>> '{context,traits,email}') = c.email)"
        ),
        "DELETE FROM enrollment WHERE contact_id = ANY(:ids)",
        "DELETE FROM event WHERE contact_id = ANY(:ids)",
    )
)
# Calls that were refused or are examples are nobody's: what was sent tells whose they are. An external id of digits
# alone could be any number, so it counts only where the step reads it.
_CALLS: Final = text(r"""
    WITH gone AS (SELECT * FROM contact WHERE id = ANY(:ids)),
    alias AS (SELECT kind, value FROM contact_alias WHERE contact_id = ANY(:ids)),
    texts AS (
        SELECT email AS value FROM gone
        UNION ALL SELECT lower(ext_id) FROM gone WHERE ext_id ~ '\D'
        UNION ALL SELECT lower(value) FROM alias WHERE kind = 'email' OR kind = 'ext_id' AND value ~ '\D'
    ),
    numbers AS (
        SELECT ltrim(phone, '+') AS value FROM gone
        UNION ALL SELECT ltrim(whatsapp, '+') FROM gone
        UNION ALL SELECT ltrim(landline, '+') FROM gone
        UNION ALL SELECT ltrim(value, '+') FROM alias WHERE kind IN ('phone', 'whatsapp', 'landline')
    )
    DELETE FROM hook_call c USING hook h
    WHERE c.contact_id IS NULL AND h.id = c.hook_id AND (
        EXISTS (
            SELECT FROM jsonb_path_query(c.payload, '$.** ? (@.type() == "string" || @.type() == "number")') AS sent
            WHERE lower(btrim(sent #>> '{}')) IN (SELECT value FROM texts WHERE value IS NOT NULL)
                OR ltrim(regexp_replace(sent #>> '{}', '\D', '', 'g'), '0')
                    IN (SELECT value FROM numbers WHERE value IS NOT NULL)
        ) OR EXISTS (
            SELECT FROM automation a LEFT JOIN automation_version v ON v.id = a.live_version_id,
                LATERAL (VALUES (a.draft), (v.document)) AS d (document),
                jsonb_path_query(
                    d.document, '$.nodes[*] ? (@.id == $step).config.mapping.ext_id', jsonb_build_object('step', h.step)
                ) AS path
            WHERE a.id = h.automation_id
                AND btrim(c.payload #>> string_to_array(path #>> '{}', '.'))
                    IN (
                        SELECT ext_id FROM gone WHERE ext_id IS NOT NULL
                        UNION ALL SELECT value FROM alias WHERE kind = 'ext_id'
                    )
        )
    )
    """)
# Files that programs asked for hold whoever was a contact then, by whatever columns: none outlives anybody's erasure.
# One that is being written begins anew; that comes first, as it waits for who writes the last piece, and ends it.
_FILES: Final = tuple(
    text(statement)
    for statement in (
        (
            "UPDATE process SET processed = 0, params = params || jsonb_build_object('last', 0) "
            "WHERE kind = 'export' AND state IN ('queued', 'running')"
        ),
        "DELETE FROM process WHERE kind = 'export' AND state NOT IN ('queued', 'running')",
        "DELETE FROM process_piece p USING process w WHERE w.id = p.process_id AND w.kind = 'export'",
    )
)
_ERASED: Final = text("DELETE FROM contact WHERE id = ANY(:ids) RETURNING id")


# Whatever became part of a contact, or of one that did, was the same person.
_FORMER: Final = text(
    """
    WITH RECURSIVE former AS (
        SELECT id, merged_id FROM contact_merge WHERE kept_id = ANY(:ids) AND undone_at IS NULL
        UNION SELECT m.id, m.merged_id FROM contact_merge m JOIN former f ON f.merged_id = m.kept_id
        WHERE m.undone_at IS NULL
    ), forgotten AS (
        DELETE FROM contact_merge
        WHERE id IN (SELECT id FROM former) OR kept_id = ANY(:ids) OR merged_id = ANY(:ids)
    )
    SELECT merged_id FROM former
    """
)
_REMEMBER: Final = text("INSERT INTO erased_contact (id) SELECT unnest(CAST(:ids AS bigint[]))")
_STRAGGLERS: Final = tuple(
    text(f"DELETE FROM {table} WHERE contact_id IN (SELECT id FROM erased_contact)")  # noqa: S608 - ours
    for table in ("event", "hook_call", "source_message", "webhook_delivery")
)
_FORGET: Final = text("DELETE FROM erased_contact WHERE at < now() - interval '1 hour'")


def erase(session: Session, contact_ids: Collection[int]) -> set[int]:
    """Delete contacts with all that is known of them; returns those that existed. Anonymous tallies stay."""
    parameters = {"ids": sorted(contact_ids), "parts": sorted({each % PARTITIONS for each in contact_ids})}
    session.execute(_CALLS, parameters)
    hold_partitions(session, parameters["parts"])
    for statement in _CLEARED:
        session.execute(statement, parameters)
    former = set(session.scalars(_FORMER, parameters))
    erased = set(session.scalars(_ERASED, parameters))
    session.execute(_REMEMBER, {"ids": sorted(erased | former)})
    if erased:
        for statement in _FILES:
            session.execute(statement)
    return erased


def clear_stragglers(session: Session) -> None:
    """Clear away what was being taken in while its contact was erased; an hour later none can come."""
    for statement in _STRAGGLERS:
        session.execute(statement)
    session.execute(_FORGET)
