"""Lead scoring: four opened campaigns a contact make 20 points, an owner and an alert. Over HTTP, and in SQL alone."""

from bench.s1_lead_scoring.scenario import SCENARIO

__all__ = ["SCENARIO"]
