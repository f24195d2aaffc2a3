"""Hosted forms: making them, and how they do."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from flask import current_app

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.forms import NewWebForm, WebForm
from app.forms_door import PREFIX
from app.permissions import requires
from app.services.forms import keeping, questions
from app.services.forms.keeping import FormView
from app.services.forms.questions import Design
from app.settings import Settings
from app.site_door import FORM_SCRIPT
from app.site_door import PREFIX as SCRIPTS

blueprint = Blueprint("forms", __name__, url_prefix="/api/forms", description="Hosted forms.")


@blueprint.get("")
@requires("forms.view")
@blueprint.response(200, all_of(WebForm))
def every() -> dict[str, Any]:
    """List all forms by name."""
    left_out = questions.left_out()
    return {"items": [_shown(each, left_out) for each in keeping.every()]}


@blueprint.post("")
@requires("forms.edit")
@blueprint.arguments(NewWebForm)
@blueprint.response(201, WebForm)
def create(new: dict[str, Any]) -> dict[str, Any]:
    """Make a form."""
    return _shown(keeping.create(new), questions.left_out())


@blueprint.get("/<id:id>")
@requires("forms.view")
@blueprint.response(200, WebForm)
def read(id: int) -> dict[str, Any]:
    """Read one form."""
    return _shown(keeping.get(id), questions.left_out())


@blueprint.put("/<id:id>")
@requires("forms.edit")
@blueprint.arguments(NewWebForm)
@blueprint.response(200, WebForm)
def change(new: dict[str, Any], id: int) -> dict[str, Any]:
    """Change a form; its address stays."""
    return _shown(keeping.change(id, new), questions.left_out())


@blueprint.delete("/<id:id>")
@requires("forms.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a form; what it brought stays."""
    keeping.delete(id)


def _shown(form: FormView, left_out: Callable[[Design], Sequence[str]]) -> dict[str, Any]:
    settings: Settings = current_app.extensions["cadenza-settings"]
    url = f"{settings.public_url}{PREFIX}/{form.key}"
    script = f"{settings.public_url}{SCRIPTS}/{FORM_SCRIPT}"
    snippet = f'<script src="{escape(script)}" data-form="{form.key}" defer></script>'
    return {**form._asdict(), "left_out": left_out(form.design), "url": url, "snippet": snippet}
