from datetime import timedelta

import pytest

from nodes.world import EventCount, Moment, Topic
from tests.support.steps import NOW, accepts, event, person, registry, says

SHOES = {"category": "Shoes", "times": 3, "within": {"amount": 1, "unit": "hours"}}
QUESTION = EventCount("page_visited", 1 / 24, (("category", "Shoes"),), times=True)


def view(*minutes_ago: int, later: int = 0, category: str = "Shoes") -> bool:
    """Whether a view now lets in who viewed so many minutes ago, with others of its batch that came in later."""
    now = event("page_visited", category=category)
    earlier = [Moment(now.id - 1, NOW - timedelta(minutes=each)) for each in minutes_ago]
    after = [Moment(now.id + 1, NOW)] * later
    times = {QUESTION: [*earlier, Moment(now.id, NOW), *after]}
    return accepts("page_visited_often", SHOES, now, person(event_times=times))


@pytest.mark.row("C21")
@pytest.mark.parametrize(
    ("minutes_ago", "starts"),
    [((), False), ((5,), False), ((5, 9), True), ((5, 9, 20), False), ((5, 9, 60), True), ((5, 61), False)],
)
def test_the_nth_view_within_the_window_starts_it(minutes_ago: tuple[int, ...], starts: bool):
    """With the one before it was not yet so many; with the one after it was so many already."""
    assert view(*minutes_ago) is starts


def test_views_of_the_same_batch_are_told_apart():
    """Those that came in later do not count: each view is judged as of its own moment."""
    assert view(5, 9, later=4)
    assert not view(5, later=4)


@pytest.mark.parametrize(
    ("minutes_later", "starts"),
    [((), False), ((1, 2), True), ((1, 62), False), ((70, 80, 90), False), ((1, 2, 3), False)],
)
def test_a_view_that_came_in_late_counts_within_its_own_windows(minutes_later: tuple[int, ...], starts: bool):
    """With later views that were in before it, it may be the Nth of a window; those of long after do not count."""
    late = event("page_visited", category="Shoes")
    known = [Moment(late.id - 1, NOW + timedelta(minutes=each)) for each in minutes_later]
    times = {QUESTION: [*known, Moment(late.id, NOW)]}
    assert accepts("page_visited_often", SHOES, late, person(event_times=times)) is starts


def test_other_categories_do_not_count():
    """Only a view of the category itself can be the Nth."""
    assert not view(5, 9, category="Hats")


def test_it_asks_when_such_pages_were_viewed():
    """One question, whatever the batch; of a page by its address, of any page without more."""
    node = registry()["page_visited_often"]
    assert node.reads(SHOES).event_counts == {QUESTION}
    (of_page,) = node.reads({"of": "page", "page": "https://a.example/x"}).event_counts
    assert (of_page.where, of_page.days) == ((("page", "https://a.example/x"),), 7)
    assert node.reads({"of": "any"}).event_counts == {EventCount("page_visited", 7, (), times=True)}


def test_it_says_what_how_often_and_when():
    """Its sentence has all three."""
    assert says("page_visited_often", SHOES).en == "Visits “Shoes” 3 times within 1 hour"
    assert says("page_visited_often", {"of": "any", "times": 5}).fr == "Visite 5 pages en 7 jours"


def test_it_listens_to_every_view():
    """Its topic is the view itself."""
    assert registry()["page_visited_often"].topic(SHOES) == Topic("page_visited")
