"""Automations with a fault: four of each kind or more, and of automations that are wrong together only."""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.support.steps import REP, ZOE
from tests.workflows.radar.drawing import (
    AGREED,
    BOUGHT,
    CLICKED,
    FRANCE,
    HAS,
    HAS_NOT,
    MAIL,
    NEWSLETTER,
    OPENED,
    SPAIN,
    VISITED,
    Drawn,
    assign,
    changed,
    drawn,
    fork,
    join,
    line,
    moved,
    on_list,
    opened_by,
    operate,
    owned,
    points,
    score,
    start,
    tag,
    viewed,
    wait,
)

BROKEN: Final[Mapping[str, Sequence[Sequence[Drawn]]]] = {
    "loop": [
        [line(changed("SCORE"), start(2)), line(CLICKED, points(-3))],
        [line(OPENED, start(2)), line(CLICKED, tag("b"), start(1))],
        [line(changed("SCORE", event_filter={"event": "new", "op": "gte", "value": 5}), points(5))],
        [
            line(on_list(1), ("add_to_list", {"list": 2})),
            line(
                on_list(2),
                ("remove_from_list", {"list": 1}),
                ("remove_from_list", {"list": 2}),
                ("add_to_list", {"list": 1}),
            ),
        ],
    ],
    "two_writers": [
        [line(OPENED, assign("PLAN", "pro")), line(CLICKED, assign("PLAN", "free"))],
        [line(OPENED, wait(3), assign("COUNTRY", "France")), line(OPENED, assign("COUNTRY", "Spain"))],
        [
            fork([OPENED, assign("NEWSLETTER", True)], FRANCE),
            line(VISITED, ("update_attribute", {"attribute": "NEWSLETTER", "operation": "clear"})),
        ],
        [
            line(opened_by(FRANCE), assign("SCORE", 0)),
            line(("email_clicked", {"contact_filter": score("gte", 5)}), assign("SCORE", 50)),
        ],
        [line(OPENED, owned(REP)), line(OPENED, tag("b"), owned(ZOE))],
        [line(OPENED, owned(REP, ZOE, how="round_robin", keep="nobody")), line(OPENED, owned(ZOE, keep="nobody"))],
        [line(OPENED, owned(REP, ZOE, how="least_loaded", keep="nobody")) for _ in range(2)],
        [line(on_list(1), moved(1)), line(on_list(1), moved(2, limit=0, status="open"))],
    ],
    "two_messages": [
        [line(("email_opened", NEWSLETTER), MAIL), line(("email_opened", NEWSLETTER), tag("b"), MAIL)],
        [line(("page_visited", NEWSLETTER), MAIL, tag("b"), MAIL)],
        [line(on_list(1), wait(2), MAIL), line(on_list(1), wait(2), tag("c"), MAIL)],
        [
            line(("email_clicked", {"contact_filter": {"all": [AGREED, FRANCE]}}), MAIL),
            line(("email_clicked", {"contact_filter": {"all": [AGREED, score("gte", 5)]}}), MAIL),
        ],
        [line(viewed("/prices"), MAIL), line(("page_visited", NEWSLETTER), MAIL)],
        [line(("email_opened", NEWSLETTER), MAIL, join(2)), line(on_list(2), tag("b"), MAIL)],
        [line(on_list(1), join(2), wait(3), MAIL), line(on_list(2), wait(3), MAIL)],
    ],
    "unreachable_branch": [
        [fork([opened_by(score("gte", 20))], score("lt", 10))],
        [fork([OPENED, tag("seen")], HAS_NOT)],
        [fork([OPENED, assign("PLAN", "pro")], {"attribute": "PLAN", "op": "eq", "value": "free"})],
        [
            drawn(
                {
                    "in": OPENED,
                    "one": ("conditional_split", {"condition": FRANCE}),
                    "two": (
                        "multi_split",
                        {
                            "branches": [
                                {"id": "es", "name": "Spain", "condition": SPAIN},
                                {"id": "fr", "name": "France", "condition": FRANCE},
                            ]
                        },
                    ),
                    "x": tag("x"),
                },
                "in > one",
                "one.yes > two",
                "two.es > x",
                "two.fr > x",
            )
        ],
    ],
    "dead_end": [
        [line(OPENED, tag("b"), wait(3), re_entry=False)],
        [line(OPENED, ("wait", {"until": "weekday", "weekdays": [1]}), re_entry=False)],
        [line(VISITED, ("wait", {"until": "attribute", "attribute": "BIRTHDAY"}), re_entry=False)],
        [line(BOUGHT, tag("c"), ("wait", {"until": "time_of_day", "time": "09:00"}), re_entry=False)],
    ],
    "never_holds": [
        [line(("email_opened", {"contact_filter": {"all": [FRANCE, SPAIN]}}), tag("b"))],
        [fork([OPENED], {"all": [score("gte", 20), score("lt", 10)]})],
        [line(OPENED, ("wait_until_condition", {"condition": {"all": [HAS, HAS_NOT]}}), tag("x"))],
        [
            drawn(
                {
                    "in": OPENED,
                    "many": (
                        "multi_split",
                        {
                            "branches": [
                                {"id": "one", "name": "One", "condition": FRANCE},
                                {"id": "two", "name": "Two", "condition": {"all": [HAS, {"not": HAS}]}},
                            ]
                        },
                    ),
                    "x": tag("x"),
                },
                "in > many",
                "many.one > x",
            )
        ],
    ],
    "always_holds": [
        [fork([OPENED], {"any": [HAS, HAS_NOT]})],
        [fork([OPENED], {"events": "email_opened", "op": "gte", "value": 0})],
        [fork([VISITED], {"not": {"all": [FRANCE, SPAIN]}})],
        [fork([CLICKED], {"all": []})],
    ],
    "exit_never_fires": [
        [line(OPENED, tag("b"), exit_conditions=[HAS])],
        [line(OPENED, tag("b"), exit_events=[{"event": "order_placed"}])],
        [line(OPENED, wait(3), tag("b"), exit_conditions=[{"all": [FRANCE, SPAIN]}])],
        [line(OPENED, wait(3), tag("b"), exit_conditions=[HAS, {"all": [score("gt", 5), score("lt", 2)]}])],
    ],
    "no_consent": [
        [line(OPENED, MAIL)],
        [line(("form_submitted", {}), wait(1), MAIL)],
        [line(("page_visited", {"contact_filter": FRANCE}), MAIL)],
        [
            drawn(
                {
                    "in": OPENED,
                    "split": (
                        "conditional_split",
                        {"condition": {"attribute": "NEWSLETTER", "op": "eq", "value": True}},
                    ),
                    "mail": MAIL,
                },
                "in > split",
                "split.no > mail",
            )
        ],
    ],
    "re_entry_off": [
        [line(OPENED, points(5), re_entry=False)],
        [line(CLICKED, operate("SCORE", "add", 2), re_entry=False)],
        [line(VISITED, tag("b"), points(1), re_entry=False)],
        [
            line(
                BOUGHT,
                wait(1),
                operate("SCORE", "subtract", 2),
                re_entry=False,
            )
        ],
    ],
}
