"""Which version of the model made a link: the program, the text of its engine, and what ships with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stakhanov import __version__
from stakhanov import campaign as campaigns
from stakhanov import workforce as workforces
from stakhanov.experiments.load import load as load_experiment
from stakhanov.experiments.trial import engine_version
from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.record import digest_of

#: The field of a link, and what it may say.
FIELD = "model"
_FORM = re.compile(r"([0-9][0-9a-z.]{0,30})-([0-9a-f]{8})")


@cache
def model_of(*parts: tuple[str, str, str]) -> str:
    """The version under which these rules run here: of each, campaign, workforce and EXPERIMENT.ARM.

    It changes with the text of the engine and with the files that ship, so that a link that says only what
    differs from them tells which ones it means.
    """
    whole = [engine_version(), *(_files(*one) for one in parts)]
    return f"{__version__}-{digest_of(whole)[:8]}"


def _files(campaign: str, workforce: str, arm: str) -> list[str]:
    found = [campaigns.load(campaign).digest, workforces.load(workforce).digest]
    return [*found, load_experiment(arm.partition(".")[0]).digest] if arm else found


@dataclass(frozen=True)
class Older:
    """A link that was made with another version than the one that is here."""

    made: str  # as the link says it
    here: str
    link: str  # the same settings, with the version that is here

    @property
    def program(self) -> str:
        """The version of the program that made it; nothing where it cannot be read or is the one here."""
        found = _FORM.fullmatch(self.made)
        return found[1] if found and found[1] != __version__ else ""


def of_another(error: BadInput, made: str) -> BadInput:
    """What is wrong with a link, and which version it was made with where that is not the one here."""
    found = _FORM.fullmatch(made)
    if found is None or found[1] == __version__:
        return error
    hint = f"pip install 'stakhanov[web]=={found[1]}' has the version that made the link"
    must = f"must be {__version__} for a link to hold here"
    return BadInput([*error.problems, Problem(FIELD, must, found[1], hint)])


def older(made: str, here: str, link: str) -> Older | None:
    """What to say of a link, if it was made with another version; nothing where it does not say."""
    return Older(made[:40], here, link) if made and made != here else None
