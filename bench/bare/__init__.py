"""The bare framework: Flask on Cadenza's own server, and one write a request.

Nobody is asked who sends; nothing is checked, looked up, counted or told to anybody.
"""

from typing import Final

ONE: Final = "/one"
MANY: Final = "/many"
READY: Final = "/ready"
TABLE: Final = """
    CREATE TABLE told (
        id bigserial PRIMARY KEY, email text, name text, properties jsonb, at timestamptz DEFAULT now()
    )
"""
