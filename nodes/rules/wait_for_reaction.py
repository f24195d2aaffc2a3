"""Rule: later, when the contact reacts to a message, or does not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from nodes.catalog import Catalog
from nodes.contract import Configuration, Rule, Step
from nodes.durations import say_duration
from nodes.fields import Choice, NodeSchema, Span
from nodes.moments import Duration, in_days, later
from nodes.runs import Answer, Run
from nodes.texts import Text
from nodes.world import Event, Topic

REACTED, SILENT, BOUNCED = "reacted", "silent", "bounced"
_DAY: Final = Duration(24, "hours")
_ANSWERS: Final = frozenset({"email_replied", "sms_received"})
_CLICKS: Final = _ANSWERS | {"email_clicked", "web_push_clicked"}
_REACTIONS: Final[Mapping[str, frozenset[str]]] = {
    "any": _CLICKS | {"email_opened"},
    "click": _CLICKS,
    "answer": _ANSWERS,
}
_KEYWORDS: Final = frozenset({"stop", "start"})
"""Who asks by SMS for no more of them, or for more again, does not react to what was said."""
_RETURNS: Final = frozenset({"email_bounced", "sms_failed"})
_COUNTS: Final[Mapping[str, Text]] = {
    "any": Text("Opening, click or answer", "Ouverture, clic ou réponse", "Открытие, клик или ответ"),
    "click": Text("Click or answer", "Clic ou réponse", "Клик или ответ"),
    "answer": Text("Answer only", "Réponse seulement", "Только ответ"),
}
_SENTENCE: Final = Text(
    "Wait for a reaction, at most {span}",
    "Attendre une réaction, au plus {span}",
    "Ждать реакции, не дольше: {span}",
)
_STRICTER: Final = Text("{sentence} ({counts})", "{sentence} ({counts})", "{sentence} ({counts})")


class WaitForReaction(Rule):
    """Parts those who react to a message of this automation from those who do not, and from whom it does not reach."""

    key = "wait_for_reaction"
    label = Text("Wait for a reaction", "Attendre une réaction", "Ждать реакции")
    description = Text(
        "Waits for what the contact does with the messages of this automation: it reacts, stays silent, or they do "
        "not arrive.",
        "Attend ce que le contact fait des messages de cette automatisation : il réagit, se tait, ou ils n’arrivent "
        "pas.",
        "Ждёт, что контакт сделает с сообщениями этой автоматизации: отреагирует, промолчит или они не дойдут.",
    )
    icon = "IconMessageReply"
    search = (
        *("reaction", "reply", "answer", "opened", "bounce", "silent", "cadence", "track"),
        *("réaction", "réponse", "ouverture", "rebond", "реакция", "ответ", "открытие", "не доставлено"),
    )
    stays = True
    ports = {
        REACTED: Text("Reacted", "A réagi", "Есть реакция"),
        SILENT: Text("No reaction", "Sans réaction", "Нет реакции"),
        BOUNCED: Text("Not delivered", "Non remis", "Не доставлено"),
    }
    example = {"counts": "any", "at_most": _DAY._asdict()}

    class Config(NodeSchema):
        counts = Choice(Text("What counts", "Ce qui compte", "Что считается"), _COUNTS, default="any")
        at_most = Span(Text("At most", "Au plus", "Не дольше"), default=_DAY._asdict())

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        sentence = _SENTENCE.format(span=say_duration(**(config.get("at_most") or _DAY._asdict())))
        counts = config.get("counts", "any")
        return sentence if counts == "any" else _STRICTER.format(sentence=sentence, counts=_COUNTS[counts])

    def lasts(self, config: Configuration, port: str) -> float:
        return in_days(**(config.get("at_most") or _DAY._asdict())) if port == SILENT else 0

    def hears(self, config: Configuration) -> frozenset[Topic]:
        return frozenset(Topic(name) for name in _REACTIONS[config.get("counts", "any")] | _RETURNS)

    def answer(self, config: Configuration, run: Run, event: Event, now: datetime) -> Answer | None:
        # What another tool tells of its own mail names no message of ours: it counts.
        if "message" in event.properties and event.properties.get("automation") != run.automation:
            return None
        if event.properties.get("keyword") in _KEYWORDS:
            return None
        return Answer(BOUNCED if event.name in _RETURNS else REACTED)

    def run(self, step: Step) -> None:
        for run in step:
            step.wait(run, later(step.arrival(run), step.config["at_most"], run.contact.time_zone), SILENT)
