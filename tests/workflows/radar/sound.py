"""Automations that look like broken ones and have no fault: four or more for each kind of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.support.steps import REP, ZOE
from tests.workflows.radar.drawing import (
    AGREED,
    CLICKED,
    FRANCE,
    HAS,
    MAIL,
    OPENED,
    SILENT_HOOK,
    SPAIN,
    VISITED,
    Drawn,
    assign,
    changed,
    drawn,
    fits,
    fork,
    join,
    line,
    moved,
    on_list,
    opened_by,
    owned,
    points,
    score,
    start,
    tag,
    viewed,
    wait,
)

ON_TWO: Final = {"list": 2, "op": "in"}
NOBODYS: Final = {"owner": True, "op": "empty"}


def _listed(contacts: Mapping[str, Any]) -> Drawn:
    """Return an automation that writes to those of the second list whom a filter lets in."""
    return line(("added_to_list", {"list": 2, "contact_filter": contacts}), MAIL)


def _either(one: tuple[str, Mapping[str, Any]], other: tuple[str, Mapping[str, Any]]) -> Drawn:
    """Return an automation that does one thing for half of its contacts, and another for the rest."""
    branches = [{"id": each, "name": each, "share": 50} for each in ("a", "b")]
    steps = {
        "in": on_list(1),
        "split": ("random_split", {"branches": branches, "control": 0}),
        "one": one,
        "other": other,
    }
    return drawn(steps, "in > split", "split.a > one", "split.b > other")


def _unowned(trigger: tuple[str, Mapping[str, Any]], assigned: tuple[str, Mapping[str, Any]]) -> Drawn:
    """Return an automation that assigns whom nobody owns."""
    split = ("conditional_split", {"condition": NOBODYS})
    return drawn({"in": trigger, "split": split, "own": assigned}, "in > split", "split.yes > own")


SOUND: Final[Mapping[str, Sequence[Sequence[Drawn]]]] = {
    "loop": [
        [line(changed("PLAN"), assign("PLAN", "pro"))],
        [line(OPENED, start(2)), line(CLICKED, wait(1), start(1))],
        [line(changed("SCORE", event_filter={"event": "new", "op": "lte", "value": 10}), points(5))],
        [line(on_list(1), ("add_to_list", {"list": 2})), line(on_list(2), ("add_to_list", {"list": 1}))],
        [
            line(fits(NOBODYS), owned(REP, keep="nobody")),
            line(fits({"owner": True, "op": "eq", "value": REP}), owned(ZOE, keep="nobody")),
        ],
    ],
    "two_writers": [
        [line(OPENED, assign("PLAN", "pro")), line(CLICKED, assign("PLAN", "pro"))],
        [
            line(opened_by(FRANCE), assign("PLAN", "pro")),
            line(opened_by(SPAIN), assign("PLAN", "free")),
        ],
        [line(OPENED, assign("PLAN", "pro"), start(2)), line(CLICKED, wait(9), assign("PLAN", "free"))],
        [line(OPENED, points(5)), line(CLICKED, points(10))],
        # Owners: another event, the same rep, one who is there already, one event handed over, nobody's contacts only.
        [line(OPENED, owned(REP)), line(CLICKED, owned(ZOE))],
        [line(OPENED, owned(REP, keep="nobody")), line(OPENED, owned(REP, keep="nobody"))],
        [line(OPENED, owned(REP, keep="anyone")), line(OPENED, owned(ZOE, keep="nobody"))],
        [line(OPENED, owned(REP, ZOE, how="round_robin")), line(OPENED, owned(ZOE))],
        [line(OPENED, owned(REP), start(2)), line(OPENED, owned(ZOE))],
        [line(OPENED, owned(REP)), _unowned(OPENED, owned(ZOE))],
        [line(opened_by(FRANCE), owned(REP)), line(opened_by(SPAIN), owned(ZOE))],
        [line(OPENED, owned(REP)), line(OPENED, wait(3), owned(ZOE))],
        [line(viewed("/prices"), owned(REP)), line(viewed("/jobs"), owned(ZOE))],
        # Deals: the same stage, another pipeline, one that is closed by one of them.
        [line(OPENED, moved(2)), line(OPENED, moved(2, limit=0))],
        [line(OPENED, moved(2)), line(OPENED, moved(4, pipeline=8))],
        [line(OPENED, moved(1)), line(OPENED, moved(2, status="won"))],
    ],
    "two_messages": [
        [line(on_list(1), MAIL), line(on_list(1), wait(1), MAIL)],
        [line(on_list(1), MAIL, tag("b"), MAIL)],
        [
            line(opened_by({"all": [AGREED, FRANCE]}), MAIL),
            line(opened_by({"all": [AGREED, SPAIN]}), MAIL),
        ],
        [
            drawn(
                {
                    "in": on_list(1),
                    "split": ("conditional_split", {"condition": FRANCE}),
                    "one": MAIL,
                    "two": MAIL,
                },
                "in > split",
                "split.yes > one",
                "split.no > two",
            )
        ],
        [line(viewed("/prices", 3), MAIL), line(viewed("/prices", 5), MAIL)],
        # On a list by the one, so that the other writes: a day later, to others, never, or to who is out by then.
        [line(on_list(1), MAIL, join(2)), line(on_list(2), wait(1), MAIL)],
        [line(on_list(1), join(2), wait(3), MAIL), line(on_list(2), MAIL)],
        [line(opened_by({"all": [AGREED, FRANCE]}), MAIL, tag("b"), join(2)), _listed(SPAIN)],
        [line(opened_by({"all": [AGREED, ON_TWO]}), MAIL, join(2)), line(on_list(2), MAIL)],
        [line(on_list(1), join(2), MAIL, exit_conditions=[ON_TWO]), line(on_list(2), MAIL)],
        [line(on_list(1), MAIL, join(2), ("leave_automation", {"automation": 2})), line(on_list(2), MAIL)],
        [_either(join(2), MAIL), line(on_list(2), MAIL)],
        [line(viewed("/prices"), MAIL), line(viewed("/jobs"), MAIL)],
    ],
    "unreachable_branch": [
        [fork([opened_by(score("gte", 20)), wait(2)], score("lt", 10))],
        [fork([opened_by(score("gte", 5))], score("gte", 20))],
        [fork([OPENED, assign("PLAN", "pro"), wait(3)], {"attribute": "PLAN", "op": "eq", "value": "free"})],
        [
            drawn(
                {
                    "fr": ("email_opened", {"contact_filter": FRANCE}),
                    "es": ("email_clicked", {"contact_filter": SPAIN}),
                    "split": ("conditional_split", {"condition": FRANCE}),
                    "a": tag("a"),
                    "b": tag("b"),
                },
                "fr > split",
                "es > split",
                "split.yes > a",
                "split.no > b",
            )
        ],
    ],
    "dead_end": [
        [line(OPENED, tag("b"), wait(3))],
        [line(OPENED, wait(3), ("goal", {"event": "order_placed"}), re_entry=False)],
        [line(OPENED, wait(3), tag("b"), re_entry=False)],
        [line(OPENED, wait(3), ("exit", {}), re_entry=False)],
    ],
    "never_holds": [
        [line(("email_opened", {"contact_filter": {"any": [FRANCE, SPAIN]}}), tag("b"))],
        [fork([OPENED], {"all": [score("gt", 1), score("lt", 2)]})],
        [fork([OPENED], {"attribute": "INTERESTS", "op": "all_of", "value": ["bikes", "books"]})],
        [fork([OPENED], {"all": [{**FRANCE, "op": "neq"}, {**SPAIN, "op": "neq"}]})],
    ],
    "always_holds": [
        [fork([OPENED], {"any": [score("gte", 20), score("lt", 20)]})],
        [fork([OPENED], {"events": "email_opened", "op": "gte", "value": 1})],
        [fork([VISITED], {"not": {"all": [FRANCE, HAS]}})],
        [fork([CLICKED], {"attribute": "COUNTRY", "op": "not_empty"})],
    ],
    "exit_never_fires": [
        [line(OPENED, wait(3), tag("b"), exit_conditions=[HAS])],
        [
            line(
                OPENED,
                ("wait_until_event", {"event": "order_placed"}),
                tag("b"),
                exit_events=[{"event": "unsubscribed"}],
            )
        ],
        [line(OPENED, ("call_webhook", SILENT_HOOK), tag("b"), exit_events=[{"event": "unsubscribed"}])],
        [line(OPENED, wait(3), tag("b"), exit_conditions=[{"all": [FRANCE, HAS]}, {"any": [SPAIN, score("gte", 5)]}])],
    ],
    "no_consent": [
        [line(on_list(1), MAIL)],
        [
            drawn(
                {
                    "in": OPENED,
                    "split": ("conditional_split", {"condition": AGREED}),
                    "pause": wait(2),
                    "mail": MAIL,
                },
                "in > split",
                "split.yes > pause",
                "pause > mail",
            )
        ],
        [line(OPENED, ("call_webhook", SILENT_HOOK))],
        [line(OPENED, MAIL, exit_conditions=[{"not": AGREED}])],
    ],
    "re_entry_off": [
        [line(OPENED, points(5))],
        [line(OPENED, tag("b"), re_entry=False)],
        [line(CLICKED, assign("SCORE", 5), re_entry=False)],
        [line(VISITED, ("create_task", {"title": "Call"}), re_entry=False)],
    ],
}
