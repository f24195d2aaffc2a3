"""Conditions in words, for sentences and for the reasons kept in a contact's path."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, assert_never

from nodes.catalog import Catalog
from nodes.conditions.comparing import as_text
from nodes.conditions.counts import OfDeals, OfEvents
from nodes.conditions.model import All, AnyOf, Comparison, Condition, EventField, Leaf, Not
from nodes.conditions.operators import OPERATORS, Operand
from nodes.conditions.subjects import OfAttribute, OfEvent, Subject
from nodes.durations import Forms, in_number, say_duration
from nodes.texts import Text, join, same
from nodes.world import Json

FIELD_LABELS: Final[Mapping[str, Text]] = {
    "email": Text("email", "e-mail", "эл. почта"),
    "phone": Text("phone", "téléphone", "телефон"),
    "ext_id": Text("own id", "identifiant externe", "внешний код"),
    "time_zone": Text("time zone", "fuseau horaire", "часовой пояс"),
    "created_at": Text("day of creation", "date de création", "дата создания"),
}
COMPANY_LABELS: Final[Mapping[str, Text]] = {
    "name": Text("company name", "nom de l’entreprise", "название компании"),
    "country": Text("company country", "pays de l’entreprise", "страна компании"),
    "industry": Text("industry", "secteur", "отрасль"),
    "size": Text("company size", "taille de l’entreprise", "размер компании"),
}
OWNER_LABEL: Final = Text("owner", "propriétaire", "ответственный")
STATUS_LABELS: Final[Mapping[str, Text]] = {
    "open": Text("open", "en cours", "открыта"),
    "won": Text("won", "gagnée", "выиграна"),
    "lost": Text("lost", "perdue", "проиграна"),
    "outdated": Text("outdated", "caduque", "устарела"),
}
_LIST = Text("list “{name}”", "la liste « {name} »", "списке «{name}»")
_TAG = Text("tag “{name}”", "l’étiquette « {name} »", "метку «{name}»")
_CONSENT = Text("topic “{name}”", "le sujet « {name} »", "тему «{name}»")
_VISIT = Text("one of our websites", "un de nos sites", "нашем сайте")
_DEALS = Text("number of deals", "nombre d’affaires", "число сделок")
_EVENTS = Text("number of “{name}”", "nombre de « {name} »", "число «{name}»")
_WITHIN = Text("{what} in the last {span}", "{what} sur {span}", "{what} за {span}")
_PHRASES: Final[Mapping[str, Text]] = {
    "between": Text("is between {low} and {high}", "est compris entre {low} et {high}", "от {low} до {high}"),
    "share": Text("drawn with a share of {value}%", "tirage, part de {value} %", "случайный выбор, доля {value}%"),
}
_DAYS: Final[Mapping[str, Forms]] = {
    "in_last": Forms(
        ("was in the last day", "was in the last {n} days"),
        ("date du dernier jour", "date des {n} derniers jours"),
        ("в последний {n} день", "в последние {n} дня", "в последние {n} дней"),
    ),
    "in_next": Forms(
        ("is in the next day", "is in the next {n} days"),
        ("tombe dans le prochain jour", "tombe dans les {n} prochains jours"),
        ("в ближайший {n} день", "в ближайшие {n} дня", "в ближайшие {n} дней"),
    ),
}
_CAPS: Final[Mapping[bool, Text]] = {
    True: Text(
        "messages in {span}: at most {most}, {counted} so far",
        "messages en {span} : {most} au plus, déjà {counted}",
        "сообщений за {span}: не более {most}, уже {counted}",
    ),
    False: Text(
        "messages in {span} over all channels: at most {most}, {counted} so far",
        "messages en {span}, tous canaux : {most} au plus, déjà {counted}",
        "сообщений за {span} по всем каналам: не более {most}, уже {counted}",
    ),
}
_TRUTHS = {True: Text("yes", "oui", "да"), False: Text("no", "non", "нет")}
_EMPTY = Text("empty", "vide", "пусто")
_AND, _OR = Text(" and ", " et ", " и "), Text(" or ", " ou ", " или ")
_NOT = Text("not ({what})", "pas ({what})", "не ({what})")
_EVERYBODY = Text("always", "toujours", "всегда")
_NOBODY = Text("never", "jamais", "никогда")
_MEMBERSHIPS = frozenset({Operand.LIST, Operand.TAG, Operand.CONSENT, Operand.VISIT})
_SO = same("{asked} → {answer}")
_BECAUSE = Text(
    "{name}: {actual}; {asked} → {answer}",
    "{name} : {actual} ; {asked} → {answer}",
    "{name}: {actual}; {asked} → {answer}",
)


def describe(condition: Condition, catalog: Catalog, event_fields: Sequence[EventField] = ()) -> Text:
    """Say a condition in one phrase: “SCORE is at least 20 and COUNTRY is France”."""
    match condition:
        case Leaf():
            return _leaf(condition, catalog, {each.key: each for each in event_fields})
        case Not():
            return _NOT.format(what=describe(condition.part, catalog, event_fields))
        case All() | AnyOf():
            return _group(condition, catalog, event_fields)
        case _:
            assert_never(condition)


def explain(comparison: Comparison, catalog: Catalog) -> Text:
    """Say what was compared: “SCORE: 20; is at least 20 → yes”, that chance decided, or which cap left no room."""
    if comparison.op == "share":
        return _PHRASES["share"].format(value=comparison.expected)
    if comparison.op == "cap" and isinstance(comparison.expected, list):
        return _cap(comparison, *comparison.expected)
    attribute = catalog.attributes.get(comparison.subject)
    operand = _fitting(comparison.op, comparison.expected, Operand(attribute.kind.value) if attribute else None)
    name, asked = _name(comparison.subject, catalog), _asked(operand, comparison.op, comparison.expected)
    if operand in _MEMBERSHIPS:
        return _SO.format(asked=join(" ", [asked, name]), answer=_TRUTHS[comparison.holds])
    actual = say_value(comparison.actual)
    return _BECAUSE.format(name=name, actual=actual, asked=asked, answer=_TRUTHS[comparison.holds])


def _cap(comparison: Comparison, most: Json, amount: Any, unit: Any) -> Text:  # noqa: ANN401 - as stored
    words = _CAPS[bool(comparison.subject)]
    return words.format(most=most, span=say_duration(amount, unit), counted=comparison.actual)


def say_value(value: Json) -> Text:
    """Say a value: numbers without needless fraction, yes or no, lists with commas."""
    if value is None or value in ("", (), []):
        return _EMPTY
    if isinstance(value, bool):
        return _TRUTHS[value]
    if isinstance(value, list | tuple):
        return join(", ", [say_value(each) for each in value])
    return same(as_text(value))


def label_of(subject: Subject, catalog: Catalog, fields: Mapping[str, EventField]) -> Text:
    """Say what a comparison is about, as people call it; `fields` are the properties of the event, by key."""
    field = fields.get(subject.key) if isinstance(subject, OfEvent) else None
    return field.label if field else _counted(subject, catalog) or _name(subject.name, catalog, subject)


def _group(group: All | AnyOf, catalog: Catalog, event_fields: Sequence[EventField]) -> Text:
    parts = [describe(part, catalog, event_fields) for part in group.parts]
    nested = [
        part if isinstance(each, Leaf | Not) or len(parts) == 1 else Text(*(f"({phrase})" for phrase in part))
        for part, each in zip(parts, group.parts, strict=True)
    ]
    if isinstance(group, All):
        return join(_AND, nested) if nested else _EVERYBODY
    return join(_OR, nested) if nested else _NOBODY


def _leaf(leaf: Leaf, catalog: Catalog, fields: Mapping[str, EventField]) -> Text:
    subject, value = leaf.subject, leaf.value
    field = fields.get(subject.key) if isinstance(subject, OfEvent) else None
    name = label_of(subject, catalog, fields)
    operand = subject.operand(catalog) or _fitting(leaf.op, value)
    options = dict(field.options) if field else {}
    asked = _asked(operand, leaf.op, value, options)
    return join(" ", [asked, name] if operand in _MEMBERSHIPS else [name, asked])


def _asked(operand: Operand, op: str, value: Json, options: Mapping[str, Text] | None = None) -> Text:
    if op in _DAYS and isinstance(value, int):
        return in_number(value, _DAYS[op])
    phrase = _PHRASES.get(op)
    if phrase is not None and op == "between" and isinstance(value, list | tuple) and len(value) == 2:
        return phrase.format(low=say_value(value[0]), high=say_value(value[1]))
    if phrase is not None:
        return phrase.format(value=say_value(value))
    operator = OPERATORS[operand].get(op)
    label = operator.label if operator else same(op)
    if operator is None or operator.value == "none":
        return label
    return join(" ", [label, _said(value, options or {})])


def _said(value: Json, options: Mapping[str, Text]) -> Text:
    if isinstance(value, list | tuple):
        return join(", ", [_said(each, options) for each in value])
    return options.get(value, say_value(value)) if isinstance(value, str) else say_value(value)


def _counted(subject: object, catalog: Catalog) -> Text | None:
    if isinstance(subject, OfDeals):
        pipeline = catalog.pipelines.get(subject.pipeline or 0)
        stages = {each.id: each.name for line in catalog.pipelines.values() for each in line.stages}
        marks = [STATUS_LABELS[subject.status]] if subject.status else []
        marks += [same(pipeline.name)] if pipeline else []
        marks += [same(stages.get(subject.stage, f"#{subject.stage}"))] if subject.stage else []
        return same("{what} ({marks})").format(what=_DEALS, marks=join(", ", marks)) if marks else _DEALS
    if isinstance(subject, OfEvents) and subject.amount is not None:
        what = _EVENTS.format(name=catalog.event_title(subject.event))
        return _WITHIN.format(what=what, span=say_duration(subject.amount, subject.unit))
    return None


def _name(name: str, catalog: Catalog, subject: object = None) -> Text:
    if isinstance(subject, OfAttribute) or name in catalog.attributes:
        return same(name)
    group, _, rest = name.partition(".")
    labels = {"contact": FIELD_LABELS, "company": COMPANY_LABELS}.get(group, {})
    if rest in labels:
        return labels[rest]
    if group == "list":
        return _LIST.format(name=catalog.lists.get(int(rest), rest) if rest.isdigit() else rest)
    if group == "consent":
        return _CONSENT.format(name=catalog.topic_name(int(rest)) if rest.isdigit() else rest)
    if group in {"tag", "events"}:
        return _TAG.format(name=rest) if group == "tag" else _EVENTS.format(name=catalog.event_title(rest))
    return {"owner": OWNER_LABEL, "deals": _DEALS, "visit": _VISIT}.get(name, same(rest or name))


def _fitting(op: str, expected: Json, known: Operand | None = None) -> Operand:
    """Return the kind of thing an operator was applied to, as far as it shows; `neq` reads alike for many."""
    order = [known] if known else []
    order += [Operand.NUMBER] if isinstance(expected, int | float) and not isinstance(expected, bool) else []
    order += [Operand.TEXT, Operand.NUMBER, *Operand]
    return next((each for each in order if op in OPERATORS[each]), Operand.TEXT)
