from flask.testing import FlaskClient

from app.adapters import pulse
from tests.app.conftest import Caller


def test_the_picture_is_whole(admin: Caller, redis_live: None) -> None:
    """Partitions, deliveries, queues and the last hour, for the screen to draw."""
    pulse._Counted.figures.clear()
    pulse.count(received=4)
    pulse.beat()
    seen = admin.get("/api/operations?lang=fr").get_json()
    assert (len(seen["partitions"]), len(seen["activity"]["minutes"])) == (16, 60)
    assert seen["activity"]["minutes"][-1]["received"] == 4
    assert seen["deliveries"] == {"pending": 0, "due": 0, "overdue_seconds": 0, "waiting_for_rate": []}


def test_a_program_may_look(program: FlaskClient) -> None:
    """Watching is what programs are good at."""
    assert program.get("/api/operations").status_code == 200
