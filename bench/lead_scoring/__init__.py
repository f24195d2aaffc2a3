"""Lead scoring: four opened campaigns a contact make 20 points, an owner and an alert. Over HTTP, and in SQL alone."""

from bench.lead_scoring.scenario import NotExact, measure

__all__ = ["NotExact", "measure"]
