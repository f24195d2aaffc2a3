"""What stands on the terminal while Cadenza runs."""

from collections.abc import Sequence

from app.runtime.preparing import Login
from app.settings import Settings

_FIRST_PERSON = ".venv/bin/flask --app wsgi user create --email E --role owner --password-stdin"


def greet(settings: Settings, logins: Sequence[Login]) -> None:
    """Print where Cadenza is, who may sign in, and how it ends."""
    lines = ["", f"  Cadenza is ready at {settings.public_url}", ""]
    if logins:
        lines += ["  Sign in as", *_table(logins), ""]
    else:
        lines += [f"  The first person: {_FIRST_PERSON}", ""]
    lines += [f"  Data and logs: {settings.data}", "  Ctrl-C stops everything.", ""]
    print("\n".join(lines), flush=True)


def _table(logins: Sequence[Login]) -> list[str]:
    role, email = (max(len(login[column]) for login in logins) for column in (0, 1))
    return [f"    {login.role:<{role}}   {login.email:<{email}}   {login.password}" for login in logins]
