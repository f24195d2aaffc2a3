"""What holds for steps that reach contacts from outside: quiet hours, and how many messages a contact may get."""

from datetime import datetime
from typing import Final

from nodes.conditions import Comparison
from nodes.contract import Step
from nodes.pressure import Full, Message, without_room
from nodes.runs import Run
from nodes.world import World
from workflows.plan import Plan, PlanStep

CAP: Final = "cap"


def admit(plan: Plan, step: PlanStep, runs: list[Run], world: World, now: datetime) -> tuple[list[Run], Step]:
    """Return whom the step may reach now, each with room taken for a message, and what becomes of the others."""
    admitted = []
    kept = Step(step.id, step.config, (), world, now)
    aside = next(iter(step.type.ports))
    for run in runs:
        over = plan.quiet.hours.over(now, run.contact.time_zone) if plan.quiet else None
        full = None if over else without_room(step.caps, run.contact.messages, now)
        if over and plan.quiet and plan.quiet.skip:
            kept.pass_by(run, aside, "quiet_skipped")
        elif over:
            kept.hold(run, over, "quiet")
        elif full and plan.skips_when_capped:
            kept.pass_by(run, aside, "capped_skipped", (_compared(full),))
        elif full:
            kept.hold(run, full.until, "capped", (_compared(full),))
        else:
            admitted.append(run)
            if step.caps:
                run.contact.messages.append(Message(step.channel, now))
    return admitted, kept


def handed_over(plan: Plan, step: PlanStep, work: Step) -> set[int]:
    """Say of all that the step emitted by which channel it leaves; give room back that a run took and did not use.

    Returns the contacts to whom something was sent that counts.
    """
    for emitted in (work.effects, work.deliveries):
        emitted[:] = [each._replace(channel=step.channel, priority=plan.priority) for each in emitted]
    if not step.caps:
        return set()
    reached = {each.run for each in (*work.effects, *work.deliveries)}
    for run in work.runs:
        if run not in reached:
            run.contact.messages.remove(Message(step.channel, work.now))
    return {run.contact.id for run in reached}


def _compared(full: Full) -> Comparison:
    cap = full.cap
    return Comparison(cap.channel or "", full.counted, CAP, [cap.most, *cap.within], holds=False)
