"""The radar on a real workspace: what it reads, what it says, and what its fixes do."""

from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from app.services import attributes, pipelines, radar, segments, workspace
from app.services.automation_templates import TEMPLATES
from app.services.automations import activation, drafts
from nodes.catalog import Kind
from nodes.texts import LANGUAGES
from tests.factories.automations import make_automation
from tests.factories.contacts import make_list
from tests.factories.mailing import template
from tests.factories.users import make_user
from tests.support import live


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    make_user("rep", email="rep@example.com")


def test_all_templates_live_together(database: Session) -> None:
    """Switched on side by side as they come, the templates give no finding."""
    for key in TEMPLATES:
        activation.activate(drafts.create("en", template=key).id, "en")
    picture = radar.look("en")
    assert picture.findings == []
    assert len(picture.automations) == len(TEMPLATES)
    assert all(each.read for each in picture.automations)


def test_an_editor_hears_of_its_own_draft_and_of_what_runs(database: Session) -> None:
    """Of two that overwrite one attribute each hears of the other once that one runs; a third hears of neither."""
    attributes.create("STAGE", Kind.TEXT)

    def writing(value: str) -> int:
        config = {"attribute": "STAGE", "operation": "set", "value": value}
        steps = [("opened", "email_opened", {}), ("stage", "update_attribute", config)]
        return make_automation(live.document(steps, [("opened", "next", "stage")])).id

    first, second = writing("lead"), writing("customer")
    bystander = make_automation(live.document([("opened", "email_opened", {})], [])).id
    assert [radar.concerning(each, "en") for each in (first, second, bystander)] == [[], [], []]
    activation.activate(second, "en")
    (found,) = radar.concerning(first, "en")
    assert (found.code, {place.automation for place in found.witness}) == ("two_writers", {first, second})
    assert radar.concerning(second, "en") == radar.concerning(bystander, "en") == []


def test_the_map_tells_who_does_what(database: Session) -> None:
    """A list that one automation fills and another waits for stands between the two, by its name."""
    news = make_list("News")
    steps = [("opened", "email_opened", {}), ("join", "add_to_list", {"list": news})]
    first = make_automation(live.document(steps, [("opened", "next", "join")])).id
    steps = [("joined", "added_to_list", {"list": news}), ("tag", "add_tag", {"tag": "reader"})]
    second = make_automation(live.document(steps, [("joined", "next", "tag")])).id
    picture = radar.look("en")
    thing = next(each for each in picture.things if each.kind == "list")
    assert thing.label == "News"
    assert [each for each in picture.links if each.thing == thing.id] == [
        (first, "join", "put", thing.id),
        (second, "joined", "enters", thing.id),
    ]


def test_the_map_tells_who_mails_and_who_starts_whom(database: Session) -> None:
    """What an automation hears, by what it reaches people, what it changes and whom it starts, each by its name."""
    attributes.create("STAGE", Kind.TEXT)
    talks = pipelines.every()[0].stages[1].id
    second = make_automation(live.document([("opened", "email_opened", {})], []) | {"name": "Second"}).id
    steps = [
        ("clicked", "email_clicked", {}),
        ("mail", "send_email", {"template": template()}),
        ("stage", "update_attribute", {"attribute": "STAGE", "operation": "set", "value": "lead"}),
        ("deal", "move_deal", {"stage": talks}),
        ("go", "start_automation", {"automation": second}),
    ]
    ways = [(one, "next", other) for (one, *_), (other, *_) in pairwise(steps)]
    first = make_automation(live.document(steps, ways)).id
    picture = radar.look("en")
    labels = {each.id: (each.kind, each.label) for each in picture.things}
    assert [(each.node, each.way, *labels[each.thing]) for each in picture.links if each.automation == first] == [
        ("clicked", "enters", "event", "email_clicked"),
        ("mail", "sends", "channel", "Email"),
        ("stage", "set", "attribute", "STAGE"),
        ("deal", "set", "deals", "Deals"),
        ("go", "start", "automation", "Second"),
    ]
    assert f"automation:{second}" in labels


def test_a_finding_is_said_in_every_language_with_its_places(database: Session) -> None:
    """Message, remedy and the phrases of the witness are in the reader's words; the fix is about the first of them."""
    attributes.create("SCORE", Kind.NUMBER)
    steps = [("changed", "attribute_changed", {"attribute": "SCORE"}), ("points", "add_points", {"points": 5})]
    automation = make_automation(live.document(steps, [("changed", "next", "points")])).id
    said = {language: radar.look(language).findings for language in LANGUAGES}
    (found,) = said["en"]
    assert (found.code, found.fix and found.fix.patch) == ("loop", {"re_entry": False})
    assert [(each.automation, each.node, each.phrase) for each in found.witness] == [
        (automation, "changed", "SCORE changed"),
        (automation, "points", "Add 5 points to SCORE"),
    ]
    assert len({findings[0].message for findings in said.values()}) == 3


def test_a_saved_segment_is_looked_into(database: Session) -> None:
    """An automation that waits for a segment's members reads what the segment is about."""
    vip = segments.create("VIP", {"tag": "vip", "op": "has"})
    steps = [("joined", "joined_segment", {"segment": vip}), ("tag", "add_tag", {"tag": "greeted"})]
    make_automation(live.document(steps, [("joined", "next", "tag")]))
    assert {each.label for each in radar.look("en").things} == {"vip", "greeted"}


def test_only_what_runs_if_wished(database: Session) -> None:
    """Drafts are left out then; one with errors is on the map, marked as not read."""
    broken = make_automation(live.document([("opened", "email_opened", {}), ("tag", "add_tag", {})], [])).id
    steps = [("opened", "email_opened", {}), ("tag", "add_tag", {"tag": "reader"})]
    runs = make_automation(live.document(steps, [("opened", "next", "tag")]), active=True).id
    assert [each.id for each in radar.look("en", running=True).automations] == [runs]
    assert [(each.id, each.read) for each in radar.look("en").automations] == [(broken, False), (runs, True)]
