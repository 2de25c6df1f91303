"""`python -m tests.aerleon --seed 1 --count 200`: every target, with the figures of each."""

from __future__ import annotations

import argparse
import sys

from tests.aerleon.oracle import Tally, check
from tests.aerleon.targets import TARGETS


def main() -> int:
    """Prints a line for each target; gives 1 if any answer was wrong or too many were unknown."""
    options = argparse.ArgumentParser(prog="python -m tests.aerleon")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=200, help="policies for each target")
    options.add_argument("--target", help="one of aerleon's names; all without")
    asked = options.parse_args()
    print(f"seed {asked.seed}, {asked.count} policies a target")
    total = Tally()
    for name, targets in TARGETS.items():
        if asked.target in (None, name):
            for target in targets:
                found = check(name, target, asked.seed, asked.count)
                total = total.plus(found)
                print(_row(f"{name} {target.header}", target.platform, found))
                if found.example:
                    print(found.example)
    print(_row("all", "", total))
    return 1 if total.wrong or total.unknown > 0.02 * max(1, total.packets) else 0


def _row(name: str, platform: str, found: Tally) -> str:
    share = 100 * found.unknown / max(1, found.packets)
    return (
        f"{name:32} {platform:16} {found.policies:5} written {found.refused:4} refused"
        f" {found.packets:7} packets {found.wrong:4} wrong {share:6.2f} % unknown"
    )


if __name__ == "__main__":
    sys.exit(main())
