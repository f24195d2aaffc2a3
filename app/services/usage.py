"""Who uses a thing that somebody wants to delete: automations (their draft, or what runs), segments and campaigns.

No list of references is kept. What would be wrong without the thing, and is not wrong with it, uses it; so whatever
validation knows about references, this knows too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.errors import Conflict, Problem
from app.models import Automation, AutomationState, AutomationVersion, Campaign, CampaignState, Segment
from app.services.campaigns import plans
from app.services.campaigns.plans import Plan, gone
from nodes.catalog import Catalog
from nodes.conditions import check, parse
from nodes.errors import ConditionError
from nodes.problems import Problem as NodeProblem
from nodes.registry import registry
from nodes.world import Json


class _User(NamedTuple):
    """Something that may refer to the thing: by the steps of documents, or by conditions of its own."""

    message: str
    remedy: str
    documents: Sequence[Mapping[str, Any]] = ()
    conditions: Sequence[Json] = ()
    plan: Plan | None = None


def refuse_attribute_in_use(name: str) -> None:
    """Raise Conflict, naming the automations and segments, if an attribute is used."""
    catalog = load_catalog()
    left = {key: each for key, each in catalog.attributes.items() if key != name}
    _refuse_used(f"the attribute {name}", catalog, replace(catalog, attributes=left))


def refuse_list_in_use(list_id: int) -> None:
    """Raise Conflict, naming the automations and segments, if a list is used."""
    catalog = load_catalog()
    left = {key: each for key, each in catalog.lists.items() if key != list_id}
    _refuse_used(f"the list “{catalog.lists.get(list_id, list_id)}”", catalog, replace(catalog, lists=left))


def refuse_segment_in_use(segment_id: int) -> None:
    """Raise Conflict, naming the automations, if a segment is used."""
    catalog = load_catalog()
    name = catalog.segments.get(segment_id, segment_id)
    left = {key: each for key, each in catalog.segments.items() if key != segment_id}
    _refuse_used(f"the segment “{name}”", catalog, replace(catalog, segments=left))


def refuse_topic_in_use(topic_id: int) -> None:
    """Raise Conflict, naming the automations and segments, if a topic of consent is used."""
    catalog = load_catalog()
    left = {key: each for key, each in catalog.consent_topics.items() if key != topic_id}
    _refuse_used(f"the topic “{catalog.topic_name(topic_id)}”", catalog, replace(catalog, consent_topics=left))


def refuse_pipeline_in_use(pipeline_id: int) -> None:
    """Raise Conflict, naming the automations and segments, if a pipeline is used."""
    catalog = load_catalog()
    left = {key: each for key, each in catalog.pipelines.items() if key != pipeline_id}
    _refuse_used(f"the pipeline “{catalog.pipelines[pipeline_id].name}”", catalog, replace(catalog, pipelines=left))


def refuse_stage_in_use(pipeline_id: int, stage_id: int) -> None:
    """Raise Conflict, naming the automations and segments, if a stage is used."""
    catalog = load_catalog()
    pipeline = catalog.pipelines[pipeline_id]
    name = next(stage.name for stage in pipeline.stages if stage.id == stage_id)
    left = replace(pipeline, stages=tuple(stage for stage in pipeline.stages if stage.id != stage_id))
    without = replace(catalog, pipelines={**catalog.pipelines, pipeline_id: left})
    _refuse_used(f"the stage “{name}”", catalog, without)


def refuse_template_in_use(template_id: int) -> None:
    """Raise Conflict, naming the automations, if a mail template is used."""
    catalog = load_catalog()
    left = {key: each for key, each in catalog.templates.items() if key != template_id}
    name = catalog.templates.get(template_id, template_id)
    _refuse_used(f"the template “{name}”", catalog, replace(catalog, templates=left))


def refuse_sender_in_use(sender_id: int) -> None:
    """Raise Conflict, naming the automations, if a sender is used."""
    catalog = load_catalog()
    left = {key: each for key, each in catalog.senders.items() if key != sender_id}
    name = catalog.senders.get(sender_id, sender_id)
    _refuse_used(f"the sender “{name}”", catalog, replace(catalog, senders=left))


def _refuse_used(thing: str, catalog: Catalog, without: Catalog) -> None:
    with db.transaction() as session:
        candidates = [*_automations(session), *_segments(session), *_campaigns(session)]
    users = [each for each in candidates if not _faults(each, without) <= _faults(each, catalog)]
    if users:
        named = " ".join(each.message for each in users[:10])
        problems = [Problem(None, "in_use", each.message, each.remedy) for each in users]
        raise Conflict(f"Nothing was deleted, because {thing} is used. {named}", problems)


def _automations(session: Session) -> Iterator[_User]:
    """Every automation that is not archived, as drafted and as it runs."""
    rows = session.execute(
        select(Automation.name, Automation.state, Automation.draft, AutomationVersion.document)
        .outerjoin(AutomationVersion, AutomationVersion.id == Automation.live_version_id)
        .where(Automation.state != AutomationState.ARCHIVED)
        .order_by(Automation.name)
    )
    for name, state, draft, live in rows:
        message = f"Used by the automation “{name}” ({state})."
        remedy = "Take it out of the automation, and activate it again if it runs."
        yield _User(message, remedy, documents=[each for each in (draft, live) if each])


def _segments(session: Session) -> Iterator[_User]:
    for name, condition in session.execute(select(Segment.name, Segment.condition).order_by(Segment.name)):
        yield _User(f"Used by the segment “{name}”.", "Change or delete the segment.", conditions=[condition])


def _campaigns(session: Session) -> Iterator[_User]:
    """Every campaign that has not come to its end."""
    over = (CampaignState.DONE, CampaignState.CANCELLED)
    statement = select(Campaign.name, Campaign.state, Campaign.settings).where(Campaign.state.not_in(over))
    for name, state, settings in session.execute(statement.order_by(Campaign.name)):
        remedy = "Change the campaign, or wait until it has been sent."
        yield _User(f"Used by the campaign “{name}” ({state}).", remedy, plan=plans.read(settings))


def _faults(user: _User, catalog: Catalog) -> set[tuple[str, object]]:
    found: set[tuple[str, object]] = {("plan", field) for field in (gone(user.plan, catalog) if user.plan else ())}
    found |= {("", problem) for condition in user.conditions for problem in _of_condition(condition, catalog)}
    for document in user.documents:
        found |= {("", problem) for each in _exit_conditions(document) for problem in _of_condition(each, catalog)}
        for step in document.get("nodes", ()):
            node = registry().get(step["type"])
            found |= (
                {(step["id"], problem) for problem in node.schema().check(step["config"], catalog)} if node else set()
            )
    return found


def _exit_conditions(document: Mapping[str, Any]) -> Sequence[Json]:
    conditions: Sequence[Json] = document.get("settings", {}).get("exit_conditions", ())
    return conditions


def _of_condition(written: Json, catalog: Catalog) -> list[NodeProblem]:
    try:
        return check(parse(written), catalog)
    except ConditionError:
        return []
