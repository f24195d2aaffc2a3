"""Every setting of Cadenza, read from the environment in one place."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.logging import FORMATS, Format

CHECKOUT = Path(__file__).resolve().parent.parent
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class SettingsError(ValueError):
    """A variable of the environment has a value that Cadenza cannot use."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one instance of Cadenza runs. `database_url` and `redis_url` are None for embedded servers."""

    host: str
    port: int
    data: Path
    demo: bool
    secret_key: str
    database_url: str | None
    redis_url: str | None
    workers: int
    web_processes: int
    public_url: str
    log_level: str
    log_format: Format
    max_lag_seconds: int
    allow_private_hosts: bool
    trusted_proxies: int

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, *, looking: bool = False) -> Self:
        """Read and check the environment; raises SettingsError naming the first bad variable.

        Whoever is only `looking` for an instance leaves no folder behind where there is none.
        """
        env = os.environ if environ is None else environ
        host = env.get("HOST") or "127.0.0.1"
        port = _integer(env, "PORT", default=8000, low=1, high=65535)
        data = Path(env.get("CADENZA_DATA") or CHECKOUT / ".cadenza").expanduser().resolve()
        return cls(
            host=host,
            port=port,
            data=data,
            demo=_switch(env, "CADENZA_DEMO", default=_is_private(env, host)),
            secret_key=env.get("SECRET_KEY") or _secret(data, kept=not looking or bool(env.get("DATABASE_URL"))),
            database_url=_database_url(env.get("DATABASE_URL")),
            redis_url=_redis_url(env.get("REDIS_URL")),
            workers=_integer(env, "WORKERS", default=2, low=1, high=64),
            web_processes=_integer(env, "WEB_PROCESSES", default=2, low=1, high=64),
            public_url=_public_url(env.get("PUBLIC_URL"), host, port),
            log_level=_level(env),
            log_format=_log_format(env),
            max_lag_seconds=_integer(env, "MAX_LAG_SECONDS", default=300, low=1, high=86_400),
            allow_private_hosts=_switch(env, "CADENZA_ALLOW_PRIVATE_HOSTS", default=False),
            trusted_proxies=_integer(env, "TRUSTED_PROXIES", default=0, low=0, high=9),
        )


def _integer(env: Mapping[str, str], variable: str, *, default: int, low: int, high: int) -> int:
    text = env.get(variable) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise SettingsError(variable, f"{text!r} is not a whole number from {low} to {high}")
    return int(text)


def _switch(env: Mapping[str, str], variable: str, *, default: bool) -> bool:
    text = (env.get(variable) or ("1" if default else "0")).lower()
    if text not in {"0", "1", "false", "true", "no", "yes"}:
        raise SettingsError(variable, f"{text!r} is neither 0 nor 1")
    return text in {"1", "true", "yes"}


def _is_private(env: Mapping[str, str], host: str) -> bool:
    """Tell whether only this machine reaches the instance: everybody knows the passwords of the demo world."""
    return host in _LOOPBACK and not env.get("PUBLIC_URL") and not env.get("DATABASE_URL")


def _level(env: Mapping[str, str]) -> str:
    level = (env.get("LOG_LEVEL") or "INFO").upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise SettingsError("LOG_LEVEL", f"{level!r} is none of DEBUG, INFO, WARNING and ERROR")
    return level


def _log_format(env: Mapping[str, str]) -> Format:
    asked = (env.get("LOG_FORMAT") or "text").lower()
    for form in FORMATS:
        if form == asked:
            return form
    raise SettingsError("LOG_FORMAT", f"{asked!r} is neither text nor json")


def _database_url(text: str | None) -> str | None:
    """Normalise to SQLAlchemy's form for psycopg 3, whatever PostgreSQL scheme was given."""
    if not text:
        return None
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise SettingsError("DATABASE_URL", "it is not an address like postgresql://user:password@host/name") from error
    if url.get_backend_name() not in {"postgres", "postgresql"}:
        raise SettingsError("DATABASE_URL", f"Cadenza needs PostgreSQL, not {url.get_backend_name()!r}")
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _redis_url(text: str | None) -> str | None:
    if not text:
        return None
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsError("REDIS_URL", "it does not begin with redis://, rediss:// or unix://")
    return text


def _public_url(text: str | None, host: str, port: int) -> str:
    if not text:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, never bound
        return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    if not text.startswith(("http://", "https://")):
        raise SettingsError("PUBLIC_URL", "it does not begin with http:// or https://")
    return text.rstrip("/")


def _secret(data: Path, *, kept: bool) -> str:
    """The key kept under the data folder, made at the first start; readable by its owner only."""
    path = data / "secret_key"
    if not path.exists():
        if not kept:
            return _new_secret()  # no database is known that could hold anything signed by it
        try:
            data.mkdir(parents=True, exist_ok=True)
            _write_once(path, _new_secret())
        except OSError as error:
            raise SettingsError("CADENZA_DATA", f"{data} cannot be written: {error.strerror}") from error
    return _read_secret(path)


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _write_once(path: Path, text: str) -> None:
    """Two processes may come here at once: the first whole file wins."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft:
        draft.write(text)
        draft.flush()
        with contextlib.suppress(FileExistsError):
            os.link(draft.name, path)


def _read_secret(path: Path) -> str:
    try:
        key = path.read_text().strip()
    except OSError as error:
        raise SettingsError("SECRET_KEY", f"{path} cannot be read: {error.strerror}") from error
    if len(key) < 32:
        raise SettingsError("SECRET_KEY", f"{path} is damaged; delete it and everybody signs in anew")
    return key
