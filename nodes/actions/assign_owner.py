"""Action: hand the contact over to a rep."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from nodes import effects
from nodes.catalog import Catalog, User
from nodes.contract import Action, Configuration, Step
from nodes.declared import Claim, Thing, Write
from nodes.deeds import Deeds, Recalled
from nodes.fields import Choice, Context, NodeSchema, One, Switch, UserEmails, is_active
from nodes.problems import Problem
from nodes.runs import NEXT, Run
from nodes.texts import Text
from nodes.world import Reads

KEPT: Final = "kept"
HOW: Final[Mapping[str, Text]] = {
    "named": Text("Always the same rep", "Toujours le même commercial", "Всегда одному менеджеру"),
    "round_robin": Text("Each in turn", "À tour de rôle", "По очереди"),
    "least_loaded": Text(
        "Whoever has the fewest contacts", "Celui qui a le moins de contacts", "У кого меньше всего контактов"
    ),
}
KEEP: Final[Mapping[str, Text]] = {
    "chosen": Text(
        "One of the reps chosen above", "L’un des commerciaux choisis ci-dessus", "Один из менеджеров, выбранных выше"
    ),
    "anyone": Text("Anyone at all", "N’importe qui", "Кто угодно"),
    "nobody": Text("Nobody (always hand over)", "Personne (toujours confier)", "Никто (передавать всегда)"),
}

_SENTENCES: Final[Mapping[str, Text]] = {
    "named": Text("Assign {reps}", "Attribuer à {reps}", "Назначить: {reps}"),
    "round_robin": Text("Assign in turn: {reps}", "Attribuer à tour de rôle : {reps}", "Назначать по очереди: {reps}"),
    "least_loaded": Text(
        "Assign whoever has the fewest contacts: {reps}",
        "Attribuer à celui qui a le moins de contacts : {reps}",
        "Назначить того, у кого меньше всего контактов: {reps}",
    ),
}
_GIVEN = Text("Assigned to {rep}", "Attribué à {rep}", "Назначен ответственный: {rep}")
_ONE_REP = (
    Text("One rep is meant here.", "Un seul commercial est attendu ici.", "Здесь нужен один менеджер."),
    Text(
        "Choose one rep, or another way to choose among them.",
        "Choisissez un commercial, ou une autre répartition.",
        "Выберите одного менеджера или другой способ выбора.",
    ),
)
_YOURS = Text("A contact is yours now", "Un contact vous est attribué", "Вам передан контакт")
_BODY = Text("{who} was assigned to you.", "{who} vous a été attribué.", "{who}: теперь ваш контакт.")
_NOBODY_ACTIVE = Text(
    "None of these reps works here any more: {reps}.",
    "Aucun de ces commerciaux ne travaille plus ici : {reps}.",
    "Никто из этих менеджеров больше не работает: {reps}.",
)


class AssignOwner(Action):
    """Makes a rep the contact's owner. Who is theirs already takes the other port: a hot lead is handed over once."""

    key = "assign_owner"
    label = Text("Assign owner", "Attribuer un propriétaire", "Назначить ответственного")
    description = Text(
        "Hands the contact over to a rep: always the same one, each in turn, or whoever has the fewest contacts.",
        "Confie le contact à un commercial : toujours le même, à tour de rôle, ou celui qui a le moins de contacts.",
        "Передаёт контакт менеджеру: всегда одному, по очереди или тому, у кого меньше всего контактов.",
    )
    icon = "IconUserCheck"
    search = ("assign", "owner", "user", "rep", "sales", "attribuer", "commercial", "назначить", "менеджер")
    ports = {
        NEXT: Text("Assigned", "Attribué", "Назначен"),
        KEPT: Text("Owner kept", "Propriétaire gardé", "Ответственный прежний"),
    }
    example = {"reps": ["rep@example.com"], "how": "round_robin"}

    class Config(NodeSchema):
        how = Choice(Text("To whom", "À qui", "Кому"), HOW, radio=True, default="named")
        reps = UserEmails(
            Text("Reps", "Commerciaux", "Менеджеры"),
            sellers=True,
            one=One(Text("Rep", "Commercial", "Менеджер"), {"how": ["named"]}),
        )
        keep = Choice(
            Text(
                "Unless it already belongs to", "Sauf s’il appartient déjà à", "Не передавать, если ответственный уже —"
            ),
            KEEP,
            help=Text(
                "Those contacts keep their owner and take the way “Owner kept”.",
                "Ces contacts gardent leur propriétaire et prennent la voie « Propriétaire gardé ».",
                "Такие контакты остаются у своего ответственного и идут по ветке «Ответственный прежний».",
            ),
            default="chosen",
        )
        tell = Switch(
            Text("Tell the rep in the app", "Prévenir le commercial dans l’application", "Сообщить менеджеру"),
            default=True,
        )

        def rules(self, config: Configuration, context: Context) -> Iterator[Problem]:
            if config.get("how", "named") == "named" and len(config["reps"]) > 1:
                yield Problem("reps", "one_rep", *_ONE_REP)

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(owner=True)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        names = [catalog.users[email].name if email in catalog.users else email for email in config["reps"]]
        return _SENTENCES[config.get("how", "named")].format(reps=", ".join(names))

    def recall(self, config: Configuration, deeds: Deeds) -> Recalled | None:
        chosen = [rep for rep in deeds.owners if rep.email in config["reps"]]
        return Recalled(_GIVEN.format(rep=chosen[0].name)) if chosen else None

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        reps = frozenset[int | str](config["reps"])
        spares = {"anyone": None, "chosen": reps, "nobody": frozenset[int | str]()}[config.get("keep", "chosen")]
        return (Write(Thing("owner"), "set", claim=Claim(reps, spares)),)

    def run(self, step: Step) -> None:
        reps = [email for email in step.config["reps"] if is_active(email, step.world.catalog)]
        handed: list[Run] = []
        for run in step:
            if _keeps(run, step.config):
                step.go(run, KEPT)
            elif reps:
                handed.append(run)
            else:
                step.fail(run, _NOBODY_ACTIVE.format(reps=", ".join(step.config["reps"])))
        for run, rep in zip(handed, _choose(step, reps, len(handed)), strict=True):
            step.emit(run, effects.AssignOwner(run.contact.id, rep))
            if step.config["tell"]:
                step.emit(run, _news(run, step.world.catalog.users[rep]))
            step.go(run)


def _news(run: Run, rep: User) -> effects.Notify:
    who = run.contact.email or f"#{run.contact.id}"
    title, body = (text.say(rep.language) for text in (_YOURS, _BODY.format(who=who)))
    return effects.Notify(run.contact.id, (rep.email,), title, body, by_mail=False)


def _keeps(run: Run, config: Configuration) -> bool:
    owner, keep = run.contact.owner, config["keep"]
    return owner is not None and (keep == "anyone" or (keep == "chosen" and owner in config["reps"]))


def _choose(step: Step, reps: Sequence[str], count: int) -> Sequence[str]:
    """Return a rep for each of `count` contacts."""
    if not count:
        return []
    if step.config["how"] == "round_robin":
        return [reps[ticket % len(reps)] for ticket in step.tickets(count)]
    if step.config["how"] == "least_loaded":
        return _least_loaded(step.world.load(reps), reps, count)
    return [reps[0]] * count


def _least_loaded(load: Mapping[str, int], reps: Sequence[str], count: int) -> list[str]:
    """Give each contact to whoever has fewest by then; the first named among equals."""
    queue = [(load.get(rep, 0), rank) for rank, rep in enumerate(reps)]
    heapq.heapify(queue)
    chosen = []
    for _ in range(count):
        contacts, rank = queue[0]
        heapq.heapreplace(queue, (contacts + 1, rank))
        chosen.append(reps[rank])
    return chosen
