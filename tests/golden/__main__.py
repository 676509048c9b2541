"""Compare every locked series, or accept what campaigns give now.

python -m tests.golden            say what differs; exit 1 if anything does
python -m tests.golden --accept   keep what campaigns give now
"""

from __future__ import annotations

import sys

from tests.golden.locked import ARMS, accept, differences, run_of


def main() -> int:
    """Compare or accept; 1 where something differs and is not accepted."""
    found = []
    for arm in ARMS:
        series = run_of(arm)
        if sys.argv[1:] == ["--accept"]:
            accept(arm, series)
        else:
            found += list(differences(arm, series))
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
