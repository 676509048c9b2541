"""The people: hierarchy, sizes, traits; loading."""

from stakhanov.workforce.load import library, load
from stakhanov.workforce.workforce import Workforce, checked

__all__ = ["Workforce", "checked", "library", "load"]
