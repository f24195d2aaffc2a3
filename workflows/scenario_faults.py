"""What is wrong with a line of a scenario's text, in words."""

from typing import Final

from nodes.texts import Text

LINE: Final = Text("Line {line}: {fault}.", "Ligne {line} : {fault}.", "Строка {line}: {fault}.")
NO_NAME: Final = Text(
    "begin with the scenario’s name, not indented",
    "commencez par le nom du scénario, sans retrait",
    "начните с названия сценария, без отступа",
)
UNKNOWN_WORD: Final = Text(
    "“{word}” is not one of given, at, enter, after, expect",
    "« {word} » n’est ni given, ni at, ni enter, ni after, ni expect",
    "«{word}» – не given, at, enter, after или expect",
)
MOMENT: Final = Text(
    "“{text}” is no moment; write: at 2026-01-05 09:00",
    "« {text} » n’est pas un moment ; écrivez : at 2026-01-05 09:00",
    "«{text}» – не момент времени; напишите: at 2026-01-05 09:00",
)
MOMENT_OUT_OF_RANGE: Final = Text(
    "“{text}” is out of range; write a moment between {earliest} and {latest}",
    "« {text} » est hors limites ; écrivez un moment entre le {earliest} et le {latest}",
    "«{text}» – вне пределов; напишите момент между {earliest} и {latest}",
)
MALFORMED_AFTER: Final = Text(
    "write: after 3 hours email_opened, or: after 24 hours nothing",
    "écrivez : after 3 hours email_opened, ou : after 24 hours nothing",
    "напишите: after 3 hours email_opened, или: after 24 hours nothing",
)
SPAN_TOO_LONG: Final = Text(
    "“{text}” is too long; one line lets at most {days} days pass",
    "« {text} » est trop long ; une ligne laisse passer {days} jours au plus",
    "«{text}» – слишком долго; на одну строку приходится не более {days} дней",
)
UNIT: Final = Text(
    "“{unit}” is none of {units}",
    "« {unit} » n’est aucune de ces unités : {units}",
    "«{unit}» – не одно из {units}",
)
NO_TRIGGER: Final = Text(
    "name the step that it enters by, as in: enter opened",
    "nommez l’étape d’entrée, par exemple : enter opened",
    "назовите шаг, через который входят, например: enter opened",
)
TOO_MANY_LINES: Final = Text(
    "there are {most} lines of this kind already; go on in another scenario",
    "il y a déjà {most} lignes de ce genre ; continuez dans un autre scénario",
    "таких строк уже {most}; продолжите в другом сценарии",
)
MALFORMED_EXPECT: Final = Text(
    "write: expect STEP, expect STEP PORT, expect not STEP, expect waits STEP, expect ATTRIBUTE = VALUE",
    "écrivez : expect STEP, expect STEP PORT, expect not STEP, expect waits STEP, expect ATTRIBUTE = VALUE",
    "напишите: expect STEP, expect STEP PORT, expect not STEP, expect waits STEP, expect ATTRIBUTE = VALUE",
)
MALFORMED_GIVEN: Final = Text(
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
SURPLUS: Final = Text("“{text}” was not expected here", "« {text} » n’a rien à faire ici", "«{text}» здесь лишнее")
NAME_TOO_LONG: Final = Text(
    "a scenario’s name has at most {most} characters",
    "le nom d’un scénario a {most} caractères au plus",
    "в названии сценария не более {most} знаков",
)
TOO_MANY_TAGS: Final = Text(
    "a contact begins with at most {most} tags",
    "un contact commence avec {most} étiquettes au plus",
    "в начале у контакта не более {most} меток",
)
TOO_MANY_LISTS: Final = Text(
    "a contact begins on at most {most} lists",
    "un contact commence sur {most} listes au plus",
    "в начале контакт стоит не более чем в {most} списках",
)
TAG: Final = Text(
    'a tag stands in double quotes: tag "vip"',
    'une étiquette est entre guillemets droits : tag "vip"',
    'метка пишется в прямых кавычках: tag "vip"',
)
LIST: Final = Text(
    "a list is named by its number: list 3",
    "une liste est nommée par son numéro : list 3",
    "список называют по номеру: list 3",
)
EMAIL: Final = Text(
    'write an address in double quotes: email "ann@example.com"',
    'écrivez une adresse entre guillemets droits : email "ann@example.com"',
    'напишите адрес в прямых кавычках: email "ann@example.com"',
)
OWNER: Final = Text(
    'an owner is named by an address in double quotes: owner "rep@example.com"',
    'un propriétaire est nommé par son adresse entre guillemets droits : owner "rep@example.com"',
    'ответственного называют по адресу в прямых кавычках: owner "rep@example.com"',
)
EVENT: Final = Text(
    "an event’s name has only letters without accents, digits, _ and -, at most {most} of them",
    "le nom d’un événement n’a que des lettres sans accent, des chiffres, _ et -, {most} au plus",
    "в названии события только латинские буквы, цифры, _ и -, не более {most}",
)
UNFIT_VALUE: Final = Text(
    "a value is of the wrong kind, or too long",
    "une valeur n’est pas du bon type, ou trop longue",
    "значение не того вида или слишком длинное",
)
UNKNOWN_STEP: Final = Text(
    "there is no step “{step}”; the steps are: {steps}",
    "il n’y a pas d’étape « {step} » ; les étapes sont : {steps}",
    "нет шага «{step}»; есть шаги: {steps}",
)
UNKNOWN_TRIGGER: Final = Text(
    "nobody enters by “{step}”; triggers are: {steps}",
    "personne n’entre par « {step} » ; les déclencheurs sont : {steps}",
    "через «{step}» никто не входит; есть триггеры: {steps}",
)
NO_STEPS: Final = Text("none yet", "aucun pour l’instant", "пока никаких")
WHOLE: Final = Text("In this scenario {fault}.", "Dans ce scénario, {fault}.", "В этом сценарии {fault}.")
NOT_ONE: Final = Text("Write one scenario here.", "Écrivez ici un seul scénario.", "Напишите здесь один сценарий.")
