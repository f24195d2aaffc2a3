"""Who has an automation open at this moment: kept in Redis alone, for it is true for seconds only."""

import logging
import time
from typing import Final, NamedTuple

import orjson
from redis.exceptions import RedisError

from app.adapters import redis

ABSENT_AFTER_SECONDS: Final = 25
_FORGOTTEN_AFTER_SECONDS: Final = 2 * ABSENT_AFTER_SECONDS
# What was sent first may arrive last. The number of a tab's newest sign outlives the tab for a while: a sign that was
# still on its way when the tab left does not bring it back.
_HEAR_NEWER: Final = """
    local tabs, newest = KEYS[1], KEYS[2]
    local tab, sign, written, seconds = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
    if tonumber(redis.call('GET', newest) or 0) >= tonumber(sign) then return 0 end
    redis.call('SET', newest, sign, 'EX', seconds)
    if written == '' then return redis.call('HDEL', tabs, tab) end
    redis.call('HSET', tabs, tab, written)
    redis.call('EXPIRE', tabs, seconds)
    return 1
"""

log = logging.getLogger(__name__)


class Presence(NamedTuple):
    """One browser tab at an automation. `node`: the step whose settings are open; `since`: from when (Unix time)."""

    tab: str
    user: int
    node: str | None
    since: float


def come(automation_id: int, tab: str, user: int, node: str | None, sign: int) -> bool:
    """Note that a tab is there, and where, unless a newer sign of it was heard; tells whether that is news."""
    before = {(each.tab, each.user): each for each in there(automation_id)}.get((tab, user))
    now = time.time()
    stays = before is not None and before.node == node
    since = before.since if before and stays else now
    written = orjson.dumps([tab, user, node, since, now]).decode()
    return _hear(automation_id, tab, user, sign, written) and not stays


def leave(automation_id: int, tab: str, user: int, sign: int) -> bool:
    """Forget a user's tab, unless a newer sign of it was heard; tells whether it was there."""
    return _hear(automation_id, tab, user, sign, "")


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


def _hear(automation_id: int, tab: str, user: int, sign: int, written: str) -> bool:
    """Keep what a tab says, or forget it when it says nothing more; tells whether that changed anything."""
    key, field = _key(automation_id), f"{user:d}:{tab}"
    keys = (key, f"{key}:{field}")
    try:
        return bool(redis.client().eval(_HEAR_NEWER, len(keys), *keys, field, sign, written, _FORGOTTEN_AFTER_SECONDS))
    except (RedisError, redis.NotConfigured) as error:
        log.warning("Nobody knows who is here (%s).", type(error).__name__)
        return False


def _key(automation_id: int) -> str:
    return f"presence:{automation_id:d}"
