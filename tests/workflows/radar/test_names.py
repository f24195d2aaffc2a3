"""How findings between automations name them: both sides, told apart, each language in its own quotes."""

from nodes.registry import registry
from tests.support.steps import CATALOG, REP, ZOE
from tests.workflows.radar.drawing import SEGMENTS, Drawn, assign, drawn, line, moved, opened_by, owned
from workflows.radar import Finding, scan

MAIL = ("send_email", {"template": 1, "topic": 1})
FORM = ("form_submitted", {})
DAY = ("wait", {"duration": {"amount": 1, "unit": "days"}})


def findings(*automations: Drawn, names: tuple[str, ...]) -> list[Finding]:
    """What is found of automations of these names."""
    drawings = enumerate(zip(automations, names, strict=True), 1)
    sources = [each.source(number)._replace(name=name) for number, (each, name) in drawings]
    return scan(sources, registry(), CATALOG, SEGMENTS).findings


def test_each_language_has_its_own_quotes():
    """Names are data, but what stands around them belongs to the sentence."""
    (found,) = findings(line(FORM, MAIL), line(FORM, MAIL), names=("Post", "Paper"))
    assert "“Post” and “Paper”." in found.message.en
    assert "«\u00a0Post\u00a0» et «\u00a0Paper\u00a0»." in found.message.fr
    assert "«Post» и «Paper»." in found.message.ru
    assert "“" not in found.message.fr + found.message.ru


def test_two_of_one_name_are_told_apart():
    """By their number, which stands in their address; so are those that write the same attribute."""
    (found,) = findings(line(FORM, MAIL), line(FORM, MAIL), names=("Post", "Post"))
    assert "“Post” (#1) and “Post” (#2)" in found.message.en
    writing = [line(opened_by({"all": []}), assign("COUNTRY", value)) for value in ("France", "Spain")]
    (found,) = findings(*writing, names=("Map", "Map"))
    assert "“Map” (#1) and “Map” (#2)" in found.message.en


def test_what_two_overwrite_is_said_in_its_own_words():
    """An owner and a stage have no name of their own, as an attribute has; each rival pair is told once."""
    owners = findings(line(FORM, owned(REP)), line(FORM, owned(ZOE)), names=("Desk", "Fair"))
    stages = findings(line(FORM, moved(1), moved(2)), line(FORM, moved(2), moved(1)), names=("Desk", "Fair"))
    both = "“Desk” and “Fair”"
    assert [each.message.en for each in owners + stages] == [
        f"After one event, {both} give a contact different owners: who comes last wins.",
        f"After one event, {both} move a deal to different stages: who comes last wins.",
    ]
    assert "propriétaires différents\u00a0: le dernier" in owners[0].message.fr
    assert "на разные этапы" in stages[0].message.ru


def test_a_pair_is_told_once_with_all_its_places():
    """Two that write to the same people on three days are one finding."""
    series = line(FORM, MAIL, DAY, MAIL, DAY, MAIL)
    (found,) = findings(series, series, names=("Post", "Paper"))
    assert [(place.automation, place.step) for place in found.witness] == [
        (number, step) for step in ("s1", "s3", "s5") for number in (1, 2)
    ]


def test_one_that_sends_twice_is_named_with_its_steps():
    """Once, however many messages follow each other; the first of them by what they do."""
    (found,) = findings(line(FORM, MAIL, MAIL), names=("Post",))
    send = "Send “Welcome mail”"
    assert f"“Post” ({send}, {send})" in found.message.en
    steps = {"in": FORM, **{f"m{number}": MAIL for number in range(5)}}
    ways = ["in > m0", *(f"m{number} > m{number + 1}" for number in range(4))]
    (found,) = findings(drawn(steps, *ways), names=("Post",))
    assert found.message.en.endswith(f"“Post” ({send}, {send}, {send}, …).")
