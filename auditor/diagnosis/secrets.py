"""Takes credentials out of what client programs log, on top of what configurations hold."""

from __future__ import annotations

import re

from auditor.scrub import MASK, scrub

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(\b[a-z][a-z0-9+.-]*://)[^\s/@'\"]*:[^\s/@'\"]*(?=@)",  # https://user:token@host
        r"(\bhttps?://)[^\s/@'\"]{12,}(?=@)",  # https://token@host
        r"(\b(?:proxy-)?authorization: *(?:basic|bearer|digest|token|negotiate)? *)[^\s'\"]+",
        r"(\b(?:set-)?cookie: *)[^\r\n]+",
        r"([?&;](?:[a-z_-]*token|key|api_?key|sig|signature|password|x-amz-[a-z-]+|jwt)=)[^&\s'\"]+",
        r"(\b[a-z0-9_]*(?:password|passwd|passphrase|secret|token|api_?key|private_?key)[a-z0-9_]*['\"]?"
        r" ?[=:] ?)(?!//)[^\s,;]+",
        r"()\bAT(?:BB|CTT|ATT|OA)[A-Za-z0-9_=-]{8,}",  # Atlassian's tokens
        r"()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
        r"()\bgh[pousr]_[A-Za-z0-9]{20,}|()\bglpat-[A-Za-z0-9_-]{16,}",
        r"()\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?",  # JSON web tokens
        r"(-----BEGIN [A-Z ]*PRIVATE KEY-----)[^-]*",
    )
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What would move a terminal's cursor, or turn the direction of its text."""


def clean(text: str, most: int = 400) -> str:
    """`text` fit for a report: no secrets, no control characters, at most `most` characters."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # JSON can hold halves of characters
    text = _CONTROL.sub("", _masked(text).replace("\t", " ")).strip()
    return text if len(text) <= most else text[: most - 1] + "…"


def holds_secret(text: str) -> bool:
    """Whether anything in `text` would be taken out of it."""
    return _masked(text) != text


def _masked(text: str) -> str:
    for pattern in _PATTERNS:
        text = pattern.sub(lambda m: f"{m.group(1) or ''}{MASK}", text)
    return scrub(text)
