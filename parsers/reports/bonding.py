"""Linux bonds and kernel multipath as the kernel reports them; many network systems are Linux underneath.

Source: Linux kernel, Documentation/networking/bonding.rst and ip-sysctl.rst (fib_multipath_hash_policy).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Sourced, Where
from parsers.platform import Text

L3 = frozenset({HashField.SRC, HashField.DST})
L4 = L3 | {HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
_L3_V6 = L3 | {HashField.PROTOCOL, HashField.FLOW_LABEL}
_MODES = {
    "balance-rr": Spread.PER_PACKET, "0": Spread.PER_PACKET,
    "load balancing (round-robin)": Spread.PER_PACKET,
    "balance-xor": Spread.FLOW, "load balancing (xor)": Spread.FLOW, "2": Spread.FLOW,
    "802.3ad": Spread.FLOW, "IEEE 802.3ad Dynamic link aggregation": Spread.FLOW,
    "4": Spread.FLOW, "balance-tlb": Spread.ADAPTIVE, "transmit load balancing": Spread.ADAPTIVE,
    "balance-alb": Spread.ADAPTIVE, "adaptive load balancing": Spread.ADAPTIVE,
    "broadcast": Spread.UNKNOWN, "fault-tolerance (broadcast)": Spread.UNKNOWN,
}  # fmt: skip
_XMIT = {
    "layer2": frozenset[HashField](), "vlan+srcmac": frozenset[HashField](), "layer2+3": L3,
    "encap2+3": L3, "layer3+4": L3 | {HashField.SRC_PORT, HashField.DST_PORT},
    "encap3+4": L4 | {HashField.SOCKET},
}  # fmt: skip
_BOND_FILE = re.compile(r"bonding[/-](?P<name>[\w.-]+?)(?:\.txt)?$")
_POLICY = re.compile(
    r"net\.ipv(?P<family>[46])\.fib_multipath_hash_policy\s*=\s*(?P<value>\d+)\s*$"
)


def bond_choice(
    name: str, mode: Sourced[str], policy: str | None, operational: bool
) -> PathChoice | None:
    """The choice among a bond's members; None for modes that use one member at a time."""
    if (
        mode.value.startswith(("active-backup", "fault-tolerance (active-backup)"))
        or mode.value == "1"
    ):
        return None
    spread = _MODES.get(mode.value, Spread.UNKNOWN)
    fields = frozenset[HashField]()
    if spread is Spread.FLOW:
        key = (policy or "layer2").split(" ")[0]
        if key not in _XMIT:
            spread = Spread.UNKNOWN
        fields = _XMIT.get(key, fields)
    return PathChoice(
        stage=Stage.BUNDLE, scope=Scope.BUNDLE, interface=name, spread=spread, fields=fields,
        statement=f"bonding mode {mode.value}" + (f", {policy}" if policy else ""),
        operational=operational, where=mode.where, settle="lldpctl",
    )  # fmt: skip


def bond_report(text: Text) -> Iterator[PathChoice]:
    """`cat /proc/net/bonding/BOND`; the name of the bond is that of the file."""
    named = _BOND_FILE.search(text.command.strip())
    mode: Sourced[str] | None = None
    policy: str | None = None
    for number, line in enumerate(text.lines, 1):
        key, _, value = line.partition(":")
        if key == "Bonding Mode":
            mode = Sourced[str](value=value.strip(), where=Where(text.file, number))
        elif key == "Transmit Hash Policy":
            policy = value.strip()
    if named is not None and mode is not None:
        choice = bond_choice(named["name"], mode, policy, operational=True)
        if choice is not None:
            yield choice


_RUNNERS = {
    "roundrobin": Spread.PER_PACKET, "random": Spread.PER_PACKET, "loadbalance": Spread.FLOW,
    "lacp": Spread.FLOW, "broadcast": Spread.UNKNOWN,
}  # fmt: skip


def team_report(text: Text) -> Iterator[PathChoice]:
    """`teamdctl TEAM state`: the runner of a team (teamd.conf(5)); one at a time makes no choice."""
    words = text.command.split()
    for number, line in enumerate(text.lines, 1):
        key, _, runner = line.strip().partition(": ")
        if key == "runner" and len(words) > 1 and runner != "activebackup":
            yield PathChoice(
                stage=Stage.BUNDLE, scope=Scope.BUNDLE, interface=words[1], operational=True,
                spread=_RUNNERS.get(runner, Spread.UNKNOWN), statement=f"runner: {runner}",
                where=Where(text.file, number), settle="lldpctl",
            )  # fmt: skip


def kernel_report(text: Text) -> Iterator[PathChoice]:
    """`sysctl` values of the multipath hash; policy 3, whose fields another value lists, adds nothing here."""
    for number, line in enumerate(text.lines, 1):
        match = _POLICY.match(line.strip())
        if match is None:
            continue
        family = int(match["family"])
        base = L3 if family == 4 else _L3_V6
        fields = {"0": base, "1": L4, "2": base}.get(match["value"])
        if fields is not None:
            yield PathChoice(
                stage=Stage.ECMP, scope=Scope.DEVICE, family=family, spread=Spread.FLOW,
                fields=fields, statement=line.strip(), operational=True,
                where=Where(text.file, number),
            )  # fmt: skip
