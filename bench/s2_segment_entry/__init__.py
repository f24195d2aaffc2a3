"""A whole segment enters an automation: five points for each, and a tag for those who then have twenty."""

from bench.s2_segment_entry.scenario import SCENARIO

__all__ = ["SCENARIO"]
