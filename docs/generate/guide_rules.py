"""Write docs/reference/guide-rules.md from the rules of the linter, or check that it is true to them.

python docs/generate/guide_rules.py            write
python docs/generate/guide_rules.py --check    exit 1 where the page differs
"""

from __future__ import annotations

import sys
from pathlib import Path

from stakhanov.guide.lint.check import rules

PAGE = Path(__file__).resolve().parent.parent / "reference" / "guide-rules.md"
HEAD = """# Rules of guides

Written by `docs/generate/guide_rules.py` from the rules of `stakhanov guide check`, which leaves with 1 where an error
is found. A class whose `policy.unsourced` is `"warn"` is a draft: there `unsourced-claim` only warns. With `--release`
nothing is excused as a draft, and `stale-result` is an error. How to write what the rules ask for:
[write a guide](../how-to/write-a-guide.md).

| rule | fires when | level |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(
        f"| `{rule.name}` | {rule.fires} | {rule.level.value} |\n" for rule in rules()
    )


def main() -> int:
    """Write or check; 1 where a check finds the page out of date."""
    renewed = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != renewed:
            sys.stderr.write(f"{PAGE.name}: must say what the rules say; run without --check\n")
        return int(current != renewed)
    PAGE.write_text(renewed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
