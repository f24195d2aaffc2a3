import stat
from pathlib import Path

import pytest

from app.settings import Settings, SettingsError


def settings(tmp_path: Path, **environment: str) -> Settings:
    return Settings.from_env({"CADENZA_DATA": str(tmp_path / "data"), **environment})


def test_defaults_serve_this_machine_only(tmp_path: Path):
    """Without any variable, Cadenza listens on the loopback address with embedded servers and a demo world."""
    made = settings(tmp_path)
    assert (made.host, made.port, made.workers, made.demo) == ("127.0.0.1", 8000, 2, True)
    assert (made.database_url, made.redis_url) == (None, None)


def test_data_lies_inside_the_checkout_by_default():
    """The data folder's default is a folder of the checkout that git ignores."""
    made = Settings.from_env({"SECRET_KEY": "x" * 40})
    assert made.data.name == ".cadenza"
    assert f"{made.data.name}/" in (made.data.parent / ".gitignore").read_text().splitlines()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "٨"),
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("CADENZA_DEMO", "maybe"),
        ("TRUSTED_PROXIES", "10.0.0.1"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "nonsense"),
        ("REDIS_URL", "localhost:6379"),
        ("PUBLIC_URL", "example.com"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("MAX_LAG_SECONDS", "0"),
    ],
)
def test_a_bad_value_is_refused_by_name(tmp_path: Path, variable: str, value: str):
    """The error names the variable, so that a person knows what to change."""
    with pytest.raises(SettingsError, match=f"^{variable}: "):
        settings(tmp_path, **{variable: value})


def test_an_error_does_not_repeat_a_password(tmp_path: Path):
    """A database address with a typing error may hold a password: it is not shown."""
    with pytest.raises(SettingsError) as caught:
        settings(tmp_path, DATABASE_URL="mysql://someone:s3cret@localhost/x")
    assert "s3cret" not in str(caught.value)


def test_an_empty_value_counts_as_unset(tmp_path: Path):
    """`PORT= make run` means the default."""
    assert settings(tmp_path, PORT="", DATABASE_URL="").port == 8000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2", "postgresql+psycopg"])
def test_any_postgresql_address_is_read_with_our_driver(tmp_path: Path, scheme: str):
    """Whatever scheme a provider prints, psycopg 3 is used, and the password survives."""
    made = settings(tmp_path, DATABASE_URL=f"{scheme}://me:p%40ss@db:5433/cadenza")
    assert made.database_url == "postgresql+psycopg://me:p%40ss@db:5433/cadenza"


@pytest.mark.parametrize(
    ("environment", "demo"),
    [
        ({"HOST": "localhost"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"PUBLIC_URL": "https://cadenza.example.com"}, False),
        ({"DATABASE_URL": "postgresql://db/cadenza"}, False),
        ({"HOST": "0.0.0.0", "CADENZA_DEMO": "1"}, True),
    ],
)
def test_known_passwords_are_for_this_machine_only(tmp_path: Path, environment: dict[str, str], demo: bool):
    """Where others could sign in, the demo's people exist only if that was asked for."""
    assert settings(tmp_path, **environment).demo is demo


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path):
    """Everybody stays signed in over a restart, and only the owner reads the key."""
    first, second = settings(tmp_path), settings(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(("environment", "made"), [({}, False), ({"DATABASE_URL": "postgresql://db/cadenza"}, True)])
def test_whoever_only_looks_leaves_nothing_behind(tmp_path: Path, environment: dict[str, str], made: bool):
    """A key is kept only once there is a database that may hold what it encrypted."""
    data = tmp_path / "data"
    assert len(Settings.from_env({"CADENZA_DATA": str(data), **environment}, looking=True).secret_key) >= 48
    assert data.exists() is made


def test_whoever_looks_finds_the_key(tmp_path: Path):
    """A command beside the instance reads what that encrypted."""
    first = settings(tmp_path)
    assert Settings.from_env({"CADENZA_DATA": str(first.data)}, looking=True).secret_key == first.secret_key


def test_a_damaged_secret_key_is_reported(tmp_path: Path):
    """A key that is too short to be ours stops the start, instead of signing sessions badly."""
    settings(tmp_path)
    (tmp_path / "data" / "secret_key").write_text("short")
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        settings(tmp_path)


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"HOST": "0.0.0.0", "PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({"PUBLIC_URL": "https://cadenza.example.com/"}, "https://cadenza.example.com"),
    ],
)
def test_the_public_address_is_one_a_browser_reaches(tmp_path: Path, environment: dict[str, str], url: str):
    """Links in mails and the banner name an address that can be opened."""
    assert settings(tmp_path, **environment).public_url == url
