"""All scenarios by name, in the order in which they are measured."""

from typing import Final

from bench import s1_lead_scoring

SCENARIOS: Final = {each.name: each for each in (s1_lead_scoring.SCENARIO,)}
