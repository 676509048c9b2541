"""Closed forms of the economics of quotas and rewards, as pure functions of numbers or arrays.

Every function is also in the `catalogue`, under its name with dashes, with formula, source,
parameters and a checked `evaluate` that reads text. Forms whose arguments are matrices are
functions only.
"""

from __future__ import annotations

from stakhanov.theory.conformity import (
    brigade_effort,
    peer_response,
    peers,
    pressed_brigade_effort,
)
from stakhanov.theory.contracts import (
    distortion,
    linear_contract,
    linear_contract_surplus,
    multitask,
    multitask_efforts,
    output_share,
)
from stakhanov.theory.false_reports import (
    evasion,
    honest_audit,
    linear_padding,
    padding,
    padding_share,
    quadratic_fine_padding,
)
from stakhanov.theory.fatigue import (
    duty_cycle_load,
    effort_reward,
    endurance_time,
    imbalance_strain,
    sustainable_load,
    training,
)
from stakhanov.theory.forms import Form, catalogue
from stakhanov.theory.hours import hours_peak, hours_wall, pencavel_output
from stakhanov.theory.kinks import (
    concave_kink,
    concave_kink_share,
    convex_hole,
    kink_elasticity,
    notch,
    notch_share,
)
from stakhanov.theory.motives import (
    effort_experiment,
    exact_effort_experiment,
    motivated_effort,
    predicted_effort,
)
from stakhanov.theory.parameters import Parameter
from stakhanov.theory.period import mills_effort, period_effort, period_value
from stakhanov.theory.period_law import density_jump, period_density, period_mean, period_reach
from stakhanov.theory.piece_rates import (
    isoelastic_cost,
    isoelastic_output,
    isoelastic_utility,
    piece_rate,
    piece_rate_output,
    piece_rate_utility,
)
from stakhanov.theory.pooling import pooling_gains, pooling_ratio, pooling_share
from stakhanov.theory.ratchets import asymmetric_ratchet, ratchet, ratchet_bunching
from stakhanov.theory.records import (
    gumbel_record,
    normal_record,
    record,
    record_beaten,
    record_count,
    record_tail,
)
from stakhanov.theory.spreading import (
    consensus,
    contagion,
    diffusion,
    diffusion_peak,
    media_opinion,
    opinion_clusters,
)
from stakhanov.theory.storming import (
    clock_share,
    deadline_share,
    present_bias_days,
    present_bias_share,
    storming_bias,
)
from stakhanov.theory.targets import target_bonus, truthful_target
from stakhanov.theory.tournaments import (
    mean_field_tournament,
    prize_ladder,
    tournament,
    tournament_gain,
    winning_probability,
    winning_slope,
)
from stakhanov.theory.wages import efficiency_wage, solow_wage

__all__ = [
    "Form",
    "Parameter",
    "asymmetric_ratchet",
    "brigade_effort",
    "catalogue",
    "clock_share",
    "concave_kink",
    "concave_kink_share",
    "consensus",
    "contagion",
    "convex_hole",
    "deadline_share",
    "density_jump",
    "diffusion",
    "diffusion_peak",
    "distortion",
    "duty_cycle_load",
    "efficiency_wage",
    "effort_experiment",
    "effort_reward",
    "endurance_time",
    "evasion",
    "exact_effort_experiment",
    "gumbel_record",
    "honest_audit",
    "hours_peak",
    "hours_wall",
    "imbalance_strain",
    "isoelastic_cost",
    "isoelastic_output",
    "isoelastic_utility",
    "kink_elasticity",
    "linear_contract",
    "linear_contract_surplus",
    "linear_padding",
    "mean_field_tournament",
    "media_opinion",
    "mills_effort",
    "motivated_effort",
    "multitask",
    "multitask_efforts",
    "normal_record",
    "notch",
    "notch_share",
    "opinion_clusters",
    "output_share",
    "padding",
    "padding_share",
    "peer_response",
    "peers",
    "pencavel_output",
    "period_density",
    "period_effort",
    "period_mean",
    "period_reach",
    "period_value",
    "piece_rate",
    "piece_rate_output",
    "piece_rate_utility",
    "pooling_gains",
    "pooling_ratio",
    "pooling_share",
    "predicted_effort",
    "present_bias_days",
    "present_bias_share",
    "pressed_brigade_effort",
    "prize_ladder",
    "quadratic_fine_padding",
    "ratchet",
    "ratchet_bunching",
    "record",
    "record_beaten",
    "record_count",
    "record_tail",
    "solow_wage",
    "storming_bias",
    "sustainable_load",
    "target_bonus",
    "tournament",
    "tournament_gain",
    "training",
    "truthful_target",
    "winning_probability",
    "winning_slope",
]
