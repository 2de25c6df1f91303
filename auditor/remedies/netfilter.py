"""Commands of iptables, nft and iproute2, carried out on what `iptables-save`, `nft list ruleset` and
`ip route show` print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.remedies.errors import NotCarriedOut
from parsers.platform import Text

_IPTABLES = re.compile(
    r"(?P<six>ip6tables|iptables)(?: -t (?P<table>\w+))? -(?P<kind>[IAD]) (?P<chain>\S+)"
    r"(?: (?P<number>\d+))? (?P<rule>-.*)"
)
_NFT = re.compile(
    r"nft (?P<kind>insert|add) rule (?P<family>\w+) (?P<table>\S+) (?P<chain>\S+)"
    r"(?: position (?P<handle>\d+))? (?P<rule>.+)"
)
_NFT_DELETE = re.compile(
    r"nft delete rule (?P<place>\w+ \S+ \S+) handle .*comment \"(?P<comment>[^\"]+)\" # handle .*"
)
_ROUTE = re.compile(
    r"ip(?P<six> -6)? route (?P<do>del|add) (?P<kind>blackhole|unreachable|prohibit) (?P<prefix>\S+)"
    r"(?P<named>(?: (?:table|metric|proto) \S+)*)"
)
_NAMED = re.compile(r"\b(?:table|metric|proto) \S+")
"""What tells a route from others to the same prefix."""


def _with(texts: list[Text], place: int, lines: Sequence[str]) -> list[Text]:
    return [*texts[:place], texts[place]._replace(lines=list(lines)), *texts[place + 1 :]]


def iptables(texts: list[Text], command: str) -> list[Text]:
    """Inserts or appends a rule (`-I CHAIN N`, `-A CHAIN`); a table that was not in use begins to be."""
    found = _IPTABLES.fullmatch(command.strip())
    if found is None:
        raise NotCarriedOut(f"not of a form that can be carried out here: {command.strip()}")
    head = f"*{found['table'] or 'filter'}"
    line = f"-A {found['chain']} {found['rule']}"
    saved = "ip6tables-save" if found["six"] == "ip6tables" else "iptables-save"
    place = next((i for i, text in enumerate(texts) if text.command == saved), None)
    if place is None:
        raise NotCarriedOut(f"there is no output of {saved}: {command.strip()}")
    lines = texts[place].lines
    if found["kind"] == "D":
        if line not in lines:
            raise NotCarriedOut(f"there is no such rule: {command.strip()}")
        at = lines.index(line)
        return _with(texts, place, [*lines[:at], *lines[at + 1 :]])
    if head not in lines:
        table = [head, f":{found['chain']} ACCEPT [0:0]", line, "COMMIT"]
        return _with(texts, place, [*lines, *table])
    start = lines.index(head) + 1
    end = lines.index("COMMIT", start) if "COMMIT" in lines[start:] else len(lines)
    rule = re.compile(rf"(?:\[\d+:\d+\] )?-A {re.escape(found['chain'])} ")
    own = [i for i in range(start, end) if rule.match(lines[i])]
    number = int(found["number"] or 1) - 1
    at = end if found["kind"] == "A" or number >= len(own) else own[number]
    return _with(texts, place, [*lines[:at], line, *lines[at:]])


def nft(texts: list[Text], command: str) -> list[Text]:
    """Inserts a rule at the top of a chain, or before a handle; `add` puts it at the end."""
    found = _NFT.fullmatch(command.strip())
    if deleted := _NFT_DELETE.fullmatch(command.strip()):
        return _without(texts, f"comment {deleted['comment']}", command)
    if found is None:
        raise NotCarriedOut(f"not of a form that can be carried out here: {command.strip()}")
    for place, text in enumerate(texts):
        lines = text.lines
        head = re.compile(rf"\s*table {found['family']} {re.escape(found['table'])} \{{")
        start = next((i for i, line in enumerate(lines) if head.match(line)), None)
        if start is None or text.command.startswith("nft -j"):
            continue
        chain = re.compile(rf"\s*chain {re.escape(found['chain'])} \{{")
        top = next((i for i in range(start, len(lines)) if chain.match(lines[i])), None)
        if top is None:
            continue
        end = next((i for i in range(top, len(lines)) if lines[i].strip() == "}"), len(lines))
        at = top + 1
        while at < end and re.match(r"\s*(?:type |policy |comment )", lines[at]):
            at += 1
        if found["kind"] == "add":
            at = end
        elif found["handle"] is not None:
            mark = re.compile(rf"# handle {found['handle']}$")
            before = [i for i in range(top, end) if mark.search(lines[i])]
            if not before:
                raise NotCarriedOut(f"no rule has the handle {found['handle']}: {command.strip()}")
            at = before[0]
        return _with(texts, place, [*lines[:at], f"\t\t{found['rule']}", *lines[at:]])
    raise NotCarriedOut(f"no rule set holds the chain: {command.strip()}")


def _without(texts: list[Text], ending: str, command: str) -> list[Text]:
    """Without the rule whose comment a command deletes it by."""
    for place, text in enumerate(texts):
        at = next((i for i, line in enumerate(text.lines) if line.endswith(ending)), None)
        if at is not None:
            return _with(texts, place, [*text.lines[:at], *text.lines[at + 1 :]])
    raise NotCarriedOut(f"there is no such rule: {command.strip()}")


def route(texts: list[Text], command: str) -> list[Text]:
    """Removes a route that drops from the table that shows it, or adds one to the table of its family."""
    found = _ROUTE.fullmatch(command.strip())
    if found is None:
        raise NotCarriedOut(f"not of a form that can be carried out here: {command.strip()}")
    head = [found["kind"], found["prefix"]]
    named = _NAMED.findall(found["named"] or "")
    tables = [
        place
        for place, text in enumerate(texts)
        if text.command.startswith("ip ")
        and " route" in text.command
        and ("-6" in text.command) == bool(found["six"])
    ]
    for place in tables:
        lines = texts[place].lines
        if found["do"] == "add":
            return _with(texts, place, [*lines, " ".join([*head, *named])])
        kept = [x for x in lines if x.split()[:2] != head or set(named) - set(_NAMED.findall(x))]
        if len(kept) < len(lines):
            return _with(texts, place, kept)
    raise NotCarriedOut(f"no table shows the route: {command.strip()}")
