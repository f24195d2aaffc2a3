import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from app.runtime.processes import MARK, end, end_leftovers, leftovers, spawn

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


def started(log: Path) -> None:
    """Wait until the child has printed."""
    deadline = time.monotonic() + 20
    while not (log.exists() and log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_child_ends_at_the_first_signal_it_heeds(tmp_path: Path):
    """A process that reacts to SIGTERM is not killed."""
    child = spawn(SLEEP, directory=tmp_path, log=tmp_path / "log")
    started(tmp_path / "log")
    end(child, (signal.SIGTERM, 20))
    assert child.returncode == -signal.SIGTERM


def test_a_stubborn_child_is_killed(tmp_path: Path):
    """A process that ignores every signal is gone nevertheless."""
    child = spawn(STUBBORN, directory=tmp_path, log=tmp_path / "log")
    started(tmp_path / "log")
    end(child, (signal.SIGTERM, 0.1))
    assert child.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_children_die_with_a_parent_that_is_killed(tmp_path: Path):
    """Kill -9 of the supervisor leaves no child behind."""
    code = (
        "import sys, time; from pathlib import Path; from app.runtime.processes import spawn\n"
        "child = spawn([sys.executable, '-c', 'import time; time.sleep(60)'], directory=Path('/'))\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert not psutil.wait_procs([child], timeout=10)[1]


def test_leftovers_are_found_by_their_mark_and_ended(tmp_path: Path):
    """What an earlier supervisor of this data folder left is ended; those of other folders live on."""
    mine, other = (
        spawn(SLEEP, directory=tmp_path, log=tmp_path / name, environment={**os.environ, MARK: str(tmp_path / name)})
        for name in ("mine", "other")
    )
    started(tmp_path / "mine")
    started(tmp_path / "other")
    found = leftovers(tmp_path / "mine")
    end_leftovers(found)
    other_lives = other.poll() is None
    for child in (mine, other):
        end(child, (signal.SIGTERM, 20))
    assert [process.pid for process in found] == [mine.pid]
    assert other_lives
