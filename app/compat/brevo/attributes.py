"""Contact attributes: Brevo's categories and types over our kinds."""

from collections.abc import Sequence
from typing import Final

from flask import Response, jsonify, request

from app.compat.brevo.door import door
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import Body, body
from app.errors import Conflict, Invalid, NotFound, Problem
from app.permissions import requires
from app.services import attributes
from nodes.catalog import Attribute, Kind

_KINDS: Final = {
    "text": Kind.TEXT,
    "float": Kind.NUMBER,
    "date": Kind.DATE,
    "boolean": Kind.BOOLEAN,
    "multiple-choice": Kind.MULTIPLE_CHOICE,
}
_TYPES: Final = {kind: name for name, kind in _KINDS.items()}
_CATEGORIES: Final = ("normal", "category", "transactional", "calculated", "global")
_UNREADABLE_FOR: Final = "sendinblue_clientAPI"
"""The older client fails as a whole when one attribute's type is unknown to it."""
_CREATED: Final = ("", 201)
_DONE: Final = ("", 204)


@door.get("/contacts/attributes")
@requires("contacts.view")
def list_attributes() -> Response:
    """List the attributes in order of creation."""
    return jsonify(attributes=[_shown(each) for each in attributes.every()])


@door.post("/contacts/attributes/<category>/<name>")
@requires("attributes.edit")
def create_attribute(category: str, name: str) -> tuple[str, int]:
    """Make an attribute."""
    sent = body()
    kind = _kind(category, sent)
    try:
        attributes.create(name, kind, _options(kind, sent))
    except Conflict as error:
        if not error.problems:
            raise
        message = "Attribute name must be unique"
        raise Invalid(message, [Problem("name", "taken", message)]) from error
    return _CREATED


@door.put("/contacts/attributes/<category>/<name>")
@requires("attributes.edit")
def update_attribute(category: str, name: str) -> tuple[str, int]:
    """Replace the options of a category; add options to a multiple choice."""
    attribute, sent = _attribute(category, name), body()
    if attribute.kind not in attributes.CHOOSING:
        raise wrong("category", "Only attributes that have options can be updated")
    options = _options(attribute.kind, sent)
    if not options:
        raise missing("enumeration" if attribute.kind == Kind.CATEGORY else "multiCategoryOptions")
    if attribute.kind == Kind.MULTIPLE_CHOICE:
        options = list(dict.fromkeys([*attribute.options, *options]))
    attributes.set_options(attribute.name, options)
    return _DONE


@door.delete("/contacts/attributes/<category>/<name>")
@requires("attributes.edit")
def delete_attribute(category: str, name: str) -> tuple[str, int]:
    """Delete an attribute with its values."""
    attributes.delete(_attribute(category, name).name)
    return _DONE


@door.delete("/contacts/attributes/multiple-choice/<name>/<path:option>")
@requires("attributes.edit")
def delete_option(name: str, option: str) -> tuple[str, int]:
    """Take an option away from a multiple choice and from the contacts that have it."""
    attribute = _attribute("normal", name)
    if option not in attribute.options:
        raise NotFound("Attribute option not found")
    attributes.set_options(attribute.name, [each for each in attribute.options if each != option], drop_values=True)
    return _DONE


def _shown(attribute: Attribute) -> dict[str, object]:
    """One attribute. A category says no type: that is its category."""
    if attribute.kind == Kind.CATEGORY:
        enumeration = [
            {"value": number, "label": label, "valueStr": str(number)}
            for number, label in enumerate(attribute.options, start=1)
        ]
        return {"name": attribute.name, "category": "category", "enumeration": enumeration}
    shown: dict[str, object] = {"name": attribute.name, "category": "normal", "type": _TYPES[attribute.kind]}
    if attribute.kind == Kind.MULTIPLE_CHOICE:
        shown["multiCategoryOptions"] = list(attribute.options)
        if request.user_agent.string.startswith(_UNREADABLE_FOR):
            del shown["type"]
    return shown


def _attribute(category: str, name: str) -> Attribute:
    """The attribute of that name, if it is of that category."""
    _check_category(category)
    try:
        attribute = attributes.get(name)
    except NotFound as error:
        raise NotFound("Attribute not found") from error
    if (attribute.kind == Kind.CATEGORY) != (category == "category"):
        raise NotFound("Attribute not found")
    return attribute


def _kind(category: str, sent: Body) -> Kind:
    _check_category(category)
    if category == "category":
        return Kind.CATEGORY
    if category != "normal":
        raise wrong("category", f"Attributes of category {category} are not offered; use normal or category")
    type_ = sent.text("type") or "text"
    if type_ not in _KINDS:
        raise wrong("type", f"type should be one of {', '.join(_KINDS)} for a normal attribute")
    return _KINDS[type_]


def _check_category(category: str) -> None:
    if category not in _CATEGORIES:
        raise wrong("attributeCategory", f"attributeCategory should be one of {', '.join(_CATEGORIES)}")


def _options(kind: Kind, sent: Body) -> Sequence[str]:
    if kind == Kind.CATEGORY:
        entries = sent.bodies("enumeration")
        return [each.needed_text("label") for each in sorted(entries, key=lambda each: each.needed_number("value"))]
    return sent.texts("multiCategoryOptions") if kind == Kind.MULTIPLE_CHOICE else ()
