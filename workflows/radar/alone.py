"""Findings inside one automation."""

from collections.abc import Iterator
from typing import Final

from nodes.conditions import All, Condition, Not, contradicts, parse
from nodes.contract import Rule, Walkable
from nodes.texts import Text
from workflows.problems import Problem
from workflows.radar import findings
from workflows.radar.flows import Facts, Flow, Part
from workflows.settings import written

_CONTRADICTS: Final = Text("its condition contradicts itself", "sa condition se contredit", "условие противоречит себе")
_INSTANT: Final = Text(
    "no step keeps contacts inside", "aucune étape ne retient les contacts", "ни один шаг не задерживает контакты"
)


def look(flow: Flow) -> Iterator[Problem]:
    """Return what is wrong with an automation by itself, as far as validation does not tell it."""
    facts = flow.facts(flow.triggers)
    for step, known in facts.items():
        part = flow.parts[step]
        yield from _of_conditions(flow, part)
        yield from _of_branches(flow, part, known)
        if _is_dead_end(flow, part):
            yield findings.dead_end(step)
        if part.channel and not known.agreed and not part.asks_consent:
            yield findings.no_consent(step)
    yield from _of_exits(flow)


def _is_dead_end(flow: Flow, part: Part) -> bool:
    """Tell whether contacts stay at a step for nothing; with re-entry on, it keeps them from coming back too soon."""
    waits = part.stays and len(part.type.ports_of(part.config)) == 1
    return waits and not flow.settings.re_entry and not part.channel and not any(flow.ways(part.id))


def _of_conditions(flow: Flow, part: Part) -> Iterator[Problem]:
    if not isinstance(part.type, Rule):
        return
    for name, field in part.type.schema().form.items():
        for path, condition in field.conditions(part.config[name]) if name in part.config else ():
            if contradicts(Not(parse(condition)), flow.catalog):
                yield findings.always_holds(part.id, f"{name}{path}")


def _of_branches(flow: Flow, part: Part, known: Facts) -> Iterator[Problem]:
    if not isinstance(part.type, Walkable):
        return
    said = part.type.holds(part.config)
    labels = part.type.ports_of(part.config)
    for port, _ in flow.ways(part.id):
        # What holds for nobody, or for everybody, by itself is told of the condition.
        if port in said and not contradicts(said[port], flow.catalog):
            together: tuple[Condition, ...] = (*known.guards, said[port])
            if contradicts(All(together), flow.catalog):
                yield findings.unreachable_branch(part.id, labels[port])


def _of_exits(flow: Flow) -> Iterator[Problem]:
    settings = flow.settings
    if not any(part.stays for part in flow.parts.values()):
        for name in ("exit_conditions", "exit_events"):
            if getattr(settings, name):
                yield findings.exit_never_fires(f"settings.{name}", _INSTANT, {name: []})
        return
    conditions = written(settings)["exit_conditions"]
    for index, condition in enumerate(conditions):
        if contradicts(parse(condition), flow.catalog):
            others = [*conditions[:index], *conditions[index + 1 :]]
            field = f"settings.exit_conditions[{index}]"
            yield findings.exit_never_fires(field, _CONTRADICTS, {"exit_conditions": others})
