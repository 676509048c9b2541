"""What parses of a file that does not: enough to look for problems that only the parts together show."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from stakhanov.foundation.declaration import Declaration, path_of

D = TypeVar("D", bound=Declaration)

#: Stands where a value was taken out.
_GONE = object()
#: Rounds of taking out: what is missing in one may make its table unfit in the next.
_ROUNDS = 12


class Salvaged(NamedTuple, Generic[D]):
    """A declaration of what parsed, what stands in for chapters, and which entries lists have kept."""

    whole: D
    made_up: frozenset[str] = frozenset()
    kept: Mapping[str, Sequence[int]] = {}  # by list that lost entries: the places of the others

    def places(self, listed: str, number: int) -> Sequence[int]:
        """Where the entries of a list stand in the file."""
        return self.kept.get(listed, range(number))

    def touches(self, address: str) -> bool:
        """Whether an address leads into a list that lost entries."""
        return any(address.startswith(f"{one}.") for one in self.kept)


def salvaged(
    kind: type[D], plain: Mapping[str, Any], made_up: Mapping[str, Any]
) -> Salvaged[D] | None:
    """A file without what is wrong in it; None where nothing can be made of the rest.

    `made_up` stands in for chapters that a file must have. What is wrong is for `declared` to tell.
    """
    rest = copy.deepcopy(dict(plain))
    stand_ins: set[str] = set()
    kept: dict[str, list[int]] = {}
    for _ in range(_ROUNDS):
        try:
            return Salvaged(kind.model_validate(rest), frozenset(stand_ins), kept)
        except ValidationError as error:
            gone: set[tuple[str, int]] = set()
            for one in error.errors():
                steps = path_of(rest, one)
                missing = one["type"] == "missing"
                if missing and len(steps) == 1:
                    rest[str(steps[0])] = copy.deepcopy(made_up.get(str(steps[0])))
                    stand_ins.add(str(steps[0]))
                elif not _taken_out(rest, steps[:-1] if missing else steps, kept, gone):
                    return None
            rest = _without_gaps(rest)
            for listed in {listed for listed, _ in gone}:
                numbered = enumerate(kept[listed])
                kept[listed] = [place for now, place in numbered if (listed, now) not in gone]
    return None


def _taken_out(
    rest: Any, steps: list[str | int], kept: dict[str, list[int]], gone: set[tuple[str, int]]
) -> bool:
    """Mark the value at the end of a path as gone; False where that would be the whole file."""
    if not steps:
        return False
    here: Any = rest
    for step in steps[:-1]:
        here = here[step]
        if here is _GONE:
            return True
    last = steps[-1]
    if isinstance(last, int):
        listed = ".".join(map(str, steps[:-1]))
        kept.setdefault(listed, list(range(len(here))))
        gone.add((listed, last))
    here[last] = _GONE
    return True


def _without_gaps(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_gaps(one) for key, one in value.items() if one is not _GONE}
    if isinstance(value, (list, tuple)):
        return [_without_gaps(one) for one in value if one is not _GONE]
    return value
