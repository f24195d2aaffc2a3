"""Automations that look like broken ones and have no fault: four for each kind of it."""

from collections.abc import Mapping, Sequence
from typing import Final

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
    fork,
    line,
    on_list,
    opened_by,
    points,
    score,
    start,
    tag,
    wait,
)

SOUND: Final[Mapping[str, Sequence[Sequence[Drawn]]]] = {
    "loop": [
        [line(changed("PLAN"), assign("PLAN", "pro"))],
        [line(OPENED, start(2)), line(CLICKED, wait(1), start(1))],
        [line(changed("SCORE", event_filter={"event": "new", "op": "lte", "value": 10}), points(5))],
        [line(on_list(1), ("add_to_list", {"list": 2})), line(on_list(2), ("add_to_list", {"list": 1}))],
    ],
    "two_writers": [
        [line(OPENED, assign("PLAN", "pro")), line(CLICKED, assign("PLAN", "pro"))],
        [
            line(opened_by(FRANCE), assign("PLAN", "pro")),
            line(opened_by(SPAIN), assign("PLAN", "free")),
        ],
        [line(OPENED, assign("PLAN", "pro"), start(2)), line(CLICKED, wait(9), assign("PLAN", "free"))],
        [line(OPENED, points(5)), line(CLICKED, points(10))],
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
