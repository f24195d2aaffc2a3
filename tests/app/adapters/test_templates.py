import time
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.templates import OF_MAIL, check, check_step, looking_up, render, running
from nodes.world import Event
from tests.support.steps import person

ZOE = person(
    1,
    email="zoe@example.com",
    FIRSTNAME="Zoé <b>",
    SCORE=20.0,
    INTERESTS=("books", "bikes"),
    BIRTHDAY=date(1990, 2, 28),
    PLAN=None,
    company={"name": "Äcme"},
    owner="rep@example.com",
)

ORDER = Event(
    1,
    "order_placed",
    datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    {"total": 42.0, "order-id": "A 7", "lines": ["tea", "cup"], "to": {"city": "Lyon"}, "note": None},
)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ event.total }} for {{ event['order-id'] }}: {{ event.lines }}", "42 for A 7: tea, cup"),
        ("{{ event.event_name }} {{ event.event_time }}", "order_placed 2026-03-01T18:30+09:00"),
        ("{{ event.to.city | upper }} {{ event.to }}", "LYON "),
        ("[{{ event.gone }}{{ event.note }}{{ event.a.b }}]", "[]"),
        ("{{ event.gone | default('none') }} {{ event.note | default('none') }}", "none none"),
        ("{% if event.total >= 40 %}{{ contact.FIRSTNAME }}{% endif %}", "Zoé <b>"),
    ],
)
def test_a_text_of_a_step_is_filled_with_the_event(template: str, text: str):
    """Its properties, name and time where the contact is; what it has not is empty, as all is without an event."""
    zoe = replace(ZOE, time_zone=ZoneInfo("Asia/Tokyo"))
    assert check_step(template) is None
    assert render(template, zoe, ORDER) == text
    assert render(template.replace("{% if event.total >= 40 %}", ""), zoe).count("42") == 0


@pytest.mark.parametrize(
    "template",
    ["{{ event[0] }}", "{{ event[contact.x] }}", "{{ event.total() }}", "{{ event['a']['b'] }}", "{{ contact['x'] }}"],
)
def test_an_event_is_looked_up_by_plain_names_only(template: str):
    """No positions, no names made of values, no calls."""
    assert check_step(template) is not None


def test_only_steps_and_mail_have_an_event():
    """A campaign’s subject has none, and says so."""
    fault = check("{{ event.total }}")
    assert fault is not None
    assert "event" in fault.en
    assert check("{{ event.total }}", OF_MAIL) is None


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hi {{ contact.FIRSTNAME }}!", "Hi Zoé <b>!"),
        ("{{ contact.SCORE }} {{ contact.INTERESTS }} {{ contact.BIRTHDAY }}", "20 books, bikes 1990-02-28"),
        ("[{{ contact.PLAN }}{{ contact.NOWHERE }}{{ contact.a.b.c }}]", "[]"),
        ("{{ contact.PLAN | default('none yet') }}", "none yet"),
        ("{{ contact.FIRSTNAME | upper | trim }}", "ZOÉ <B>"),
        ("{{ contact.email }} {{ contact.company.name }} {{ contact.owner }}", "zoe@example.com Äcme rep@example.com"),
        ("{% if contact.SCORE >= 20 and not contact.PLAN %}hot{% else %}cold{% endif %}", "hot"),
        ("{% if contact.PLAN > 3 %}more{% else %}less{% endif %}", "less"),
        ("{{ contact.company }}", ""),
    ],
)
def test_a_text_is_filled_with_the_contacts_data(template: str, text: str):
    """Values read as people write them; what is not there is empty; conditions choose."""
    assert check(template) is None
    assert render(template, ZOE) == text


@pytest.mark.parametrize(
    "template",
    [
        "{{ 7 * 7 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ ''.__class__.__mro__ }}{{ config }}",
        "{{ contact.__class__() }}",
        "{{ contact.get('x') }}",
        "{{ contact['FIRSTNAME'] }}",
        "{{ request.application }}",
        "{% for x in contact %}{{ x }}{% endfor %}",
        "{% set x = 1 %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% macro m() %}{% endmacro %}",
        "{{ contact.FIRSTNAME | attr('x') }}",
        "{{ contact.FIRSTNAME | replace('a', 'aa') }}",
        "{{ self }}",
        "{{ cycler }}",
        "{{ contact.FIRSTNAME",
        "{% if %}",
        "{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}",
        "{{ contact" + ".a" * 3000 + " }}",
        "x" * 10_001,
    ],
)
def test_a_text_can_do_nothing_but_fill_in(template: str):
    """Everything else is refused with words in every language, and stays as written if it is met all the same."""
    fault = check(template)
    assert fault is not None
    assert all(fault)
    assert render(template, ZOE) == template


@pytest.mark.parametrize("name", ["__class__", "__init__", "items", "keys", "pop", "_dict"])
def test_a_dot_never_reaches_into_python(name: str):
    """Names are looked up in the contact's data, and nowhere else."""
    assert render(f"[{{{{ contact.{name} }}}}]", ZOE) == "[]"


@given(st.text(max_size=60) | st.text("{}%|.()contact FIRSTNAME'\"-+*", max_size=60))
def test_any_text_is_judged_and_filled(template: str):
    """Whatever an author writes, checking answers and filling in ends."""
    check(template)
    assert isinstance(render(template, ZOE), str)


def test_a_contacts_data_is_never_a_template():
    """Braces in a contact's data are just braces."""
    assert render("{{ contact.FIRSTNAME }}", person(1, FIRSTNAME="{{ 7 * 7 }}")) == "{{ 7 * 7 }}"


def test_filling_in_is_bounded():
    """Thousands of places with long values end soon, in a text that still can be kept."""
    began: Any = time.perf_counter()
    text = render("{{ contact.FIRSTNAME }}" * 400, person(1, FIRSTNAME="x" * 100_000))
    assert len(text) == 50_000
    assert time.perf_counter() - began < 5


@given(
    st.lists(
        st.sampled_from(
            ["Hi ", "\n", "{{ contact.%s }}", "{{- contact.%s -}} ", "{# no #}", "{% raw %}{{ }}{% endraw %}"]
        )
    )
)
def test_what_only_looks_up_reads_as_any_other(parts: list[str]):
    """Texts without conditions and filters are filled without Jinja2, and come out as with it."""
    names = ["email", "owner", "company", "FIRSTNAME", "SCORE", "INTERESTS", "BIRTHDAY", "PLAN", "NOWHERE"]
    for name in names:
        template = "".join(part.replace("%s", name) for part in parts)
        quick = looking_up(template)
        assert quick is not None
        assert quick(ZOE, None) == running(template)(ZOE, None)


def test_what_does_more_than_look_up_is_left_to_jinja():
    """A filter, a fact of the company, a condition."""
    for template in ("{{ contact.PLAN | upper }}", "{{ contact.company.name }}", "{% if contact.PLAN %}x{% endif %}"):
        assert looking_up(template) is None
