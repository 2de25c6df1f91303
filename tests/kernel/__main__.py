"""`python -m tests.kernel --seed 1 --count 50`: random rule sets in the kernel, with the figures."""

from __future__ import annotations

import argparse
import sys

from tests.kernel.oracle import check, why_not


def main() -> int:
    """Prints the figures; gives 1 if any verdict was wrong, 2 where the kernel cannot be asked."""
    options = argparse.ArgumentParser(prog="python -m tests.kernel")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=50, help="rule sets")
    asked = options.parse_args()
    reason = why_not()
    if reason is not None:
        print(f"cannot run here: {reason}", file=sys.stderr)
        return 2
    found = check(asked.seed, asked.count)
    print(
        f"seed {asked.seed}: {found.rulesets} rule sets, {found.packets} packets judged, {found.wrong} wrong,"
        f" {found.unknown} unknown, {found.wrong_symptoms} wrong symptoms"
    )
    if found.example:
        print(found.example)
    return 1 if found.wrong or found.wrong_symptoms else 0


if __name__ == "__main__":
    sys.exit(main())
