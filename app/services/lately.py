"""The last days, as figures count them: by UTC, today included."""

from datetime import UTC, datetime, time, timedelta


def first_moment(days: int) -> datetime:
    """Return when the first of the last `days` days began."""
    return datetime.combine(datetime.now(UTC).date() - timedelta(days=days - 1), time(), UTC)
