"""Measurements of whole use cases, beside what the database alone could do. See docs/benchmarks.md.

Each scenario is a file or folder of its own (`s1_lead_scoring`, `s4_waiting`, …) that offers one `SCENARIO`; what they
share stands beside them: `protocol` (what a scenario is and gives), `place` (the instance under measurement),
`database`, `sending`, `usage`, `report`, `plot`.
"""
