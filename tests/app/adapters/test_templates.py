import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.templates import check, looking_up, render, running
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
        assert quick(ZOE) == running(template)(ZOE)


def test_what_does_more_than_look_up_is_left_to_jinja():
    """A filter, a fact of the company, a condition."""
    for template in ("{{ contact.PLAN | upper }}", "{{ contact.company.name }}", "{% if contact.PLAN %}x{% endif %}"):
        assert looking_up(template) is None
