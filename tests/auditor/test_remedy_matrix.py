"""The table of remedies in the documentation says what the fixtures show."""

from __future__ import annotations

import re
from collections import defaultdict

from auditor.remedies.proof import LED_BACK, proof
from parsers.registry import PLATFORMS
from tests.auditor.test_proof import FIRING, failing
from tests.house_files import ROOT

ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<cells>[^|\n]+(?:\|[^|\n]+){3})\|$", re.MULTILINE)


def shown() -> dict[str, list[str]]:
    """What the fixtures of the filter rules give: findings, proved, taken back, by hand."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for case in FIRING:
        view, chosen, inputs, found, wanted = failing(case)
        for finding in wanted:
            proved = proof(view, chosen, inputs, found, finding)
            row = counts[case.platform]
            row[0] += 1
            if proved is not None and proved.holds:
                row[1] += 1
                row[2] += proved.words.endswith(LED_BACK)
            else:
                row[3] += 1
    return {name: [str(n) if n else "–" for n in row] for name, row in counts.items()}


def test_the_table_of_remedies_is_what_the_fixtures_show() -> None:
    text = (ROOT / "docs" / "reports.md").read_text("utf-8")
    told = {m["name"]: [cell.strip() for cell in m["cells"].split("|")] for m in ROW.finditer(text)}
    assert told == shown()


def test_every_platform_with_filters_of_its_own_is_in_the_table() -> None:
    # IOS-XE is IOS with other defaults, and has no fixtures of these rules
    assert set(PLATFORMS) - {case.platform for case in FIRING} <= {"cisco_xe"}
