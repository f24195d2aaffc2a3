"""The demo world: a workspace in which something happens already, made of nothing real."""

from app.services.demo.seed import seed_if_empty
from app.services.demo.team import DemoLogin

__all__ = ["DemoLogin", "seed_if_empty"]
