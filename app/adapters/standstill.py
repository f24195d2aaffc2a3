"""Which deliveries stand still."""

from typing import Final

from sqlalchemy import Boolean, ColumnElement, literal_column

STANDS_STILL: Final = """(
    EXISTS (SELECT FROM automation a WHERE a.id = outbox.automation_id AND a.state = 'paused')
    OR EXISTS (SELECT FROM campaign c WHERE c.id = outbox.campaign_id AND c.state = 'paused')
)"""
"""Holds for a delivery whose automation or campaign is paused."""


def stands_still() -> ColumnElement[bool]:
    """Hold for a delivery whose automation or campaign is paused."""
    return literal_column(STANDS_STILL, Boolean())
