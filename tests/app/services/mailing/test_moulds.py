"""What a mail of a program becomes for each of its people."""

import pytest

from app.errors import Invalid
from app.models import TemplateFormat
from app.services.mailing.moulds import Cast, Mould, Words
from nodes.world import Contact

MARIA = Contact(1, "maria@example.com")


def cast(html: str, *, written_in: TemplateFormat = TemplateFormat.HTML, text: str = "", **params: object) -> Cast:
    return Mould(Words("S", html, text, written_in)).fill(MARIA, params)


def mjml(inside: str) -> str:
    return f"<mjml><mj-body><mj-section><mj-column>{inside}</mj-column></mj-section></mj-body></mjml>"


@pytest.mark.parametrize(
    ("condition", "params"), [("params.host", {}), ("params.always", {"always": True, "host": "example.com"})]
)
def test_only_links_that_are_there_must_lead_somewhere(condition: str, params: dict[str, object]):
    """A link in a condition that is not met is not asked where it leads."""
    link = '<a href="https://{{ params.host }}/x">l</a>'
    made = cast(f"<p>x{{% if {condition} %}}{link}{{% endif %}}</p>", **params)
    assert list(made.links) == (["https://example.com/x"] if params else [])
    assert ("<a " in made.html) == bool(params)
    with pytest.raises(Invalid):
        cast(link)


@pytest.mark.parametrize(
    ("html", "params", "expected"),
    [
        ('<p {% if params.a %}style="color:red"{% endif %}>x</p>', {"a": 1}, '<p style="color:red">x</p>'),
        ('<p {% if params.a %}style="color:red"{% endif %}>x</p>', {}, "<p>x</p>"),
        ("{% if params.a %}<p>x</p>{% endif %}", {"a": 1}, "<body><p>x</p></body></html>"),
        ("<p>x{# <b> #}</p>", {}, "<p>x</p>"),
        ("<p {{ params.a }}>x</p>", {}, "<p>x</p>"),
        ('<p class="a" {{ params.a }}>x</p>', {"a": "hidden"}, '<p class="a" hidden="">x</p>'),
    ],
)
def test_conditions_and_comments_are_gone_before_the_page_is_parsed(
    html: str, params: dict[str, object], expected: str
):
    """Wherever they stand, what is sent is the page that comes of them."""
    made = cast(html, **params)
    assert expected in made.html
    assert made.html.startswith("<html>")
    assert "</b>" not in made.html


def test_attributes_of_mjml_are_computed_with_the_values():
    """A width that a program gives is one to MJML, too."""
    inside = '<mj-image width="{{ params.w }}" src="https://example.com/a.png" />'
    made, fixed = (
        cast(mjml(each), written_in=TemplateFormat.MJML, w="120px")
        for each in (inside, inside.replace("{{ params.w }}", "120px"))
    )
    assert (made.html, made.links) == (fixed.html, fixed.links)


@pytest.mark.parametrize("a", [True, False])
def test_an_address_that_a_condition_chooses_is_counted(a: bool):
    """So are our own, which are told when the mail leaves."""
    href = "{% if params.a %}https://a.io{% else %}https://b.io{% endif %}"
    made = cast(f'<a href="{href}">l</a><a href="{{{{unsubscribe_link}}}}">u</a>', a=a)
    assert made.links == ("https://a.io" if a else "https://b.io", "{{ unsubscribe_link }}")


@pytest.mark.parametrize("written_in", TemplateFormat)
def test_a_page_that_is_compiled_once_says_what_one_compiled_anew_does(written_in: TemplateFormat):
    """A comment alone, which nobody sees, decides which way a page goes."""
    body = (
        '<a href="{{ params.url }}">l</a> {{ params.name }} <a href="{{ params.call }}">c</a>'
        '<a href="{{ unsubscribe_link }}">u</a>'
    )
    html = mjml(f"<mj-text>{body}</mj-text>") if written_in == TemplateFormat.MJML else f"<p>{body}</p>"
    values = {"url": "https://example.com/?a=1&b=2", "name": "<b> & {{ x }}", "call": "tel:+1"}
    made = [cast(each, written_in=written_in, **values) for each in (html, html.replace("</a> ", "</a> {# x #}"))]
    once, anew = ([link for link in each.links if not link.startswith("tel:")] for each in made)
    assert once == anew == ["https://example.com/?a=1&b=2", "{{ unsubscribe_link }}"]
    assert all("&lt;b&gt; &amp; {{" in each.html and 'href="tel:+1"' in each.html for each in made)


@pytest.mark.parametrize("field", ["htmlContent", "textContent"])
@pytest.mark.parametrize("begin", ["", "{# anew #}"])
def test_a_mail_that_values_make_too_long_is_refused(field: str, begin: str):
    """However short its words are; one as long as may be is not."""
    words = Words("S", f"{begin}<p>{{{{ params.x }}}}</p>" if field == "htmlContent" else "", "{{ params.x }}")
    words = words if field == "textContent" else words._replace(text="t")
    with pytest.raises(Invalid) as caught:
        Mould(words).fill(MARIA, {"x": "x" * 2_000_000})
    assert field in str(caught.value)
    assert len(Mould(words).fill(MARIA, {"x": "x" * 900_000}).html) > 900_000


@pytest.mark.parametrize("html", ["{% if params.a %}<p>x</p>{% endif %}", "{{ params.a }}"])
def test_a_page_of_which_nothing_is_left_is_its_text(html: str):
    """As for one who wrote no HTML at all."""
    made = cast(html, text="a < {{ params.b }}", b=1)
    assert "a &lt; 1" in made.html
    assert (made.text, made.links) == ("a < 1", ())
