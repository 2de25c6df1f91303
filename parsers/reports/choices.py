"""What outputs say about how packets are spread now, as choices in effect.

Sources: Cisco IOS IP Switching Command Reference (`show ip cef detail|internal`), NX-OS unicast command reference
(`show ip load-sharing`), vyos-1x and vyatta-wanloadbalance (their rules), AOS-CX command reference (`show ip
ecmp`), RouterOS manual (IP settings, bonding), Nokia SR Linux (state of `hash-options`).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator

from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Sourced, Where
from parsers.platform import Text
from parsers.reports.bonding import L3, L4, bond_choice, bond_report, kernel_report, team_report
from parsers.reports.junos_hash import hash_report

Reader = Callable[[Text], Iterator[PathChoice]]

_CEF = re.compile(r"(?P<prefix>\S+/\d+), .*\bper-(?P<how>packet|destination) sharing\s*$")
_MODE = re.compile(r"Load-share mode\s*:\s*(?P<mode>address .+)")
_ECMP_FIELD = re.compile(
    r"\s*(?P<field>(?:Source|Destination|Src|Dst) (?:IP|Port))\s*:\s*(?P<on>\w+)"
)
_SETTING = re.compile(r"\s*(?:ipv4-)?multipath-hash-policy:\s*(?P<policy>\S+)")
_OPTION = re.compile(r"\s*(?P<field>[a-z0-9-]+)\s+(?P<on>true|false)\s*$")
_OPTIONS = {
    "source-address": HashField.SRC, "destination-address": HashField.DST,
    "protocol": HashField.PROTOCOL, "source-port": HashField.SRC_PORT,
    "destination-port": HashField.DST_PORT, "ipv6-flow-label": HashField.FLOW_LABEL,
}  # fmt: skip
_NEW = re.compile(r"ct state (?:\{ ?)?new\b|--(?:ct)?state NEW\b")


def _device(
    text: Text, line: int, spread: Spread, fields: frozenset[HashField], family: int = 0
) -> PathChoice:
    return PathChoice(
        stage=Stage.ECMP, scope=Scope.DEVICE, spread=spread, fields=fields, family=family,
        statement=" ".join(text.lines[line - 1].split()), operational=True,
        where=Where(text.file, line),
    )  # fmt: skip


def _cef(text: Text) -> Iterator[PathChoice]:
    """The first line of each entry ends in how its paths are shared. Of a whole table, which may hold a million
    entries, only those that split are kept."""
    whole = not any(letter.isdigit() for letter in text.command)
    for number, line in enumerate(text.lines, 1):
        match = _CEF.match(line) if line.rstrip().endswith("sharing") else None
        if match is None or (whole and match["how"] != "packet"):
            continue
        try:
            network = ipaddress.ip_network(match["prefix"])
        except ValueError:
            continue
        spread = Spread.PER_PACKET if match["how"] == "packet" else Spread.FLOW
        prefixes = ((network.version, int(network.network_address), network.prefixlen),)
        found = _device(text, number, spread, frozenset(), network.version)
        yield found.model_copy(update={"prefixes": prefixes})


def _load_share_mode(text: Text) -> Iterator[PathChoice]:
    for number, line in enumerate(text.lines, 1):
        match = _MODE.match(line.strip())
        if match is not None:
            words = match["mode"].split()
            fields = set(L3) if "source" in words[1] else {HashField.DST}
            if "port" in words:
                fields |= {HashField.SRC_PORT, HashField.DST_PORT}
            fields |= {HashField.TTL} if "ttl" in words else set()
            yield _device(text, number, Spread.FLOW, frozenset(fields))


def _wan_rules(text: Text) -> Iterator[PathChoice]:
    """The rules that VyOS made for `load-balancing wan`: per packet where a rule by chance has no test for new
    connections."""
    whole = "wanloadbalance" in text.command or any(
        "vyos_wanloadbalance" in line for line in text.lines
    )
    chances = [
        (number, line)
        for number, line in enumerate(text.lines, 1)
        if ("numgen" in line and whole) or ("statistic" in line and "WANLOADBALANCE" in line)
    ]
    if not chances:
        return
    bare = [(number, line) for number, line in chances if not _NEW.search(line)]
    number, line = (bare or chances)[0]
    spread = Spread.PER_PACKET if bare else Spread.FLOW
    yield PathChoice(
        stage=Stage.POLICY, scope=Scope.DEVICE, spread=spread, family=4, operational=True,
        fields=frozenset() if bare else L4, statement=line.strip(), keeps=not bare,
        where=Where(text.file, number),
    )  # fmt: skip


def _ecmp_fields(text: Text) -> Iterator[PathChoice]:
    names = {
        "source ip": HashField.SRC, "src ip": HashField.SRC, "destination ip": HashField.DST,
        "dst ip": HashField.DST, "source port": HashField.SRC_PORT, "src port": HashField.SRC_PORT,
        "destination port": HashField.DST_PORT, "dst port": HashField.DST_PORT,
    }  # fmt: skip
    found: dict[HashField, int] = {}
    for number, line in enumerate(text.lines, 1):
        match = _ECMP_FIELD.match(line)
        if match is not None and match["on"].lower() == "enabled":
            found[names[match["field"].lower()]] = number
    if found:
        yield _device(text, min(found.values()), Spread.FLOW, frozenset(found))


def _settings(text: Text) -> Iterator[PathChoice]:
    family = 6 if "ipv6" in text.command else 4
    label = {HashField.PROTOCOL, HashField.FLOW_LABEL} if family == 6 else set()
    for number, line in enumerate(text.lines, 1):
        match = _SETTING.match(line)
        if match is not None:
            fields = L4 if match["policy"] == "l4" else L3 | label
            known = match["policy"] in ("l3", "l3-inner", "l4")
            spread = Spread.FLOW if known else Spread.UNKNOWN
            yield _device(text, number, spread, fields if known else frozenset(), family)


def _bonds(text: Text) -> Iterator[PathChoice]:
    """`/interface bonding print detail`: one entry over several lines, KEY=VALUE."""
    policies = {"layer-2": "layer2", "layer-2-and-3": "layer2+3", "layer-3-and-4": "layer3+4"}
    name = ""
    policy: str | None = None
    for number, line in enumerate(text.lines, 1):
        named = re.search(r'\bname="?([^"\s]+)', line)
        name = named[1] if named is not None else name
        mode = re.search(r"\bmode=(\S+)", line)
        chosen = re.search(r"transmit-hash-policy=(\S+)", line)
        policy = policies.get(chosen[1]) if chosen is not None else policy
        if mode is not None and name:
            fact = Sourced[str](value=mode[1], where=Where(text.file, number))
            choice = bond_choice(name, fact, policy or "layer2", operational=True)
            if choice is not None:
                yield choice


def _hash_options(text: Text) -> Iterator[PathChoice]:
    found: set[HashField] = set()
    first = 0
    for number, line in enumerate(text.lines, 1):
        match = _OPTION.match(line)
        field = _OPTIONS.get(match["field"]) if match is not None else None
        if match is not None and field is not None and match["on"] == "true":
            found.add(field)
            first = first or number
    if first:
        family = 6 if HashField.FLOW_LABEL in found else 0
        yield _device(text, first, Spread.FLOW, frozenset(found), family)


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"show ip(?:v6)? cef (?!.*\bvrf\b).*\b(?:detail|internal)\b"), _cef),
    (re.compile(r"show ip load-sharing"), _load_share_mode),
    (re.compile(r"nft (?:-\w+ )*list .*|iptables-save.*"), _wan_rules),
    (re.compile(r"show ip ecmp"), _ecmp_fields),
    (re.compile(r"show forwarding-options enhanced-hash-key"), hash_report),
    (re.compile(r"/?ip(?:v6)? settings print"), _settings),
    (re.compile(r"/?interface bonding print detail.*"), _bonds),
    (re.compile(r"info (?:from )?state (?:/ ?)?system load-balancing.*"), _hash_options),
    (re.compile(r"(?:cat )?\S*proc[/-]net[/-]bonding.*"), bond_report),
    (re.compile(r"sysctl\b.*"), kernel_report),
    (re.compile(r"teamdctl \S+ state.*"), team_report),
)


def report_choices(text: Text) -> list[PathChoice]:
    """What one output says; nothing for outputs about other things."""
    command = text.command.replace("_", " ").strip().removeprefix("sudo ")
    for pattern, reader in READERS:
        if pattern.match(command):
            return list(reader(text))
    return []
