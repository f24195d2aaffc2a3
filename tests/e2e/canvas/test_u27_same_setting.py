"""U27: a setting that is still being changed when somebody else applies it is never overwritten unasked."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.acting import client_of, desk_of, eventually, step
from tests.e2e.barriers import barriers
from tests.e2e.conftest import watch
from tests.e2e.drawing import draft_of, draw, show
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

ALERT = "Send alert"
APPLY = "Apply to step"


@pytest.fixture
def colleague(browser: Browser, demo: Instance) -> Iterator[Page]:
    """A second person's page."""
    with client_of(demo, "marketer@example.com") as client, desk_of(browser, client) as page:
        faults = watch(page, demo)
        yield page
    assert faults == []


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    """An automation that alerts, with a title."""
    configs = {"send_alert": {"to": "owner", "title": "Before"}}
    return draw(admin, {"opened": "email_opened", "alert": "send_alert"}, "opened > alert", configs=configs)


def settings_of(page: Page) -> Locator:
    return page.get_by_role("region", name=f"Settings of {ALERT}")


def field(page: Page, name: str) -> Locator:
    return settings_of(page).get_by_role("textbox", name=name, exact=True)


def alert_of(admin: httpx.Client, flow: int) -> dict[str, object]:
    return next(dict(each["config"]) for each in draft_of(admin, flow)["nodes"] if each["id"] == "alert")


def both_write(desk: Page, colleague: Page, admin: httpx.Client, flow: int, other: str = "Title") -> None:
    """One writes a title without applying it; meanwhile the other takes over, writes a field and applies."""
    show(desk, flow)
    show(colleague, flow)
    step(desk, ALERT).click()
    field(desk, "Title").fill("Adrian's")
    step(colleague, ALERT).click()
    settings_of(colleague).get_by_role("button", name="Change it anyway").click()
    field(colleague, other).fill("Mathilde's")
    settings_of(colleague).get_by_role("button", name=APPLY).click()
    eventually(desk, lambda: alert_of(admin, flow).get("title" if other == "Title" else "body") == "Mathilde's")


def notice(page: Page) -> Locator:
    return settings_of(page).get_by_role("status", name="Title was changed by somebody else, too")


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "Adrian's"), ("Take theirs", "Mathilde's")])
def test_u27_who_applies_over_another_is_told_at_once_and_asked(
    desk: Page, colleague: Page, admin: httpx.Client, flow: int, choice: str, kept: str
):
    """The open form shows both values as soon as the other's stands; applying asks whose stays, and may be put off."""
    both_write(desk, colleague, admin, flow)
    expect(notice(desk).get_by_role("textbox")).to_have_value("Mathilde's")
    expect(field(desk, "Title")).to_have_value("Adrian's")
    assert barriers(desk) == {}
    dialog = desk.get_by_role("dialog", name="Two of you changed the same thing")
    settings_of(desk).get_by_role("button", name=APPLY).click()
    expect(dialog.get_by_role("listitem")).to_have_text([f"{ALERT}: Title"])
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(field(desk, "Title")).to_have_value("Adrian's")
    assert alert_of(admin, flow)["title"] == "Mathilde's"
    settings_of(desk).get_by_role("button", name=APPLY).click()
    dialog.get_by_role("button", name=choice).click()
    expect(settings_of(desk)).to_have_count(0)
    expect(step(desk, ALERT).get_by_text(kept)).to_be_visible()
    eventually(desk, lambda: alert_of(admin, flow)["title"] == kept)
    expect(step(colleague, ALERT).get_by_text(kept)).to_be_visible()


def test_u27_the_answer_may_be_given_at_the_field(desk: Page, colleague: Page, admin: httpx.Client, flow: int):
    """Who chose there is not asked again, and leaving the settings applies what was chosen."""
    both_write(desk, colleague, admin, flow)
    notice(desk).get_by_role("button", name="Keep mine").click()
    expect(notice(desk)).to_have_count(0)
    settings_of(desk).get_by_role("button", name=APPLY).click()
    expect(settings_of(desk)).to_have_count(0)
    eventually(desk, lambda: alert_of(admin, flow)["title"] == "Adrian's")


def test_u27_leaving_by_applying_asks_whose_stays_too(desk: Page, colleague: Page, admin: httpx.Client, flow: int):
    """From the question about unapplied changes: what was wished for happens after the answer."""
    both_write(desk, colleague, admin, flow)
    expect(notice(desk)).to_be_visible()
    desk.get_by_role("link", name="Automations").first.click()
    desk.get_by_role("dialog", name="Apply your changes?").get_by_role("button", name=APPLY).click()
    asked = desk.get_by_role("dialog", name="Two of you changed the same thing")
    expect(asked).to_be_visible()
    assert alert_of(admin, flow)["title"] == "Mathilde's"
    asked.get_by_role("button", name="Keep mine").click()
    desk.wait_for_url("**/automations")
    eventually(desk, lambda: alert_of(admin, flow)["title"] == "Adrian's")


def test_u27_different_settings_of_one_step_are_not_asked_about(
    desk: Page, colleague: Page, admin: httpx.Client, flow: int
):
    """What the other applied comes into the open form, beside what is typed there, and both stay."""
    both_write(desk, colleague, admin, flow, other="Text")
    expect(field(desk, "Text")).to_have_value("Mathilde's")
    settings_of(desk).get_by_role("button", name=APPLY).click()
    expect(settings_of(desk)).to_have_count(0)
    eventually(desk, lambda: alert_of(admin, flow)["title"] == "Adrian's")
    assert alert_of(admin, flow)["body"] == "Mathilde's"


def test_u27_what_is_typed_outlives_the_step(desk: Page, colleague: Page, admin: httpx.Client, flow: int):
    """Whoever types in a step that another removes is told, and puts it back with what was typed."""
    show(desk, flow)
    show(colleague, flow)
    step(desk, ALERT).click()
    field(desk, "Title").fill("Adrian's")
    step(colleague, ALERT).click(button="right")
    colleague.get_by_role("menuitem", name="Delete step").click()
    expect(step(colleague, ALERT)).to_have_count(0)
    asked = desk.get_by_role("dialog", name=f"“{ALERT}” was removed elsewhere")
    asked.get_by_role("button", name="Put it back").click()
    expect(field(desk, "Title")).to_have_value("Adrian's")
    settings_of(desk).get_by_role("button", name=APPLY).click()
    expect(step(colleague, ALERT)).to_be_visible()
    assert alert_of(admin, flow)["title"] == "Adrian's"
