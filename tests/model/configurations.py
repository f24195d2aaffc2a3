"""Configurations of every node type, of what a workspace has, and what automations are about as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st

from nodes.catalog import Catalog
from tests.support.steps import GONE, REP, ZOE

Strategy = st.SearchStrategy[Any]
KINDS: Final = ("campaign", "transactional")
OF_MESSAGES: Final = ("email_opened", "email_clicked", "web_push_clicked", "page_visited", "form_submitted")
SENT: Final = (*OF_MESSAGES, "order", "visit")
REACTIONS: Final = (
    *("email_opened", "email_clicked", "web_push_clicked", "email_replied", "sms_received"),
    *("email_bounced", "sms_failed"),
)
"""What people do with messages, and what becomes of these: an event may name a message and whose it is."""
AWAITED: Final = ("email_opened", "order", "visit")
HOWS: Final = ("named", "round_robin", "least_loaded")
TAGS: Final = ("vip", "cold")


def conditions(lists: Strategy) -> Strategy:
    """About everything that automations change, so that what came before decides what follows."""
    leaves = st.one_of(
        st.builds(_number, st.sampled_from(["gte", "lt", "eq"]), st.sampled_from([0, 5, 10, 20])),
        st.sampled_from(TAGS).map(lambda tag: {"tag": tag, "op": "has"}),
        lists.map(lambda number: {"list": number, "op": "in"}),
        st.just({"owner": True, "op": "not_empty"}),
        st.just({"attribute": "PLAN", "op": "eq", "value": "pro"}),
        st.just({"deals": {"status": "open"}, "op": "gte", "value": 1}),
        st.builds(_often, st.sampled_from(SENT), st.integers(1, 3), st.sampled_from([None, 1, 5])),
    )
    return st.lists(leaves, min_size=1, max_size=2).flatmap(
        lambda parts: st.sampled_from([{"all": parts}, {"any": parts}, {"not": {"all": parts}}])
    )


def _number(op: str, value: float) -> dict[str, Any]:
    return {"attribute": "SCORE", "op": op, "value": value}


def _often(name: str, times: int, days: int | None) -> dict[str, Any]:
    window = {"within": {"amount": days, "unit": "days"}} if days else {}
    return {"events": name, **window, "op": "gte", "value": times}


class Configurations:
    """A configuration for each node type, of what this workspace has, with so many `automations`."""

    def __init__(self, catalog: Catalog, how: str, hooks: Sequence[str], automations: int) -> None:
        pipeline = catalog.default_pipeline()
        assert pipeline is not None
        self.lists = st.sampled_from(sorted(catalog.lists))
        self.stages = st.sampled_from([each.id for each in pipeline.stages])
        self.hooks = st.sampled_from(hooks)
        self.how, self.automations = how, automations
        self.numbers = st.integers(1, automations)
        self.conditions = conditions(self.lists)
        self.crowds = st.just({"all": []}) | self.conditions
        self.filter = {"contact_filter": self.crowds}
        self.known = {**self._ways_in(), **self._steps()}

    def _ways_in(self) -> Mapping[str, Strategy]:
        known = {
            "custom_event": _some(self.filter, event=st.sampled_from(["order", "visit"])),
            "contact_created": _some(self.filter),
            "attribute_changed": _some(self.filter, attribute=st.sampled_from(["SCORE", "SCORE", "PLAN"])),
            "consent_given": _some(self.filter, topic=st.just(1)),
            "added_to_list": _some(self.filter, list=self.lists),
            "joined_segment": _some(self.filter, of=st.just("condition"), condition=EASY | self.conditions),
            "date_reached": _some(
                self.filter,
                attribute=st.just("BIRTHDAY"),
                when=st.sampled_from(["on", "before", "after"]),
                days=st.just(1),
                time=st.sampled_from(["00:00", "09:00", "12:30"]),
                yearly=st.booleans(),
            ),
        }
        filters = {**self.filter, "event_filter": _KIND}
        known["webhook_received"] = _some(filters, mapping=st.just({"email": "who"}))
        # What the clock and the rules of pages bring about is beyond this workspace: nobody enters by these.
        known["page_visited_often"] = _some(self.filter, category=st.just("Shoes"), times=st.integers(1, 3))
        known["visit_ended"] = _some(filters, by=st.sampled_from(["any", "mailing"]))
        known["visit_begun"] = _some(filters, away=st.sampled_from([0, 1]))
        return known | dict.fromkeys(OF_MESSAGES, _some(filters))

    def _steps(self) -> Mapping[str, Strategy]:
        return {
            "conditional_split": _some({}, condition=self.conditions),
            "multi_split": _branches(self.conditions),
            "random_split": st.builds(_shares, st.integers(0, 90), st.booleans()),
            "exit": st.just({}),
            "wait": _waits(),
            "wait_until_event": _some({"event_filter": _KIND}, event=st.sampled_from(AWAITED), at_most=_TERMS),
            "wait_for_reaction": _some({"counts": st.sampled_from(["any", "click", "answer"])}, at_most=_TERMS),
            "wait_until_condition": _some({}, condition=self.conditions, at_most=_TERMS),
            "goal": self._goals(),
            "restart": st.just({}),
            "start_automation": _some({"then": st.just("leave")}, automation=self.numbers),
            "leave_automation": _some({}, automation=self.numbers),
            "update_attribute": st.sampled_from(_UPDATES),
            "add_points": st.sampled_from([5, -5, 20]).map(lambda points: {"points": points, "attribute": "SCORE"}),
            "add_tag": st.sampled_from(TAGS).map(lambda tag: {"tag": tag}),
            "remove_tag": st.sampled_from(TAGS).map(lambda tag: {"tag": tag}),
            "add_to_list": self.lists.map(lambda number: {"list": number}),
            "remove_from_list": self.lists.map(lambda number: {"list": number}),
            "add_note": st.just({"text": "{{ contact.email }} has {{ contact.SCORE }}"}),
            "create_task": st.sampled_from([{"assign_to": "owner"}, {"assign_to": "user", "user": ZOE}]).map(
                lambda who: {"title": "Call at {{ contact.SCORE }}", "due": "+2days", **who}
            ),
            "assign_owner": self._assignments(),
            "send_alert": _alerts(),
            "send_email": st.just({"template": 1, "subject": "At {{ contact.SCORE }}"}),
            "send_sms": st.just({"text": "At {{ contact.SCORE }}"}),
            "send_web_push": st.just({"title": "At {{ contact.SCORE }}", "link": "https://example.com/"}),
            "move_deal": self._moves(),
            "call_webhook": _some(
                {"reaches_contact": st.sampled_from([True, True, False])},
                url=self.hooks,
                body=st.just('{"score": "{{ contact.SCORE }}"}'),
            ),
        }

    def settings(self, theme: str, *, limited: bool) -> Strategy:
        """How contacts enter and leave; mostly with re-entry, without exits, and one run at a time.

        `theme`: see `generated`. `limited`: so many a day, too.
        """
        priorities, when_capped = st.sampled_from(["high", "low"]), st.sampled_from(["wait", "skip", "skip"])
        pressure = {"priority": priorities, "when_capped": when_capped} if theme == "capped" else {}
        quiet = {"quiet_hours": _quiet_hours()}
        limit = {"entry_limit": st.integers(1, 2)} if limited else {}
        exits = st.lists(self.conditions | st.just({"all": []}), max_size=1)
        events = _some({"filter": _KIND}, event=st.sampled_from(AWAITED))
        return _some(
            {
                "run_key": st.sampled_from(["message_kind", "n"]),
                "exit_conditions": exits,
                "entry_hours": st.none() | st.none() | _entry_hours(),
                **({} if theme == "quiet" else quiet),
                **limit,
                **pressure,
            },
            **(quiet if theme == "quiet" else {}),
            re_entry=st.sampled_from([True, True, True, False]),
            exit_events=st.lists(events, max_size=1),
        ).map(lambda chosen: {"run_key": "", "exit_conditions": [], "time_zone": "contact", **chosen})

    def _goals(self) -> Strategy:
        otherwise = st.sampled_from(["skip", "stay", "leave"])
        by_event = {"by": st.just("event"), "event": st.sampled_from(AWAITED), "otherwise": otherwise}
        by_condition = {"by": st.just("condition"), "condition": self.conditions, "otherwise": otherwise}
        return _some({"event_filter": _KIND}, **by_event) | _some({}, **by_condition)

    def _assignments(self) -> Strategy:
        """With turns, all steps name the same reps: who gets which turn then changes nothing but the name."""
        keep = ["chosen", "anyone"] if self.how == "least_loaded" else ["chosen", "anyone", "nobody"]
        reps = st.sampled_from([[REP], [ZOE], [GONE]]) if self.how == "named" else st.just([REP, GONE, ZOE])
        return st.fixed_dictionaries(
            {"how": st.just(self.how), "reps": reps, "keep": st.sampled_from(keep), "tell": st.booleans()}
        )

    def _moves(self) -> Strategy:
        return st.fixed_dictionaries(
            {
                "stage": self.stages,
                "sort": st.sampled_from(["modified", "created", "name"]),
                "order": st.sampled_from(["asc", "desc"]),
                "limit": st.integers(0, 2),
            },
            optional={"status": st.sampled_from(["won", "lost"])},
        )


_UPDATES: Final = (
    {"attribute": "SCORE", "operation": "add", "value": 5},
    {"attribute": "SCORE", "operation": "add", "value": 9e299},
    {"attribute": "SCORE", "operation": "subtract", "value": 10},
    {"attribute": "SCORE", "operation": "clear"},
    {"attribute": "PLAN", "operation": "set", "value": "pro"},
    {"attribute": "PLAN", "operation": "set", "value": "free"},
)
_KIND: Final = st.sampled_from(KINDS).map(lambda kind: {"all": [{"event": "message_kind", "op": "eq", "value": kind}]})


# What a change by hand brings about: see `generated`.
EASY: Final = st.sampled_from([{"all": [_number("gte", 5)]}, {"all": [{"tag": "vip", "op": "has"}]}])
_TERMS: Final = st.sampled_from([("minutes", 20), ("hours", 6), ("days", 1), ("months", 1)]).map(
    lambda span: {"amount": span[1], "unit": span[0]}
)


def _some(optional: Mapping[str, Strategy], **fixed: Strategy) -> Strategy:
    return st.fixed_dictionaries(fixed, optional=optional)


def _branches(conditions: Strategy) -> Strategy:
    by_value = {
        "by": "value",
        "attribute": "PLAN",
        "branches": [{"id": "f", "name": "Free", "values": ["free"]}, {"id": "p", "name": "Pro", "values": ["pro"]}],
    }
    by_condition = st.lists(conditions, min_size=2, max_size=3).map(
        lambda parts: {
            "branches": [{"id": f"b{n}", "name": f"B{n}", "condition": part} for n, part in enumerate(parts)]
        }
    )
    return st.just(by_value) | by_condition


def _shares(first: int, sticky: bool) -> dict[str, Any]:
    branches = [{"id": "a", "name": "A", "share": first}, {"id": "b", "name": "B", "share": 90 - first}]
    return {"branches": branches, "control": 10, "sticky": sticky}


def _waits() -> Strategy:
    amounts = st.sampled_from([("minutes", 20), ("hours", 6), ("days", 1), ("days", 30), ("months", 1)])
    return st.one_of(
        amounts.map(lambda span: {"duration": {"amount": span[1], "unit": span[0]}}),
        st.just({"until": "date", "date": "2026-11-23", "time": "10:30"}),
        st.just({"until": "attribute", "attribute": "BIRTHDAY"}),
        st.sampled_from(["00:00", "11:00", "23:59"]).map(lambda clock: {"until": "time_of_day", "time": clock}),
        st.sampled_from([[7], [1, 3], [6]]).map(lambda days: {"until": "weekday", "weekdays": days, "time": "10:20"}),
        st.sampled_from([("12:00", "11:30"), ("09:00", "09:00"), ("10:00", "18:00")]).map(
            lambda hours: {"until": "window", "weekdays": [6, 1], "opens": hours[0], "closes": hours[1]}
        ),
    )


def caps() -> Strategy:
    """One or two frequency caps that a few calls come up against."""
    spans = st.sampled_from([("hours", 1), ("hours", 7), ("days", 1), ("days", 2)])
    caps = st.builds(
        lambda channel, most, span: {"channel": channel, "most": most, "within": {"amount": span[1], "unit": span[0]}},
        st.sampled_from([None, "webhook", "email"]),
        st.integers(1, 2),
        spans,
    )
    return st.lists(caps, min_size=1, max_size=2)


def _entry_hours() -> Strategy:
    return st.fixed_dictionaries(
        {
            "days": st.sampled_from([[1, 2, 3, 4, 5, 6, 7], [7], [1, 3]]),
            "from": st.sampled_from(["00:00", "10:30"]),
            "to": st.sampled_from(["11:00", "23:59"]),
            "outside": st.sampled_from(["wait", "refuse"]),
        }
    )


def _quiet_hours() -> Strategy:
    hours = st.sampled_from([("22:00", "21:00")] * 2 + [("10:00", "14:00"), ("08:00", "23:30")])
    then, days = st.sampled_from(["wait", "wait", "skip", "skip", "send"]), st.sampled_from([{}, {"days": [7]}])
    return st.builds(
        lambda hours, then, days: {"from": hours[0], "to": hours[1], "then": then, **days}, hours, then, days
    )


def _alerts() -> Strategy:
    to = st.sampled_from(
        [{"to": "owner"}, {"to": "users", "users": [REP, GONE]}, {"to": "users", "users": [GONE]}]
        + [{"to": "role", "role": role} for role in ("rep", "admin")]
    )
    return st.builds(lambda to, mail: {"title": "At {{ contact.SCORE }}", "by_mail": mail, **to}, to, st.booleans())
