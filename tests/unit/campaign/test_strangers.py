"""A campaign file from a stranger is data: it cannot run anything, and reading it ends soon, in a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stakhanov.campaign import load
from stakhanov.campaign.campaign import Campaign
from stakhanov.foundation.catalogue import parameters
from stakhanov.foundation.problem import BadInput

HEAD = 'format = 1\n[campaign]\nname = "x"\nbase = "plain-piece-rate"\n'
DEEP = ".".join("a" * 50)
PRIZES = "".join(
    f'[[prizes]]\nname = "p{n}"\nby = "rank"\nper_thousand = 1\namount = 1\n' for n in range(20_000)
)
CHANGES = "".join(
    f'[[changes]]\nat = {n + 1}\nset = {{ "norms.revision.up" = 0.5 }}\n' for n in range(20_000)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD}[norms]\nstart = {'[' * 20_000}{']' * 20_000}\n", "must be TOML; found lists"),
        (f"{HEAD}[norms.{DEEP}]\nx = 1\n", "must lie at most 20 tables or lists deep"),
        (
            f"{HEAD}[plan]\nyears = {'9' * 5000}\n",
            "must be TOML; found a number of too many digits",
        ),
        (f"{HEAD}[norms]\nstart = 1e400\n", "norms.start: must be a finite number; found inf"),
        (f"{HEAD}[norms]\nstart = nan\n", "norms.start: must be a finite number; found nan"),
        (HEAD + PRIZES, "prizes: must have at most 1,000 entries; found 20,000"),
        (HEAD + CHANGES, "changes: must have at most 1,000 entries; found 20,000"),
        (f'{HEAD}"{"k" * 1_000_000}" = 1\n', "must have a key of at most 200 letters"),
        (f'{HEAD}[norms]\nrule = "os:system"\n', "norms.rule: must be a key that is known here"),
        (f'{HEAD}[norms]\nscope = "__import__(1)"\n', "norms.scope: must be"),
        (HEAD.replace("plain-piece-rate", "/dev/zero"), "must be a file of at most 4 MB"),
        (HEAD.replace("plain-piece-rate", "x.toml"), "must not lead back to the file"),
        (HEAD.replace("plain-piece-rate", "http://elsewhere.example/x.toml"), "must be"),
    ],
)
def test_what_a_stranger_may_send_is_told_in_sentences(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as found:
        load(file)
    assert said in str(found.value)
    assert len(str(found.value)) < 10_000


def test_a_base_that_is_no_campaign_tells_nothing_of_itself(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("password hunter2\n", encoding="utf-8")
    file = tmp_path / "x.toml"
    file.write_text(HEAD.replace("plain-piece-rate", "secret.txt"), encoding="utf-8")
    with pytest.raises(BadInput) as found:
        load(file)
    assert "hunter2" not in str(found.value)


def test_files_laid_over_each_other_do_not_grow(tmp_path: Path) -> None:
    """Each file may name one base, so that no chain of them holds more than its longest list."""
    for number in range(30):
        base = f"c{number + 1}.toml" if number < 29 else "plain-piece-rate"
        prize = f'[[prizes]]\nname = "p{number}"\nby = "rank"\nper_thousand = 1\namount = 1\n'
        text = HEAD.replace("plain-piece-rate", base) + prize
        (tmp_path / f"c{number}.toml").write_text(text, encoding="utf-8")
    assert len(load(tmp_path / "c0.toml").prizes) == 30


def test_no_parameter_names_code() -> None:
    """No address takes what could be loaded and run: every text is a name, a word of a list, or prose."""
    told = " ".join(f"{one.address} {one.title} {one.unit}" for one in parameters(Campaign))
    assert not re.search(r"\b(module|entry point|import|callable|function|plugin|script)\b", told)
