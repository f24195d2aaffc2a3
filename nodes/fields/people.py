"""Fields that name people of the workspace, or the roles they have."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Unpack

from nodes.catalog import Catalog
from nodes.fields.base import Config, Context, FormField, JsonSchema, Settings, Stored, Unfit
from nodes.problems import Problem, unknown_role, unknown_user
from nodes.texts import Language, Text


class UserEmail(FormField):
    """A user by email."""

    widget = "user"
    picked = True
    expects = Text("a user", "un utilisateur", "пользователя")

    def convert(self, value: Stored) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string"}

    def references(self, value: str, context: Context) -> Iterator[Problem]:
        if not is_active(value, context.catalog):
            yield unknown_user("", value)


class One(NamedTuple):
    """When a field that takes several is drawn for a single one, by fields beside it, and its title then."""

    title: Text
    when: Mapping[str, Sequence[Stored]]


class UserEmails(FormField):
    """One or more users by email, each once; of `sellers`, only those are offered whose work it is to own contacts."""

    widget = "users"
    picked = True
    expects = Text("one or more users", "un ou plusieurs utilisateurs", "одного или нескольких пользователей")

    def __init__(
        self, title: Text, *, sellers: bool = False, one: One | None = None, **settings: Unpack[Settings]
    ) -> None:
        super().__init__(title, **settings)
        self.sellers, self.one = sellers, one

    def convert(self, value: Stored) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
            raise Unfit(self.expects)
        return tuple(dict.fromkeys(value))

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}

    def options(self, language: Language) -> JsonSchema:
        drawn: JsonSchema = {"sellers": True} if self.sellers else {}
        if self.one is None:
            return drawn
        when: JsonSchema = {name: list(values) for name, values in self.one.when.items()}
        return drawn | {"one": {"title": self.one.title.say(language), "when": when}}

    def called(self, config: Config) -> Text:
        if self.one and all(config.get(name) in values for name, values in self.one.when.items()):
            return self.one.title
        return self.title

    def references(self, value: tuple[str, ...], context: Context) -> Iterator[Problem]:
        for index, email in enumerate(value):
            if not is_active(email, context.catalog):
                yield unknown_user(f"[{index}]", email)


class RoleName(FormField):
    """A role that users have."""

    widget = "role"
    picked = True
    expects = Text("a role", "un rôle", "роль")

    def convert(self, value: Stored) -> str:
        if not isinstance(value, str) or not value:
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string"}

    def references(self, value: str, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.roles:
            yield unknown_role("", value)


def is_active(email: str, catalog: Catalog) -> bool:
    """Tell whether a user of that email exists and still works here."""
    user = catalog.users.get(email)
    return user is not None and user.active
