"""Sending one contact through a draft for trial, real or made up. Reads the database, and writes nothing at all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from sqlalchemy.orm import Session

from app import db
from app.adapters.rehearsing import compiled, contacts_as_they_are, past_events, stage
from app.errors import Invalid, NotFound, Problem
from app.services.automations import checking
from app.services.automations.drafts import find, now
from app.services.journeys import say_refusal
from app.services.path_words import ENDINGS, say_ending, say_values
from app.services.rehearsals.effect_words import say_effect
from nodes.catalog import Catalog
from nodes.conditions import say_value
from nodes.effects import as_json
from nodes.registry import registry
from nodes.runs import PathStep
from nodes.texts import Language, Text, same
from nodes.world import Contact, Json
from workflows.document import Document, load
from workflows.plan import Plan
from workflows.rehearsal import End, Stage
from workflows.scenarios import Expectation, Scenario, contact_of
from workflows.sentence import summaries
from workflows.trial import Trial, TrialStep, Verdict, judge, try_out

_MORNING: Final = time(9)
_EXPECTED: Final[Mapping[str, Text]] = {
    "goes": Text("goes through “{step}”", "passe par « {step} »", "проходит «{step}»"),
    "goes_by": Text("“{step}”: {way}", "« {step} » : {way}", "«{step}»: {way}"),
    "avoids": Text("does not come to “{step}”", "n’arrive pas à « {step} »", "не доходит до «{step}»"),
    "waits": Text("waits at “{step}”", "attend à « {step} »", "ждёт на «{step}»"),
    "leaves": Text("leaves in the end", "sort à la fin", "в конце выходит"),
    "refused": Text("does not enter", "n’entre pas", "не входит"),
    "has": Text("{name} = {value}", "{name} = {value}", "{name} = {value}"),
}
_INSTEAD: Final = Text("{expected} – but: {actual}", "{expected} – mais : {actual}", "{expected} – но: {actual}")
_OPEN_END: Final = Text(
    "Left after “{step}” by “{way}”: nothing follows there.",
    "Sorti après « {step} » par « {way} » : rien ne suit à cet endroit.",
    "Вышел после «{step}» через «{way}»: дальше ничего нет.",
)
_CUT_SHORT: Final = ("exit_condition", "dismissed")
_TAKEN_OUT: Final = Text("{why}, at “{step}”.", "{why}, à « {step} ».", "{why}, на шаге «{step}».")
_CAME: Final[Mapping[str, Text]] = {
    "none": Text("not inside", "n’est pas dedans", "не внутри"),
    "not_there": Text("never came there", "n’y est jamais arrivé", "туда не попал"),
    "waits": Text("still waits", "attend encore", "ещё ждёт"),
    "left": Text("entered and left", "entré puis sorti", "вошёл и вышел"),
    "failed": Text("failed", "a échoué", "ошибка"),
}


class Fact(NamedTuple):
    """An attribute's value, in words, and whether this very step changed it."""

    name: str
    value: str
    changed: bool


class StepView(NamedTuple):
    """One step of the way, in words: by which way it was left, why, what it would have done, the facts after it."""

    run: int
    node: str
    port: str
    title: str
    way: str | None
    because: str | None
    at: datetime
    did: list[str]
    facts: list[Fact]


class TurnedView(NamedTuple):
    """An event that did not let the contact in."""

    at: datetime
    reason: str


class VerdictView(NamedTuple):
    """What was expected, whether it came, and what came instead."""

    expectation: Expectation
    holds: bool
    text: str


class TrialView(NamedTuple):
    """What came of a test run. `ending`: none (never entered), waits (at `node` until `until`), left or failed."""

    steps: list[StepView]
    turned: list[TurnedView]
    verdicts: list[VerdictView]
    ending: str
    node: str | None
    until: datetime | None
    reason: str | None
    began: datetime
    over: datetime


def run(
    automation_id: int,
    scenario: Scenario,
    language: Language,
    *,
    document: Document | None = None,
    contact_id: int | None = None,
    skip_waits: bool = False,
) -> TrialView:
    """Let a story happen to a contact (a real one by id, else the scenario's) in a draft (given, else the stored one).

    Raises NotFound, and Invalid for a draft that could not run.
    """
    with db.transaction() as session:
        draft = document or load(find(session, automation_id).draft)
        demand_runnable(draft, language)
        plan, scene = compiled(automation_id, draft), stage(session, now(session), guarded=True)
        begin = scenario.at or (now(session) if contact_id else usual_start(session, scene.catalog))
        contact = _real(session, contact_id, plan, begin) if contact_id else contact_of(scenario.given, scene.catalog)
        past = past_events(session, [contact_id], plan.reads, begin)[contact_id] if contact_id else ()
        trial = try_out(plan, scene, contact, scenario, begin, past=past, skip_waits=skip_waits)
    return Teller(draft, scene.catalog, language).tell(trial, scenario)


def verdicts_of(plan: Plan, scene: Stage, scenario: Scenario, start: datetime) -> Sequence[Verdict]:
    """Judge a scenario with its made-up contact."""
    contact = contact_of(scenario.given, scene.catalog)
    return judge(scenario, try_out(plan, scene, contact, scenario, scenario.at or start))


def usual_start(session: Session, catalog: Catalog) -> datetime:
    """Return the Monday morning on which scenarios begin that name no time: that of this week."""
    today = now(session).astimezone(catalog.time_zone).date()
    return datetime.combine(today - timedelta(days=today.weekday()), _MORNING, catalog.time_zone)


def demand_runnable(document: Document, language: Language) -> None:
    """Raise Invalid, naming every error, for a draft that cannot be rehearsed."""
    errors = [each for each in checking.check(document, language).problems if each.severity == "error"]
    if errors:
        problems = [Problem(each.node, each.code, each.message, each.remedy) for each in errors]
        raise Invalid(f"This draft cannot run yet: {errors[0].message}", problems)


def _real(session: Session, contact_id: int, plan: Plan, at: datetime) -> Contact:
    found = contacts_as_they_are(session, [contact_id], plan.reads, at).get(contact_id)
    if found is None:
        raise NotFound.thing("contact", contact_id)
    return found


class Teller:
    """Says a trial in one language."""

    def __init__(self, document: Document, catalog: Catalog, language: Language) -> None:
        self._entries = {each.id: each for each in document.nodes}
        self._titles = summaries(document, registry(), catalog)
        self._catalog = catalog
        self._language = language

    def tell(self, trial: Trial, scenario: Scenario) -> TrialView:
        """Say what came of it."""
        last = trial.ends[-1] if trial.ends and not trial.standing else None
        return TrialView(
            self._steps(trial.steps),
            [TurnedView(each.at, say_refusal(each.refused.reason).say(self._language)) for each in trial.turned],
            self.verdicts(judge(scenario, trial)),
            trial.ending,
            trial.standing[0] if trial.standing else last and last.node,
            trial.standing[1] if trial.standing else None,
            self._reason(trial, last) if last else None,
            trial.began,
            trial.over,
        )

    def verdicts(self, verdicts: Iterable[Verdict]) -> list[VerdictView]:
        """Say what was expected, and what came."""
        return [VerdictView(each.expectation, each.holds, self._said(each)) for each in verdicts]

    def _reason(self, trial: Trial, end: End) -> str | None:
        """Say why the latest run failed, or where and why it left; None: it came to an end that is drawn."""
        if end.reason:
            return end.reason.say(self._language)
        title = self._title(end.node)
        if end.code in _CUT_SHORT:
            return _TAKEN_OUT.format(why=ENDINGS[end.code], step=title).say(self._language)
        port = next((each.port for each in reversed(trial.steps) if each.node == end.node), None)
        way = None if port in ENDINGS else self._way(end.node, port)
        return _OPEN_END.format(step=title, way=way).say(self._language) if way else None

    def _steps(self, steps: Sequence[TrialStep]) -> list[StepView]:
        told, before = [], dict(steps[0].facts) if steps else {}
        for step in steps:
            facts = [
                Fact(name, say_value(as_json(value)).say(self._language), value != before.get(name))
                for name, value in step.facts.items()
            ]
            told.append(self._step(step, facts))
            before = dict(step.facts)
        return told

    def _step(self, step: TrialStep, facts: list[Fact]) -> StepView:
        passed = PathStep(step.node, step.port, step.at, step.values)
        ending = say_ending(passed, self._catalog)
        why = ending or (say_values(passed, self._catalog) if step.values else None)
        return StepView(
            step.run,
            step.node,
            step.port,
            self._title(step.node).say(self._language),
            None if ending else self._way(step.node, step.port),
            why and why.say(self._language),
            step.at,
            [say_effect(each, self._catalog).say(self._language) for each in step.effects],
            facts,
        )

    def _way(self, node: str, port: str | None) -> str | None:
        entry = self._entries.get(node)
        ports = registry()[entry.type].ports_of(entry.config) if entry else {}
        return ports.get(port or "", same(port or "")).say(self._language) if len(ports) > 1 else None

    def _title(self, node: str | None) -> Text:
        return self._titles.get(node or "", same(node or ""))

    def _said(self, verdict: Verdict) -> str:
        """Say an expectation, and, where it was not met, what came instead."""
        expected, actual = verdict.expectation, verdict.actual
        way = self._way(expected.node, expected.port) if expected.node and expected.port else None
        words = {
            "step": self._title(expected.node),
            "way": way or "",
            "name": expected.attribute or "",
            "value": say_value(expected.value),
            "actual": self._came(expected, actual),
        }
        phrase = _EXPECTED["goes_by" if way else expected.kind]
        return (
            (phrase if verdict.holds else _INSTEAD.format(expected=phrase, actual="{actual}"))
            .format(**words)
            .say(self._language)
        )

    def _came(self, expected: Expectation, actual: Json) -> Text:
        if expected.kind == "has":
            return say_value(actual)
        if expected.kind in {"leaves", "refused"}:
            return _CAME[str(actual)]
        if actual is None:
            return _CAME["none"] if expected.kind == "waits" else _CAME["not_there"]
        if expected.kind == "waits":
            return self._title(str(actual))
        return same(self._way(expected.node or "", str(actual)) or str(actual))
