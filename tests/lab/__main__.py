"""`python -m tests.lab --runs 10`: every case so often, with a table of what the traffic did and what the audit said."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.lab.case import Case, Result, disagreements, happened
from tests.lab.cases import CASES
from tests.lab.judge import result_of, why_not
from tests.lab.topology import PREFIX


def _results(cases: list[Case], runs: int, jobs: int) -> Iterator[tuple[Case, list[Result]]]:
    with ThreadPoolExecutor(jobs) as pool:
        waiting = [(case, [pool.submit(result_of, case) for _ in range(runs)]) for case in cases]
        for case, futures in waiting:
            yield case, [future.result() for future in futures]


def main() -> int:
    """Prints the table; gives 1 if any run disagreed, 2 where the lab cannot be built."""
    options = argparse.ArgumentParser(prog="python -m tests.lab")
    options.add_argument("--runs", type=int, default=1, help="times that each case is run")
    options.add_argument("--jobs", type=int, default=1, help="labs that stand at the same time")
    options.add_argument("names", nargs="*", help="parts of the names of cases; all without")
    asked = options.parse_args()
    reason = why_not()
    if reason is not None:
        print(f"cannot run here: {reason}", file=sys.stderr)
        return 2
    chosen = [c for c in CASES.values() if not asked.names or any(n in c.name for n in asked.names)]
    began = time.monotonic()
    agreed, wrong = 0, []
    print(f"{'case':48} {'agree':>7}  {'sessions':26} audit")
    for case, results in _results(chosen, asked.runs, asked.jobs):
        bad = [text for one in results for text in disagreements(case, one, PREFIX[case.family])]
        good = sum(not disagreements(case, one, PREFIX[case.family]) for one in results)
        agreed += good
        wrong += [f"{case.name}: {text}" for text in bad]
        kinds = Counter(str(getattr(happened(r.sessions), "value", "mixed")) for r in results)
        sessions = ", ".join(f"{kind} in {count}" for kind, count in kinds.items())
        says = " | ".join(dict.fromkeys(", ".join(one.says) or "OK" for one in results))
        print(f"{case.name:48} {good:3}/{len(results):<3}  {sessions:26} {says}", flush=True)
    seconds = time.monotonic() - began
    print(
        f"{len(chosen)} cases, {agreed} of {len(chosen) * asked.runs} runs agree, {seconds:.0f} s"
    )
    print(*wrong, sep="\n", end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
