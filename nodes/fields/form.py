"""The form of a node type: one schema for the inspector, validation and the engine."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from marshmallow import RAISE, Schema, ValidationError, pre_load

from nodes.catalog import Asked, Catalog
from nodes.fields.base import Config, Context, FormField, JsonSchema, Prepared, Stored, TemplateCheck, is_empty
from nodes.problems import Problem, missing, unknown_key
from nodes.texts import Language, Text
from nodes.world import Reads


def any_template(_template: str) -> Text | None:
    """Accept every template: for callers who have no template engine at hand."""
    return None


class NodeSchema(Schema):
    """Base of all forms; its fields are `FormField`s, in the order they are drawn."""

    class Meta:
        unknown = RAISE

    @cached_property
    def form(self) -> Mapping[str, FormField]:
        """The fields by name."""
        return {name: field for name, field in self.fields.items() if isinstance(field, FormField)}

    def rules(self, config: Config, context: Context) -> Iterator[Problem]:
        """Find what is wrong between fields that are right by themselves; `config` as stored, visible fields only."""
        yield from ()

    def visible(self, config: Config) -> dict[str, Stored]:
        """Return the values that count: without empty ones and without fields that the form does not show."""
        shown = self._shown_values(config)
        return {
            name: shown.get(name, value)
            for name, value in config.items()
            if not is_empty(value) and (name not in self.form or name in shown)
        }

    def ports(self, config: Config) -> dict[str, Text]:
        """Return the ways out that a stored configuration opens, in order; it need not be right."""
        opened: dict[str, Text] = {}
        for name, field in self.form.items():
            opened |= field.ports(name, _given(config, name, field))
        return opened

    def masked(self, config: Config) -> dict[str, Stored]:
        """Return a stored configuration without its secrets; it need not be right."""
        return {name: self.form[name].masked(value) if name in self.form else value for name, value in config.items()}

    def check(self, config: Config, catalog: Catalog, check_template: TemplateCheck = any_template) -> list[Problem]:
        """Return everything that is wrong with a stored configuration in this workspace."""
        shown = self._shown_values(config)
        context = Context(catalog, shown, check_template)
        problems = [unknown_key(name) for name in config if name not in self.form]
        for name, value in shown.items():
            field = self.form[name]
            if value is not None:
                problems += [problem.inside(name) for problem in field.check(value, context)]
            elif field.needed:
                problems.append(missing(name, field.called(shown), picked=field.picked))
        return problems or list(self.rules(self.visible(config), context))

    def reads(self, config: Config) -> Reads:
        """Return the facts that this (valid) configuration needs."""
        found = Reads()
        for name, value in self._shown_values(config).items():
            if value is not None:
                found |= self.form[name].reads(value)
        return found

    def attributes(self, config: Config) -> frozenset[str]:
        """Return the attributes that a stored configuration names; it need not be right."""
        values = {name: value for name, value in self._shown_values(config).items() if value is not None}
        return frozenset(each for name, value in values.items() for each in self.form[name].attributes(value))

    def asks_event(self, config: Config, catalog: Catalog) -> Iterator[tuple[str, Asked]]:
        """Return what a (valid) configuration asks of the event that let the contact in, each with its field."""
        for name, value in self._shown_values(config).items():
            if value is not None:
                yield from ((name, each) for each in self.form[name].asks_event(value, catalog))

    def prepare(self, config: Config, catalog: Catalog) -> dict[str, Prepared]:
        """Return what a step's `config` holds: every field, converted; None for those not shown or left empty.

        Raises marshmallow.ValidationError; `check` says beforehand, in words, what would be wrong.
        """
        loaded = self.load(config)
        return {
            name: field.prepare(loaded[name], loaded, catalog) if loaded.get(name) is not None else None
            for name, field in self.form.items()
        }

    def json_schema(self, language: Language) -> JsonSchema:
        """Return the form's JSON schema (draft 2020-12) with titles in `language`."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {name: field.json_schema(language) for name, field in self.form.items()},
            "required": [name for name, field in self.form.items() if field.required],
        }

    def ui_schema(self, language: Language) -> JsonSchema:
        """Return how the form is drawn (rjsf uiSchema)."""
        return {
            "ui:order": list(self.form),
            **{name: field.ui_schema(language) for name, field in self.form.items()},
        }

    def _shown_values(self, config: Config) -> dict[str, Stored]:
        """Return what each field shown holds, its default where it was left empty, without parts that are hidden."""
        shown = {name: _given(config, name, field) for name, field in self.form.items() if self._shown(name, config)}
        return {name: self.form[name].trim(value, shown) for name, value in shown.items()}

    def _shown(self, name: str, config: Config) -> bool:
        return all(
            self._shown(other, config) and _given(config, other, self.form[other]) in values
            for other, values in self.form[name].show_when.items()
        )

    @pre_load
    def _keep_what_counts(self, data: Config, **kwargs: object) -> dict[str, Stored]:
        shown = self._shown_values(data)
        lacking = [name for name, value in shown.items() if value is None and self.form[name].needed]
        if lacking:
            raise ValidationError({name: ["Missing data for required field."] for name in lacking})
        unknown = {name: value for name, value in data.items() if name not in self.form}
        return unknown | {name: value for name, value in shown.items() if value is not None}


def _given(config: Config, name: str, field: FormField) -> Stored:
    value = config.get(name)
    return field.default if is_empty(value) else value
