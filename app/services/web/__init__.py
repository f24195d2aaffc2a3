"""Watching websites: which may send, what they send, and who their visitors are."""
