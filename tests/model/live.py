"""Plans that the test switches on and off, as the engine would hand them over."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nodes.world import Event, Topic
from workflows.plan import Plan, PlanTrigger


@dataclass
class Live:
    """The plans that everybody goes by; nobody enters or moves on in automations that stand still."""

    plans: dict[int, Plan]
    hop_budget: int = 8
    paused: set[int] = field(default_factory=set)

    def listening(self, event: Event) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        live = [plan for plan in self.plans.values() if plan.automation not in self.paused]
        return [(plan, [each for each in plan.triggers if each.topic in event.topics]) for plan in live]

    def live(self, automation: int) -> Plan | None:
        return None if automation in self.paused else self.plans[automation]

    def heard(self) -> frozenset[Topic]:
        """Everything that lets somebody in or moves somebody."""
        ways_in = (trigger.topic for plan in self.plans.values() for trigger in plan.triggers)
        return frozenset(ways_in).union(*(plan.hears for plan in self.plans.values()))
