import pytest

from app import chain


def test_what_is_written_is_read():
    """The automations come back in their order."""
    assert chain.read(chain.write((3, 15, 3))) == (3, 15, 3)


@pytest.mark.parametrize("value", [None, "", "a", "1,,2", "1, 2", "-1", "٣", "9" * 30])
def test_anything_else_names_no_causes(value):
    """Whatever a stranger sends there, it does no harm."""
    assert chain.read(value) == ()


def test_a_chain_has_an_end():
    """More causes than anybody could have are not kept."""
    assert len(chain.read(",".join(["1"] * 5000))) == chain.LONGEST
