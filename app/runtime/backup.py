"""`python -m app.runtime.backup FILE`: everything into one file, while people and automations go on working."""

import sys
from contextlib import ExitStack
from pathlib import Path

from app import instance
from app.instance import AlreadyRunning, sole_instance
from app.runtime import archive
from app.runtime.errors import StartError
from app.settings import Settings, SettingsError


def main() -> None:
    """Back up the instance of the environment's settings, whether it runs or not."""
    if len(sys.argv) != 2:
        sys.exit("Name the file to write: python -m app.runtime.backup FILE")
    file = Path(sys.argv[1]).resolve()
    try:
        settings = instance.looked_up()
        with ExitStack() as stack:
            if not settings.database_url:
                _require_data(settings)
                stack.enter_context(sole_instance(settings.data))
            archive.write(settings, stack.enter_context(archive.database(settings)), file)
    except (SettingsError, StartError, AlreadyRunning, OSError) as error:
        sys.exit(f"Nothing was backed up. {error}")
    print(f"{file} holds everything, {file.stat().st_size:,} bytes. It is as secret as the data and the key in it.")


def _require_data(settings: Settings) -> None:
    """Of a folder that no instance ever worked on, the backup would be an empty one."""
    if not (settings.data / "postgres").is_dir():
        raise StartError(f"{instance.absence(settings)} There are no data in that folder either.")


if __name__ == "__main__":
    main()
