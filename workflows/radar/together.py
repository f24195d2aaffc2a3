"""Findings between automations: who writes over whom, and who gets too much at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Final, NamedTuple

from nodes.channels import Channel
from nodes.conditions import All, Not, contradicts
from nodes.declared import Thing, Write
from nodes.pressure import Cap
from nodes.texts import Text, join, same
from nodes.world import Json, Topic
from workflows.radar import findings
from workflows.radar.asking import after, things
from workflows.radar.findings import Finding, Place
from workflows.radar.flows import TOPICS, Facts, Flow

_DAY: Final = timedelta(days=1)
_MOST_STEPS: Final = 3
_NAMED: Final = Text("“{name}”", "« {name} »", "«{name}»")
_NUMBERED: Final = same("{name} (#{number})")
_BY_STEPS: Final = same("{name} ({steps})")
_AND: Final = Text(" and ", " et ", " и ")


class Writer(NamedTuple):
    """A step that overwrites a thing, and what is known of whoever comes to it, by a trigger that is so `narrowed`."""

    flow: Flow
    step: str
    write: Write
    facts: Facts
    narrowed: Json = None


class Message(NamedTuple):
    """A step that reaches contacts by a channel, from the trigger `entry` that listens to `topic`, `narrowed`."""

    flow: Flow
    entry: str
    topic: Topic
    step: str
    channel: Channel
    facts: Facts
    narrowed: Json


def two_writers(flows: Collection[Flow]) -> Iterator[Finding]:
    """Return what automations that know nothing of each other overwrite with different values."""
    yield from _different_values(flows)
    yield from _different_claims(flows)


def _different_values(flows: Collection[Flow]) -> Iterator[Finding]:
    """Return each attribute that automations overwrite with different values for contacts that both may have."""
    written: defaultdict[Thing, list[Writer]] = defaultdict(list)
    for flow in flows:
        for step, facts in flow.facts(flow.triggers).items():
            for write in flow.parts[step].writes:
                if write.how == "set" and write.thing.kind == "attribute":
                    written[write.thing].append(Writer(flow, step, write, facts))
    for _, writers in sorted(written.items()):
        pair = next((pair for pair in combinations(writers, 2) if _at_odds(*pair)), None)
        if pair is not None:
            yield _overwritten(*pair)


def _different_claims(flows: Collection[Flow]) -> Iterator[Finding]:
    """Return what automations claim differently in the same instant: later, handing a contact on is no fault."""
    claimed: defaultdict[tuple[Topic, Thing], list[Writer]] = defaultdict(list)
    for flow in flows:
        for entry in flow.triggers:
            for each in _claiming(flow, entry):
                claimed[flow.topic(entry), each.write.thing].append(each)
    told: set[tuple[Thing, int, int]] = set()
    for (_, thing), writers in claimed.items():
        for one, other in combinations(writers, 2):
            between = thing, one.flow.id, other.flow.id
            if between not in told and _one_event(one, other) and _at_odds(one, other):
                told.add(between)
                yield _overwritten(one, other)


def _claiming(flow: Flow, entry: str) -> Iterator[Writer]:
    """Return the steps that a contact comes to at once and that claim a thing nobody looked at on the way."""
    facts, at_once = flow.facts([entry]), flow.at_once([entry])
    for step in (each for each in flow.order if each in at_once):
        asked = {thing for guard in facts[step].guards for thing in things(guard)}
        for write in flow.parts[step].writes:
            if write.claim and write.thing not in asked:
                yield Writer(flow, step, write, facts[step], flow.narrowed(entry))


def _overwritten(one: Writer, other: Writer) -> Finding:
    places = tuple(Place(each.flow.id, each.step) for each in (one, other))
    return findings.two_writers(places, one.write.thing, _both(one.flow, other.flow))


def two_messages(flows: Sequence[Flow], caps: Sequence[Cap]) -> Iterator[Finding]:
    """Return automations of which one event brings two messages of a channel to one person within a day."""
    messages = [
        each
        for flow in flows
        for each in _messages(flow)
        if not any(cap.most == 1 and cap.span >= _DAY and cap.counts(each.channel.key) for cap in caps)
    ]
    met: defaultdict[tuple[int, int, str], list[Message]] = defaultdict(list)
    for one, other in (*_of_one_event(messages), *_through_a_list(messages)):
        first, last = sorted((one.flow.id, other.flow.id))
        met[first, last, one.channel.key] += one, other
    for found in met.values():
        one, other = found[:2]
        alone = one.flow is other.flow
        names = _steps(one.flow, [each.step for each in found]) if alone else _both(one.flow, other.flow)
        places = dict.fromkeys(Place(each.flow.id, each.step) for each in found)
        yield findings.two_messages(tuple(places), one.channel.label, names)


def _at_odds(one: Writer, other: Writer) -> bool:
    if one.flow is other.flow or not _differ(one.write, other.write):
        return False
    if _hands_over(one.flow, other.flow) or _hands_over(other.flow, one.flow):
        return False
    return not contradicts(All((*one.facts.guards, *other.facts.guards)), one.flow.catalog)


def _differ(one: Write, other: Write) -> bool:
    return one.claim.rivals(other.claim) if one.claim and other.claim else one.value != other.value


def _hands_over(flow: Flow, other: Flow) -> bool:
    """Tell whether one automation starts or stops the other: then somebody thought of their order."""
    return any(
        write.thing == Thing("automation", str(other.id)) for part in flow.parts.values() for write in part.writes
    )


def _messages(flow: Flow) -> Iterator[Message]:
    for entry in flow.triggers:
        for step, facts in flow.facts([entry]).items():
            channel = flow.parts[step].channel
            if channel is not None:
                yield Message(flow, entry, flow.topic(entry), step, channel, facts, flow.narrowed(entry))


def _of_one_event(messages: Iterable[Message]) -> Iterator[tuple[Message, Message]]:
    sent: defaultdict[tuple[Topic, str], list[Message]] = defaultdict(list)
    for each in messages:
        sent[each.topic, each.channel.key].append(each)
    for near in sent.values():
        for one, other in combinations(near, 2):
            if _one_event(one, other) and _on_one_day(one, other):
                yield one, other


def _through_a_list(messages: Sequence[Message]) -> Iterator[tuple[Message, Message]]:
    """Return pairs of which the first's automation puts contacts on the list that lets them in to the second."""
    waiting: defaultdict[Thing, list[Message]] = defaultdict(list)
    for each in messages:
        if TOPICS.get(each.topic.event) == "list" and each.topic.subject:
            waiting[Thing("list", each.topic.subject)].append(each)
    for one in messages:
        for step in one.flow.facts([one.entry]):
            for write in one.flow.parts[step].writes:
                if write.how == "put":
                    found = (each for each in waiting.get(write.thing, ()) if _brings(one, step, write, each))
                    yield from ((one, other) for other in found)


def _brings(one: Message, step: str, write: Write, other: Message) -> bool:
    """Tell whether a step newly puts somebody on a list who gets `one` on the way, and `other` for it, within a day."""
    flow, put = one.flow, after(write, one.flow.catalog)
    if flow is other.flow or one.channel.key != other.channel.key or put is None:
        return False
    if _hands_over(flow, other.flow) or _hands_over(other.flow, flow):
        return False
    behind, beyond = flow.facts([one.step]), flow.facts([step])
    before = flow.facts([one.entry])[step].guards
    if step in behind:
        days = behind[step].days + other.facts.days
        before |= one.facts.guards
    elif one.step in beyond:
        days = abs(beyond[one.step].days - other.facts.days)
    else:
        return False
    both = (each for each in before | one.facts.guards if write.thing not in things(each))
    ruled_out = ((*before, Not(put)), tuple(one.facts.guards), (*both, put, *other.facts.guards))
    return days < 1 and not any(contradicts(All(each), flow.catalog) for each in ruled_out)


def _one_event(one: Writer | Message, other: Writer | Message) -> bool:
    """Tell whether triggers of one topic can take the same event, as far as what they ask beside their filters goes."""
    return None in (one.narrowed, other.narrowed) or one.narrowed == other.narrowed


def _on_one_day(one: Message, other: Message) -> bool:
    if one.flow is other.flow:
        return one.entry == other.entry and one.step != other.step and _follows(one, other)
    near = abs(one.facts.days - other.facts.days) < 1
    return near and not contradicts(All((*one.facts.guards, *other.facts.guards)), one.flow.catalog)


def _follows(one: Message, other: Message) -> bool:
    """Tell whether one way leads over both steps in less than a day."""
    first, last = (one, other) if other.step in one.flow.facts([one.step]) else (other, one)
    after = first.flow.facts([first.step])
    return last.step in after and after[last.step].days < 1


def _both(one: Flow, other: Flow) -> Text:
    """Name two automations so that they can be told apart."""
    names = [_NAMED.format(name=flow.name) for flow in (one, other)]
    if one.name == other.name:
        names = [_NUMBERED.format(name=names[0], number=flow.id) for flow in (one, other)]
    return join(_AND, names)


def _steps(flow: Flow, steps: Sequence[str]) -> Text:
    """Name an automation with the first of its steps that are meant."""
    parts = [flow.parts[step] for step in dict.fromkeys(steps)]
    said = [part.type.summary(part.config, flow.catalog) for part in parts[:_MOST_STEPS]]
    more = [same("…")] if len(parts) > _MOST_STEPS else []
    return _BY_STEPS.format(name=_NAMED.format(name=flow.name), steps=join(", ", [*said, *more]))
