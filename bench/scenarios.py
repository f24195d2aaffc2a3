"""All scenarios by name, in the order in which they are measured."""

from typing import Final

from bench import (
    campaigns,
    canvas,
    growth,
    rates,
    reasons,
    s1_lead_scoring,
    s2_segment_entry,
    s3_latency,
    s4_waiting,
    segments,
)

_ALL: Final = (
    s1_lead_scoring.SCENARIO,
    s2_segment_entry.SCENARIO,
    s3_latency.SCENARIO,
    s4_waiting.SCENARIO,
    growth.CONTACTS,
    growth.AUTOMATIONS,
    growth.PAST,
    segments.SCENARIO,
    rates.SCENARIO,
    reasons.SCENARIO,
    campaigns.SCENARIO,
    canvas.SCENARIO,
)
SCENARIOS: Final = {each.name: each for each in _ALL}
