"""How well machines are told from people, over ten thousand hits of which it is known who made them."""

from collections import Counter

import pytest

from tests.app.services.mailing.labelled import PERSON, Verdict, verdicts

HITS = 10_000


@pytest.fixture(scope="module", params=[2026, 7])
def judged(request: pytest.FixtureRequest) -> list[Verdict]:
    return verdicts(HITS, request.param)


def test_what_is_marked_is_a_machine(judged: list[Verdict]):
    """Precision: of a hundred hits that are kept out of triggers and scores, ninety-nine are no person's."""
    marked = [each.who for each in judged if each.taken_for is not None]
    assert sum(who != PERSON for who in marked) / len(marked) >= 0.99


def test_machines_are_marked(judged: list[Verdict]):
    """Recall: nine of ten; what is missed is the first link of scanners that call themselves a browser."""
    machines = [each for each in judged if each.who != PERSON]
    assert sum(each.taken_for is not None for each in machines) / len(machines) >= 0.9
    assert {each.who for each in machines if each.taken_for is None} == {"hidden scanner"}


def test_hardly_a_person_is_lost(judged: list[Verdict]):
    """One in a hundred at most, and only who was quicker than anybody reads."""
    people = [each for each in judged if each.who == PERSON]
    lost = Counter(each.taken_for for each in people if each.taken_for is not None)
    assert lost.total() / len(people) <= 0.01
    assert lost.keys() <= {"haste", "burst"}
