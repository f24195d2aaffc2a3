"""Telling other tools what happens here: who is told of what, the deliveries, and their log."""
