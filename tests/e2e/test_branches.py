"""Splits of many ways, by real mouse and keyboard: their branches are made, connected, and taken back."""

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import (
    NOTE,
    OPENED,
    POINTS,
    TAG,
    add_by_word,
    after,
    between,
    centre,
    draft_of,
    drag,
    draw,
    entry,
    port,
    show,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

MULTI, RANDOM, EXIT = "Multi-way split", "Random split", "Exit"
COUNTRIES = {"France": ["France"], "Iberia": ["Spain", "Portugal"], "Dach": ["Germany"]}


def settings(desk: Page, label: str) -> Locator:
    return desk.get_by_role("region", name=f"Settings of {label}")


def apply(desk: Page) -> None:
    desk.get_by_role("button", name="Apply to step").click()


def ways_of(admin: httpx.Client, flow: int, source: str) -> dict[str, str]:
    """Where each way out of the step leads."""
    return {each["port"]: each["to"] for each in draft_of(admin, flow)["edges"] if each["from"] == source}


def fill_branch(form: Locator, number: int, name: str, values: list[str]) -> None:
    form.get_by_label(f"Name of branch {number}").fill(name)
    field = form.get_by_role("group", name=f"Branch {name}").get_by_label("Values")
    for value in values:
        field.fill(value)
        field.press("Enter")


def test_a_split_of_three_ways_is_built_and_connected_by_mouse(desk: Page, admin: httpx.Client):
    """Three branches by value, each drawn to a step of its own; who fits none leaves by the exit put after Else."""
    flow = draw(admin, {"opened": "email_opened", "note": "add_note", "tag": "add_tag", "points": "update_attribute"})
    show(desk, flow)
    after(desk, OPENED, "Next").click()
    add_by_word(desk, "multi-way")
    form = settings(desk, MULTI)
    form.get_by_role("combobox", name="Split by").click()
    desk.get_by_role("option", name="The value of an attribute").click()
    form.get_by_role("combobox", name="Attribute").click()
    desk.get_by_role("option", name="COUNTRY").click()
    form.get_by_role("button", name="Add branch").click()
    for number, (name, values) in enumerate(COUNTRIES.items(), 1):
        fill_branch(form, number, name, values)
    apply(desk)
    expect(step(desk, MULTI)).to_contain_text("By COUNTRY: France (France); Iberia (Spain, Portugal)")
    for index, target in enumerate([NOTE, TAG, POINTS]):
        drag(desk, port(desk, MULTI).nth(index), to=centre(entry(desk, target)))
        expect(between(desk, MULTI, target)).to_be_visible()
    after(desk, MULTI, "Else").click()
    add_by_word(desk, "exit")
    expect(step(desk, EXIT)).to_be_visible()
    eventually(
        desk,
        lambda: ways_of(admin, flow, "multi_split") == {"a": "note", "b": "tag", "c": "points", "else": "exit"},
    )


def test_a_removed_branch_takes_its_line_along_and_one_undo_brings_both_back(desk: Page, admin: httpx.Client):
    """Applying says that a line went; its undo restores the branch and where it led."""
    ways = ("opened > split", "split.a > note", "split.b > tag")
    flow = draw(admin, {"opened": "email_opened", "split": "random_split", "note": "add_note", "tag": "add_tag"}, *ways)
    show(desk, flow)
    step(desk, RANDOM).click()
    form = settings(desk, RANDOM)
    form.get_by_role("button", name="Add branch").click()
    form.get_by_role("button", name="Remove B").click()
    apply(desk)
    expect(after(desk, RANDOM, "C")).to_be_visible()
    expect(between(desk, RANDOM, TAG)).to_have_count(0)
    eventually(desk, lambda: ways_of(admin, flow, "split") == {"a": "note"})
    told = desk.get_by_role("alert").filter(has_text="1 line of a removed branch was deleted.")
    told.get_by_role("button", name="Undo").click()
    expect(between(desk, RANDOM, TAG)).to_be_visible()
    eventually(desk, lambda: ways_of(admin, flow, "split") == {"a": "note", "b": "tag"})


def test_shares_that_do_not_add_up_are_shared_evenly_by_one_click(desk: Page, admin: httpx.Client):
    """A control group takes its share from the others; its way out is there as soon as it has one."""
    flow = draw(admin, {"opened": "email_opened", "split": "random_split"}, "opened > split")
    show(desk, flow)
    step(desk, RANDOM).click()
    form = settings(desk, RANDOM)
    form.get_by_label("Control group").fill("20")
    expect(form.get_by_text("Together these make 120 %.")).to_be_visible()
    form.get_by_role("button", name="Share evenly").click()
    apply(desk)
    expect(step(desk, RANDOM)).to_contain_text("40% A, 40% B, 20% Control group")
    expect(after(desk, RANDOM, "Control group")).to_be_visible()
