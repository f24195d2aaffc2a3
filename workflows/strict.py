"""Marshmallow fields that no look-alike passes, and that count before they read."""

from typing import Any

from marshmallow import fields


class Flag(fields.Boolean):
    """True or false in JSON, and not 1, 0 or “yes”."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> bool:  # noqa: ANN401 - marshmallow's
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class _CountedFirst(fields.Field[Any]):
    """Validated before its parts are read: too many of them are one fault, not one each."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - marshmallow's
        if isinstance(value, list | dict):
            self._validate(value)
        return super()._deserialize(value, attr, data, **kwargs)


class BoundedList(_CountedFirst, fields.List[Any]):
    """A list whose length is known to be right before its parts are read."""


class BoundedDict(_CountedFirst, fields.Dict):
    """A mapping whose length is known to be right before its parts are read."""
