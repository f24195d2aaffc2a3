"""Findings between automations: who writes over whom, and who gets too much at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Final, NamedTuple

from nodes.channels import Channel
from nodes.conditions import All, contradicts
from nodes.declared import Thing, Write
from nodes.pressure import Cap
from nodes.texts import Text, join, same
from nodes.world import Topic
from workflows.radar import findings
from workflows.radar.findings import Finding, Place
from workflows.radar.flows import Facts, Flow

_DAY: Final = timedelta(days=1)
_MOST_STEPS: Final = 3
_NAMED: Final = Text("“{name}”", "« {name} »", "«{name}»")
_NUMBERED: Final = same("{name} (#{number})")
_BY_STEPS: Final = same("{name} ({steps})")
_AND: Final = Text(" and ", " et ", " и ")


class Writer(NamedTuple):
    """A step that overwrites an attribute, and what is known of whoever comes to it."""

    flow: Flow
    step: str
    write: Write
    facts: Facts


class Message(NamedTuple):
    """A step that reaches contacts by a channel, from the trigger `entry` that listens to `topic`."""

    flow: Flow
    entry: str
    topic: Topic
    step: str
    channel: Channel
    facts: Facts


def two_writers(flows: Collection[Flow]) -> Iterator[Finding]:
    """Return each attribute that automations overwrite with different values for contacts that both may have."""
    written: defaultdict[str, list[Writer]] = defaultdict(list)
    for flow in flows:
        for step, facts in flow.facts(flow.triggers).items():
            for write in flow.parts[step].writes:
                if write.how == "set" and write.thing.kind == "attribute":
                    written[write.thing.key].append(Writer(flow, step, write, facts))
    for attribute, writers in sorted(written.items()):
        pair = next((pair for pair in combinations(writers, 2) if _at_odds(*pair)), None)
        if pair is not None:
            places = tuple(Place(each.flow.id, each.step) for each in pair)
            yield findings.two_writers(places, attribute, _both(*(each.flow for each in pair)))


def two_messages(flows: Sequence[Flow], caps: Sequence[Cap]) -> Iterator[Finding]:
    """Return automations of which one event brings two messages of a channel to one person within a day."""
    sent: defaultdict[tuple[Topic, str], list[Message]] = defaultdict(list)
    for flow in flows:
        for each in _messages(flow):
            if not any(cap.most == 1 and cap.span >= _DAY and cap.counts(each.channel.key) for cap in caps):
                sent[each.topic, each.channel.key].append(each)
    met: defaultdict[tuple[int, int, str], list[Message]] = defaultdict(list)
    for (_, channel), messages in sent.items():
        for one, other in combinations(messages, 2):
            if _on_one_day(one, other):
                met[one.flow.id, other.flow.id, channel] += one, other
    for found in met.values():
        one, other = found[:2]
        alone = one.flow is other.flow
        names = _steps(one.flow, [each.step for each in found]) if alone else _both(one.flow, other.flow)
        places = dict.fromkeys(Place(each.flow.id, each.step) for each in found)
        yield findings.two_messages(tuple(places), one.channel.label, names)


def _at_odds(one: Writer, other: Writer) -> bool:
    if one.flow is other.flow or one.write.value == other.write.value:
        return False
    if _hands_over(one.flow, other.flow) or _hands_over(other.flow, one.flow):
        return False
    return not contradicts(All((*one.facts.guards, *other.facts.guards)), one.flow.catalog)


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
                yield Message(flow, entry, flow.topic(entry), step, channel, facts)


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
