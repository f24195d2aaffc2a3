from tests.support.steps import faults, person, ports, says, walk


def test_shares_are_about_kept():
    """Of many contacts, about the share given goes each way."""
    step = walk("percentage_split", {"shares": {"a": 30, "b": 70}}, *(person(number) for number in range(1, 4001)))
    assert 0.27 < len(ports(step)["a"]) / 4000 < 0.33


def test_all_or_nothing_is_exact():
    """A share of 100 takes everyone, a share of 0 nobody."""
    people = [person(number) for number in range(1, 500)]
    assert list(ports(walk("percentage_split", {"shares": {"a": 100, "b": 0}}, *people))) == ["a"]
    assert list(ports(walk("percentage_split", {"shares": {"a": 0, "b": 100}}, *people))) == ["b"]


def test_a_draw_can_be_repeated():
    """The same entry of the same contact at the same step draws the same, and the path keeps it."""
    step = walk("percentage_split", {}, person(1))
    (value,) = step.runs[0].path[0].values
    assert value.actual == round(step.draw(step.runs[0]) * 100, 3)
    assert value.holds is (step.runs[0].path[0].port == "a")


def test_shares_make_a_hundred():
    """Shares are whole, not negative, for both ways, and 100 together."""
    odd = [{"a": 50, "b": 51}, {"a": 100}, {"a": 50.5, "b": 49.5}, {"a": -1, "b": 101}, {"a": True, "b": 99}, [50, 50]]
    assert {tuple(faults("percentage_split", {"shares": shares})) for shares in odd} == {(("shares", "invalid"),)}


def test_its_sentence_names_the_shares():
    """Both shares are read out."""
    assert says("percentage_split", {"shares": {"a": 30, "b": 70}}).en == "30% go to A, 70% to B"
