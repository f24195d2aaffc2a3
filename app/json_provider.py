"""JSON as the whole app reads and writes it: strict UTF-8, no NaN, bounded depth, fast."""

from typing import Any

import orjson
from flask.json.provider import DefaultJSONProvider, JSONProvider

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z


class OrjsonProvider(JSONProvider):
    """Flask's JSON provider on orjson. `loads` raises ValueError on anything but one JSON document."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:  # noqa: ANN401 - Flask's signature
        indented = orjson.OPT_INDENT_2 if kwargs.get("indent") else 0
        return orjson.dumps(obj, default=DefaultJSONProvider.default, option=_OPTIONS | indented).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:  # noqa: ANN401 - Flask's signature
        return orjson.loads(s)
