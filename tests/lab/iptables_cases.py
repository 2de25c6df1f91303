"""The same with iptables: a few cases of each kind."""

from __future__ import annotations

from typing import Any

from tests.lab.case import Case, Happens, Traffic
from tests.lab.settings import (
    ACTIVE,
    BEHIND,
    BY_POLICY,
    DROPPED,
    HAZARD,
    MARKED,
    OWN,
    PLAIN,
    POLICY,
    RESET,
    STALL,
    SURVIVE,
    TALK,
    TWO_TABLES,
    UNTOLD,
    UNTOLD_COVERED,
    UPLOAD,
)


def _iptables(
    name: str,
    traffic: Traffic,
    happens: Happens,
    commands: tuple[str, ...],
    *says: str,
    **more: Any,
) -> Case:
    return Case(f"iptables {name}", traffic, happens, says, commands=commands, **more)


def _old_marks(
    name: str, traffic: Traffic, happens: Happens, rules: tuple[str, ...], *says: str
) -> Case:
    commands = tuple(f"iptables -t mangle -A PREROUTING -i lan0 {rule}" for rule in rules)
    return _iptables(
        name, traffic, happens, commands, *says, BY_POLICY,
        routes=TWO_TABLES[4], rules=MARKED[4], settings=((POLICY[6], 1),),
    )  # fmt: skip


NTH = "-m statistic --mode nth --every 2 --packet 0 -j MARK --set-mark 1"
OLD_CLAMP = "iptables -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS"
OLD_SILENT = "iptables -A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP"

IPTABLES = (
    _old_marks("marks in turn", TALK, RESET, (NTH,), ACTIVE),
    _old_marks("marks in turn, kept by the connection", TALK, SURVIVE,
               ("-j CONNMARK --restore-mark", f"-m conntrack --ctstate NEW {NTH}", "-j CONNMARK --save-mark")),
    _old_marks("marks by DSCP", Traffic.DSCP, RESET, ("-m dscp --dscp 4 -j MARK --set-mark 1",), HAZARD),
    _iptables("too big dropped in transit", UPLOAD, STALL,
              ("iptables -A FORWARD -p icmp --icmp-type 3 -j DROP",), *DROPPED, routes=PLAIN, narrow=BEHIND),
    _iptables("IPv6 too big dropped in transit", UPLOAD, STALL,
              ("ip6tables -A FORWARD -p icmpv6 --icmpv6-type packet-too-big -j DROP",), *DROPPED,
              routes=PLAIN, narrow=BEHIND, family=6),
    _iptables("own too big suppressed", UPLOAD, STALL, (OLD_SILENT,), UNTOLD, routes=PLAIN, narrow=OWN),
    _iptables("own too big suppressed, clamp", UPLOAD, SURVIVE, (OLD_SILENT, f"{OLD_CLAMP} --set-mss 1300"),
              UNTOLD_COVERED, routes=PLAIN, narrow=OWN),
    _iptables("own too big suppressed, clamp to the path", UPLOAD, SURVIVE,
              (OLD_SILENT, f"{OLD_CLAMP} --clamp-mss-to-pmtu"), UNTOLD_COVERED, routes=PLAIN, narrow=OWN),
    _iptables("echo dropped", UPLOAD, SURVIVE, ("iptables -A FORWARD -p icmp --icmp-type echo-request -j DROP",),
              routes=PLAIN, narrow=OWN),
)  # fmt: skip
