"""Campaigns: one mail to many contacts, once."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, Small, one_of


class CampaignState(StrEnum):
    """How far a campaign has come. `sending`: from its start on, also while it waits for a winner or a time zone."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class WaveStage(StrEnum):
    """Whom a wave is about: everybody, those who try both versions, or those who get the winner."""

    ALL = "all"
    TEST = "test"
    REST = "rest"


class Campaign(Base):
    """A mail to the contacts of lists and segments. `settings`: all that its author says (`services.campaigns.plans`).

    `revision` counts how often the draft was written: who writes over it or starts it says which one they saw.
    `next_at`: when something is to be done for it. `last_contact_id`: who came after its start is not meant; `total`:
    how many it was for by then. `lot_a` and `lot_b` cut off those who try version A and B, by the lot of each contact.
    `winner` is what the rest gets; `tie`: neither version was better. `tries`: how often in a row its next step broke.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        one_of("state", CampaignState),
        Index("ix_campaign_next", "next_at", postgresql_where=text("state IN ('scheduled', 'sending')")),
    )

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(server_default=CampaignState.DRAFT)
    settings: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(server_default="1")
    next_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    last_contact_id: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int] = mapped_column(server_default="0")
    lot_a: Mapped[int | None]
    lot_b: Mapped[int | None]
    decide_at: Mapped[datetime | None]
    winner: Mapped[str | None]
    tie: Mapped[bool] = mapped_column(server_default="false")
    fault: Mapped[str | None]
    tries: Mapped[Small] = mapped_column(server_default="0")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    updated_at: Mapped[Created]


class CampaignTally(Base):
    """What came of a campaign, kept so that it is not counted anew each time.

    `counts`: as of `counted_at`. `report`: the whole of it, final; kept from before its messages are taken away.
    """

    __tablename__ = "campaign_tally"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    counts: Mapped[dict[str, Any]]
    counted_at: Mapped[Created]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class CampaignWave(Base):
    """Some recipients whose time comes together: all, or those of some time `zones`; '' is a contact without one.

    Gone through partition by partition, each by the contact's id: everybody before `part` and `last_contact_id` has had
    their turn; `taken` counts them.
    """

    __tablename__ = "campaign_wave"
    __table_args__ = (one_of("stage", WaveStage),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    stage: Mapped[str]
    due_at: Mapped[datetime]
    zones: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    part: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    last_contact_id: Mapped[int] = mapped_column(server_default="0")
    taken: Mapped[int] = mapped_column(server_default="0")
    finished_at: Mapped[datetime | None]
