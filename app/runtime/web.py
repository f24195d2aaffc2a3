"""The web processes: `python -m app.runtime.web`. gunicorn with gevent, many open streams at little cost."""

# Before anything imports ssl or socket: gevent's versions must be the only ones.
from gevent import monkey

monkey.patch_all()

import logging  # noqa: E402 - see above
import os  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

from gunicorn.app.base import BaseApplication  # noqa: E402

from app import create_app, instance  # noqa: E402
from app import logging as app_logging  # noqa: E402
from app.adapters import processes, pulse  # noqa: E402
from app.jobs.process import calm_collector  # noqa: E402
from app.settings import Settings  # noqa: E402

if TYPE_CHECKING:
    from flask import Flask
    from gunicorn.workers.base import Worker

STREAMS = 1000  # open connections a process, live-update streams among them


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn, configured by our settings instead of files and arguments of its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in _options(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> "Flask":
        app_logging.configure(self.settings.log_level, "web", self.settings.log_format)
        app = create_app(self.settings)
        calm_collector()
        pulse.begin()
        processes.begin(processes.WEB)
        app_logging.say_started(self.settings.public_url)
        return app


def _say_stopped(_arbiter: object, worker: "Worker") -> None:
    """Not of one that hung or never began, nor from the process that looks after the others."""
    if worker.booted and not worker.aborted and worker.pid == os.getpid():
        pulse.tell()
        app_logging.say_stopped()


def _options(settings: Settings) -> dict[str, Any]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": settings.web_processes,
        "worker_class": "gevent",
        "worker_connections": STREAMS,
        "keepalive": 30,
        "timeout": 60,
        "graceful_timeout": 5,
        "accesslog": None,  # paths may hold mail addresses
        "errorlog": "-",
        "loglevel": "warning",
        "control_socket_disable": True,
        "worker_exit": _say_stopped,
    }


if __name__ == "__main__":
    logging.getLogger("gunicorn.error").addFilter(app_logging.is_news)
    Server(instance.looked_up()).run()
