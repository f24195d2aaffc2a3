"""Action: move deals along their pipeline."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from nodes import effects
from nodes.catalog import Catalog, Pipeline
from nodes.conditions import STATUS_LABELS
from nodes.contract import Action, Configuration, Step
from nodes.declared import Claim, Thing, Write
from nodes.durations import Forms, in_number
from nodes.fields import Choice, NodeSchema, PipelineId, StageId, Whole
from nodes.problems import Problem, no_default_pipeline, unknown_pipeline, unknown_stage
from nodes.runs import Run
from nodes.texts import Text, begin, same
from nodes.world import Deal, Reads

SORTS: Final[Mapping[str, Text]] = {
    "modified": Text("Last change", "Dernière modification", "Последнее изменение"),
    "created": Text("Creation", "Création", "Создание"),
    "name": Text("Name", "Nom", "Название"),
}
ORDERS: Final[Mapping[str, Text]] = {
    "desc": Text("Descending", "Décroissant", "По убыванию"),
    "asc": Text("Ascending", "Croissant", "По возрастанию"),
}
_SORT_KEYS: Final[Mapping[str, Callable[[Deal], Any]]] = {
    "modified": lambda deal: (deal.modified_at, deal.id),
    "created": lambda deal: (deal.created_at, deal.id),
    "name": lambda deal: (deal.name.casefold(), deal.id),
}
_CLOSED: Final[frozenset[int | str]] = frozenset(STATUS_LABELS) - {"open"}

_SENTENCE = Text("Move {which} to “{stage}”", "Déplacer {which} vers « {stage} »", "Перевести {which} на «{stage}»")
_MARKED = same("{what} ({status})")
_ONE = Text("a deal", "une affaire", "сделку")
_SOME = Forms(("{n} deal", "{n} deals"), ("{n} affaire", "{n} affaires"), ("{n} сделку", "{n} сделки", "{n} сделок"))
_ALL = Text("all deals", "toutes les affaires", "все сделки")


class MoveDeal(Action):
    """Moves the contact's open deals of one pipeline to a stage, and may give them a status."""

    key = "move_deal"
    label = Text("Move deal stage", "Changer l’étape d’une affaire", "Сменить этап сделки")
    description = Text(
        "Moves the contact’s open deals to a stage: the first of them in the chosen order, or all.",
        "Déplace les affaires en cours du contact vers une étape : les premières dans l’ordre choisi, ou toutes.",
        "Переводит открытые сделки контакта на этап: первые в выбранном порядке или все.",
    )
    icon = "IconArrowRightBar"
    search = (
        "deal",
        "stage",
        "pipeline",
        "won",
        "lost",
        "affaire",
        "transaction",
        "étape",
        "сделка",
        "этап",
        "воронка",
    )
    example = {"stage": 2, "status": "won"}

    class Config(NodeSchema):
        pipeline = PipelineId(
            Text("Pipeline", "Pipeline", "Воронка"),
            help=Text("Empty: the default one.", "Vide : celui par défaut.", "Пусто — воронка по умолчанию."),
            required=False,
        )
        stage = StageId(Text("Stage", "Étape", "Этап"), pipeline="pipeline")
        status = Choice(
            Text("Status", "Statut", "Статус"),
            {status: begin(words) for status, words in STATUS_LABELS.items()},
            help=Text("Empty: unchanged.", "Vide : inchangé.", "Пусто — без изменений."),
            required=False,
        )
        sort = Choice(Text("Sorted by", "Triées par", "Сортировка"), SORTS, default="modified")
        order = Choice(Text("Order", "Ordre", "Порядок"), ORDERS, default="desc")
        limit = Whole(
            Text("How many", "Combien", "Сколько"),
            help=Text("0 means all.", "0 signifie toutes.", "0 — все."),
            low=0,
            high=1000,
            default=1,
        )

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(deals=True)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        limit = config.get("limit", 1)
        stages = {stage.id: stage.name for pipeline in catalog.pipelines.values() for stage in pipeline.stages}
        which = {0: _ALL, 1: _ONE}.get(limit, in_number(limit, _SOME))
        sentence = _SENTENCE.format(which=which, stage=stages.get(config["stage"], f"#{config['stage']}"))
        status = config.get("status")
        return _MARKED.format(what=sentence, status=STATUS_LABELS[status]) if status else sentence

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        pipeline, status = config.get("pipeline"), config.get("status")
        # A deal that is no longer open stays where it is: no other such step finds it.
        value = status if status in _CLOSED else config["stage"]
        part = "" if pipeline is None else str(pipeline)
        return (Write(Thing("deals"), "set", claim=Claim(frozenset({value}), _CLOSED, part)),)

    def run(self, step: Step) -> None:
        pipeline = _pipeline(step)
        if isinstance(pipeline, Problem):
            for run in step:
                step.fail(run, pipeline.message)
            return
        for run in step:
            for deal in _meant(step.config, pipeline, run):
                step.emit(run, _move(step, deal, run))
            step.go(run)


def _pipeline(step: Step) -> Pipeline | Problem:
    """Return the pipeline meant, or what is wrong with it or the stage by now."""
    config, catalog = step.config, step.world.catalog
    chosen, stage = config["pipeline"], config["stage"]
    pipeline = catalog.default_pipeline() if chosen is None else catalog.pipelines.get(chosen)
    if pipeline is None:
        return no_default_pipeline("pipeline") if chosen is None else unknown_pipeline("pipeline", chosen)
    return pipeline if pipeline.has(stage) else unknown_stage("stage", stage, pipeline.name)


def _move(step: Step, deal: Deal, run: Run) -> effects.MoveDeal:
    return effects.MoveDeal(run.contact.id, deal.id, step.config["stage"], step.config["status"], step.now)


def _meant(config: Configuration, pipeline: Pipeline, run: Run) -> list[Deal]:
    """Return the open deals that change: the first `limit` in the chosen order, or all for 0."""
    deals = [deal for deal in run.contact.deals if deal.status == "open" and deal.pipeline == pipeline.id]
    deals.sort(key=_SORT_KEYS[config["sort"]], reverse=config["order"] == "desc")
    return deals[: config["limit"] or None]
