"""NAT statements: recognised with the two sides that they name.

Sources: Cisco ASA configuration guides 8.2 ("NAT") and 8.3 ("Information about NAT"): from 8.3 on access lists
name real addresses, before that the addresses that are seen on the interface of the list.
"""

from __future__ import annotations

import re

from parsers.cisco_asa.draft import AsaDraft, Translation
from parsers.model.source import TextFact

Found = re.Match[str]

_OBJECT = re.compile(
    r"nat (?:\((?P<real>[^,()]+),(?P<mapped>[^,()]+)\) )?(?P<kind>static|dynamic) .+"
)
_TWICE = re.compile(
    r"nat (?:\((?P<real>[^,()]+),(?P<mapped>[^,()]+)\) )?(?:after-auto )?(?:\d+ )?source"
    r" (?P<kind>static|dynamic) .+"
)


def _note(state: AsaDraft, text: str, line: int) -> None:
    state.recognised.append(TextFact(value="nat", where=state.where(line), note=text))


def object_nat(state: AsaDraft, text: str, line: int) -> bool:
    """`nat [(REAL,MAPPED)] static|dynamic …` below a network object."""
    found = _OBJECT.fullmatch(text)
    return found is not None and _translation(state, found, line)


def twice_nat(state: AsaDraft, match: Found, line: int) -> bool:
    """`nat [(REAL,MAPPED)] [after-auto] [N] source static|dynamic …`."""
    found = _TWICE.fullmatch(match[0])
    return found is not None and _translation(state, found, line)


def _translation(state: AsaDraft, found: Found, line: int) -> bool:
    state.new_nat = True
    real, mapped = found["real"] or "any", found["mapped"] or "any"
    dynamic = found["kind"] == "dynamic"
    state.translations.append(Translation(real, mapped, dynamic, line))
    _note(state, found[0], line)
    return True


def old_nat(state: AsaDraft, match: Found, line: int) -> None:
    """`nat (REAL) ID …` before 8.3; ID 0 exempts from translation."""
    state.old_nat = True
    if match["id"] != "0":
        state.translations.append(Translation(match["real"], "", True, line))
    _note(state, match[0], line)


def old_global(state: AsaDraft, match: Found, line: int) -> None:
    """`global (MAPPED) ID …` before 8.3."""
    state.old_nat = True
    state.translations.append(Translation("", match["mapped"], True, line))
    _note(state, match[0], line)


def old_static(state: AsaDraft, match: Found, line: int) -> None:
    """`static (REAL,MAPPED) …` before 8.3."""
    state.old_nat = True
    state.translations.append(Translation(match["real"], match["mapped"], False, line))
    _note(state, match[0], line)


def sides(state: AsaDraft) -> dict[str, TextFact]:
    """The interfaces of dynamic translation: `outside` where the mapped address is, else `inside`."""
    found: dict[str, TextFact] = {}
    for wanted in ("inside", "outside"):
        for translation in state.translations:
            name = translation.real if wanted == "inside" else translation.mapped
            if translation.dynamic and name and name != "any":
                found[name] = TextFact(value=wanted, where=state.where(translation.line))
    return found


def sees_mapped(state: AsaDraft, interface: str) -> bool:
    """Whether a list on `interface` names mapped addresses: before 8.3, where something is mapped."""
    if state.is_modern() is True:
        return False
    return any(t.mapped in (interface, "any") for t in state.translations)
