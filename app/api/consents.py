"""Consent: topics, and what contacts agreed to hear about."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.consents import ConsentChoice, Consents, ConsentTopicView, NewConsentTopic
from app.permissions import requires
from app.services.consents import choosing, preferences, reading, topics
from app.services.consents.choosing import Choice
from app.services.consents.topics import TopicForm, TopicView

blueprint = Blueprint("consents", __name__, url_prefix="/api", description="What contacts agreed to hear about.")


@blueprint.get("/topics")
@requires("mail.view")
@blueprint.response(200, all_of(ConsentTopicView))
def every_topic() -> dict[str, Any]:
    """List all topics by name."""
    return {"items": topics.every()}


@blueprint.post("/topics")
@requires("settings.edit")
@blueprint.arguments(NewConsentTopic)
@blueprint.response(201, ConsentTopicView)
def create_topic(new: dict[str, Any]) -> TopicView:
    """Add a topic."""
    return topics.get(topics.create(TopicForm(**new)))


@blueprint.put("/topics/<id:id>")
@requires("settings.edit")
@blueprint.arguments(NewConsentTopic)
@blueprint.response(200, ConsentTopicView)
def change_topic(new: dict[str, Any], id: int) -> TopicView:
    """Change a topic."""
    topics.change(id, TopicForm(**new))
    return topics.get(id)


@blueprint.delete("/topics/<id:id>")
@requires("settings.edit")
@blueprint.response(204)
def remove_topic(id: int) -> None:
    """Delete a topic. Refused while automations or segments use it."""
    topics.delete(id)


@blueprint.get("/contacts/<id:id>/consents")
@requires("contacts.view")
@blueprint.response(200, Consents)
def of_contact(id: int) -> dict[str, Any]:
    """Read what a contact agreed to, and how that came to be."""
    return _shown(id)


@blueprint.post("/contacts/<id:id>/consents")
@requires("contacts.edit")
@blueprint.arguments(ConsentChoice)
@blueprint.response(200, Consents)
def choose(new: dict[str, Any], id: int) -> dict[str, Any]:
    """Note that a contact agreed to topics, or took it back."""
    choosing.choose(id, Choice(**new))
    return _shown(id)


def _shown(contact_id: int) -> dict[str, Any]:
    return {**reading.of_contact(contact_id)._asdict(), "preferences_link": preferences.address(contact_id)}
