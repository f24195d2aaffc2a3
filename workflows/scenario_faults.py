"""What is wrong with a line of a scenario's text, in words."""

from typing import Final

from nodes.texts import Text

LINE: Final = Text("Line {line}: {fault}.", "Ligne {line} : {fault}.", "Строка {line}: {fault}.")
NO_NAME: Final = Text(
    "begin with the scenario’s name, not indented",
    "commencez par le nom du scénario, sans retrait",
    "начните с названия сценария, без отступа",
)
WORD: Final = Text(
    "“{word}” is not one of given, at, enter, after, expect",
    "« {word} » n’est ni given, ni at, ni enter, ni after, ni expect",
    "«{word}» – не given, at, enter, after или expect",
)
MOMENT: Final = Text(
    "“{text}” is no moment; write: at 2026-01-05 09:00",
    "« {text} » n’est pas un moment ; écrivez : at 2026-01-05 09:00",
    "«{text}» – не момент времени; напишите: at 2026-01-05 09:00",
)
AFTER: Final = Text(
    "write: after 3 hours email_opened, or: after 24 hours nothing",
    "écrivez : after 3 hours email_opened, ou : after 24 hours nothing",
    "напишите: after 3 hours email_opened, или: after 24 hours nothing",
)
UNIT: Final = Text(
    "“{unit}” is none of {units}", "« {unit} » n’est pas l’une de {units}", "«{unit}» – не одно из {units}"
)
EXPECTED: Final = Text(
    "write: expect STEP, expect STEP PORT, expect not STEP, expect waits STEP, expect ATTRIBUTE = VALUE",
    "écrivez : expect STEP, expect STEP PORT, expect not STEP, expect waits STEP, expect ATTRIBUTE = VALUE",
    "напишите: expect STEP, expect STEP PORT, expect not STEP, expect waits STEP, expect ATTRIBUTE = VALUE",
)
GIVEN: Final = Text(
    'write: given SCORE = 15, tag "vip", list 3',
    'écrivez : given SCORE = 15, tag "vip", list 3',
    'напишите: given SCORE = 15, tag "vip", list 3',
)
PROPERTY: Final = Text(
    'write what an event carries as: link = "offer", page = 3',
    'écrivez ce que porte un événement ainsi : link = "offer", page = 3',
    'напишите данные события так: link = "offer", page = 3',
)
VALUE: Final = Text(
    "“{text}” is no JSON value; texts stand in double quotes",
    "« {text} » n’est pas une valeur JSON ; les textes sont entre guillemets droits",
    "«{text}» – не значение JSON; тексты пишутся в прямых кавычках",
)
COMMA: Final = Text("write a comma between two", "mettez une virgule entre deux", "поставьте между ними запятую")
REST: Final = Text("“{text}” was not expected here", "« {text} » n’a rien à faire ici", "«{text}» здесь лишнее")
KIND: Final = Text(
    "a value is of the wrong kind, or too long",
    "une valeur n’est pas du bon type, ou trop longue",
    "значение не того вида или слишком длинное",
)
NOT_ONE: Final = Text("Write one scenario here.", "Écrivez ici un seul scénario.", "Напишите здесь один сценарий.")
