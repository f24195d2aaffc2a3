"""Whatever is killed, wiped, filled or set wrong while events flow, the outcome is exact."""

import pytest

from tests.chaos.run import Options, run


@pytest.mark.chaos
@pytest.mark.row("C12", "C22")
@pytest.mark.timeout(600)
def test_whatever_breaks_nothing_is_lost_and_nothing_done_twice():
    """Every score, run, note, alert and call is the reference's; each call came at least once, under one key."""
    report = run(Options(kills=30, seed=7, contacts=60, patience=300))
    assert report.exact, report.table()
