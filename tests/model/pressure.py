"""What keeps steps from reaching people from outside: quiet hours, and messages that went out lately."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from tests.model.doors import quiet_until
from tests.model.journeys import Journey
from tests.model.reading import Automation

_RANKS: Final = {"high": 0, "normal": 1, "low": 2}


class Kept(NamedTuple):
    """Not served, as the path says: the run waits until then, or passes by the step (None)."""

    why: str
    until: datetime | None


def rank(automation: Automation) -> tuple[int, int]:
    """Return what automations take their turns in the order of."""
    return _RANKS[automation.settings.get("priority", "normal")], automation.number


@dataclass
class Pressure:
    """How often people may be reached, and when each was and how, from the beginning. Calls and mail reach them."""

    caps: Sequence[Mapping[str, Any]]
    sent: defaultdict[int, list[tuple[str, datetime]]] = field(default_factory=lambda: defaultdict(list))

    def keeps(self, journey: Journey, now: datetime, zone: ZoneInfo) -> Kept | None:
        """Return why its step may not serve a run now, if it may not."""
        settings = journey.automation.settings
        channel = _channel(journey)
        if channel is None:
            return None
        if over := quiet_until(journey.automation, now, zone):
            skips = settings["quiet_hours"]["then"] == "skip"
            return Kept("quiet_skipped", None) if skips else Kept("quiet", over)
        if (room := self._room(journey.who, channel, now)) > now:
            skips = settings.get("when_capped") == "skip"
            return Kept("capped_skipped", None) if skips else Kept("capped", room)
        return None

    def count(self, journey: Journey, now: datetime) -> None:
        """Note that a message was handed over."""
        if channel := _channel(journey):
            self.sent[journey.who].append((channel, now))

    def _room(self, who: int, channel: str, now: datetime) -> datetime:
        """Return the first moment at which one message more by that channel would be too many for no cap."""
        ends = {at + _span(cap) for _, at in self.sent[who] for cap in self.caps}
        return next(each for each in sorted({now, *ends}) if each >= now and self._leave_room(who, channel, each))

    def _leave_room(self, who: int, channel: str, moment: datetime) -> bool:
        return all(
            sum(moment - _span(cap) < at <= moment for by, at in self.sent[who] if cap["channel"] in {None, by})
            < cap["most"]
            for cap in self.caps
            if cap["channel"] in {None, channel}
        )


def _channel(journey: Journey) -> str | None:
    """Return how its step reaches people, if it does."""
    if channel := {"send_email": "email", "send_sms": "sms", "send_web_push": "push"}.get(journey.step.type):
        return channel
    calls = journey.step.type == "call_webhook" and journey.step.written.get("reaches_contact", True)
    return "webhook" if calls else None


def _span(cap: Mapping[str, Any]) -> timedelta:
    return timedelta(**{cap["within"]["unit"]: cap["within"]["amount"]})
