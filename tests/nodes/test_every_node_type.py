import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import jsonschema_rs
import pytest

from nodes.contract import Action, Node, Trigger, Walkable
from nodes.fields import FormField
from nodes.fields.branches import RESERVED
from nodes.registry import FOLDERS, discovery, registry
from nodes.texts import LANGUAGES, Text
from tests.support.steps import CATALOG, person, walk

ROOT: Final = Path(__file__).parent.parent.parent
NODES: Final = sorted(registry().values(), key=lambda node: (node.kind, node.key))
WALKABLE: Final = [node for node in NODES if isinstance(node, Walkable)]
TRIGGERS: Final = [node for node in NODES if isinstance(node, Trigger)]
WIDGETS: Final = frozenset(
    [
        "attribute",
        "attribute_value",
        "user",
        "users",
        "role",
        "list",
        "automation",
        "segment",
        "template",
        "sender",
        "topic",
        "tag",
        "pipeline",
        "stage",
        "condition",
        "duration",
        "template_text",
        "sms_text",
        "time_of_day",
        "date",
        "payload_mapping",
        "weekdays",
        "relative_date",
        "url",
        "text",
        "number",
        "switch",
        "select",
        "radio",
        "event_name",
        "page_category",
        "percentage",
        "attribute_values",
        "branches",
    ]
)
SOURCES: Final = [*(ROOT / "nodes").rglob("*.py"), *(ROOT / "workflows").rglob("*.py"), *(ROOT / "app").rglob("*.py")]
SCRIPTS: Final = [
    path
    for path in (ROOT / "frontend" / "src").rglob("*.ts*")
    if "overrides" not in path.parts and not {"testing", "test"} & set(path.parts) and ".test." not in path.name
]
ODD: Final = [None, "", [], {}, "x" * 20_000, -1, 1e300, True, {"all": 1}, [None], "\x00", [[{}]], [{"id": 1}] * 2]

every_node = pytest.mark.parametrize("node", NODES, ids=lambda node: node.key)
every_walkable = pytest.mark.parametrize("node", WALKABLE, ids=lambda node: node.key)
every_trigger = pytest.mark.parametrize("node", TRIGGERS, ids=lambda node: node.key)


def said_in_every_language(text: Text) -> bool:
    return all(phrase.strip() for phrase in text) and re.search("[А-Яа-я]", text.ru) is not None


def is_cyrillic(word: str) -> bool:
    return re.search("[а-яё]", word, re.IGNORECASE) is not None


def test_every_file_is_a_node_type_and_none_is_left_out():
    """Each file in the three folders gives exactly the node type of its name; nothing has to be listed anywhere."""
    files = {path.stem: folder for folder in FOLDERS for path in (ROOT / f"nodes/{folder}s").glob("[!_]*.py")}
    assert {node.key: node.kind for node in NODES} == files
    assert discovery().disabled == {}


@every_node
def test_it_has_words_in_every_language(node: Node):
    """Label, description and every way out are said in English, French and Russian; it can be searched for in all."""
    assert said_in_every_language(node.label)
    assert said_in_every_language(node.description)
    assert all(label.en and label.fr and label.ru for label in node.ports_of(node.example).values())
    assert any(map(is_cyrillic, node.search))
    assert any(not is_cyrillic(word) for word in node.search)


@every_node
def test_it_has_an_icon(node: Node):
    """It names a Tabler icon, by the name its component has."""
    assert re.fullmatch(r"Icon[A-Z]\w+", node.icon)
    icons = ROOT / "frontend/node_modules/@tabler/icons-react/dist/esm/icons"
    assert not icons.exists() or (icons / f"{node.icon}.mjs").exists()


@every_node
def test_each_field_has_a_title_and_a_known_widget(node: Node):
    """The inspector can draw the form: all fields are ours, with titles in every language and widgets it has."""
    schema = node.schema()
    assert all(isinstance(field, FormField) for field in schema.fields.values())
    assert all(field.title.en and field.title.fr and field.title.ru for field in schema.form.values())
    assert {schema.ui_schema("en")[name]["ui:widget"] for name in schema.form} <= WIDGETS


@every_node
def test_its_ways_out_follow_from_what_is_always_seen(node: Node):
    """A field that opens ways out is never hidden, and no branch can take the port of another way out."""
    opening = {name: field for name, field in node.schema().form.items() if field.opens}
    assert all(not field.show_when for field in opening.values())
    fixed = {*node.ports, *(name for name, field in opening.items() if field.opens == "filled")}
    assert fixed <= RESERVED or not any(field.opens == "each" for field in opening.values())


@every_node
@pytest.mark.parametrize("odd", ODD)
def test_ways_out_of_odd_settings_are_still_ways_out(node: Node, odd: object):
    """Whatever stands in a field, the ways out are texts by name."""
    for name in node.schema().form:
        ports = node.ports_of({**node.example, name: odd})
        assert all(isinstance(port, str) and label.en for port, label in ports.items())


@every_node
def test_its_example_is_right(node: Node):
    """The example configuration has no fault and can be prepared."""
    assert node.schema().check(node.example, CATALOG) == []
    assert set(node.schema().prepare(node.example, CATALOG)) == set(node.schema().form)


@every_node
def test_it_says_in_a_sentence_what_it_does(node: Node):
    """The configured step reads as a phrase in every language, without holes."""
    sentence = node.summary(node.example, CATALOG)
    assert all(sentence)
    assert not re.search(r"{\w+}|None", "".join(sentence))


@every_node
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_form_is_a_json_schema(node: Node, language: str):
    """The form exports to JSON schema in each language, and the example fits it."""
    schema = node.schema().json_schema(language)
    jsonschema_rs.meta.validate(schema)
    assert jsonschema_rs.is_valid(schema, node.example)
    assert node.schema().ui_schema(language)["ui:order"] == list(schema["properties"])


@every_node
def test_it_refuses_settings_it_does_not_have(node: Node):
    """A misspelt setting is a fault, never silently ignored."""
    found = node.schema().check({**node.example, "surprise": 1}, CATALOG)
    assert [(problem.field, problem.code) for problem in found] == [("surprise", "unknown_field")]


@every_node
@pytest.mark.parametrize("odd", ODD)
def test_odd_values_are_faults_and_never_crashes(node: Node, odd: object):
    """Whatever stands in a field, checking the form answers with problems."""
    for name in node.schema().form:
        problems = node.schema().check({**node.example, name: odd}, CATALOG)
        assert all(said.message.en and said.remedy.en for said in problems)


@every_node
def test_it_names_each_attribute_that_it_reads(node: Node):
    """Whoever searches for an attribute finds every step that reads it, whatever else is wrong with the step."""
    read = node.reads(node.example).attributes
    assert read <= node.schema().attributes({**node.example, "surprise": 1})


@every_node
@pytest.mark.parametrize("odd", ODD)
def test_odd_values_name_no_attributes_but_texts(node: Node, odd: object):
    """Whatever stands in a field, searching for attributes never crashes."""
    for name in node.schema().form:
        assert all(isinstance(each, str) for each in node.schema().attributes({**node.example, name: odd}))


@every_walkable
def test_an_empty_batch_is_nothing(node: Walkable):
    """Nobody comes, nothing happens."""
    step = walk(node.key, node.example)
    assert (step.gone, step.effects, step.waits, step.leaves, step.failures) == ({}, [], [], [], [])


@every_walkable
def test_three_contacts_come_out_as_three(node: Walkable):
    """Each contact goes on, waits, leaves or fails, and only by a way out that the node has."""
    step = walk(node.key, node.example, person(), person(), person(), tickets=lambda _rotation, count: range(count))
    outcomes = [run for runs in step.gone.values() for run in runs]
    outcomes += [each.run for each in (*step.waits, *step.leaves, *step.failures)]
    assert len({run.contact.id for run in outcomes}) == len(outcomes) == 3
    assert set(step.gone) <= set(node.ports_of(node.example))


@every_trigger
def test_a_trigger_listens_to_something_and_lets_its_example_be(node: Trigger):
    """A trigger names its topic, has one way out, and offers a filter on the contact."""
    assert node.topic(node.example).event
    assert list(node.ports_of(node.example)) == ["next"]
    assert "contact_filter" in node.schema().form


def test_an_empty_canvas_is_offered_a_few_triggers_in_a_declared_order():
    """Some triggers say at which place they are suggested; each place is taken once, and nothing else is suggested."""
    suggested = sorted((node.suggested, node.key) for node in NODES if node.suggested is not None)
    assert [key for _, key in suggested] == ["email_opened", "form_submitted", "page_visited", "added_to_list"]
    assert [place for place, _ in suggested] == [1, 2, 3, 4]
    assert {node.kind for node in NODES if node.suggested is not None} == {"trigger"}


@every_node
def test_it_has_a_test_of_its_own(node: Node):
    """Beside the code there is a test file of the same name."""
    assert (ROOT / f"tests/nodes/{node.kind}s/test_{node.key}.py").exists()


def compared_texts(path: Path) -> Iterator[str]:
    """Texts that the code compares something with, or matches on."""
    for each in ast.walk(ast.parse(path.read_text())):
        parts = [each.left, *each.comparators] if isinstance(each, ast.Compare) else []
        parts += [each.value] if isinstance(each, ast.MatchValue) else []
        for part in parts:
            inner = part.elts if isinstance(part, ast.Set | ast.Tuple | ast.List) else [part]
            yield from (one.value for one in inner if isinstance(one, ast.Constant) and isinstance(one.value, str))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_asks_which_node_type_it_has(path: Path):
    """Only a node's own file knows its key: whoever compares keys would have to be found for each new node."""
    assert set(compared_texts(path)) & (set(registry()) - {path.stem}) == set()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_screen_asks_which_node_type_it_has(path: Path):
    """The editor draws every node type alike; a custom look stands in `nodes/overrides`."""
    keys = "|".join(registry())
    assert re.findall(rf"""(?:[=!]==?|case)\s*["'](?:{keys})["']""", path.read_text()) == []


def test_scoring_steps_are_known_to_add_up():
    """The warning "each contact scores once" needs to know which steps score."""
    scoring = {node.key for node in NODES if isinstance(node, Action) and node.accumulates(node.example)}
    assert scoring == {"update_attribute", "add_points"}
