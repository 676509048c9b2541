"""What a site is started with: where it listens, and how much it does for whom."""

from __future__ import annotations

from dataclasses import dataclass

#: Names under which a machine reaches itself.
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """Where the site listens and what its limits are.

    `hosts`: names by which browsers may call it; worked out from `host` unless given. `at_once`: runs at the
    same time; `waiting`: runs that may wait, `waiting_each`: for one visitor; `kept`: finished runs that can
    be found again. `most_seconds`: the longest a run may take. `largest_body`, `largest_table`: bytes of an
    ordinary request and of one that brings a report table; `largest_rows`: rows of such a table. `most_runs`,
    `most_lived`: what a question of many runs may take, in runs and in workers times periods over all of them.
    `warm`: make a small run when the site opens, so that the rules are compiled and loaded when the first
    visitor comes. `progress`: where learners' progress is kept, the usual place unless told; `shared`: whoever
    comes is a learner of their own, even where only this machine reaches the site, as behind a server that
    passes requests on.
    """

    host: str = "127.0.0.1"
    port: int = 8135
    hosts: tuple[str, ...] = ()
    at_once: int = 2
    waiting: int = 32
    waiting_each: int = 4
    kept: int = 32
    most_seconds: float = 300.0
    most_workers: int = 200_000
    most_periods: int = 600
    most_replicates: int = 32
    most_runs: int = 520
    most_lived: int = 60_000_000
    largest_body: int = 64_000
    largest_table: int = 5_000_000
    largest_rows: int = 100_000
    warm: bool = False
    progress: str | None = None
    shared: bool = False

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the site."""
        return self.host in LOOPBACK or self.host.startswith("127.")

    @property
    def many(self) -> bool:
        """Whether several people learn here, so that nobody is the learner of the terminal."""
        return self.shared or not self.loopback

    @property
    def called(self) -> tuple[str, ...]:
        """Names by which a browser may call the site; `*` for any.

        A site for this machine alone answers to this machine's own names only, so that no page from
        elsewhere can give itself a name that leads here.
        """
        if self.hosts:
            return self.hosts
        return (*LOOPBACK, "[::1]", self.host) if self.loopback else ("*",)

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"
