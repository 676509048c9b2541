"""Work that has nothing to show before its answer is there: nothing moves, and nothing of it is pinned."""

from __future__ import annotations

from abc import ABC, abstractmethod

from stakhanov.web.jobs import Job


class Answering(ABC):
    """A question as a job, its page silent until the answer comes."""

    @property
    def pin_link(self) -> str:
        """Nothing is pinned out of it."""
        return ""

    @property
    def files(self) -> list[tuple[str, str]]:
        """No files beside the table."""
        return []

    def moving(self, job: Job) -> str:
        """Nothing is drawn before the answer is there."""
        del job
        return ""

    @abstractmethod
    def result(self, job: Job) -> str:
        """The answer as a part of a page."""
        ...
