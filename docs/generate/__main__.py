"""Every generated page: ``python -m docs.generate [--check]`` runs each script of this folder.

With ``--check`` nothing is written, and the exit status is 1 where any page is out of date.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def status(script: Path) -> int:
    """Exit status of one script, run with the arguments given to all."""
    try:
        runpy.run_path(str(script), run_name="__main__")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    scripts = sorted(Path(__file__).parent.glob("[a-z]*.py"))
    sys.exit(max([status(script) for script in scripts], default=0))
