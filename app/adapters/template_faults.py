"""What may be wrong with a template, in words."""

from nodes.texts import Text

BROKEN = Text(
    "The text cannot be filled in: {fault} (line {line}).",
    "Le texte ne peut pas être rempli : {fault} (ligne {line}).",
    "Текст нельзя заполнить: {fault} (строка {line}).",
)
TOO_LONG = Text(
    "The text is longer than {most} characters.",
    "Le texte dépasse {most} caractères.",
    "Текст длиннее {most} знаков.",
)
TOO_DEEP = Text("The text is nested too deeply.", "Le texte est trop imbriqué.", "Слишком глубокая вложенность.")
NOT_ALLOWED = Text(
    "“{what}” is not possible in a text (line {line}).",
    "« {what} » n’est pas possible dans un texte (ligne {line}).",
    "«{what}» нельзя использовать в тексте (строка {line}).",
)
UNKNOWN_NAME = Text(
    "There is no “{name}” here; only {known}.",
    "« {name} » n’existe pas ici ; seulement {known}.",
    "Здесь нет «{name}», есть только {known}.",
)
UNKNOWN_FILTER = Text(
    "There is no filter “{name}”; there are {known}.",
    "Il n’y a pas de filtre « {name} » ; il y a {known}.",
    "Нет фильтра «{name}»; есть {known}.",
)
