"""The end of a period: new norms, how people live on, and what they remember."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.blocks import Block
from stakhanov.engine.books import Books
from stakhanov.engine.kernels.closing import SelfRules
from stakhanov.engine.kernels.ratchet import revised_norm
from stakhanov.engine.layout import Offsets, group_sums
from stakhanov.engine.opening import recruit, set_norms
from stakhanov.engine.paying import Winning
from stakhanov.engine.places import Places
from stakhanov.engine.rules import Rules, Traits
from stakhanov.engine.state import State
from stakhanov.engine.tally import UNIT, Tally
from stakhanov.engine.world import Closing, World


def revise_norms(
    world: World, rules: Rules, books: Books, offsets: Offsets, employed_in: NDArray[np.int64]
) -> None:
    """New norms on what groups reported; whether each stood above its norm is remembered."""
    state, norms = world.state, rules.norms
    level = _reported_level(world, rules, books, offsets, employed_in)
    basis = level * state.groups.norm
    state.groups.above = level > 1.0
    if not norms.due:
        return
    if norms.best_tenth:
        basis = _best_tenth(world, rules, offsets, employed_in) * state.groups.norm
    manned = employed_in > 0
    new = np.where(
        manned, revised_norm(state.groups.norm, basis, norms.up, norms.down), state.groups.norm
    )
    set_norms(state, np.asarray(new), rules, books)


def _reported_level(
    world: World, rules: Rules, books: Books, offsets: Offsets, employed_in: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Mean reported fulfilment of each norm group."""
    state = world.state
    milli = 1000.0 * rules.shifts
    if offsets.size - 1 == state.layout.workers:
        return np.asarray(state.people.reported / milli, np.float64)
    brigade_of = np.searchsorted(state.layout.workers_of_brigade, offsets)
    sums = group_sums(books.reported, brigade_of)
    return np.asarray(sums / (milli * np.maximum(employed_in, 1)))


def _best_tenth(
    world: World, rules: Rules, offsets: Offsets, employed_in: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Mean reported fulfilment of the best tenth of each group, at least one worker."""
    reported = world.state.people.reported
    milli = 1000.0 * rules.shifts
    means = np.ones(employed_in.size)
    for group, (first, number) in enumerate(zip(offsets[:-1], employed_in, strict=True)):
        if number > 0:
            best = max(1, int(number) // 10)
            members = reported[first : first + number]
            means[group] = (
                float(np.sort(np.partition(members, number - best)[number - best :]).mean()) / milli
            )
    return means


def self_rules(
    world: World, rules: Rules, traits: Traits, believable: float, pay: float
) -> SelfRules:
    """One branch's rules of living on, this period."""
    nation = world.state.nation
    attention = rules.publicity.intensity * nation.exposure
    return SelfRules(
        shifts=float(rules.shifts),
        own_pull=traits.aspiration_own,
        brigade_pull=traits.aspiration_brigade,
        published_pull=traits.aspiration_published * attention * nation.credibility,
        published_level=believable,
        morale_recovery=traits.morale_recovery,
        gain=traits.morale_gain,
        loss=traits.morale_loss,
        norm_shock=traits.morale_norm_shock,
        caught_shock=traits.morale_caught,
        trust_recovery=traits.trust_recovery,
        trust_learning=traits.trust_learning,
        trust_norm_shock=traits.trust_norm_shock,
        trust_lie=traits.trust_lie * (1.0 - nation.credibility) * attention,
        quit_base=traits.quit_base * rules.leaving,
        quit_strain=traits.quit_strain,
        quit_morale=traits.quit_morale,
        quit_wage=traits.quit_wage,
        alternative_pay=pay,
        accident_base=traits.accident_base,
        accident_fatigue=traits.accident_fatigue,
        accident_strain=traits.accident_strain,
        rest=traits.rest,
        learning=traits.learning,
    )


def live_on(
    world: World,
    rules: Rules,
    books: Books,
    places: Places,
    believable: float,
    period: int,
) -> None:
    """Morale, aspiration, leaving and recruits for everybody; the last sums go into the books."""
    pay = sum(tally.count("pay") for tally in books.tallies)
    people = sum(tally.count("workers") for tally in books.tallies)
    mean_pay = pay / max(people, 1)
    by_branch = [self_rules(world, rules, traits, believable, mean_pay) for traits in rules.traits]

    def one(block: Block) -> Tally:
        return _live_on(world, rules, by_branch[block.branch], books, places, (block, period))

    blocks = world.blocks()
    for block, tally in zip(blocks, world.each(one, blocks), strict=True):
        books.tallies[block.branch] += tally


def _live_on(
    world: World,
    rules: Rules,
    selves: SelfRules,
    books: Books,
    places: Places,
    where: tuple[Block, int],
) -> Tally:
    block, period = where
    state = world.state
    people = world.part(block)
    manned = np.maximum(block.sizes, 1)
    level = books.true[block.brigades] / (UNIT * rules.shifts * manned)
    moods = ("morale", "trust", "strain", "aspiration")
    tally = Tally({name: world.backend.total(getattr(people, name)) for name in moods})
    rise = books.norm_rise[places.of_brigades(block)]
    closing = Closing(world.key, period, people, block.ends, level, rise)
    left = world.backend.live_on(closing, selves)
    tally.counts["quits"] = int(np.count_nonzero(left.quits))
    tally.counts["accidents"] = int(np.count_nonzero(left.accident & ~left.quits))
    state.padded_share[block.brigades] = books.padded[block.brigades] / manned
    recruit(world, block, left.quits | left.accident, rules, period, level)
    return tally


def remember(state: State, rules: Rules, books: Books, given: list[Winning | None]) -> None:
    """What people take into the next period: marks that won, how many hold honours, who was suspect."""
    everybody = Tally.of(books.tallies)
    state.nation.at_norm_share = everybody.share("at_norm")
    state.nation.title_share = everybody.share("titles")
    for prize, winning in enumerate(given):
        if winning is not None:
            _remember_prize(state, rules, prize, winning)
        elif rules.prizes[prize].due:
            state.holders[prize] = _share_of_winners(state, books, rules.prizes[prize].name)


def _share_of_winners(state: State, books: Books, prize: str) -> NDArray[np.float64]:
    """How many of each branch reached a threshold this period."""
    won = {award.branch: award.winners for award in books.awards if award.prize == prize}
    winners = np.array([won.get(name, 0) for name in state.layout.branch_names])
    return winners / np.maximum(state.employed, 1)


def _remember_prize(state: State, rules: Rules, prize: int, winning: Winning) -> None:
    """The mark that won and the share who won it, in every branch."""
    layout = state.layout
    takers = np.diff(np.searchsorted(winning.taken.who, layout.workers_of_branch))
    won, known = _by_branch(state, winning), state.marks[prize]
    held = takers / np.maximum(state.employed, 1)
    state.holders[prize] = np.where(np.isnan(won), state.holders[prize], held)
    pace = np.array([traits.mark_learning for traits in rules.traits])
    moved = np.where(known == 0.0, won, known + pace * (won - known))
    state.marks[prize] = np.where(np.isnan(won), known, moved)


def _by_branch(state: State, winning: Winning) -> NDArray[np.float64]:
    """The mean lowest winning mark of each branch's groups; nan where nobody won."""
    layout = state.layout
    if winning.offsets.size == 2:
        return np.full(layout.branches, winning.lowest[0])
    branch = layout.branch_of(winning.offsets[:-1])
    known = ~np.isnan(winning.lowest)
    number = np.bincount(branch[known], minlength=layout.branches)
    total = np.bincount(branch[known], winning.lowest[known], layout.branches)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)
