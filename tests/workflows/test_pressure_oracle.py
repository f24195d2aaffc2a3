"""Frequency caps beside an oracle that knows no batches."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nodes.moments import Duration
from nodes.pressure import PRIORITIES, Cap
from tests.support.messages import HOUR, NOON, Playing, Told, Wish, order, plan
from workflows.items import Happening

SPANS = st.builds(Duration, st.integers(1, 6), st.just("hours"))
CAPS = st.lists(st.builds(Cap, st.sampled_from(["webhook", None]), st.integers(1, 3), SPANS), min_size=1, max_size=2)
WISHES = st.lists(
    st.tuples(st.sampled_from(sorted(PRIORITIES)), st.sampled_from(["wait", "skip"]), st.booleans()),
    min_size=1,
    max_size=3,
)
HAPPENINGS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 2), st.sampled_from(["email_opened", "email_clicked"])), max_size=12
)


def as_the_oracle_says(caps: Sequence[Cap], wishes: Sequence[Wish], events: Sequence[Happening]) -> list[Told]:
    """One contact after the other, one moment after the other: who waits is tried by rank, then who comes."""
    return [
        told
        for contact in {each.contact for each in events}
        for told in _of_one(caps, wishes, [each for each in events if each.contact == contact])
    ]


def _of_one(caps: Sequence[Cap], wishes: Sequence[Wish], events: Sequence[Happening]) -> list[Told]:
    told: list[Told] = []
    queue: list[tuple[int, int, int, Told]] = []  # rank, then order of arrival
    moments = {each.event.at for each in events}
    while moments:
        now = min(moments)
        moments.remove(now)
        asking = sorted(queue)
        for each in events:
            if each.event.at == now:
                asking += sorted(_asked(wishes, each))
        for ask in asking:
            if all(_sent_within(told, cap, now) < cap.most for cap in caps):
                told.append(ask[3]._replace(at=now))
                moments |= {now + cap.span for cap in caps}
                queue = [each for each in queue if each is not ask]
            elif wishes[ask[3].automation - 1][1] == "skip":
                told.append(ask[3])
            elif ask not in queue:
                queue.append(ask)
    assert not queue
    return told


def _asked(wishes: Sequence[Wish], event: Happening) -> list[tuple[int, int, int, Told]]:
    return [
        (-PRIORITIES[priority], event.event.id, number, Told(event.contact, number, event.event.id, None))
        for number, (priority, _, clicks) in enumerate(wishes, 1)
        if clicks or event.event.name == "email_opened"
    ]


def _sent_within(told: Sequence[Told], cap: Cap, now: datetime) -> int:
    return sum(each.at is not None and each.at > now - cap.span for each in told)


def _which(told: Told) -> tuple[int, int, int]:
    return told[:3]


def happenings(drawn: Sequence[tuple[int, int, str]]) -> list[Happening]:
    """Events at half hours, so that they fall on the ends of windows, too."""
    return [
        order(number, NOON + HOUR * halves / 2, contact, name)
        for number, (halves, contact, name) in enumerate(sorted(drawn), 1)
    ]


@given(CAPS, WISHES, HAPPENINGS, st.integers(1, 4))
def test_batches_of_any_size_come_to_what_the_oracle_says(
    caps: list[Cap], wishes: list[Wish], drawn: list[tuple[int, int, str]], cut: int
):
    """Whoever asks when: no window ever holds more than it may, and nobody who waits is lost."""
    events = happenings(drawn)
    played = Playing([plan(number, caps, wish) for number, wish in enumerate(wishes, 1)], caps, cut)
    for moment in sorted({each.event.at for each in events}):
        played.until(moment)
        played.work([each for each in events if each.event.at == moment])
    played.until(NOON + timedelta(days=60))
    assert sorted(played.told, key=_which) == sorted(as_the_oracle_says(caps, wishes, events), key=_which)
    assert played.waiting == []
    for contact in (1, 2):
        sent = [each.at for each in played.told if each.contact == contact and each.at]
        for cap in caps:
            assert all(sum(end - cap.span < at <= end for at in sent) <= cap.most for end in sent)
