"""How fast single requests and batches are taken, beside the bare framework on the same server."""

from bench.rates.scenario import SCENARIO

__all__ = ["SCENARIO"]
