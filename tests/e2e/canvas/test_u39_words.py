"""U39: the whole automation in words, in three languages, as a picture and on paper."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
def told(desk: Page, admin: httpx.Client) -> Page:
    nodes = {"opened": "email_opened", "hot": "conditional_split", "note": "add_note", "tag": "add_tag"}
    show(desk, draw(admin, nodes, "opened > hot", "hot.yes > note", "hot.no > tag", name="Told"))
    desk.get_by_role("button", name="Automation actions").click()
    desk.get_by_role("menuitem", name="In words, print, picture").click()
    return desk


def test_u39_it_reads_as_when_then_if_and_else_in_three_languages(told: Page):
    """The language of the text is chosen apart from the screen's."""
    story = told.get_by_test_id("story").get_by_role("paragraph")
    said = ["When: Email opened", "then: SCORE is at least 20?", "if “Yes”:", "then: Note: Looked at twice"]
    expect(story).to_have_text([*said, "the way ends", "else, “No”:", "then: Add the tag “looked-at”", "the way ends"])
    told.get_by_text("Français", exact=True).click()
    expect(story.first).to_have_text("Quand : E-mail ouvert")
    told.get_by_text("Русский", exact=True).click()
    expect(story.first).to_have_text("Когда: Письмо открыто")


def test_u39_the_picture_is_taken_along_as_svg(told: Page):
    """With every step in it."""
    with told.expect_download() as download:
        told.get_by_role("link", name="Picture as SVG").click()
    svg = download.value.path().read_text()
    assert download.value.suggested_filename == "Told.svg"
    assert all(words in svg for words in ("<svg", "Email opened", "Conditional split", "Add note", "Add tag", ">Yes<"))


def test_u39_on_paper_stand_the_text_and_the_picture_alone(told: Page):
    """Printed, or saved as PDF, without the screen around it."""
    told.emulate_media(media="print")
    expect(told.get_by_test_id("story")).to_be_visible()
    expect(told.get_by_role("img", name="Picture of the automation")).to_be_visible()
    expect(told.get_by_role("button", name="Print or save as PDF")).to_be_hidden()
    expect(told.get_by_role("application", name="Canvas")).to_be_hidden()
    assert told.pdf().startswith(b"%PDF-")
