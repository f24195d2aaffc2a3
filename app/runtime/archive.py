"""A backup: one file with the database as it was at one instant, and the key that its stored passwords need."""

import json
import os
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psycopg
from sqlalchemy import make_url

from app.runtime.errors import StartError
from app.runtime.postgres import PostgresServer, program
from app.settings import Settings

FORMAT: Final = "cadenza.backup/1"
_MANIFEST, _KEY, _DUMP = "manifest.json", "secret_key", "database.dump"
_OTHERS: Final = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup, unpacked into a folder."""

    folder: Path

    @property
    def secret_key(self) -> str:
        """The key of the instance that was backed up."""
        return (self.folder / _KEY).read_text()

    @property
    def dump(self) -> Path:
        """The database, in pg_dump's own format."""
        return self.folder / _DUMP


def write(settings: Settings, database_url: str, file: Path) -> None:
    """Write a backup; `file` is there whole, readable by its owner only, or not at all."""
    with TemporaryDirectory(dir=file.parent, prefix=f".{file.name}-") as name:
        folder = Path(name)
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={folder / _DUMP}"], database_url)
        manifest = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat()}
        (folder / _MANIFEST).write_text(json.dumps(manifest))
        (folder / _KEY).write_text(settings.secret_key)
        whole = folder / "whole"
        whole.touch(mode=0o600)
        with tarfile.open(whole, "w") as tar:
            for member in (_MANIFEST, _KEY, _DUMP):
                tar.add(folder / member, member)
        whole.replace(file)


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """Unpack a backup for as long as the block lasts; raises StartError for a file that is none."""
    with TemporaryDirectory(prefix="cadenza-restore-") as name:
        try:
            with tarfile.open(file) as tar:
                tar.extractall(name, filter="data")
            manifest = json.loads(Path(name, _MANIFEST).read_text())
        except (OSError, tarfile.TarError, ValueError) as error:
            raise StartError(f"{file} is no backup of Cadenza, or it is damaged: {error}") from error
        if manifest.get("format") != FORMAT:
            raise StartError(f"{file} was written by another release; it says {manifest.get('format')!r}.")
        yield Archive(Path(name))


def load(archive: Archive, database_url: str) -> None:
    """Put the backup in the place of everything the database holds, in one transaction: all of it, or nothing."""
    script = archive.folder / "script.sql"
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", archive.dump], None)
    emptied = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    command = ["psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    _run([*command, f"--command={emptied}", f"--file={script}"], database_url)


def is_in_use(database_url: str) -> bool:
    """Tell whether processes of an instance are connected."""
    with psycopg.connect(address(database_url)) as connection:
        return connection.execute(_OTHERS, ["cadenza"]).fetchone() != (0,)


def holds_data(database_url: str) -> bool:
    """Tell whether there is anything in the database."""
    with psycopg.connect(address(database_url)) as connection:
        return connection.execute("SELECT to_regclass('public.alembic_version')").fetchone() != (None,)


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Give the address of the database; the embedded server, where it is meant and does not run, runs meanwhile."""
    if settings.database_url:
        yield settings.database_url
        return
    with ExitStack() as stack:
        server = PostgresServer(settings.data / "postgres")
        stack.callback(server.stop)
        server.start()
        yield server.url


def _run(command: Sequence[str | Path], database_url: str | None) -> None:
    """Run a program of PostgreSQL, its password in the environment; raises StartError with what it said."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "PGOPTIONS": "-c timezone=UTC"}
    arguments = [os.fspath(part) for part in command[1:]]
    if database_url:
        url = make_url(database_url)
        environment |= {"PGPASSWORD": str(url.password)} if url.password else {}
        arguments.append(f"--dbname={address(database_url, password=False)}")
    done = subprocess.run(
        [program(os.fspath(command[0])), *arguments], check=False, capture_output=True, text=True, env=environment
    )
    if done.returncode != 0:
        raise StartError(f"{command[0]} failed. {done.stderr.strip()}")


def address(database_url: str, *, password: bool = True) -> str:
    """Return the address as PostgreSQL's own programs take it: they refuse a space that SQLAlchemy lets be."""
    url = make_url(database_url).set(drivername="postgresql")
    text = (url if password else url.set(password=None)).render_as_string(hide_password=False)
    return text.replace(" ", "%20")
