"""Makes text harmless that came from a device: what a screen would obey becomes visible.

Hostnames, banners and remarks may hold terminal escapes, NULs, or marks that turn the reading direction and so
show another line than there is (CVE-2021-42574). Each such character is written as its code in every
report, so that formats need to care for their own special characters only.
"""

from __future__ import annotations

import re
from typing import TypeVar

from auditor.reports.model import Part

P = TypeVar("P", bound=Part)

# controls but tab and line feed, marks without width, line separators, direction marks, lone surrogates,
# and characters that XML 1.0 forbids
_OBEYED = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ud800-\\udfff\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff\\U000e0000-\\U000e007f"
)
_PATTERN = re.compile(f"[{_OBEYED}]")
_IN_JSON = re.compile(f"[{_OBEYED}]|\\\\[bfru]")
"""The same in a JSON text, where most controls stand as escapes. It also finds some that are harmless."""


def visible(text: str) -> str:
    """`text` with every character that a screen would obey written as its code."""
    return _PATTERN.sub(_code, text)


def _code(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"


def is_clean(text: str) -> bool:
    """Whether a part, written as JSON, holds nothing that a screen would obey."""
    return _IN_JSON.search(text) is None


def clean(part: P) -> P:
    """A part of a report, all its texts visible; the same object where nothing was to do."""
    data = part.model_dump()
    cleaned = _walk(data)
    return part if cleaned == data else type(part).model_validate(cleaned)


def _walk(value: object) -> object:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: _walk(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_walk(item) for item in value)
    return value
