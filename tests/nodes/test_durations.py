"""Numbers of things are said with the plural forms of each language; French quotes keep to what they hold."""

import pytest

from nodes.conditions import describe, parse
from nodes.durations import say_duration
from nodes.texts import Language
from tests.support.steps import CATALOG, says

AMOUNTS = (1, 2, 5, 21, 22, 25)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1 day", "2 days", "5 days", "21 days", "22 days", "25 days"]),
        ("fr", ["1 jour", "2 jours", "5 jours", "21 jours", "22 jours", "25 jours"]),
        ("ru", ["1 день", "2 дня", "5 дней", "21 день", "22 дня", "25 дней"]),
    ],
)
def test_durations_have_their_plural_form(language: Language, told: list[str]):
    """One, few and many, also beyond twenty; alone, and before and after a date."""
    assert [say_duration(amount, "days").say(language) for amount in AMOUNTS] == told
    for when in ("before", "after"):
        config = {"attribute": "BIRTHDAY", "when": when}
        said = [says("date_reached", {**config, "days": amount}).say(language) for amount in AMOUNTS]
        assert all(span in sentence for span, sentence in zip(told, said, strict=True))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["in the last day"] + [f"in the last {n} days" for n in AMOUNTS[1:]]),
        ("fr", ["date du dernier jour"] + [f"date des {n} derniers jours" for n in AMOUNTS[1:]]),
        (
            "ru",
            [
                f"последн{end}"
                for end in ("ий 1 день", "ие 2 дня", "ие 5 дней", "ий 21 день", "ие 22 дня", "ие 25 дней")
            ],
        ),
    ],
)
def test_conditions_on_the_last_days_have_their_plural_form(language: Language, told: list[str]):
    """So have counts of points and pages, below."""
    leaves = [{"all": [{"attribute": "BIRTHDAY", "op": "in_last", "value": days}]} for days in AMOUNTS]
    said = [describe(parse(leaf), CATALOG).say(language) for leaf in leaves]
    assert [words for words, sentence in zip(told, said, strict=True) if words not in sentence] == []


def test_points_pages_and_deals_have_their_plural_form():
    """One is told as such, points that are taken away like those that are given."""
    points = [says("add_points", {"points": amount}) for amount in (*AMOUNTS, -1)]
    assert [each.en.split()[2] for each in points] == ["point", *["points"] * 5, "point"]
    assert [each.ru.split()[2] for each in points] == ["балл", "балла", "баллов", "балл", "балла", "баллов", "балл"]
    pages = [says("page_visited_often", {"of": "any", "times": amount}) for amount in AMOUNTS]
    assert [each.en for each in pages[:2]] == ["Visits one page within 7 days", "Visits 2 pages within 7 days"]
    assert [each.ru.split()[2] for each in pages] == [
        "страницу",
        "страницы",
        "страниц",
        "страницу",
        "страницы",
        "страниц",
    ]
    often = says("page_visited_often", {"of": "page", "page": "/old", "times": 1})
    assert often.en == "Visits /old once within 7 days"
    deals = [says("move_deal", {"stage": 1, "limit": amount}).ru.split()[2] for amount in (2, 5, 21)]
    assert deals == ["сделки", "сделок", "сделку"]
