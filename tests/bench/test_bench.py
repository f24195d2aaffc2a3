import subprocess
import sys
from pathlib import Path
from random import Random

import orjson
import pytest

from app.settings import CHECKOUT
from bench import options, plot, report
from bench.protocol import Cost, Figure, Result, Scenario
from bench.s1_lead_scoring import over_http
from bench.scenarios import SCENARIOS
from bench.usage import Memory


@pytest.mark.story
@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", list(SCENARIOS))
def test_a_small_run_is_exact(name: str, tmp_path: Path):
    """Each scenario runs on a few contacts, proves its own outcome exact, and keeps its figures."""
    measured = _measure(tmp_path, name)
    assert measured["figures"]
    assert all(turn > 0 for figure in measured["figures"] for turn in figure["turns"])


@pytest.mark.story
@pytest.mark.timeout(240)
def test_the_other_door_is_exact_too(tmp_path: Path):
    """Lead scoring can be measured through the door that speaks another tool's language."""
    assert _measure(tmp_path, "s1", "--door", "v3")["figures"]


def _measure(folder: Path, name: str, *more: str) -> dict:
    few = ["--scale", "0.0004", "--size", "automations=12", "--batch", "60", "--repeat", "1"]
    processes = ["--workers", "1", "--web-processes", "1"]
    command = [sys.executable, "-m", "bench", name, *few, *processes, *more, "--out", str(folder)]
    done = subprocess.run(command, cwd=CHECKOUT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = folder.glob("*.json")
    assert file.with_suffix(".svg").exists()
    return orjson.loads(file.read_bytes())["scenarios"][name]


def test_every_contact_opens_four_times():
    """The requests hold four events of each contact, in an order that the seed decides."""
    requests = over_http.make_requests("api", "key", range(1, 11), 16, Random(2026))
    bodies = [orjson.loads(request.partition(b"\r\n\r\n")[2]) for request in requests]
    events = [event["contact"]["email"] for body in bodies for event in body["events"]]
    assert [len(body["events"]) for body in bodies] == [16, 16, 8]
    assert sorted(events) == sorted(f"contact{number}@example.com" for number in range(1, 11) for _ in range(4))
    assert events != sorted(events)


def test_ratios_are_taken_turn_by_turn():
    """A busy turn is compared with the limit of that turn, not with another's."""
    calm_and_busy = Figure("speed", "events/s", (200.0, 100.0, 90.0), (400.0, 200.0, 60.0), at_least=0.6)
    assert (calm_and_busy.value, calm_and_busy.ratio, calm_and_busy.met) == (100.0, 0.5, False)


def test_without_a_limit_the_median_itself_is_judged():
    """What must not last longer than it may is judged as measured."""
    assert Figure("delay", "ms", (11.0, 30.0, 12.0), at_most=12).met
    assert Figure("speed", "events/s", (1.0,)).met is None


def test_processor_time_is_told_for_as_many_units_everywhere():
    """Costs of runs of different sizes can be compared."""
    assert Cost("small", 1_000, ({"web": 0.5}, {"web": 1.5}, {"web": 1.0})).seconds("web") == 100.0


def test_the_table_shows_what_is_due_and_missed():
    """A figure stands beside its limit, the ratio, and what is due."""
    result = Result([Figure("speed", "events/s", (100.0,), (400.0,), at_least=0.6)], [Cost("all", 100, ({"web": 1},))])
    scenario = Scenario("s0", "Nothing", {"contacts": 10}, lambda _place, _sizes: result)
    lines = report.table(scenario, {"contacts": 10}, result, {"web": Memory(1, 2)}).splitlines()
    (speed,) = (line for line in lines if "speed" in line)
    assert speed.split() == ["speed,", "events/s", "100", "400", "0.25", "≥", "0.6", "MISSED"]


def test_the_picture_shows_what_is_due_and_nothing_else(tmp_path: Path):
    """Each figure that is judged has a bar, green if it is met and red if it is not."""
    met, missed = Figure("short", "ms", (10.0,), at_most=12), Figure("long", "ms", (30.0,), at_most=12)
    plot.draw("Measured", [("s0", met), ("s0", missed), ("s0", Figure("free", "ms", (1.0,)))], tmp_path / "all.svg")
    drawn = (tmp_path / "all.svg").read_text()
    assert ["short" in drawn, "long" in drawn, "free" in drawn] == [True, True, False]
    assert [drawn.count(colour) for colour in (plot.GOOD, plot.MISSED)] == [1, 1]


def test_sizes_are_scaled_or_named():
    """All sizes shrink together; one that is named is taken as it is."""
    chosen = options.parse(["s1"], ["--scale", "0.1", "--size", "contacts=7"])[2]
    assert chosen.sized({"contacts": 1_000, "waiting": 1_000, "few": 3}) == {"contacts": 7, "waiting": 100, "few": 1}


def test_an_unknown_scenario_is_refused(capsys: pytest.CaptureFixture[str]):
    """The command names those that exist."""
    with pytest.raises(SystemExit):
        options.parse(["s1", "s2"], ["nonsense"])
    assert "s1, s2" in capsys.readouterr().err
