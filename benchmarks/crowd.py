"""A crowd on the site: readers, and visitors who ask for runs. Users of Locust, in a process of their own.

Locust's plain client sends every request once: what goes wrong is counted. What came of it is told as JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass, field

import gevent
from locust import HttpUser, task
from locust.clients import ResponseContextManager
from locust.env import Environment
from locust.exception import StopUser

from benchmarks.site import PLACES, WISH

PATIENCE = 300.0
#: What pages and the work of visitors are counted under.
PAGE, WORK = "page", "work"


@dataclass
class Round:
    """What came of one round. `seeds`: the luck of runs that visitors still have to ask for."""

    seeds: list[range]
    again: int = 0
    failed: int = 0
    errors: list[str] = field(default_factory=list)
    runs: int = 0
    pages: int = 0
    median: float = 0.0
    slow: float = 0.0
    lasted: float = 0.0


class Guest(HttpUser):
    """Somebody with a connection and a name of their own, for this machine: no proxy, no certificates."""

    abstract = True

    def on_start(self) -> None:
        self.client.trust_env = False

    @property
    def round_(self) -> Round:
        """The round that this one is part of."""
        return self.environment.parsed_options

    def got(self, place: str, kind: str) -> ResponseContextManager:
        """An address; asked for once more where the connection was lost, as browsers do, and counted as both."""
        answer = self.client.get(place, name=kind, timeout=PATIENCE)
        if answer.status_code == 0:
            self.round_.again += 1
            answer = self.client.get(place, name=kind, timeout=PATIENCE)
        return answer


class Reader(Guest):
    """Reads every page once."""

    @task
    def read(self) -> None:
        for place in PLACES:
            self.got(place, PAGE)
        raise StopUser


class Visitor(Guest):
    """Asks for some runs at once and waits for all of them."""

    @task
    def ask(self) -> None:
        self.got("/", WORK)  # gives the visitor a name
        wishes = [{**WISH, "seed": seed} for seed in self.round_.seeds.pop()]
        for answer in [self.client.post("/api/v1/runs", json=one, name=WORK) for one in wishes]:
            if answer.status_code == 202:  # anything else has been counted
                self.wait_for(answer.json())
        raise StopUser

    def wait_for(self, found: dict[str, object]) -> None:
        """Look until a run is over."""
        while found["state"] in ("waiting", "running"):
            gevent.sleep(0.5)
            found = self.got(f"/api/v1/runs/{found['id']}", WORK).json()
        if found["state"] == "done":
            self.round_.runs += 1
        else:
            self.round_.failed += 1
            self.round_.errors.append(f"run: {found['state']} {found['problems']}")


def one_round(url: str, readers: int, seeds: list[range]) -> Round:
    """All readers and all runs at once."""
    found, visitors = Round(seeds), len(seeds)
    Guest.host = url.rstrip("/")
    site = Environment(
        user_classes=[Reader, Visitor],
        parsed_options=found,
        catch_exceptions=False,
    )
    crowd = site.create_local_runner()
    began = time.perf_counter()
    crowd.spawn_users({Reader.__name__: readers, Visitor.__name__: visitors}, wait=True)
    found.lasted = time.perf_counter() - began
    pages = site.stats.get(PAGE, "GET")
    found.pages, found.median = pages.num_requests, pages.median_response_time
    found.slow = pages.get_response_time_percentile(0.99)
    for one in site.stats.errors.values():
        found.failed += one.occurrences
        found.errors.append(f"{one.occurrences} times {one.to_name()}")
    crowd.quit()
    return found


def main() -> None:
    """One round; its result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--readers", type=int, required=True)
    parser.add_argument("--seed", type=int, action="append", nargs=2, required=True)
    given = parser.parse_args()
    found = one_round(given.url, given.readers, [range(*ends) for ends in given.seed])
    print(json.dumps({name: value for name, value in asdict(found).items() if name != "seeds"}))


if __name__ == "__main__":
    main()
