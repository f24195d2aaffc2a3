"""What a batch does that webhooks are told of."""

from collections.abc import Iterator

from app.adapters import announcing
from app.adapters.announcing import News
from app.adapters.engine.effects import Scene
from nodes import effects
from workflows.items import Outcome


def announce(scene: Scene, outcome: Outcome) -> None:
    """Tell webhooks of runs that began and ended, and of contacts and deals that were changed."""
    if announcing.listeners(scene.session):
        announcing.announce(scene.session, [*_runs(outcome), *_contacts(outcome), *_deals(outcome)])


def _runs(outcome: Outcome) -> Iterator[News]:
    for run in outcome.entered:
        yield News("run.entered", run.contact.id, {"run": run.enrollment, "automation": run.automation})
    for leave in outcome.leaves:
        said = {"run": leave.run.enrollment, "automation": leave.run.automation, "reason": leave.reason}
        yield News("run.finished", leave.run.contact.id, said)
    for failure in outcome.failures:
        said = {"run": failure.run.enrollment, "automation": failure.run.automation, "reason": failure.reason.en}
        yield News("run.failed", failure.run.contact.id, {**said, "step": failure.node})


def _contacts(outcome: Outcome) -> Iterator[News]:
    changed: dict[int, set[str]] = {}
    for each in outcome.effects:
        if isinstance(each.effect, effects.SetAttribute):
            changed.setdefault(each.effect.contact, set()).add(each.effect.attribute)
        elif isinstance(each.effect, effects.AssignOwner):
            changed.setdefault(each.effect.contact, set()).add("owner_id")
    for contact, names in sorted(changed.items()):
        yield News("contact.updated", contact, {"changed": sorted(names)})


def _deals(outcome: Outcome) -> Iterator[News]:
    for each in outcome.effects:
        if isinstance(each.effect, effects.MoveDeal):
            contact, deal = each.run.contact.id, {"deal": each.effect.deal}
            if each.effect.stage is not None:
                yield News("deal.stage_changed", contact, deal)
            if each.effect.status in {"won", "lost"}:
                yield News(f"deal.{each.effect.status}", contact, deal)
