"""Playing the past through a draft."""

import threading

from app.jobs.job import job
from app.services.rehearsals import replays


@job
def run_replay(replay_id: int) -> None:
    """Play it beside this worker's other work: events must not wait for it."""
    threading.Thread(target=_play, args=(replay_id,), daemon=True).start()


@job
def _play(replay_id: int) -> None:
    replays.run(replay_id)
