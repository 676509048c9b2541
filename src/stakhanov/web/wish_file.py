"""What a visitor set as a file to keep and to hand on: the laboratory opens it again, as it does a link."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.web.model_version import FIELD, model_of
from stakhanov.web.settings import Settings
from stakhanov.web.wanted import MOST_ADDRESSES, Wanted, pinned, unpinned, wanted

#: Beside the fields of a link: the campaign, and what is pinned as A.
CAMPAIGN, PINNED = "campaign", "pinned"
MUST = "must be settings of this laboratory as JSON"


def settings_link(one: Wanted, against: Wanted | None = None) -> str:
    """Where the file of a wish is, alone or with A pinned."""
    own = {} if against is None else {PINNED: pinned(against)}
    return f"/laboratory/{one.campaign}/settings.json?{urlencode({**one.fields, **own})}"


def written(one: Wanted, against: Wanted | None = None) -> str:
    """The file: the campaign, the version of the model, and the fields of the link."""
    places = (one.place,) if against is None else (against.place, one.place)
    whole: dict[str, Any] = {CAMPAIGN: one.campaign, FIELD: model_of(*places), **one.fields}
    if against is not None:
        whole[PINNED] = pinned(against)
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def opened(content: bytes, settings: Settings) -> str:
    """The link that such a file means. Raises BadInput with every problem."""
    given = _fields(content)
    campaign = given.pop(CAMPAIGN, "")
    own = {name: given.pop(name) for name in (PINNED, FIELD) if name in given}
    one = wanted(campaign, given, settings)
    if PINNED in own:
        unpinned(own[PINNED], settings)
    mark = "&" if one.fields else "?"
    return one.link + (f"{mark}{urlencode(own)}" if own else "")


def _fields(content: bytes) -> dict[str, str]:
    """The texts in a file, numbers and truths as people write them. Raises BadInput."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadInput([Problem("file", MUST, "something else")]) from None
    if not isinstance(found, dict) or len(found) > 2 * MOST_ADDRESSES:
        raise BadInput([Problem("file", MUST, "something else")])
    bad = [name for name, value in found.items() if not isinstance(value, (str, int, float))]
    if bad:
        must = "must be a text, a number or a truth"
        raise BadInput([Problem(name[:200], must, "something else") for name in bad[:10]])
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in found.items()
    }
