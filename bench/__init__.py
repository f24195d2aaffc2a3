"""Measurements of whole use cases, beside what the database alone could do. See docs/benchmarks.md."""
