"""Scenarios of an automation: keeping them, and telling whether its draft still does what they say."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.adapters.rehearsing import compiled, stage
from app.errors import Conflict, Invalid, NotFound
from app.models import Scenario as Row
from app.services import audit
from app.services.automations.drafts import demand_editable, find, now
from app.services.rehearsals.trials import Teller, VerdictView, demand_runnable, usual_start, verdicts_of
from nodes.registry import registry
from nodes.texts import Language
from workflows.document import Document, load
from workflows.scenario_faults import NOT_ONE, WHOLE
from workflows.scenario_steps import StepCheck, step_check
from workflows.scenario_text import ScenarioTextError, parse_scenarios, print_scenario
from workflows.scenarios import Scenario, dump
from workflows.scenarios import load as load_scenario

MOST: Final = 100


class ScenarioView(NamedTuple):
    """A kept scenario: as data, and as text."""

    id: int
    name: str
    scenario: dict[str, Any]
    text: str


class ResultView(NamedTuple):
    """Whether a scenario holds, expectation by expectation; `id` None: it is not kept.

    `fault`: it names a step that the draft does not have, so that it can tell nothing.
    """

    id: int | None
    name: str
    holds: bool
    verdicts: list[VerdictView]
    fault: str | None


def every(automation_id: int) -> list[ScenarioView]:
    """Return an automation's scenarios in the order in which they were made."""
    with db.transaction() as session:
        find(session, automation_id)
        return [_view(row) for row in _rows(session, automation_id)]


def add(automation_id: int, scenarios: Sequence[Scenario]) -> list[ScenarioView]:
    """Keep scenarios. Raises Conflict where there would be too many."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        demand_editable(automation)
        kept = session.scalar(select(func.count()).where(Row.automation_id == automation_id)) or 0
        if kept + len(scenarios) > MOST:
            raise Conflict(f"An automation has at most {MOST} scenarios. Delete some first.")
        rows = [Row(automation_id=automation_id, written=_named(each, kept + n)) for n, each in enumerate(scenarios, 1)]
        session.add_all(rows)
        session.flush()
        for row in rows:
            audit.record("scenario.created", "automation", automation_id, {"scenario": row.written["name"]})
        return [_view(row) for row in rows]


def change(automation_id: int, scenario_id: int, scenario: Scenario) -> ScenarioView:
    """Put another scenario in place of a kept one. Raises NotFound."""
    with db.transaction() as session:
        row = _find(session, automation_id, scenario_id)
        row.written = _named(scenario, scenario_id)
        audit.record("scenario.edited", "automation", automation_id, {"scenario": row.written["name"]})
        return _view(row)


def remove(automation_id: int, scenario_id: int) -> None:
    """Forget a scenario. Raises NotFound."""
    with db.transaction() as session:
        row = _find(session, automation_id, scenario_id)
        session.delete(row)
        audit.record("scenario.deleted", "automation", automation_id, {"scenario": row.written["name"]})


def run_all(automation_id: int, language: Language, *, document: Document | None = None) -> list[ResultView]:
    """Run an automation's scenarios against a draft (given, else the stored one). Raises Invalid if it cannot run."""
    with db.transaction() as session:
        draft = document or load(find(session, automation_id).draft)
        kept = [(row.id, load_scenario(row.written)) for row in _rows(session, automation_id)]
        return _results(session, automation_id, draft, kept, language)


def run_text(automation_id: int, text: str, language: Language) -> list[ResultView]:
    """Run scenarios that are not kept against the stored draft. Raises Invalid for a text that is none."""
    scenarios = read_text(automation_id, text, language)
    with db.transaction() as session:
        draft = load(find(session, automation_id).draft)
        return _results(session, automation_id, draft, [(None, each) for each in scenarios], language)


def read_text(automation_id: int, text: str, language: Language, document: Document | None = None) -> list[Scenario]:
    """Read scenarios as people write them, of the steps of a draft (given, else the stored one).

    Raises Invalid, naming the line.
    """
    try:
        return parse_scenarios(text, _check_of(automation_id, document))
    except ScenarioTextError as error:
        raise Invalid.field("text", "malformed", error.words.say(language)) from error


def demand_steps(
    automation_id: int, scenario: Scenario, language: Language, document: Document | None = None
) -> Scenario:
    """Return the scenario. Raises Invalid if it names a step that the draft (given, else the stored one) has not."""
    if stray := _check_of(automation_id, document)(scenario):
        raise Invalid.field("scenario", "unknown_step", WHOLE.format(fault=stray).say(language))
    return scenario


def read_one(automation_id: int, text: str, language: Language, document: Document | None = None) -> Scenario:
    """Read a single scenario. Raises Invalid if it is none, or several."""
    scenarios = read_text(automation_id, text, language, document)
    if len(scenarios) != 1:
        raise Invalid.field("text", "not_one", NOT_ONE.say(language))
    return scenarios[0]


def blocking_scenarios(session: Session, automation_id: int, document: Document, language: Language) -> list[str]:
    """Return the names of the scenarios that do not hold for a document that is about to go live."""
    kept = [(row.id, load_scenario(row.written)) for row in _rows(session, automation_id)]
    results = _results(session, automation_id, document, kept, language) if kept else []
    return [each.name for each in results if not each.holds]


def _results(
    session: Session,
    automation_id: int,
    document: Document,
    scenarios: Iterable[tuple[int | None, Scenario]],
    language: Language,
) -> list[ResultView]:
    demand_runnable(document, language)
    plan, scene = compiled(automation_id, document), stage(session, now(session), guarded=True)
    start, teller = usual_start(session, scene.catalog), Teller(document, scene.catalog, language)
    check = step_check(document, registry(), scene.catalog)
    results = []
    for number, scenario in scenarios:
        verdicts = teller.verdicts(verdicts_of(plan, scene, scenario, start))
        fault = WHOLE.format(fault=stray).say(language) if (stray := check(scenario)) else None
        holds = fault is None and all(each.holds for each in verdicts)
        results.append(ResultView(number, scenario.name, holds, verdicts, fault))
    return results


def _check_of(automation_id: int, document: Document | None) -> StepCheck:
    with db.transaction() as session:
        draft = document or load(find(session, automation_id).draft)
        return step_check(draft, registry(), load_catalog())


def _rows(session: Session, automation_id: int) -> Sequence[Row]:
    return session.scalars(select(Row).where(Row.automation_id == automation_id).order_by(Row.id)).all()


def _find(session: Session, automation_id: int, scenario_id: int) -> Row:
    row = session.get(Row, scenario_id)
    if row is None or row.automation_id != automation_id:
        raise NotFound.thing("scenario", scenario_id)
    return row


def _named(scenario: Scenario, number: int) -> dict[str, Any]:
    return dump(scenario if scenario.name else replace(scenario, name=f"#{number}"))


def _view(row: Row) -> ScenarioView:
    scenario = load_scenario(row.written)
    return ScenarioView(row.id, scenario.name, row.written, print_scenario(scenario))
