"""The commands that a finding's remedies come to on its device."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.platform import Platform, Text
from rules.finding import Finding


def proposed(platform: Platform, finding: Finding, texts: Sequence[Text]) -> list[str]:
    """The platform's commands, each block once; it sees the texts, and the line that a remedy or else the finding is
    about."""
    where = finding.evidence[0] if finding.evidence else None
    made = (
        platform.remedy(one._replace(texts=texts, where=one.where or where))
        for one in finding.remedies
    )
    return [line for block in dict.fromkeys(made) for line in block]
