import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from app.settings import CHECKOUT
from bench import options, report
from bench.lead_scoring import over_http
from bench.lead_scoring.in_sql import Limit
from bench.lead_scoring.over_http import Run
from bench.lead_scoring.summing_up import Turn, summary


@pytest.mark.story
@pytest.mark.timeout(240)
@pytest.mark.parametrize("door", ["api", "v3"])
def test_a_small_run_is_exact(door: str, tmp_path: Path):
    """The whole benchmark runs on a few contacts through either door, proves itself exact, and keeps its figures."""
    sizes = ["--contacts", "40", "--batch", "60", "--repeat", "1", "--workers", "1", "--web-processes", "1"]
    command = [sys.executable, "-m", "bench", "lead_scoring", *sizes, "--door", door, "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=CHECKOUT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = tmp_path.iterdir()
    (result,) = orjson.loads(file.read_bytes())["results"]
    assert (result["contacts"], result["events"]) == (40, 160)


def test_every_contact_opens_four_times():
    """The requests hold four events of each contact, in an order that the seed decides."""
    chosen = options.parse(["--contacts", "10"])[2]
    bodies = over_http.make_bodies("api", chosen.contacts, 16, over_http.Random(chosen.seed))
    events = [event["contact"]["email"] for body in bodies for event in orjson.loads(body)["events"]]
    assert [len(orjson.loads(body)["events"]) for body in bodies] == [16, 16, 8]
    assert sorted(events) == sorted(f"contact{number}@example.com" for number in range(1, 11) for _ in range(4))
    assert events != sorted(events)


def test_medians_and_ratios_are_taken_turn_by_turn():
    """A busy turn is compared with the limit of that turn, not with another's."""
    calm = Turn(Run(1.0, 4.0, {"web": 2.0}), Limit(1.0, 2.0), 1.0)
    busy = Turn(Run(2.0, 8.0, {"web": 2.0}), Limit(2.0, 4.0), 1.0)
    found = summary(100_000, [calm, busy, busy])
    assert (found["ratio"], found["ratio_with_intake"]) == (0.5, 0.75)
    assert (found["events_per_second"], found["processor"]) == (12_500, {"web": 2.0})


def test_the_table_has_a_column_a_size():
    """Sizes stand side by side."""
    one = summary(400, [Turn(Run(1.0, 4.0, {"web": 2.0}), Limit(1.0, 2.0), 1.0)])
    results = [{**one, "contacts": size, "memory": {"web": {"own": 1, "resident": 2}}} for size in (100, 200)]
    (head,) = (line for line in report.table(results).splitlines() if "contacts" in line)
    assert head.split() == ["contacts", "100", "200"]


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]):
    """The command names those that exist."""
    with pytest.raises(SystemExit):
        options.parse(["nonsense"])
    assert "lead_scoring" in capsys.readouterr().err
