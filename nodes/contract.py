"""What a node type is: a key, words, a form, and one verb over a whole batch of contacts."""

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final, Literal, TypeAlias

from marshmallow import Schema

from nodes.catalog import Catalog
from nodes.channels import Channel
from nodes.conditions import Comparison, Judge
from nodes.declared import Declared
from nodes.deeds import Deeds, Recalled
from nodes.effects import Effect
from nodes.errors import NotAccounted
from nodes.fields import NodeSchema
from nodes.runs import NEXT, Answer, Emitted, Failure, Leave, PathStep, Run, Wait
from nodes.texts import Text
from nodes.watches import Members, Watch
from nodes.world import Contact, Event, Json, Reads, Signal, Topic, World

Configuration: TypeAlias = Mapping[str, Any]
FILTERS: Final = ("event_filter", "contact_filter")
NodeKind: TypeAlias = Literal["trigger", "rule", "action"]


class Step:
    """What a node sees of one batch: its configuration, the runs that stand at it, and the four ways on.

    Each run must be settled exactly once: by `go`, `wait`, `look_again`, `wait_for_delivery`, `exit` or `fail`.
    """

    def __init__(self, node: str, config: Configuration, runs: Sequence[Run], world: World, now: datetime) -> None:
        self.node = node
        self.config = config
        self.runs = runs
        self.world = world
        self.now = now
        # Not the step itself: runs and steps that point at each other would be left to the garbage collector.
        self._mark = object()
        self.gone: defaultdict[str, list[Run]] = defaultdict(list)
        self._passed: dict[str, PathStep] = {}
        self._heard: dict[type[Effect], bool] = {}
        self.effects: list[Emitted] = []
        self.signals: list[Signal] = []
        self.waits: list[Wait] = []
        self.deliveries: list[Emitted] = []
        self.leaves: list[Leave] = []
        self.failures: list[Failure] = []

    def __iter__(self) -> Iterator[Run]:
        return iter(self.runs)

    def go(self, run: Run, port: str = NEXT, values: tuple[Comparison, ...] = ()) -> None:
        """Send the run on through `port`; `values` is what was compared to decide so."""
        self._settle(run, port, values)
        self.gone[port].append(run)

    def wait(self, run: Run, until: datetime, port: str = NEXT) -> None:
        """Keep the run here until `until` (aware); a moment already past lets it go on at once."""
        if until <= self.now:
            self.go(run, port)
            return
        self._stay(run, "wait", port, until)

    def look_again(self, run: Run, at: datetime | None) -> None:
        """Keep the run here, and look at it again then; None: only when an event moves it on."""
        self._stay(run, "wait", None, at)

    def hold(self, run: Run, until: datetime, why: str, values: tuple[Comparison, ...] = ()) -> None:
        """Keep the run here unworked until then; its path says why, and what was compared."""
        self._stay(run, why, None, until, values)

    def pass_by(self, run: Run, port: str, why: str, values: tuple[Comparison, ...] = ()) -> None:
        """Send the run on unworked; its path says why, and what was compared."""
        self._settle(run, why, values)
        self.gone[port].append(run)

    def wait_for_delivery(self, run: Run, effect: Effect) -> None:
        """Hand an effect to the outside world and keep the run here until it was answered."""
        self._stay(run, "sent", NEXT, None)
        self.deliveries.append(Emitted(run, self.node, effect))

    def exit(self, run: Run) -> None:
        """End the run here, as the author wished."""
        self._settle(run, "exit")
        self.leaves.append(Leave(run, self.node, "exit"))

    def fail(self, run: Run, reason: Text) -> None:
        """End this run only; the others go on. It is shown with the reason and can be tried again."""
        self._settle(run, "failed")
        self.failures.append(Failure(run, self.node, reason))

    def emit(self, run: Run, effect: Effect) -> None:
        """Let something happen; the contact's snapshot shows it from now on."""
        self.effects.append(Emitted(run, self.node, effect))
        properties = effect.fold(run.contact)
        if properties is not None and self._may_be_heard(effect):
            self._signal(run, effect, properties)

    def arrival(self, run: Run) -> datetime:
        """Return when the run came to this step: now, unless it has waited here before."""
        return run.arrived_at if run.stands_at == self.node and run.arrived_at else self.now

    def judge(self, name: str, run: Run) -> tuple[bool, tuple[Comparison, ...]]:
        """Decide the condition of that field for the run; also returns the values compared."""
        judge: Judge = self.config[name]
        return judge(run.contact, run.event, self.now)

    def render(self, run: Run, template: str) -> str:
        """Fill `{{ contact.FIRSTNAME }}`, `{{ event.total }}` and the like, in a sandbox."""
        return self.world.render(template, run.contact, run.event)

    def draw(self, run: Run, lot: str = "", *, sticky: bool = False) -> float:
        """Return a number in [0, 1), one a `lot`, that is always the same for this entry of this contact at this node.

        `sticky`: the same at every entry of the contact, and in every version of the automation.
        """
        entry = "" if sticky else run.event.id
        seed = f"{run.automation}:{self.node}:{run.contact.id}:{entry}:{lot}".encode()
        return int.from_bytes(hashlib.blake2b(seed, digest_size=7).digest()) / 2**56

    def tickets(self, count: int) -> Sequence[int]:
        """Reserve the next `count` numbers of this node's rotation."""
        automation = self.runs[0].automation if self.runs else 0
        return self.world.tickets(f"{automation}:{self.node}", count) if count else ()

    def check(self) -> None:
        """Raise `NotAccounted` when a run was left without a way on."""
        for run in self.runs:
            if run.settled_by is not self._mark:
                raise NotAccounted(f"Node “{self.node}” left contact {run.contact.id} without a way on.")

    def _settle(self, run: Run, port: str, values: tuple[Comparison, ...] = ()) -> None:
        if run.settled_by is self._mark:
            raise NotAccounted(f"Node “{self.node}” settled contact {run.contact.id} twice.")
        run.settled_by = self._mark
        run.path.append(PathStep(self.node, port, self.now, values) if values else self._passing(port))

    def _passing(self, port: str) -> PathStep:
        """Return the one object that says so in the path of every run: there are many of them."""
        if port not in self._passed:
            self._passed[port] = PathStep(self.node, port, self.now)
        return self._passed[port]

    def _stay(
        self, run: Run, port: str, later: str | None, until: datetime | None, values: tuple[Comparison, ...] = ()
    ) -> None:
        self._settle(run, port, values)
        if run.stands_at != self.node:
            run.stands_at, run.arrived_at = self.node, self.now
        elif port == run.waits_for:
            run.path.pop()  # it waited here for the same before: nothing is new
        run.wake_at, run.waits_for = until, port
        self.waits.append(Wait(run, self.node, later, until))

    def _may_be_heard(self, effect: Effect) -> bool:
        """Tell whether anybody listens to changes of this kind: asked for each of many, so answered once a kind."""
        kind = type(effect)
        if kind not in self._heard:
            names = {topic.event for topic in self.world.listened}
            self._heard[kind] = any(topic.event in names for topic in effect.topics)
        return self._heard[kind]

    def _signal(self, run: Run, effect: Effect, properties: Mapping[str, Any]) -> None:
        for topic in effect.topics:
            if topic in self.world.listened:
                self.signals.append(Signal(topic, effect.contact, properties, (*run.event.causes, run.automation)))


class Node(ABC):
    """A kind of step. Subclasses live one a file, named after their key; discovery finds them.

    `ports` are the ways out that every step of the type has, in order, after those that its configuration opens;
    `example` is a configuration that loads. `suggested` is the place at which an empty canvas offers the type to begin
    with; None: it stands in the palette only.
    """

    kind: ClassVar[NodeKind]
    key: ClassVar[str]
    label: ClassVar[Text]
    description: ClassVar[Text]
    icon: ClassVar[str]
    search: ClassVar[tuple[str, ...]]
    suggested: ClassVar[int | None] = None
    ports: ClassVar[Mapping[str, Text]] = {NEXT: Text("Next", "Suite", "Далее")}
    Config: ClassVar[type[Schema]] = NodeSchema
    example: ClassVar[Configuration]

    def ports_of(self, config: Configuration) -> Mapping[str, Text]:
        """Return the ways out of a step, in order. `config` as stored; it need not be right yet."""
        return {**self.schema().ports(config), **self.ports}

    def reads(self, config: Configuration) -> Reads:
        """Return the facts this step needs; by default, those its fields name. `config` as stored, valid."""
        return self.schema().reads(config)

    @abstractmethod
    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        """Say in one sentence what the step does with this (valid, stored) configuration."""

    @classmethod
    def schema(cls) -> NodeSchema:
        """Return the form's schema."""
        schema = cls.Config()
        if not isinstance(schema, NodeSchema):
            raise TypeError(f"{cls.__name__}.Config must be a NodeSchema.")
        return schema


class Trigger(Node):
    """Lets contacts in when an event comes. Fields `event_filter` and `contact_filter` say which.

    One that is `addressed` hears only events sent to the step itself: their subject is its place in the automation.
    """

    kind = "trigger"
    addressed: ClassVar[bool] = False

    @abstractmethod
    def topic(self, config: Configuration) -> Topic:
        """Return what this trigger listens to."""

    def watch(self, config: Configuration) -> Watch | None:
        """Return what the clock is to look for, where nobody sends the event. `config` as stored, valid."""
        return None

    def members(self, config: Configuration) -> Members | None:
        """Return to whom it has happened already, where they can be told: they may enter on activation."""
        return None

    def narrows(self, config: Configuration) -> Json:
        """Return what the trigger asks of events beside its filters, if anything; `config` as stored, valid.

        Of triggers that ask for different things it is not known whether one event can start both.
        """
        return None

    def accepts(self, config: Configuration, event: Event, contact: Contact, now: datetime) -> bool:
        """Decide whether this event of this contact starts a run: both filters must hold. `config` is prepared."""
        for name in FILTERS:
            judge = config.get(name)
            if judge is not None and not judge(contact, event, now)[0]:
                return False
        return True


class Walkable(Node, Declared):
    """A node that contacts walk through.

    One that `pulls` also hears for contacts that have not come to it yet; one that `repeats` needs re-entry. One with a
    `channel` reaches contacts from outside, if `channel_of` does not say otherwise: quiet hours and frequency caps hold
    for it; whoever skips it leaves by the first of its `ports`.
    """

    pulls: ClassVar[bool] = False
    repeats: ClassVar[bool] = False
    channel: ClassVar[Channel | None] = None

    @abstractmethod
    def run(self, step: Step) -> None:
        """Settle every run of the step: see `Step`. No input or output here: emit effects."""

    def channel_of(self, config: Configuration) -> Channel | None:
        """Return the channel by which this step reaches contacts, if it does. `config` as stored, valid."""
        return self.channel

    def hears(self, config: Configuration) -> frozenset[Topic]:
        """Return the events that may move a contact on which waits here. `config` as stored, valid."""
        return frozenset()

    def recall(self, config: Configuration, deeds: Deeds) -> Recalled | None:
        """Say what the step did, as far as it can be told from `deeds`; None: its summary says it."""
        return None

    def answer(self, config: Configuration, run: Run, event: Event, now: datetime) -> Answer | None:
        """Decide whether an event moves a waiting run on; None: it goes on waiting. `config` is prepared."""
        return None


class Rule(Walkable):
    """Decides where a contact goes next, or when."""

    kind = "rule"


class Action(Walkable):
    """Changes something for a contact."""

    kind = "action"

    def accumulates(self, config: Configuration) -> bool:
        """Tell whether doing it again adds to what it did before, as scoring does. `config` as stored, valid."""
        return False
