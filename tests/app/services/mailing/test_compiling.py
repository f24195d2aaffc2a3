"""What becomes of a mail as its author wrote it."""

import pytest

from app.errors import Invalid
from app.models import TemplateFormat
from app.services.mailing.compiling import UNSUBSCRIBE, compile_mail, with_links

MJML = """<mjml><mj-body><mj-section><mj-column>
<mj-text>Hello {{ contact.FIRSTNAME | default("there") }} &amp; co,
<a href="{{ contact.SHOP }}">your shop</a> <a href="mailto:a@example.com">write</a></mj-text>
<mj-button href="https://example.com/?a=1&amp;b=2">Go</mj-button>
</mj-column></mj-section></mj-body></mjml>"""


def html(body: str) -> str:
    return f"<!doctype html><html><body>{body}</body></html>"


def test_mjml_becomes_html_and_text():
    """Places to fill in come through every parser as they were written; text is what a person would read."""
    mail = compile_mail(MJML, TemplateFormat.MJML, "For {{ contact.FIRSTNAME }} <only>")
    for part in (mail.html, mail.text):
        assert '{{ contact.FIRSTNAME | default("there") }}' in part
    assert "<mj-" not in mail.html
    assert "For {{ contact.FIRSTNAME }} &lt;only>" in mail.html
    assert "<" not in mail.text.replace("<only>", "")


def test_a_condition_in_what_an_inbox_shows_beside_the_subject_leaves_no_trace():
    """It stays as it was written, and what is beside it is text."""
    preheader = "{% if contact.A < 3 %}Hi <3 {{ contact.A }}{% endif %} & co"
    mail = compile_mail(html("<p>x</p>"), TemplateFormat.HTML, preheader)
    assert ">{% if contact.A < 3 %}Hi &lt;3 {{ contact.A }}{% endif %} &amp; co</div>" in mail.html


def test_links_become_marks_that_lead_where_they_did():
    """Web links get marks, in the HTML and in the text; addresses of mail stay."""
    mail = compile_mail(MJML, TemplateFormat.MJML)
    assert mail.links == ("{{ contact.SHOP }}", "https://example.com/?a=1&b=2", UNSUBSCRIBE)
    addresses = [f"https://t.example.com/{link}" for link in range(3)]
    filled = with_links(mail.html, addresses)
    assert all(f'href="https://t.example.com/{link}"' in filled for link in range(3))
    assert "mailto:a@example.com" in filled
    assert "https://t.example.com/1" in with_links(mail.text, addresses)


@pytest.mark.parametrize("written", ["{{ unsubscribe_link }}", "{{unsubscribe_link}}"])
def test_a_way_to_unsubscribe_stands_where_its_author_put_it(written: str):
    """It is not added a second time."""
    mail = compile_mail(html(f'<a href="{written}">No more</a>'), TemplateFormat.HTML)
    assert mail.links == (UNSUBSCRIBE,)
    assert mail.html.count("<a ") == 1


def test_without_one_it_is_added():
    """No mail leaves without a way to unsubscribe."""
    assert compile_mail(html("Hello"), TemplateFormat.HTML).links == (UNSUBSCRIBE,)


def test_no_other_host_is_told_that_a_mail_is_read():
    """Fonts come from the web only where the author names one."""
    page = compile_mail(MJML, TemplateFormat.MJML).html
    assert "<link" not in page
    assert "@import" not in page


@pytest.mark.parametrize("table", ["<table>{}</table>", "<table><tbody>{}</tbody></table>"])
def test_conditions_stay_where_they_are(table: str):
    """Also between the rows of a table, where no text can stand."""
    rows = table.format("{% if contact.VIP %}<tr><td>Only VIP</td></tr>{% endif %}<tr><td>All</td></tr>")
    page = compile_mail(html(rows), TemplateFormat.HTML).html
    assert "{% if contact.VIP %}" in page
    inside = page.partition("{% if contact.VIP %}")[2].partition("{% endif %}")[0]
    assert "Only VIP" in inside
    assert "All" not in inside


def test_scripts_are_left_out():
    """Mail programs do not run them, and neither does a preview."""
    assert "alert" not in compile_mail(html("<script>alert(1)</script>Hi"), TemplateFormat.HTML).html


@pytest.mark.parametrize(
    ("source", "written_in", "code"),
    [
        ("<mjml><mj-body><mj-sec", TemplateFormat.MJML, "bad_mjml"),
        ("Hello", TemplateFormat.MJML, "bad_mjml"),
        ('<mjml><mj-body><mj-include path="/etc/passwd" /></mj-body></mjml>', TemplateFormat.MJML, "bad_mjml"),
        ("{{ contact.A | nonsense }}", TemplateFormat.HTML, "invalid_template"),
        ("{% for each in contact %}x{% endfor %}", TemplateFormat.HTML, "invalid_template"),
        ("{{ contact.A", TemplateFormat.HTML, "invalid_template"),
        ('<a href="https://[oops">x</a>', TemplateFormat.HTML, "bad_link"),
        ('<a href="https://example.com:port/">x</a>', TemplateFormat.HTML, "bad_link"),
        ('<a href="{{ config.SECRET }}">x</a>', TemplateFormat.HTML, "invalid_template"),
    ],
)
def test_what_cannot_be_sent_is_refused(source: str, written_in: TemplateFormat, code: str):
    """With the field, and what to do."""
    with pytest.raises(Invalid) as refused:
        compile_mail(source, written_in)
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("source", code)
    assert problem.remedy


def test_marks_that_an_author_writes_mean_nothing():
    """Whoever knows them cannot confuse a mail by them."""
    mail = compile_mail(html("cdzplace7ecalpzdc cdzlink9knilzdc {{ contact.A }}"), TemplateFormat.HTML)
    assert "{{ contact.A }}" in with_links(mail.html, ["https://example.com/u"])
