"""What steps there are."""

from functools import cache
from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import Localised, language
from app.api.schemas.node_types import NodeType
from app.permissions import requires
from nodes.contract import Node
from nodes.registry import registry
from nodes.texts import Language

blueprint = Blueprint("node_types", __name__, url_prefix="/api/node-types", description="What steps there are.")


@blueprint.get("")
@requires("automations.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, NodeType(many=True))
def every(words: dict[str, Any]) -> list[dict[str, Any]]:
    """List the kinds of step with their forms."""
    return _every(language(words["lang"]))


@cache
def _every(lang: Language) -> list[dict[str, Any]]:
    return [_shown(node, lang) for node in registry().values()]


def _shown(node: Node, lang: Language) -> dict[str, Any]:
    schema = node.schema()
    opening = [(name, field) for name, field in schema.form.items() if field.opens]
    return {
        "key": node.key,
        "kind": node.kind,
        "label": node.label.say(lang),
        "description": node.description.say(lang),
        "icon": node.icon,
        "search": sorted({*node.search, *node.label}),
        "suggested": node.suggested,
        "ports": [
            *({"key": name, "label": field.title.say(lang), "opens": field.opens} for name, field in opening),
            *({"key": key, "label": label.say(lang), "opens": "always"} for key, label in node.ports.items()),
        ],
        "schema": schema.json_schema(lang),
        "ui_schema": schema.ui_schema(lang),
        "example": node.example,
    }
