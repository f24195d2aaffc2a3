"""Where the unix sockets of embedded servers lie."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from app.runtime.processes import Account

# sockaddr_un holds 104 bytes on some systems, its closing zero included.
LONGEST_PATH = 103


def socket_directory(directory: Path, socket_name: str, account: Account | None = None) -> Path:
    """`directory` itself, or a private short one when the socket's path would be too long there."""
    if len(os.fsencode(directory / socket_name)) <= LONGEST_PATH:
        return directory
    digest = hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]
    owner = account.uid if account else os.getuid()
    short = Path(tempfile.gettempdir()) / f"cadenza-{owner}-{digest}"
    short.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(short, account.uid, account.gid)
    state = short.lstat()
    if state.st_uid != owner or short.is_symlink():
        raise PermissionError(f"{short} belongs to somebody else; set CADENZA_DATA to a shorter path")
    short.chmod(0o700)
    return short


def clear(sockets: Path, directory: Path) -> None:
    """Remove the short directory again, if there was one."""
    if sockets != directory:
        shutil.rmtree(sockets, ignore_errors=True)
