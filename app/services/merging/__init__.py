"""Two contacts that are one person: seen side by side, made one, and two again."""

from app.services.merging.choosing import WAYS, Field, Way
from app.services.merging.history import MergeView, of_contact
from app.services.merging.joining import merge
from app.services.merging.preview import Fate, Preview, preview
from app.services.merging.undoing import undo

__all__ = ["WAYS", "Fate", "Field", "MergeView", "Preview", "Way", "merge", "of_contact", "preview", "undo"]
