"""Words shown to people, in every language of the product."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

Language = Literal["en", "fr", "ru"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr", "ru")


class Text(NamedTuple):
    """One phrase in English, French and Russian. French quotes are kept beside what they hold by U+00A0."""

    en: str
    fr: str
    ru: str

    def say(self, language: Language) -> str:
        """Return the phrase in `language`."""
        return str(getattr(self, language))

    def format(self, **values: object) -> "Text":
        """Fill `{placeholders}`; a value that is itself a `Text` is filled in its own language."""
        return Text(*(_fill(phrase, values, language) for phrase, language in zip(self, LANGUAGES, strict=True)))


def _fill(phrase: str, values: dict[str, object], language: Language) -> str:
    words = {name: value.say(language) if isinstance(value, Text) else value for name, value in values.items()}
    return phrase.format(**words)


def language(name: str) -> Language:
    """Return the language of this name; English for one that is not spoken here."""
    return next((each for each in LANGUAGES if each == name), "en")


def same(phrase: str) -> Text:
    """Return a phrase that reads alike in every language (a name, a number)."""
    return Text(phrase, phrase, phrase)


def begin(text: Text) -> Text:
    """Return a phrase as it begins a line: with a capital."""
    return Text(*(phrase[:1].upper() + phrase[1:] for phrase in text))


def join(glue: "str | Text", texts: Sequence[Text]) -> Text:
    """Join phrases, each language with its own glue."""
    glues = same(glue) if isinstance(glue, str) else glue
    return Text(*(each.join(text[index] for text in texts) for index, each in enumerate(glues)))


SEMICOLON: Final = Text("; ", "\u00a0; ", "; ")
"""What joins parts that have commas of their own."""
