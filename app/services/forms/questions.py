"""What a form asks, and reading what somebody answered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.errors import Invalid
from app.models import ConsentTopic
from app.services import values
from app.services.attribute_values import read_loosely
from nodes.catalog import Attribute, Kind
from nodes.texts import Text

Design = Mapping[str, Any]
Given = Mapping[str, Sequence[str]]

EMAIL: Final = "email"
_INPUTS: Final = {
    Kind.TEXT: "text",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.BOOLEAN: "checkbox",
    Kind.CATEGORY: "select",
    Kind.MULTIPLE_CHOICE: "choices",
}
_MISSING: Final = Text("Please fill this in.", "Merci de remplir ce champ.", "Заполните это поле.")
_UNTICKED: Final = Text("Please tick this.", "Merci de cocher cette case.", "Поставьте галочку.")
_BAD: Final[Mapping[str, Text]] = {
    "email": Text(
        "This is no e-mail address. Write it like name@example.com.",
        "Ce n’est pas une adresse e-mail. Écrivez par exemple nom@example.com.",
        "Это не адрес почты. Пишите так: name@example.com.",
    ),
    "tel": Text(
        "This is no telephone number. Write it with the country code, like +33612345678.",
        "Ce n’est pas un numéro de téléphone. Écrivez-le avec l’indicatif, comme +33612345678.",
        "Это не номер телефона. Пишите с кодом страны: +33612345678.",
    ),
    "number": Text("Please write a number.", "Merci d’écrire un nombre.", "Напишите число."),
    "date": Text(
        "Please write a date like 2026-11-30.",
        "Merci d’écrire une date comme 2026-11-30.",
        "Напишите дату: 2026-11-30.",
    ),
    "select": Text("Please choose one of these.", "Merci de choisir dans la liste.", "Выберите из списка."),
    "choices": Text("Please choose among these.", "Merci de choisir dans la liste.", "Выберите из списка."),
    "text": Text("This text cannot be taken.", "Ce texte ne peut être pris.", "Такой текст не принимается."),
}


class Question(NamedTuple):
    """One thing that is asked. `input` says how; `name` is what the browser calls it.

    `target` is the attribute or the number of the topic that it stands for, None for an e-mail or a telephone.
    """

    name: str
    input: str
    label: str
    required: bool
    target: Attribute | int | None = None


class Answers(NamedTuple):
    """What somebody answered; `topics` are those agreed to."""

    email: str
    phone: str | None
    attributes: Mapping[str, object]
    topics: Sequence[int]


def asked(session: Session, design: Design) -> Sequence[Question]:
    """Return what a form asks. What stands for an attribute or a topic that is gone is left out."""
    attributes = load_catalog().attributes
    topics = set(session.scalars(select(ConsentTopic.id)))
    return list(_asked(design, attributes, topics))


def left_out() -> Callable[[Design], Sequence[str]]:
    """Return what tells the labels of a form's fields that are not asked: their attribute or topic is gone."""
    with db.transaction() as session:
        topics = set(session.scalars(select(ConsentTopic.id)))
    attributes = load_catalog().attributes
    known = {"attribute": attributes.keys(), "topic": topics}
    return lambda design: [
        each["label"]
        for each in design["fields"]
        if each["takes"] in known and each[each["takes"]] not in known[each["takes"]]
    ]


def answered(questions: Sequence[Question], given: Given) -> Answers | Mapping[str, Text]:
    """Return what somebody answered, or else what is wrong with it, by the name of each field at fault."""
    faults: dict[str, Text] = {}
    read: dict[str, object] = {}
    for each in questions:
        said = [text.strip() for text in given.get(each.name, ()) if text.strip()]
        if not said:
            if each.required:
                faults[each.name] = _UNTICKED if each.input == "checkbox" else _MISSING
            continue
        try:
            read[each.name] = _read(each, said)
        except Invalid:
            faults[each.name] = _BAD.get(each.input, _BAD["text"])
    if faults:
        return faults
    told = [each for each in questions if each.name in read]
    return Answers(
        str(read[EMAIL]),
        str(read["phone"]) if "phone" in read else None,
        {each.target.name: read[each.name] for each in told if isinstance(each.target, Attribute)},
        [each.target for each in told if isinstance(each.target, int)],
    )


def hidden(design: Design) -> Mapping[str, str]:
    """Return what every submission says besides, by name."""
    return {each["name"]: each["value"] for each in design["fields"] if each["takes"] == "hidden"}


def _asked(design: Design, attributes: Mapping[str, Attribute], topics: set[int]) -> Iterator[Question]:
    for field in design["fields"]:
        words = (field["label"], bool(field["required"]))
        if field["takes"] == "email":
            yield Question(EMAIL, "email", *words)
        elif field["takes"] == "phone":
            yield Question("phone", "tel", *words)
        elif field["takes"] == "topic" and field["topic"] in topics:
            yield Question(f"t{field['topic']}", "checkbox", *words, field["topic"])
        elif field["takes"] == "attribute" and (attribute := attributes.get(field["attribute"])):
            yield Question(f"a{attribute.id}", _INPUTS[attribute.kind], *words, attribute)


def _read(question: Question, said: Sequence[str]) -> object:
    if question.input == "email":
        return values.email(said[0])
    if question.input == "tel":
        return values.phone(said[0])
    if not isinstance(question.target, Attribute):
        return True
    if question.input == "choices":
        return read_loosely(question.target, list(said))
    if question.input == "checkbox":
        return True
    return read_loosely(question.target, said[0])
