"""Marshmallow fields that no look-alike passes."""

from typing import Any

from marshmallow import fields


class Flag(fields.Boolean):
    """True or false in JSON, and not 1, 0 or “yes”."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> bool:  # noqa: ANN401 - marshmallow's signature
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value
