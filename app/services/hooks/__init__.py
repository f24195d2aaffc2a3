"""Steps that other tools call: their addresses, what is sent to them, and what becomes of it."""

from app.services.hooks.addresses import PATH, Address, address, rotate
from app.services.hooks.calls import Calls, CallView, Sent, forget_old, some
from app.services.hooks.receiving import Answer, receive
from app.services.hooks.replaying import Replayed, replay, replay_refused
from app.services.hooks.trying import Preview, Said, keep_example, preview

__all__ = [
    "PATH",
    "Address",
    "Answer",
    "CallView",
    "Calls",
    "Preview",
    "Replayed",
    "Said",
    "Sent",
    "address",
    "forget_old",
    "keep_example",
    "preview",
    "receive",
    "replay",
    "replay_refused",
    "rotate",
    "some",
]
