"""What a run that stands still does when something happens to its person: leave, go to a goal, or go on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from nodes.world import Contact, Event
from tests.model.reading import Automation, Place, facts, tells_of

_ANSWERS: Final = frozenset({"email_replied", "sms_received"})
_CLICKS: Final = frozenset({"email_clicked", "web_push_clicked"})
_REACTIONS: Final = {"any": {"email_opened"} | _CLICKS | _ANSWERS, "click": _CLICKS | _ANSWERS, "answer": _ANSWERS}
_NOT_DELIVERED: Final = frozenset({"email_bounced", "sms_failed"})


class Out(NamedTuple):
    """The run is over, for this reason."""

    reason: str


class On(NamedTuple):
    """The run goes on from `node` by `port`, wherever it stood."""

    node: str
    port: str


@dataclass(frozen=True)
class Hearing:
    """An event of a contact whose run stands still; `came_by` let it in."""

    contact: Contact
    came_by: Event
    event: Event
    now: datetime

    def moves(self, automation: Automation, node: str, done: Collection[str]) -> Out | On | None:
        """Return how the run that stands at `node` is moved; None: not at all. A goal that is `done` pulls no more."""
        if self.event.name == "automation_dismissed" and self.event.properties["automation"] == automation.number:
            return Out("dismissed")
        for rule in automation.exits:
            told = rule.event == self.event.name if rule.event else rule.facts & tells_of(self.event)
            if told and rule.judge(self.contact, self.event, self.now)[0]:
                return Out("exit_condition")
        # Forward only, and as far as possible.
        for name, place in reversed(list(automation.steps.items())):
            ahead = name not in done and not automation.lies_beyond(node, name)
            if place.type == "goal" and ahead and self.achieves(place):
                return On(name, "next")
        place = automation.steps.get(node)  # None: it waits at the trigger for the hours in which it may enter
        port = self.port(automation, place) if place else None
        return On(node, port) if port else None

    def port(self, automation: Automation, place: Place) -> str | None:
        """Return the port by which the run leaves the step where it waits."""
        match place.type:
            case "goal":
                return "next" if self.achieves(place) else None
            case "wait_until_event":
                return "happened" if self.happens(place) else None
            case "wait_for_reaction":
                return self.reaction(automation, place)
            case "wait_until_condition":
                return "met" if self.comes_to_hold(place) else None
        return None

    def reaction(self, automation: Automation, place: Place) -> str | None:
        """What names a message of others is none; who says STOP or START by SMS neither reacts nor stays unreached."""
        said = self.event.properties
        of_others = "message" in said and said.get("automation") != automation.number
        if of_others or said.get("keyword") in ("stop", "start"):
            return None
        if self.event.name in _NOT_DELIVERED:
            return "bounced"
        return "reacted" if self.event.name in _REACTIONS[place.config["counts"]] else None

    def achieves(self, goal: Place) -> bool:
        return self.happens(goal) if goal.config["by"] == "event" else self.comes_to_hold(goal)

    def happens(self, place: Place) -> bool:
        judge = place.config["event_filter"]
        fits = judge is None or judge(self.contact, self.event, self.now)[0]
        return bool(fits and place.config["event"] == self.event.name)

    def comes_to_hold(self, place: Place) -> bool:
        """A condition is looked at when one of its facts changes."""
        told = facts(place.written["condition"]) & tells_of(self.event)
        return bool(told and place.config["condition"](self.contact, self.came_by, self.now)[0])
