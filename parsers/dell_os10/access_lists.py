"""Access lists of OS10 (README: filters)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.dialect import Dialect
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import block_lines
from parsers.model.filters import Action, Entry, Fragments, Match, Symptom

Found = re.Match[str]
PORTS = {
    "bgp": 179, "ftp": 21, "ftp-data": 20, "smtp": 25, "ssh": 22, "telnet": 23, "www": 80, "http": 80,
    "https": 443,
}  # fmt: skip
UDP_PORTS = {
    "bootpc": 68,
    "bootps": 67,
    "ntp": 123,
    "snmp": 161,
    "snmptrap": 162,
    "syslog": 514,
    "tftp": 69,
}

DIALECT = Dialect(
    tcp_ports=PORTS,
    udp_ports=UDP_PORTS,
    harmless={
        "count": 0, "byte": 0, "log": 0, "capture": 2, "threshold-in-msgs": 1, "interval": 1,
    },
    uncertain={"dscp": 1, "ttl": -1, "precedence": 1, "vlan": 1, "cos": 1, "packet-length": -1, "ecn": 1},
    group_words=frozenset(),
    port_lists=False,
    bare_flags_and=True,
    deny_symptom=Symptom.TIMEOUT,
)  # fmt: skip

ENTRY = re.compile(r"(?:seq \d+ )?(?:permit|deny|remark)\b.*|description .*")
_SEQUENCE = re.compile(r"seq (\d+) (.*)")
_PAIR = re.compile(r"\b(\d+\.\d+\.\d+\.\d+) (\d+\.\d+\.\d+\.\d+)(?= |$)")
FRAGMENTS = "later fragments before the implicit deny"


def not_an_entry(body: str) -> bool:
    """Remarks and descriptions, which match no packet."""
    return body.startswith(("remark", "description"))


def regular(text: str, family: int) -> str:
    """An entry in the shared grammar: without `seq`, masks as wildcards, `fragment` in its long form."""
    found = _SEQUENCE.fullmatch(text)
    number, body = (f"{found[1]} ", found[2]) if found is not None else ("", text)
    if family == 4:
        body = _PAIR.sub(_with_wildcard, body)
    kept = ["fragments" if word == "fragment" else word for word in body.split()]
    if family == 6 and len(kept) > 1 and kept[1] == "ip":
        kept[1] = "ipv6"
    return number + " ".join(kept)


def _with_wildcard(found: Found) -> str:
    """`10.0.3.0 255.0.255.0` is an address with a mask (OS10 user guide, "View ACL filters"); the shared grammar
    wants the bits that do not count."""
    try:
        mask = int(ipaddress.IPv4Address(found[2]))
    except ValueError:
        return found[0]
    return f"{found[1]} {ipaddress.IPv4Address(0xFFFFFFFF ^ mask)}"


def access_list(state: Draft, match: Found, first: int, last: int) -> None:
    """`ip access-list N`, `ipv6 access-list N` with the entries below it."""
    family = 6 if match[0].startswith("ipv6") else 4
    end = block_last(state.lines, first, last, lambda text: ENTRY.fullmatch(text) is not None)
    raw = state.raw_filter(match["name"], family, first)
    state.ledger.use(first)
    raw.lines.extend((line, regular(text, family)) for line, text in block_lines(state, first, end))


def no_access_list(state: Draft, match: Found, line: int) -> None:
    """`no ip access-list N` takes an earlier list back."""
    family = 6 if match[0].startswith("no ipv6") else 4
    state.filters.pop((match["name"], family), None)


def implicit(family: int, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """What OS10 permits before its implicit deny: fragments with an offset above 0, unless an entry denied
    them (OS10 user guide, "IP fragment handling")."""
    return (
        Entry(None, Action.PERMIT, (Match(family, fragments=Fragments.LATER),), label=FRAGMENTS),
    )
