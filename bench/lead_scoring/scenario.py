"""Both readings of the scenario, turn about on one server, and what came of them."""

import contextlib
import time
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from psycopg import sql
from sqlalchemy import make_url

from app import db
from app.adapters import migrations, redis
from app.instance import Running, find
from app.services import api_keys
from bench.lead_scoring import in_sql, over_http
from bench.lead_scoring.stage import OPENS, Stage, build_stage, connect, faults, reset
from bench.lead_scoring.summing_up import Turn, summary
from bench.options import Options
from bench.usage import memory, processor_seconds, spent
from tests.support.instance import Instance, instance

LIMIT_DATABASE: Final = "limit"
# What a connection's process took is known a moment after it ended.
_REAPING_SECONDS: Final = 0.5


class NotExact(RuntimeError):
    """A run ended with other numbers than it must."""


def measure(options: Options) -> list[dict[str, Any]]:
    """Measure each size: the first, and so many doublings of it. Raises NotExact."""
    with _instance(options) as running_instance:
        servers = _servers(running_instance)
        redis.configure(servers.redis_url)
        limit = build_stage(_create_database(servers.database_url))
        stage = build_stage(servers.database_url)
        key = api_keys.create("Benchmark").key
        db.dispose()
        sizes = [options.contacts * 2**step for step in range(options.doublings + 1)]
        return [_measure_size(options, running_instance, stage, limit, key, size) for size in sizes]


@contextlib.contextmanager
def _instance(options: Options) -> Iterator[Instance]:
    with instance(WORKERS=str(options.workers), WEB_PROCESSES=str(options.web_processes)) as made:
        made.start()
        yield made


def _measure_size(
    options: Options, running_instance: Instance, stage: Stage, limit: Stage, key: str, contacts: int
) -> dict[str, Any]:
    bodies = over_http.make_bodies(options.door, contacts, options.batch, Random(options.seed))
    turns = []
    for number in range(1, options.repeat + 1):
        print(f"  {contacts} contacts, turn {number} of {options.repeat} …", flush=True)
        reset(limit, contacts)
        before = processor_seconds(running_instance)
        alone = in_sql.run(limit, contacts, options.sql_batch, Random(options.seed))
        time.sleep(_REAPING_SECONDS)
        used = spent(before, processor_seconds(running_instance))["postgres"]
        _demand_exact(limit, contacts)
        reset(stage, contacts)
        run = over_http.run(running_instance, stage, options.door, key, bodies, options.senders)
        _demand_exact(stage, contacts)
        turns.append(Turn(run, alone, used))
    return {**summary(contacts * OPENS, turns), "contacts": contacts, "memory": _memory(running_instance)}


def _demand_exact(stage: Stage, contacts: int) -> None:
    if wrong := faults(stage, contacts):
        raise NotExact("\n".join(wrong))


def _memory(running_instance: Instance) -> dict[str, dict[str, float]]:
    return {
        kind: {"own": round(used.own), "resident": round(used.resident)}
        for kind, used in memory(running_instance).items()
    }


def _servers(running_instance: Instance) -> Running:
    found = find(running_instance.data)
    if found is None:
        raise RuntimeError("The instance does not say where its servers are.")
    return found


def _create_database(url: str) -> str:
    """Make a migrated database beside the instance's own; returns its URL."""
    with connect(url) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(LIMIT_DATABASE)))
    made = make_url(url).set(database=LIMIT_DATABASE).render_as_string(hide_password=False)
    migrations.upgrade(made)
    return made
