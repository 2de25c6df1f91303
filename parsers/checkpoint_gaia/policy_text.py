"""The exported policy as text: which texts are JSON, and on which line each object stands."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from parsers.checkpoint_gaia.rulebase import Policy
from parsers.model.device import UnreadLine
from parsers.model.source import Where
from parsers.platform import Text

_UID = re.compile(r'"uid"\s*:\s*"([^"]+)"')


class PolicyText(NamedTuple):
    """The policy of all texts. `doubt` says why rules may be missing from it; `lines` are all lines of
    the texts, `used` those of texts that were understood, `unread` stands for the others."""

    policy: Policy
    doubt: str | None
    lines: int
    used: int
    unread: tuple[UnreadLine, ...]


def is_policy(text: Text) -> bool:
    """Whether a text is JSON, by its first character."""
    first = next((line.lstrip() for line in text.lines if line.strip()), "")
    return first[:1] in ("{", "[")


def read_policies(texts: list[Text]) -> PolicyText:
    """Reads the texts in their order; one that is not JSON, or holds nothing known, is not understood."""
    policy, doubt = Policy(), None
    used = 0
    unread = []
    for text in texts:
        why = _read(policy, text)
        if why is None:
            used += len(text.lines)
            continue
        doubt = doubt or f"{text.file} {why}"
        unread += [
            UnreadLine(where=Where(text.file, number), text=line.strip(), topic="other")
            for number, line in enumerate(text.lines, 1)
        ]
    return PolicyText(policy, doubt, sum(len(t.lines) for t in texts), used, tuple(unread))


def _read(policy: Policy, text: Text) -> str | None:
    """Takes one text into the policy; gives why it is not understood."""
    try:
        document = json.loads("\n".join(text.lines))
    except (ValueError, RecursionError):
        return "is not JSON"
    if not policy.read(document, text.file):
        return "holds no rulebase and no objects"
    for number, line in enumerate(text.lines, 1):
        for uid in _UID.findall(line):
            policy.place(uid, text.file, number)
    return None
