import os
import signal
import socket
import time
from pathlib import Path

import pytest

from app.runtime.errors import StartError
from app.runtime.parts import Program, Watch, require_free


@pytest.fixture
def program(tmp_path: Path):
    """A program that prints this module's help and ends."""
    made = Program("some one", "this", tmp_path, dict(os.environ))
    yield made
    made.stop()


def wait_for_end(program: Program) -> None:
    assert program.process
    program.process.wait(20)


def test_what_a_program_prints_is_in_its_log(program: Program):
    """A part's output is kept where a person finds it by its name."""
    program.start()
    wait_for_end(program)
    assert program.log.name == "some-one.log"
    assert "Beautiful is better than ugly." in program.log.read_text()


def test_a_program_is_asked_to_stop_only_once(tmp_path: Path):
    """However long the others take meanwhile: a worker that is asked again drops what it is doing."""
    (tmp_path / "patient.py").write_text(
        "import signal, time\n"
        "asked = []\n"
        "signal.signal(signal.SIGTERM, lambda *_: asked.append(1))\n"
        "print('ready', flush=True)\n"
        "while not asked:\n"
        "    time.sleep(0.01)\n"
        "time.sleep(0.5)\n"
        "print('asked', len(asked))\n"
    )
    program = Program("patient", "patient", tmp_path, {**os.environ, "PYTHONPATH": str(tmp_path)})
    program.start()
    deadline = time.monotonic() + 20
    while "ready" not in program.log.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    program.ask_to_stop()
    time.sleep(0.1)
    program.stop()
    assert program.log.read_text().split() == ["ready", "asked", "1"]


def test_a_full_log_begins_anew(program: Program, monkeypatch: pytest.MonkeyPatch):
    """Logs never fill the disk."""
    monkeypatch.setattr("app.runtime.parts.LARGEST_LOG", 10)
    program.log.write_text("x" * 11)
    program.start()
    wait_for_end(program)
    assert "xx" not in program.log.read_text()


def test_an_ended_program_is_started_again(program: Program):
    """The watch tells how it ended, and starts it again after a pause."""
    program.start()
    watch = Watch(program)
    assert watch.look() is None or program.process.poll() is not None
    wait_for_end(program)
    news = watch.look()
    first = program.process
    deadline = time.monotonic() + 10
    while program.process is first and time.monotonic() < deadline:
        watch.look()
        time.sleep(0.02)
    assert news == "some one ended (code 0); starting it again in 0.2 s."
    assert program.process is not first


def test_a_program_that_does_not_last_is_started_ever_more_slowly(program: Program, monkeypatch: pytest.MonkeyPatch):
    """A part that fails at once does not eat the machine."""
    monkeypatch.setattr("app.runtime.parts._BACKOFF", (0.0, 7.0))
    program.start()
    watch = Watch(program)
    wait_for_end(program)
    assert "in 0 s" in (watch.look() or "")
    watch.look()
    wait_for_end(program)
    assert "in 7 s" in (watch.look() or "")


def test_a_program_that_never_lasts_is_told_a_few_times_only(program: Program, monkeypatch: pytest.MonkeyPatch):
    """The terminal stays readable; the last word says where to look."""
    monkeypatch.setattr("app.runtime.parts._BACKOFF", (0.0, 0.0))
    program.start()
    watch, news = Watch(program), []
    for _ in range(4):
        wait_for_end(program)
        news.append(watch.look())
        watch.look()
    assert str(program.log) in (news[1] or "")
    assert news[2:] == [None, None]


def test_the_signal_that_ended_a_program_is_named(program: Program):
    """Killed for memory looks different from a crash."""
    program._module = "timeit"
    program.start()
    assert program.process
    program.process.send_signal(signal.SIGKILL)
    wait_for_end(program)
    assert "SIGKILL" in (Watch(program).look() or "")


def test_a_taken_port_is_told_before_anything_starts():
    """The error names PORT and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(StartError, match=r"^PORT: .*set PORT"):
            require_free("127.0.0.1", taken.getsockname()[1])


def test_a_foreign_host_is_told_by_name(monkeypatch: pytest.MonkeyPatch):
    """HOST must be an address of this machine."""
    foreign = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("192.0.2.1", 8000))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [foreign])
    with pytest.raises(StartError, match=r"^HOST"):
        require_free("elsewhere", 8000)
