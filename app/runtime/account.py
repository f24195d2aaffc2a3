"""The account PostgreSQL runs as: it refuses root, so root lends its files to another account."""

import os
import pwd
import stat
import sys
from pathlib import Path

from app.runtime.errors import StartError
from app.runtime.processes import Account

_CANDIDATES = ("postgres", "nobody")


def database_account(directory: Path) -> Account | None:
    """Whose account owns (or shall own) the database files; None when this process's own does."""
    owner = directory.stat().st_uid if directory.exists() else None
    if os.geteuid() != 0:
        if owner not in {None, os.geteuid()}:
            raise StartError(
                f"{directory} belongs to another account (uid {owner}). Start Cadenza as the account that made "
                "it, or set CADENZA_DATA to another folder."
            )
        return None
    return _account_of(owner) if owner else _first_account()


def _account_of(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise StartError(f"The database files belong to uid {uid}, which this machine does not know.") from error
    return Account(entry.pw_uid, entry.pw_gid)


def _first_account() -> Account:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in _CANDIDATES:
        if name in known:
            return Account(known[name].pw_uid, known[name].pw_gid)
    raise StartError(
        "PostgreSQL refuses to run as root, and this machine has neither an account `postgres` nor `nobody`. "
        "Start Cadenza as an ordinary user, or set DATABASE_URL."
    )


def give(directory: Path, account: Account) -> None:
    """Make `directory` the account's own, and let it pass (not look) through the folders above."""
    os.chown(directory, account.uid, account.gid)
    let_pass(directory)


def let_pass(path: Path) -> None:
    """Add the right to pass through, for everybody, to each folder above that lacks it."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            print(f"Let other accounts pass through {folder}: PostgreSQL does not run as root.", file=sys.stderr)


def let_read(tree: Path) -> None:
    """Let every account read and run what pip unpacked with a narrow umask."""
    if tree.stat().st_mode & stat.S_IROTH:
        return
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            runnable = stat.S_IXOTH if mode & stat.S_IXUSR else 0
            path.chmod(mode | stat.S_IROTH | runnable)
