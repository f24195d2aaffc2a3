"""The steps that a scenario names, held against those that an automation has."""

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeAlias

from nodes.catalog import Catalog
from nodes.contract import Trigger
from nodes.texts import SEMICOLON, Text, join, same
from workflows.document import Document
from workflows.scenario_faults import NO_STEPS, UNKNOWN_STEP, UNKNOWN_TRIGGER
from workflows.scenarios import Scenario
from workflows.sentence import Registry, summaries

# Says which step a scenario names that is not there, and which are; None: it names none such.
StepCheck: TypeAlias = Callable[[Scenario], Text | None]
MOST_NAMED: Final = 40


def step_check(document: Document, registry: Registry, catalog: Catalog) -> StepCheck:
    """Return what looks for steps that a document does not have."""
    titles = summaries(document, registry, catalog)
    triggers = {node.id for node in document.nodes if isinstance(registry.get(node.type), Trigger)}

    def check(scenario: Scenario) -> Text | None:
        entered = [each.trigger for each in scenario.story if each.trigger is not None]
        if stray := next((each for each in entered if each not in triggers), None):
            return UNKNOWN_TRIGGER.format(step=stray, steps=_named(triggers, titles))
        expected = [each.node for each in scenario.expect if each.node is not None]
        if stray := next((each for each in expected if each not in titles), None):
            return UNKNOWN_STEP.format(step=stray, steps=_named(titles, titles))
        return None

    return check


def _named(ids: Collection[str], titles: Mapping[str, Text]) -> Text:
    found = [same("{id} ({title})").format(id=each, title=titles[each]) for each in titles if each in ids]
    rest = [same("…")] if len(found) > MOST_NAMED else []
    return join(SEMICOLON, [*found[:MOST_NAMED], *rest]) if found else NO_STEPS
