import pytest

from nodes.effects import SetAttribute
from tests.support.steps import CATALOG, effects, faults, person, says, walk, without


@pytest.mark.row("C10")
@pytest.mark.parametrize(("points", "score", "becomes"), [(5, 15.0, 20.0), (5, None, 5.0), (-3, 2.0, -1.0)])
def test_points_are_added_to_the_score(points: int, score: float | None, becomes: float):
    """Points go to SCORE unless another number is named; fewer than none takes away."""
    step = walk("add_points", {"points": points}, person(1, SCORE=score))
    assert effects(step) == [SetAttribute(1, "SCORE", becomes)]


def test_the_score_must_be_a_number_that_exists():
    """A score of another kind, or none at all, is a fault; so are broken points."""
    assert faults("add_points", {"points": 5, "attribute": "FIRSTNAME"}) == [("attribute", "invalid")]
    assert faults("add_points", {"points": 5}, without(CATALOG, attributes={})) == [("attribute", "unknown_attribute")]
    assert faults("add_points", {"points": 2.5}) == [("points", "invalid")]
    assert faults("add_points", {}) == [("points", "missing")]


def test_its_sentence_names_the_points():
    """Points and score are read out."""
    assert says("add_points", {"points": 5}).en == "Add 5 points to SCORE"
    assert says("add_points", {"points": -1}).en == "Take 1 point off SCORE"
