"""Begins a node type: `make new-node kind=action key=shorten_name` writes the node and its test, nothing else.

What is written works: it can be drawn, checked and run at once. Then make it yours, translate its words, and let
`make unit` say what is missing.
"""

import argparse
import keyword
import re
import sys
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"trigger": "triggers", "rule": "rules", "action": "actions"}

TRIGGER = Template('''"""Trigger: $words."""

from nodes.fields import NodeSchema
from nodes.texts import Text
from nodes.triggering import EventTrigger, contact_filter, event_filter


class $name(EventTrigger):
    """Lets a contact in at the event “$key”."""

    key = "$key"
    label = Text("$label", "$label", "Шаг «$label»")
    description = Text(
        "The event “$key” comes.",
        "L’événement « $key » arrive.",
        "Приходит событие «$key».",
    )
    icon = "IconBolt"
    search = $search
    example = {}

    class Config(NodeSchema):
        event_filter = event_filter()
        contact_filter = contact_filter()
''')

RULE = Template('''"""Rule: $words."""

from nodes.catalog import Catalog
from nodes.conditions import describe, parse
from nodes.contract import Configuration, Rule, Step
from nodes.fields import ConditionField, NodeSchema
from nodes.texts import Text


class $name(Rule):
    """Parts contacts by a condition."""

    key = "$key"
    label = Text("$label", "$label", "Шаг «$label»")
    description = Text("Parts contacts by a condition.", "Sépare les contacts.", "Разделяет контакты по условию.")
    icon = "IconGitBranch"
    search = $search
    ports = {"yes": Text("Yes", "Oui", "Да"), "no": Text("No", "Non", "Нет")}
    example = {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}

    class Config(NodeSchema):
        condition = ConditionField(Text("Condition", "Condition", "Условие"))

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        words = describe(parse(config["condition"]), catalog)
        return Text("$label: {words}", "$label : {words}", "$label: {words}").format(words=words)

    def run(self, step: Step) -> None:
        for run in step:
            holds, values = step.judge("condition", run)
            step.go(run, "yes" if holds else "no", values)
''')

ACTION = Template('''"""Action: $words."""

from nodes import effects
from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.fields import NodeSchema, TemplateText
from nodes.texts import Text


class $name(Action):
    """Writes its text as a note on the contact."""

    key = "$key"
    label = Text("$label", "$label", "Шаг «$label»")
    description = Text("Writes a note on the contact.", "Écrit une note.", "Пишет заметку о контакте.")
    icon = "IconSparkles"
    search = $search
    example = {"text": "Hello {{ contact.email }}"}

    class Config(NodeSchema):
        text = TemplateText(Text("Text", "Texte", "Текст"))

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("$label: {text}", "$label : {text}", "$label: {text}").format(text=config["text"])

    def run(self, step: Step) -> None:
        for run in step:
            step.emit(run, effects.AddNote(run.contact.id, step.render(run, step.config["text"])))
            step.go(run)
''')

TEST = Template('''from nodes.$folder.$key import $name


def test_the_example_can_be_stored():
    """What the palette offers as a beginning is a valid configuration."""
    assert $name.schema().validate($name.example) == {}
''')

NODES = {"trigger": TRIGGER, "rule": RULE, "action": ACTION}


def main() -> None:
    """Write the two files; refuses a key that is not one, or is taken."""
    parser = argparse.ArgumentParser(description=__doc__, usage="make new-node kind=trigger|rule|action key=snake_case")
    parser.add_argument("kind", choices=sorted(FOLDERS))
    parser.add_argument("key", type=checked_key)
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args()
    node, test = paths(options.root, options.kind, options.key)
    taken = [str(path) for kind in FOLDERS for path in paths(options.root, kind, options.key) if path.exists()]
    if taken:
        sys.exit(f"The key “{options.key}” is taken: {', '.join(taken)}")
    words = substitutions(options.kind, options.key)
    write(node, NODES[options.kind].substitute(words))
    write(test, TEST.substitute(words))


def checked_key(text: str) -> str:
    """A key is snake_case and no word of Python; it never changes once stored."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", text) or keyword.iskeyword(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no key; write lower-case words joined by _, as in add_tag")
    return text


def paths(root: Path, kind: str, key: str) -> tuple[Path, Path]:
    """Where the node and its test belong."""
    folder = FOLDERS[kind]
    return root / "nodes" / folder / f"{key}.py", root / "tests" / "nodes" / folder / f"test_{key}.py"


def substitutions(kind: str, key: str) -> dict[str, str]:
    """The words of the templates."""
    words = key.split("_")
    return {
        "key": key,
        "folder": FOLDERS[kind],
        "name": "".join(word.capitalize() for word in words),
        "words": " ".join(words),
        "label": " ".join(words).capitalize(),
        "search": repr((*words, "шаг")).replace("'", '"'),
    }


def write(path: Path, text: str) -> None:
    """Write one file and say so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    print(f"Wrote {path}")


if __name__ == "__main__":
    main()
