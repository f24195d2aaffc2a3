"""`python -m app.runtime.restore FILE [--replace]`: what a backup holds, into an instance that does not run."""

import os
import sys
from pathlib import Path

import psycopg

from app.instance import AlreadyRunning, sole_instance
from app.runtime import archive
from app.runtime.archive import Archive
from app.runtime.errors import StartError
from app.settings import Settings, SettingsError

REPLACE = "--replace"


def main() -> None:
    """Restore into the instance of the environment's settings; refuses to overwrite data without --replace."""
    names = [each for each in sys.argv[1:] if each != REPLACE]
    if len(names) != 1:
        sys.exit(f"Name the file to restore: python -m app.runtime.restore FILE [{REPLACE}]")
    try:
        settings = Settings.from_env()
        with sole_instance(settings.data), archive.opened(Path(names[0])) as backup:
            _restore(settings, backup, replace=REPLACE in sys.argv)
    except (SettingsError, StartError, AlreadyRunning, psycopg.Error, OSError) as error:
        sys.exit(f"Nothing was restored. {error}")
    print("Everything is as it was when the backup was made. Start Cadenza; it migrates the database if need be.")


def _restore(settings: Settings, backup: Archive, *, replace: bool) -> None:
    if os.environ.get("SECRET_KEY") not in {None, "", backup.secret_key}:
        raise StartError(
            "SECRET_KEY is set to another key than the backup's: stored passwords could not be read. Unset it, or set "
            "it to what `tar -xOf FILE secret_key` prints."
        )
    with archive.database(settings) as url:
        if archive.is_in_use(url):
            raise StartError("Processes of Cadenza are connected to the database. Stop them first.")
        if archive.holds_data(url) and not replace:
            raise StartError(f"The database holds data already. Add {REPLACE} to lose all of it.")
        archive.load(backup, url)
    _keep(settings.data / "secret_key", backup.secret_key)


def _keep(path: Path, key: str) -> None:
    draft = path.with_suffix(".restored")
    draft.touch(mode=0o600)
    draft.write_text(key)
    draft.replace(path)


if __name__ == "__main__":
    main()
