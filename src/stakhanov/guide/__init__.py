"""Study guides: what a student reads and does, every claim bound to a source or to a run."""

from stakhanov.guide.guides import Guide, Library
from stakhanov.guide.load import library, load

__all__ = ["Guide", "Library", "library", "load"]
