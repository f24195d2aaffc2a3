"""Two versions: who tries which, which one won, and what the rest gets."""

from collections import Counter
from fractions import Fraction

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Campaign, Message
from app.services.campaigns import plans, running, views
from app.services.campaigns.plans import Plan, Trial
from app.services.campaigns.trials import sizes
from app.services.campaigns.winners import Tried, better
from tests.factories.campaigns import list_of, start, work
from tests.support.mailbox import Mailbox

PEOPLE = [f"p{number}@example.com" for number in range(50)]
TRIAL = Trial(share=40, by="opens", hours=4, subject="Version B")


@st.composite
def tried(draw: st.DrawFn) -> Tried:
    """What came of a version: never more hits than mails."""
    sent = draw(st.integers(0, 10**6))
    return Tried(sent, draw(st.integers(0, sent)))


def rate(each: Tried) -> Fraction:
    return Fraction(each.hits, each.sent) if each.sent else Fraction(0)


@given(tried(), tried())
def test_the_higher_rate_wins_exactly(a: Tried, b: Tried):
    """As fractions say; equal rates are a tie, whatever the numbers behind them; the same if told the other way."""
    expected = None if rate(a) == rate(b) else "a" if rate(a) > rate(b) else "b"
    assert better(a, b) == expected
    assert better(b, a) == {"a": "b", "b": "a", None: None}[expected]


@given(tried(), st.integers(1, 1000))
def test_equal_rates_of_different_sizes_tie(a: Tried, times: int):
    """A third of three and a third of three thousand are the same."""
    assert better(a, Tried(a.sent * times, a.hits * times)) is None


@given(st.integers(0, 10**7), st.integers(2, 100))
def test_a_share_is_split_in_halves(total: int, share: int):
    """Never more than there are; at least one each where there are two; the halves differ by one at most."""
    a, b = sizes(total, share)
    assert 0 <= a - b <= 1
    assert a + b <= total
    assert (a >= 1 and b >= 1) or total < 2
    assert abs(a + b - total * share / 100) <= 2 or a + b == min(2, total)


def test_stored_settings_say_the_same_again():
    """As they come from the database."""
    plan = Plan(lists=(1,), trial=TRIAL, subject="Hello")
    assert plans.read(plans.dump(plan)) == plan


@pytest.mark.parametrize(
    ("plan", "b"),
    [
        (Plan(template=1, subject="S", trial=Trial(20, "opens", 4, subject="T")), (1, "T")),
        (Plan(template=1, subject="S", trial=Trial(20, "opens", 4, template=2)), (2, "")),
        (Plan(template=1, subject="S", trial=Trial(20, "opens", 4, template=2, subject="T")), (2, "T")),
    ],
    ids=["subject", "template", "both"],
)
def test_what_version_b_does_not_say_is_as_in_a(plan: Plan, b: tuple[int, str]):
    """But another template comes with its own subject."""
    assert plan.content("b") == b
    assert plan.content("a") == (1, "S")


def subjects(mailbox: Mailbox) -> Counter[str]:
    return Counter(each["Subject"] for each in mailbox.letters)


def opened(database: Session, variant: str, count: int) -> None:
    """So many people open that version."""
    some = select(Message.id).where(Message.variant == variant).order_by(Message.id).limit(count)
    database.execute(update(Message).where(Message.id.in_(some)).values(opened_at=func.now()))


def time_is_up(database: Session) -> None:
    database.execute(update(Campaign).values(decide_at=func.now(), next_at=func.now()))


@pytest.mark.parametrize(("in_a", "in_b", "winner", "tie"), [(3, 2, "a", False), (2, 3, "b", False), (4, 4, "a", True)])
def test_the_rest_gets_what_did_better(
    database: Session, mailbox: Mailbox, in_a: int, in_b: int, winner: str, tie: bool
):
    """Nobody of the rest before, everybody once after; of equal versions it is the first, and said."""
    number = start(lists=(list_of(*PEOPLE),), subject="Version A", trial=TRIAL)
    work(database)
    assert subjects(mailbox) == {"Version A": 10, "Version B": 10}
    opened(database, "a", in_a)
    opened(database, "b", in_b)
    work(database)
    assert len(mailbox.letters) == 20
    time_is_up(database)
    work(database)
    shown = views.get(number)
    assert (shown.state, shown.winner, shown.tie) == ("done", winner, tie)
    assert subjects(mailbox)[f"Version {winner.upper()}"] == 40
    assert sorted(each["To"] for each in mailbox.letters) == sorted(PEOPLE)


def test_the_winner_is_chosen_by_hand_before(database: Session, mailbox: Mailbox):
    """Once both were sent, and once only."""
    number = start(lists=(list_of(*PEOPLE[:10]),), subject="Version A", trial=TRIAL)
    with pytest.raises(Conflict):
        running.choose(number, "b")
    work(database)
    running.choose(number, "b")
    work(database)
    assert subjects(mailbox) == {"Version A": 2, "Version B": 8}
    with pytest.raises(Conflict):
        running.choose(number, "a")


def test_a_pause_does_not_hasten_the_winner(database: Session, mailbox: Mailbox):
    """Who goes on waits for the rest of the time."""
    number = start(lists=(list_of(*PEOPLE[:10]),), trial=TRIAL)
    work(database)
    running.pause(number)
    running.resume(number)
    work(database)
    assert len(mailbox.letters) == 4
    assert views.get(number).winner is None


def test_two_versions_for_all_leave_nobody_over(database: Session, mailbox: Mailbox, client: FlaskClient):
    """With a share of everybody there is no rest."""
    trial = Trial(share=100, by="clicks", hours=1, subject="Version B")
    start(lists=(list_of(*PEOPLE[:7]),), subject="Version A", trial=trial)
    work(database)
    time_is_up(database)
    work(database)
    assert subjects(mailbox) == {"Version A": 4, "Version B": 3}
    assert database.scalars(select(Campaign.state)).all() == ["done"]
