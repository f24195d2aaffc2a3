"""U39: the whole automation in words, in three languages, as a picture, as a PDF file and on paper."""

import re
from urllib.parse import quote, unquote

import httpx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.acting import step
from tests.e2e.drawing import draw, put_groups, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
TASK = {"create_task": {"title": "Call", "due": "+2days"}}


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    nodes = {"opened": "email_opened", "hot": "conditional_split", "note": "add_note", "tag": "add_tag"}
    return draw(admin, nodes, "opened > hot", "hot.yes > note", "hot.no > tag", name="Told")


@pytest.fixture
def told(desk: Page, flow: int) -> Page:
    return tell(desk, flow)


def tell(desk: Page, flow: int) -> Page:
    show(desk, flow)
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


def test_u39_when_a_task_is_due_is_said_in_words(desk: Page, admin: httpx.Client):
    """On the card, in the text and in the outline alike, in the words of each language."""
    show(desk, draw(admin, {"opened": "email_opened", "task": "create_task"}, "opened > task", configs=TASK))
    expect(step(desk, "Create task")).to_contain_text("Call (due in 2 days)")
    desk.keyboard.press("o")
    expect(desk.get_by_role("region", name="Outline")).to_contain_text("Call (due in 2 days)")
    desk.get_by_role("button", name="Automation actions").click()
    desk.get_by_role("menuitem", name="In words, print, picture").click()
    story = desk.get_by_test_id("story").get_by_role("paragraph")
    for language, said in (
        ("English", "Task: Call (due in 2 days)"),
        ("Français", "Tâche\u00a0: Call (échéance dans 2 jours)"),
        ("Русский", "Задача: Call (срок: через 2 дня)"),
    ):
        desk.get_by_text(language, exact=True).click()
        expect(story.filter(has_text=said)).to_have_count(1)


def test_u39_a_group_has_a_heading_in_the_words_the_file_and_the_picture(desk: Page, admin: httpx.Client, flow: int):
    """Collapsed or not: all of its steps are told beneath its name, and what follows from them is not in it."""
    put_groups(admin, flow, [{"id": "group", "name": "Warm-up", "nodes": ["hot", "note"], "collapsed": False}])
    story = tell(desk, flow).get_by_test_id("story")
    heading = "Warm-up"
    inside = ["then: SCORE is at least 20?", "if “Yes”:", "then: Note: Looked at twice", "the way ends", "else, “No”:"]
    expect(story.locator("[data-part=heading], [data-part=inside]")).to_have_text([heading, *inside])
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download PDF").click()
    words, picture = PdfReader(download.value.path()).pages
    assert heading in words.extract_text()
    assert heading in picture.extract_text()


def test_u39_the_picture_is_taken_along_as_svg(told: Page):
    """With every step in it."""
    with told.expect_download() as download:
        told.get_by_role("link", name="Picture as SVG").click()
    svg = download.value.path().read_text()
    assert download.value.suggested_filename == "Told.svg"
    assert all(words in svg for words in ("<svg", "Email opened", "Conditional split", "Add note", "Add tag", ">Yes<"))


def test_u39_the_picture_has_the_letters_of_the_product_and_says_each_thing_once(told: Page):
    """An image and a file have no letters but those they bring; a name is not said again in the sentence below it."""
    image = told.get_by_role("img", name="Picture of the automation")
    expect(image).to_have_attribute("src", re.compile("font-face.*Inter.*woff2"))
    picture = unquote(image.get_attribute("src") or "")
    assert picture.count("@font-face") == 1  # no word of it needs more
    assert picture.count(">Email opened<") == 1


ENGLISH = ("Email opened", "Conditional split", "Add note", "Add tag", "Yes", "No")
RUSSIAN = ("Письмо открыто", "Разветвление по условию", "Добавить заметку", "Добавить метку", "Да", "Нет")


@pytest.mark.parametrize(
    ("language", "first", "note", "cards"),
    [
        ("English", "When: Email opened", "then: Note: Looked at twice", ENGLISH),
        ("Русский", "Когда: Письмо открыто", "затем: Заметка: Looked at twice", RUSSIAN),
    ],
)
def test_u39_words_and_picture_are_one_pdf_file(
    told: Page, language: str, first: str, note: str, cards: tuple[str, ...]
):
    """In the language that was chosen: the words on the first page, the picture drawn, not painted, on the last."""
    told.get_by_text(language, exact=True).click()
    expect(told.get_by_test_id("story").get_by_role("paragraph").first).to_have_text(first)
    image = told.get_by_role("img", name="Picture of the automation")
    expect(image).to_have_attribute("src", re.compile(re.escape(quote(cards[0]))))
    with told.expect_download() as download:
        told.get_by_role("button", name="Download PDF").click()
    assert download.value.suggested_filename == "Told.pdf"
    words, picture = PdfReader(download.value.path()).pages
    said = re.sub(r"\s+", " ", words.extract_text())
    assert "Told" in said
    assert first in said
    assert note in said
    drawn = re.sub(r"\s+", " ", picture.extract_text())
    assert all(each in drawn for each in cards)
    assert not picture.images


def test_u39_on_paper_stand_the_text_and_the_picture_alone(told: Page):
    """Printed, or saved as PDF, without the screen around it."""
    told.emulate_media(media="print")
    expect(told.get_by_test_id("story")).to_be_visible()
    expect(told.get_by_role("img", name="Picture of the automation")).to_be_visible()
    expect(told.get_by_role("button", name="Print", exact=True)).to_be_hidden()
    expect(told.get_by_role("application", name="Canvas")).to_be_hidden()
    assert told.pdf().startswith(b"%PDF-")
