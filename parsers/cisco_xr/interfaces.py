"""Interface blocks of IOS-XR."""

from __future__ import annotations

import re

from parsers.cisco_style import interface_lines as lines
from parsers.cisco_style.draft import Applied, Draft
from parsers.cisco_xr.balancing import bundle_hash
from parsers.cisco_xr.irrelevant import INTERFACE as IRRELEVANT
from parsers.cisco_xr.state import PolicyUse, xr
from parsers.model.source import BoolFact, TextFact
from parsers.reader import Handler, Statement, Table, irrelevant

Found = re.Match[str]
_ETHERNET = re.compile(
    r"(?i)(?:\w*ethernet|\w*gige|mgmteth|bundle-ether|bvi|pw-ether|fastethernet)\d"
)
DIRECTIONS = {"ingress": "in", "egress": "out"}


def access_group(state: Draft, match: Found, line: int) -> bool | None:
    """`ipv4|ipv6 access-group [common C]… [N]… ingress|egress`; the last line of a direction wins, and
    common lists are searched first."""
    draft = lines.current(state)
    family = 6 if match["family"] == "ipv6" else 4
    direction = DIRECTIONS[match["direction"]]
    common: list[str] = []
    own: list[str] = []
    words = iter(match["names"].split())
    for word in words:
        if word == "common":
            name = next(words, None)
            if name is None:
                return False
            common.append(name)
        else:
            own.append(word)
    if match["after"]:
        common.append(match["after"])
    draft.applied = [a for a in draft.applied if (a.family, a.direction) != (family, direction)]
    draft.applied.append(Applied((*common, *own), family, direction, line))
    return None


def mtu(state: Draft, match: Found, line: int) -> bool | None:
    """`mtu N`: bytes with the layer 2 header. What counts on links that are not Ethernet, tunnels among
    them, is not documented here."""
    value = int(match["value"])
    name = lines.current(state).name
    if _ETHERNET.match(name) is None or not lines.MTU_RANGE[0] <= value <= lines.MTU_RANGE[1]:
        return False
    xr(state).raw_mtu[name] = (value, line)
    return None


def encapsulation(state: Draft, match: Found, line: int) -> None:
    """`encapsulation dot1q A [second-dot1q B]`, `encapsulation dot1ad A dot1q B`: one or two tags;
    `encapsulation untagged`: none."""
    inner = " second-dot1q " in match[0] or " dot1q " in match["rest"]
    tagged = match["kind"].startswith("dot1")
    xr(state).tags[lines.current(state).name] = (2 if inner else 1) if tagged else 0


def unreachables(state: Draft, match: Found, line: int) -> None:
    """`ipv4|ipv6 unreachables disable`, and `no` before it."""
    family = 6 if match["family"] == "ipv6" else 4
    lines.current(state).unreachables[family] = BoolFact(
        value=match[0].startswith("no "), where=state.where(line)
    )


def mss_adjust(state: Draft, match: Found, line: int) -> None:
    """`ipv4|ipv6 tcp-mss-adjust enable`: the value stands in `hw-module location L tcp-mss-adjust`."""
    family = 6 if match["family"] == "ipv6" else 4
    xr(state).mss_on[lines.current(state).name, family] = line


def urpf(state: Draft, match: Found, line: int) -> None:
    """`ipv4|ipv6 verify unicast source reachable-via rx|any`."""
    kind = "loose" if match["mode"] == "any" else "strict"
    lines.current(state).urpf = TextFact(value=kind, where=state.where(line))


def bundle(state: Draft, match: Found, line: int) -> None:
    """`bundle id N mode …`: member of Bundle-EtherN."""
    lines.current(state).bundle = f"Bundle-Ether{match['number']}"


def l2transport(state: Draft, match: Found, line: int) -> None:
    """`l2transport`: the interface bridges and routes nothing."""
    lines.current(state).routed = False


def service_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy [type T] input|output P`: a class of the policy may drop or redirect."""
    use = PolicyUse(lines.current(state).name, match["type"] or "qos", match["name"], line)
    xr(state).policy_uses.append(use)


def ethernet_list(state: Draft, match: Found, line: int) -> None:
    """`ethernet-services access-group N ingress|egress`: a filter on frames of a bridged interface."""
    xr(state).bridged.append((lines.current(state).name, match[0], line))


def recognised(what: str) -> Handler:
    """A handler for a statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        note = f"{lines.current(state).name}: {match[0]}"
        state.recognised.append(TextFact(value=what, where=state.where(line), note=note))

    return handle


L2TRANSPORT: Table[Draft] = Table(
    (
        Statement(
            r"service-policy (?:type (?P<type>\S+) )?(?:input|output) (?P<name>\S+)", service_policy
        ),
        Statement(r"ethernet-services access-group \S+ (?:ingress|egress)", ethernet_list),
        *irrelevant(
            "bridging, which carries no address of a session",
            "propagate", "l2protocol", "cpu", "monitor-session", "split-horizon", "description",
        ),
    ),
    missed="interface",
)  # fmt: skip

TABLE: Table[Draft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(
            r"ipv4 address (?P<address>\d\S+ \d\S+)(?: secondary)?(?: route-tag \d+)?",
            lines.address_mask,
            topic="interfaces",
        ),
        Statement(
            r"ipv4 address (?P<address>\d\S+/\d+)(?: secondary)?(?: route-tag \d+)?",
            lines.address_mask,
        ),
        Statement(r"ipv4 address dhcp(?: .*)?", lines.dynamic),
        Statement(r"ipv4 unnumbered \S+", lines.dynamic),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F:.]+/\d+)(?: eui-64| anycast)*(?: route-tag \d+)?",
            lines.ipv6_address,
        ),
        Statement(r"ipv6 address \S+ link-local(?: route-tag \d+)?", lines.ipv6_on),
        Statement(r"ipv6 address (?:autoconfig|dhcp)(?: .*)?", lines.ipv6_on),
        Statement(r"ipv6 enable", lines.ipv6_on),
        Statement(r"no (?:ipv4|ipv6) (?:address|enable|unnumbered)(?: .*)?", reason="no address"),
        Statement(r"(?:no )?shutdown", lines.shutdown),
        Statement(r"vrf (?P<vrf>\S+)", lines.vrf),
        Statement(r"mtu (?P<value>\d+)", mtu, topic="mtu"),
        Statement(r"ipv4 mtu (?P<value>\d+)", lines.ip_mtu),
        Statement(r"ipv6 mtu (?P<value>\d+)", lines.ipv6_mtu),
        Statement(r"encapsulation (?P<kind>dot1q|dot1ad|untagged|default)(?P<rest>.*)", encapsulation),
        Statement(
            r"(?P<family>ipv4|ipv6) tcp-mss-adjust enable", mss_adjust, topic="mss"
        ),
        Statement(
            r"(?:no )?(?P<family>ipv4|ipv6)(?: icmp)? unreachables disable",
            unreachables,
            topic="unreachables",
        ),
        Statement(
            r"(?P<family>ipv4|ipv6) access-group (?P<names>\S+(?: \S+)*?) (?P<direction>ingress|egress)"
            r"(?: hardware-count| interface-statistics| compress level \d)*(?: common (?P<after>\S+))?",
            access_group,
            topic="bindings",
        ),
        Statement(
            r"(?:ipv4|ipv6) verify unicast source reachable-via (?P<mode>rx|any)"
            r"(?: allow-default| allow-self-ping)*",
            urpf,
            topic="urpf",
        ),
        Statement(r"bundle id (?P<number>\d+)(?: mode (?:active|passive|on|inherit))?", bundle, topic="bundles"),
        Statement(r"bundle load-balancing hash (?P<what>\S+)", bundle_hash, topic="load sharing"),
        Statement(r"l2transport", l2transport, table=L2TRANSPORT),
        Statement(
            r"service-policy (?:type (?P<type>\S+) )?(?:input|output) (?P<name>\S+)"
            r"(?: (?:shared-policy-instance|account|subscriber-parent|merge) ?.*)?",
            service_policy,
            topic="qos drops",
        ),
        Statement(r"ethernet-services access-group \S+ (?:ingress|egress)", ethernet_list),
        Statement(
            r"tunnel (?:source|destination|mode|key|ttl|tos|vrf|bfd|transport)(?: .*)?",
            lines.tunnel_word,
            topic="tunnels",
        ),
        Statement(r"tunnel df disable", recognised("df-bit")),
        Statement(r"(?:ipv4|ipv6) flowspec disable", reason="turns flow specifications off here"),
        Statement(r"service cgn \S+.*", recognised("nat"), topic="nat"),
        *IRRELEVANT,
    ),
    missed="interface",
)  # fmt: skip
