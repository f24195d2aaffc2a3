"""Why a contact went its way through an automation, or never entered it: in a sentence, and as a tree of reasons."""

from app.services.why.answers import Decision, Why, of_contact

__all__ = ["Decision", "Why", "of_contact"]
