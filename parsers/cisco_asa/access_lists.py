"""Statements that define and bind access lists; entries are read when all objects are known.

Sources: Cisco ASA command reference, `access-list extended|standard|ethertype|webtype|remark`, `access-group`;
Cisco, "Clarify the Firepower Threat Defense Access Control Policy Rule Actions" (the `advanced` form).
"""

from __future__ import annotations

import re

from parsers.cisco_asa.draft import AsaDraft, Group, RawList
from parsers.model.source import TextFact

Found = re.Match[str]

_RULE = re.compile(r"rule-id (?P<id>\d+): (?P<text>.+)")
_COUNTERS = re.compile(r"\s*\(hitcnt=\d+\).*$")


def entry(state: AsaDraft, match: Found, line: int) -> None:
    """`access-list N [line L] [extended|standard|advanced] permit|deny …`, and remarks, which count as
    lines. `line L` puts the entry at that place, and what stood there behind it."""
    name, kind, text = match["name"], match["kind"] or "", match["rest"]
    raw = state.lists.get(name)
    if raw is None:
        raw = state.lists[name] = RawList(kind or "extended", line)
    if kind and kind != "remark" and raw.kind == "remark":
        raw.kind = kind
    if kind == "remark":
        rule = _RULE.fullmatch(text or "")
        if rule is not None:
            state.snort[rule["id"]] = f"{state.snort.get(rule['id'], '')} {rule['text']}".strip()
        text = "remark"
    elif kind not in ("", raw.kind):
        text = f"{kind} {text}"  # a list of two kinds: the entry reader will not understand it
    else:
        text = _COUNTERS.sub("", text) if "(hitcnt" in text else text
    place = match["place"]
    _put(raw, int(place) if place else None, (line, text), state.lines[line - 1][:1] == " ")


def _put(raw: RawList, place: int | None, found: tuple[int, str], expanded: bool) -> None:
    """Inserts or appends; `show access-list` repeats the number of a line for the members of its groups."""
    if place is None or place > len(raw.lines) or expanded:
        raw.lines.append(found)
    else:
        raw.lines.insert(max(0, place - 1), found)


def broken(state: AsaDraft, match: Found, line: int) -> None:
    """A line of a list that is no entry: what it would decide is not known."""
    raw = state.lists.setdefault(match["name"], RawList("extended", line))
    raw.lines.append((line, f"? {match['rest'] or ''}"))


def ipv6_entry(state: AsaDraft, match: Found, line: int) -> None:
    """`ipv6 access-list N [line L] permit|deny|remark …` before 9.0."""
    raw = state.lists.setdefault(match["name"], RawList("ipv6", line))
    place = match["place"]
    text = "remark" if match["rest"].startswith("remark") else _COUNTERS.sub("", match["rest"])
    _put(raw, int(place) if place else None, (line, text), False)


def ethertype(state: AsaDraft, match: Found, line: int) -> None:
    """`access-list N ethertype …`: frames of bridged interfaces."""
    state.lists.setdefault(match["name"], RawList("ethertype", line)).lines.append(
        (line, "ethertype")
    )


def access_group(state: AsaDraft, match: Found, line: int) -> None:
    """`access-group N in|out interface I [per-user-override] [control-plane]`."""
    interface, options = match["interface"], match["options"]
    if "per-user-override" in options:
        note = f"{interface}: per-user lists of VPN users override {match['name']}"
        state.recognised.append(TextFact(value="per-user", where=state.where(line), note=note))
    state.access_groups.append(Group(match["name"], match["direction"], interface, line, options))


def global_group(state: AsaDraft, match: Found, line: int) -> None:
    """`access-group N global`: what comes in anywhere, after the lists of interfaces."""
    state.access_groups.append(Group(match["name"], "in", None, line, ""))
