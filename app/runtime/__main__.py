"""`python -m app.runtime`: run Cadenza until Ctrl-C."""

import sys

from app.instance import AlreadyRunning
from app.runtime.errors import StartError
from app.runtime.supervisor import supervise
from app.settings import Settings, SettingsError


def main() -> None:
    """Start by the environment's settings; one clear sentence when that is impossible."""
    try:
        supervise(Settings.from_env())
    except (SettingsError, StartError, AlreadyRunning) as error:
        sys.exit(f"Cadenza cannot start. {error}")


if __name__ == "__main__":
    main()
