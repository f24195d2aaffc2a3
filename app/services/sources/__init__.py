"""Streams of events by Segment's protocol: who may send, what is taken of it, and what became of the last messages."""
