import pytest

from nodes.effects import AddNote
from tests.support.steps import effects, faults, person, says, walk


@pytest.mark.row("E31")
def test_the_note_is_filled_in_for_each_contact():
    """Each contact gets a note of its own."""
    step = walk(
        "add_note", {"text": "Hi"}, person(1), person(2), render=lambda text, contact, _event: f"{text} {contact.id}"
    )
    assert effects(step) == [AddNote(1, "Hi 1"), AddNote(2, "Hi 2")]


def test_a_text_is_needed_and_its_names_must_exist():
    """An empty note is a fault, and so is one about an attribute that does not exist."""
    assert faults("add_note", {"text": "  "}) == [("text", "invalid")]
    assert faults("add_note", {"text": "{% if contact.GONE %}x{% endif %}"}) == [("text", "unknown_attribute")]


def test_its_sentence_is_the_text():
    """The note is read out."""
    assert says("add_note", {"text": "Hi"}).ru == "Заметка: Hi"
