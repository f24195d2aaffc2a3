"""Rule: by chance."""

from math import log
from typing import Final

from nodes.catalog import Catalog
from nodes.conditions import Comparison
from nodes.contract import Configuration, Rule, Step
from nodes.fields import ControlShare, NodeSchema, Shares, Switch
from nodes.runs import Run
from nodes.texts import Text, join

_HALVES: Final = [{"id": "a", "name": "A", "share": 50}, {"id": "b", "name": "B", "share": 50}]
_SHARE: Final = Text("{share}% {name}", "{share} % {name}", "{share}% {name}")
_CONTROL: Final = Text("Control group", "Groupe témoin", "Контрольная группа")


class RandomSplit(Rule):
    """Parts contacts by chance, by shares; a draw can always be repeated."""

    key = "random_split"
    label = Text("Random split", "Répartition aléatoire", "Случайное разветвление")
    description = Text(
        "Sends a share of the contacts down each branch, by chance: an A/B test, with a control group if you like.",
        "Envoie au hasard une part des contacts dans chaque branche : un test A/B, avec groupe témoin au besoin.",
        "Случайно распределяет контакты по веткам: A/B-тест, при желании с контрольной группой.",
    )
    icon = "IconArrowsShuffle"
    search = (
        *("split", "random", "percentage", "a/b", "test", "variant", "control", "experiment", "share"),
        *("hasard", "pourcentage", "témoin", "variante", "процент", "доля", "случайно", "тест", "контрольная"),
    )
    ports = {}
    example = {
        "branches": [{"id": "a", "name": "A", "share": 45}, {"id": "b", "name": "B", "share": 45}],
        "control": 10,
        "sticky": True,
    }

    class Config(NodeSchema):
        branches = Shares(
            Text("Branches", "Branches", "Ветки"),
            beside="control",
            default=_HALVES,
        )
        control = ControlShare(
            _CONTROL,
            help=Text(
                "A share that goes a way of its own, to measure what the branches are worth.",
                "Une part qui prend une voie à elle, pour mesurer ce qu’apportent les branches.",
                "Доля, идущая по отдельной ветке, чтобы измерить пользу остальных.",
            ),
            required=False,
        )
        sticky = Switch(
            Text("Same branch every time", "Toujours la même branche", "Всегда одна и та же ветка"),
            help=Text(
                "A contact that comes back takes the same branch. When shares change, only as many move as must.",
                "Un contact qui revient prend la même branche. Si les parts changent, seul le nécessaire se déplace.",
                "Вернувшийся контакт идёт той же веткой. Если доли меняются, переходит лишь необходимая часть.",
            ),
            default=True,
        )

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        branches = config.get("branches", _HALVES)
        said = [_SHARE.format(share=branch["share"], name=branch["name"]) for branch in branches]
        control = config.get("control")
        return join(", ", [*said, _SHARE.format(share=control, name=_CONTROL)] if control else said)

    def run(self, step: Step) -> None:
        shares = {branch.id: branch.settings["share"] for branch in step.config["branches"]}
        shares["control"] = step.config["control"] or 0
        open_ways = {port: share for port, share in shares.items() if share}
        for run in step:
            port = min(open_ways, key=lambda way: _turn(step, run, way, open_ways[way]))
            step.go(run, port, (Comparison("draw", None, "share", open_ways[port], holds=True),))


def _turn(step: Step, run: Run, port: str, share: int) -> float:
    """Return when this way's turn comes in a race of exponential clocks; the first to ring wins, by its share.

    Each way draws for itself (rendezvous hashing), so that changing one share never moves a contact between others.
    """
    return -log(1 - step.draw(run, port, sticky=step.config["sticky"])) / share
