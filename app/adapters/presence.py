"""Who has an automation open at this moment: kept in Redis alone, for it is true for seconds only."""

import logging
import time
from typing import Final, NamedTuple

import orjson
from redis.exceptions import RedisError

from app.adapters import redis

ABSENT_AFTER_SECONDS: Final = 25

log = logging.getLogger(__name__)


class Presence(NamedTuple):
    """One browser tab at an automation. `node`: the step whose settings are open; `since`: from when (Unix time)."""

    tab: str
    user: int
    node: str | None
    since: float


def come(automation_id: int, tab: str, user: int, node: str | None) -> bool:
    """Note that a tab is there, and where; tells whether that is news."""
    before = {each.tab: each for each in there(automation_id)}.get(tab)
    now = time.time()
    stays = before is not None and (before.user, before.node) == (user, node)
    since = before.since if before and stays else now
    key = _key(automation_id)
    try:
        with redis.client().pipeline() as pipeline:
            pipeline.hset(key, tab, orjson.dumps([tab, user, node, since, now]).decode())
            pipeline.expire(key, 2 * ABSENT_AFTER_SECONDS)
            pipeline.execute()
    except (RedisError, redis.NotConfigured) as error:
        log.warning("Nobody knows who is here (%s).", type(error).__name__)
        return False
    return not stays


def leave(automation_id: int, tab: str, user: int) -> bool:
    """Forget a user's tab; tells whether it was there."""
    if all((each.tab, each.user) != (tab, user) for each in there(automation_id)):
        return False
    try:
        redis.client().hdel(_key(automation_id), tab)
    except (RedisError, redis.NotConfigured):
        return False
    return True


def there(automation_id: int) -> list[Presence]:
    """Return the tabs that gave a sign lately, who came to their step first before the others; none without Redis."""
    try:
        found = redis.client().hvals(_key(automation_id))
    except (RedisError, redis.NotConfigured):
        return []
    alive = []
    for written in found:
        tab, user, node, since, seen = orjson.loads(written)
        if seen > time.time() - ABSENT_AFTER_SECONDS:
            alive.append(Presence(tab, user, node, since))
    return sorted(alive, key=lambda each: (each.since, each.tab))


def _key(automation_id: int) -> str:
    return f"presence:{automation_id:d}"
