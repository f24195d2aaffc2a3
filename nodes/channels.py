"""Channels: the ways in which steps reach contacts from outside."""

from typing import NamedTuple

from nodes.texts import Text


class Channel(NamedTuple):
    """A way to contacts, by the key that settings know it by; node types declare it."""

    key: str
    label: Text
