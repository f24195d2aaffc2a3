"""`/metrics` for Prometheus: what database and Redis know, read when asked, so that every process tells the same."""

from collections.abc import Iterator
from typing import Final

from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from app import permissions
from app.adapters import pulse, redis
from app.errors import NotSignedIn
from app.services import api_keys, dead_letters, operations
from app.services.operations import Activity, Operations

PATH: Final = "/metrics"


def register(app: Flask) -> None:
    """Serve the metrics to whoever has an API key."""
    app.add_url_rule(PATH, view_func=metrics)


def metrics() -> Response:
    """What Prometheus reads; the key comes as a bearer token."""
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise NotSignedIn("Send an API key as “Authorization: Bearer …”.")
    with permissions.acting_as(api_keys.authenticate(authorization.token)):
        permissions.demand("operations.view")
    registry = CollectorRegistry()
    registry.register(_Instance())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Instance(Collector):
    """The whole instance, however many processes and hosts it has. What Redis knows is left out while it is away."""

    def describe(self) -> list[Metric]:
        return []  # so that registering asks for nothing yet

    def collect(self) -> Iterator[Metric]:
        seen = operations.overview("en")
        yield from _waiting(seen)
        yield from _given_up()
        if seen.activity is not None:
            yield from _working(seen.activity)
        try:
            yield from _done(pulse.totals())
        except (RedisError, redis.NotConfigured):
            return


def _waiting(seen: Operations) -> Iterator[Metric]:
    events = GaugeMetricFamily("cadenza_inbox_events", "Events not worked through", labels=["part"])
    lag = GaugeMetricFamily("cadenza_lag_seconds", "Age of the oldest event not worked through", labels=["part"])
    timers = GaugeMetricFamily("cadenza_due_runs", "Runs whose time has come", labels=["part"])
    overdue = GaugeMetricFamily("cadenza_overdue_seconds", "How late the first due run is", labels=["part"])
    for each in seen.partitions:
        figures = (each.events, each.lag_seconds, each.timers, each.overdue_seconds)
        for family, figure in zip((events, lag, timers, overdue), figures, strict=True):
            family.add_metric([str(each.part)], figure)
    yield from (events, lag, timers, overdue)
    deliveries = GaugeMetricFamily("cadenza_deliveries", "Deliveries that wait", labels=["state"])
    deliveries.add_metric(["pending"], seen.deliveries.pending)
    deliveries.add_metric(["due"], seen.deliveries.due)
    yield deliveries
    yield GaugeMetricFamily(
        "cadenza_delivery_overdue_seconds", "How late the first due delivery is", seen.deliveries.overdue_seconds
    )


def _given_up() -> Iterator[Metric]:
    letters = GaugeMetricFamily("cadenza_dead_letters", "What could not be done", labels=["kind", "reason"])
    for each in dead_letters.groups():
        letters.add_metric([each.kind, each.reason], each.count)
    yield letters


def _working(activity: Activity) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("cadenza_queue_jobs", "Jobs that wait in a queue of Redis", labels=["queue"])
    for queue in activity.queues:
        jobs.add_metric([queue.name], queue.jobs)
    yield jobs
    workers = GaugeMetricFamily("cadenza_worker", "Workers, each with the value 1", labels=["host", "pid", "state"])
    for worker in activity.workers:
        workers.add_metric([worker.host, str(worker.pid), worker.state], 1)
    yield workers
    others = GaugeMetricFamily(
        "cadenza_process", "Web processes and clocks, each with the value 1", labels=["role", "host", "pid", "state"]
    )
    for each in activity.processes:
        others.add_metric([each.role, each.host, str(each.pid), each.state], 1)
    yield others


def _done(totals: pulse.Figures) -> Iterator[Metric]:
    yield CounterMetricFamily("cadenza_events_received", "Events taken in", totals.received)
    yield CounterMetricFamily("cadenza_acted_upon", "Events and due runs that automations acted upon", totals.worked)
    yield CounterMetricFamily("cadenza_redone", "Batches walked twice: a contact was changed meanwhile", totals.redone)
    yield CounterMetricFamily("cadenza_runs_failed", "Runs that failed", totals.failed)
    runs = CounterMetricFamily("cadenza_step_runs", "Runs that a type of step worked on", labels=["type"])
    seconds = CounterMetricFamily("cadenza_step_seconds", "Time that took", labels=["type"])
    for type_, (worked_on, microseconds) in totals.steps.items():
        runs.add_metric([type_], worked_on)
        seconds.add_metric([type_], microseconds / 1e6)
    yield from (runs, seconds)
