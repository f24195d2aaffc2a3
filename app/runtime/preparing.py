"""Starting the process that prepares the database, from a supervisor that stays small."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import NamedTuple

from app.runtime.errors import StartError
from app.runtime.processes import end, spawn
from app.settings import CHECKOUT

MODULE = "app.runtime.database"


class Login(NamedTuple):
    """A person of the demo world."""

    role: str
    email: str
    password: str


def prepare(environment: Mapping[str, str]) -> list[Login]:
    """Migrate that environment's database and fill an empty one; returns the demo logins."""
    child = spawn([sys.executable, "-m", MODULE], directory=CHECKOUT, environment=environment, output=subprocess.PIPE)
    with child:
        try:
            printed, _ = child.communicate()
        except BaseException:
            end(child, (signal.SIGTERM, 10))
            raise
    if child.returncode != 0:
        raise StartError("The database could not be prepared; see above.")
    return [Login(*login) for login in json.loads(printed)]
