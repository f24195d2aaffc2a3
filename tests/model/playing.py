"""How work is cut into batches, and in which order the events of different contacts come."""

import os
from collections.abc import Callable
from random import Random
from typing import Final

from hypothesis import Phase

from tests.model.scenario import Send

# More of them find more: EXAMPLES=5000 pytest tests/model --timeout 0
EXAMPLES: Final = int(os.environ.get("EXAMPLES", "300"))
# The same ones at every run, so that a change is to blame for what fails; whoever asks for more gets others.
SAME: Final = "EXAMPLES" not in os.environ
# Without the phase that explains a failure: it takes minutes.
PHASES: Final = set(Phase) - {Phase.explain}


def cuts(most: int, chance: Random) -> Callable[[int], int]:
    """Batches of one to `most` items; sometimes all there is."""
    return lambda waiting: chance.choice([chance.randint(1, most), waiting])


def mixing(chance: Random) -> Callable[[list[Send]], list[Send]]:
    """Keep each contact's events in order and let those of different contacts come in any order."""

    def mix(sent: list[Send]) -> list[Send]:
        turns = [each.who for each in sent]
        chance.shuffle(turns)
        mine = {who: iter([each for each in sent if each.who == who]) for who in turns}
        return [next(mine[who]) for who in turns]

    return mix
