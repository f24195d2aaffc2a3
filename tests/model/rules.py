"""What each rule does with one contact that stands at it, as the documentation of the node types says it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from math import log

from nodes.moments import later, next_time, wall_time
from tests.model.ways import EXIT, Go, Look, Sleep, Standing, Town, Way, drawn


def conditional_split(town: Town, at: Standing) -> Way:
    return Go("yes" if at.holds("condition", town.now) else "no")


def multi_split(town: Town, at: Standing) -> Way:
    part = "values" if at.config["by"] == "value" else "condition"
    fitting = (each.id for each in at.config["branches"] if each.settings[part](at.contact, at.event, town.now)[0])
    return Go(next(fitting, "else"))


def random_split(town: Town, at: Standing) -> Way:
    """A race of exponential clocks, one a way: the first to ring wins."""
    shares = {each.id: each.settings["share"] for each in at.config["branches"]} | {"control": at.config["control"]}
    sticky = at.config["sticky"]
    rings = {
        way: -log(1 - drawn(at.node, at.contact, at.event, way, sticky)) / share
        for way, share in shares.items()
        if share
    }
    return Go(min(rings, key=rings.__getitem__))


def leave(town: Town, at: Standing) -> Way:
    return EXIT


def wait(town: Town, at: Standing) -> Way:
    until = _until(town, at)
    return Sleep(until) if until is not None and until > town.now else Go()


def _until(town: Town, at: Standing) -> datetime | None:
    config, zone = at.config, at.contact.time_zone
    if config["until"] == "duration":
        return later(at.since, config["duration"], zone)
    if config["until"] == "time_of_day":
        return next_time(at.since, config["time"], zone)
    if config["until"] == "weekday":
        days = (at.since + timedelta(days=ahead) for ahead in range(8))
        coming = (next_time(day, config["time"], zone) for day in days)
        return next(each for each in coming if each.astimezone(zone).isoweekday() in config["weekdays"])
    if config["until"] == "window":
        minutes = (town.now + timedelta(minutes=ahead) for ahead in range(8 * 24 * 60))
        hours = config["weekdays"], config["opens"], config["closes"]
        return next(each for each in minutes if within(each.astimezone(zone), *hours))
    day = config["date"] if config["until"] == "date" else at.contact.attributes.get(config["attribute"])
    return wall_time(day, config["time"], zone) if isinstance(day, date) else None


def within(there: datetime, days: Collection[int], opens: time, closes: time) -> bool:
    """Whether the clock there shows hours that began on one of these days of the week."""
    today, yesterday = (there - timedelta(days=back) for back in (0, 1))
    if opens < closes:
        return today.isoweekday() in days and opens <= there.time() < closes
    begun = today.isoweekday() in days and there.time() >= opens
    return begun or (yesterday.isoweekday() in days and there.time() < closes)


def wait_until_event(town: Town, at: Standing) -> Way:
    return Sleep(_end(at), "timed_out")


def wait_for_reaction(town: Town, at: Standing) -> Way:
    return Sleep(_end(at), "silent")


def wait_until_condition(town: Town, at: Standing) -> Way:
    """What time alone can change is looked at again each hour."""
    if at.holds("condition", town.now):
        return Go("met")
    if _end(at) <= town.now:
        return Go("timed_out")
    hourly = at.config["condition"].by_time
    return Look(min(_end(at), town.now + timedelta(hours=1))) if hourly else Sleep(_end(at), "timed_out")


def _end(at: Standing) -> datetime:
    return later(at.since, at.config["at_most"], at.contact.time_zone)


def goal(town: Town, at: Standing) -> Way:
    if at.config["by"] == "condition" and at.holds("condition", town.now):
        return Go()
    otherwise: Mapping[str, Way] = {"stay": Look(None), "leave": EXIT, "skip": Go("skipped")}
    return otherwise[at.config["otherwise"]]


def restart(town: Town, at: Standing) -> Way:
    town.arise(at, "automation_called", {"automation": at.automation})
    return EXIT
