"""Top-level statements of ASA, PIX and the packet engine of FTD."""

from __future__ import annotations

import ipaddress
import re

from parsers.cisco_asa import access_lists, nat, objects, policies
from parsers.cisco_asa.draft import AsaDraft, AsaInterface
from parsers.cisco_asa.interfaces import TABLE as INTERFACE
from parsers.cisco_asa.interfaces import open_interface, set_address, set_dynamic, set_name
from parsers.cisco_asa.irrelevant import TOP as IRRELEVANT
from parsers.cisco_style.interface_lines import MSS_RANGE, MTU_RANGE
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import PtbLimit
from parsers.model.interfaces import InterfaceKind
from parsers.model.routes import NextHop, Route
from parsers.model.source import TextFact
from parsers.reader import Handler, Statement, Table, irrelevant

Found = re.Match[str]


def hostname(state: AsaDraft, match: Found, line: int) -> None:
    """`hostname H`."""
    state.hostname = match["name"]


def version(state: AsaDraft, match: Found, line: int) -> None:
    """`ASA Version 9.8(2)20 <context>`: the system, its release, and which part of it printed the text."""
    state.system = "FTD" if match["system"] == "NGFW" else match["system"]
    state.version = match["release"]
    numbers = re.match(r"(\d+)\.(\d+)", match["release"])
    state.release = (int(numbers[1]), int(numbers[2])) if numbers else None
    state.context = match["context"]


def hardware(state: AsaDraft, match: Found, line: int) -> None:
    """`: Hardware:   ASA5516, …`."""
    state.model = match["model"]


def route(state: AsaDraft, match: Found, line: int) -> bool:
    """`route I P MASK GATEWAY [METRIC] [track N]`, `route Null0 P MASK [METRIC]`; `tunneled` serves packets
    out of VPN tunnels only."""
    try:
        address = objects.resolved(state, _zero(match["address"]))
        length = objects.mask_length(_zero(match["mask"]))
        network = ipaddress.IPv4Network(f"{address}/{length}", strict=False)
    except ValueError:
        return _incomplete(state, line)
    return _route(state, match, network, line)


def _zero(word: str) -> str:
    return "0.0.0.0" if word == "0" else word  # noqa: S104 - a prefix, not a socket


def ipv6_route(state: AsaDraft, match: Found, line: int) -> bool:
    """`ipv6 route I P/LEN GATEWAY [METRIC] [tunneled]`."""
    try:
        network = ipaddress.IPv6Network(match["prefix"], strict=False)
    except ValueError:
        return _incomplete(state, line)
    return _route(state, match, network, line)


def _route(
    state: AsaDraft,
    match: Found,
    network: ipaddress.IPv4Network | ipaddress.IPv6Network,
    line: int,
) -> bool:
    words = (match["rest"] or "").split()
    discard = match["interface"].lower() == "null0"
    gateway = None
    if not discard:
        try:
            gateway = str(ipaddress.ip_address(objects.resolved(state, words.pop(0))))
        except (ValueError, IndexError):
            return _incomplete(state, line)
    distance, conditional = 1, None
    if words and words[0].isdecimal():
        distance = int(words.pop(0))
    if words[:1] == ["track"] and len(words) == 2:
        conditional = f"track {words[1]}"
    elif words == ["tunneled"]:
        return True
    elif words:
        return _incomplete(state, line)
    state.routes.append(
        Route(
            family=network.version,
            value=int(network.network_address),
            length=network.prefixlen,
            vrf="default",
            protocol="static",
            next_hops=() if discard else (NextHop(match["interface"], gateway),),
            line=line,
            discard="drop" if discard else None,
            distance=distance,
            conditional=conditional,
        )
    )
    return True


def _incomplete(state: AsaDraft, line: int) -> bool:
    state.routes_complete = False
    state.route_lines_missed.append(state.where(line))
    return False


def broken_route(state: AsaDraft, match: Found, line: int) -> bool:
    """A route without its parts: what it would say is not known."""
    return _incomplete(state, line)


def router(state: AsaDraft, match: Found, line: int) -> None:
    """`router P`: routes may exist that the configuration does not show."""
    state.sources.append(TextFact(value=match["protocol"], where=state.where(line)))


def mtu(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`mtu I N`: bytes that IP may use on interface I."""
    if not MTU_RANGE[0] <= int(match["value"]) <= MTU_RANGE[1]:
        return False
    state.mtus.append((match["name"], int(match["value"]), line))
    return None


def tcpmss(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`sysopt connection tcpmss [minimum] N`; 0 turns the clamp off, the default is 1380."""
    value = int(match["value"])
    if value and not MSS_RANGE[0] <= value <= MTU_RANGE[1]:
        return False
    if match["least"]:
        state.clamp_least = (value, line)
    else:
        state.clamp = (value, line)
    return None


def no_tcpmss(state: AsaDraft, match: Found, line: int) -> None:
    """`no sysopt connection tcpmss`: back to the default."""
    state.clamp = None


def icmp_limit(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`icmp unreachable rate-limit N burst-size M`: N messages a second, 1 to 100."""
    if not 1 <= int(match["rate"]) <= 100:
        return False
    state.limits.append(
        PtbLimit(
            family=4, per_second=float(match["rate"]), where=state.where(line), reason=match[0]
        )
    )
    return None


def same_security(state: AsaDraft, match: Found, line: int) -> None:
    """`same-security-traffic permit inter-interface|intra-interface`."""
    if match[0].startswith("no "):
        state.same_security.pop(match["what"], None)
    else:
        state.same_security[match["what"]] = line


def resets(state: AsaDraft, match: Found, line: int) -> None:
    """`[no] service resetinbound|resetoutbound [interface I]`: whether denied TCP is answered by a reset."""
    state.resets[match["what"], match["interface"] or ""] = not match[0].startswith("no ")


def reverse_path(state: AsaDraft, match: Found, line: int) -> None:
    """`ip verify reverse-path interface I`: strict."""
    state.reverse_path.append((match["name"], line))


def core_spread(state: AsaDraft, match: Found, line: int) -> None:
    """`asp load-balance per-packet`: spreads packets over the cores of the box, which keep the order of a
    connection; no packet takes another path (command reference)."""
    state.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement=match[0],
            fields=frozenset({HashField.SRC, HashField.DST}),
            trap=True,
            where=state.where(line),
        )
    )


def transparent(state: AsaDraft, match: Found, line: int) -> None:
    """`firewall transparent`: a bridge that filters."""
    state.transparent = line


def pix_nameif(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`nameif ethernet0 outside security0` (PIX 6)."""
    if int(match["level"]) > 100:
        return False
    interface = AsaInterface(match["hardware"], InterfaceKind.PHYSICAL, state.where(line))
    known = state.interfaces.get(match["hardware"])
    if isinstance(known, AsaInterface):
        interface = known
    interface.level, interface.level_line = int(match["level"]), line
    set_name(interface, match["name"], line)
    state.interfaces[match["hardware"]] = interface
    return None


def pix_interface(state: AsaDraft, match: Found, line: int) -> None:
    """`interface ethernet0 auto [shutdown]` (PIX 6)."""
    open_interface(state, match, line)
    if match["off"]:
        state.interfaces[match["name"]].enabled = False


def pix_address(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`ip address outside A MASK` (PIX 6)."""
    interface = state.named(match["name"])
    return False if interface is None else set_address(state, interface, match, line)


def pix_dynamic(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`ip address outside dhcp|pppoe [setroute]` (PIX 6)."""
    interface = state.named(match["name"])
    if interface is None:
        return False
    set_dynamic(state, interface, match[0], line)
    return None


def recognised(what: str) -> Handler:
    """A statement that could change a verdict and is not modelled."""

    def handle(state: AsaDraft, match: Found, line: int) -> None:
        note = match[0]
        on = re.search(r" interface (\S+)", note)
        if on is not None:
            note = f"{on[1]}: {note}"
        state.recognised.append(TextFact(value=what, where=state.where(line), note=note))

    return handle


ROUTER: Table[AsaDraft] = Table(irrelevant("routes appear in the routing table", r"\S+"))
_NAMED = r"access-list (?P<name>\S+) (?:line (?P<place>\d+) )?"
_ACTION = r"(?:permit|deny|trust)\b.*"

TABLE: Table[AsaDraft] = Table(
    (
        Statement(r"hostname (?P<name>\S+)", hostname, topic="identity"),
        Statement(r"(?P<system>ASA|PIX|FWSM|NGFW) Version (?P<release>\S+)(?: <(?P<context>\w+)>)?(?: .*)?", version, topic="identity"),
        Statement(r": Hardware: +(?P<model>[\w-]+).*", hardware),
        Statement(r"interface (?P<name>[A-Za-z]+\d+) (?:auto|10\w*|100\w*|1000\w*)(?P<off> shutdown)?", pix_interface),
        Statement(r"interface (?P<name>[A-Za-z-]+ ?[\d/.:]+)(?: standby)?", open_interface, table=INTERFACE),
        Statement(r"name (?P<address>[0-9a-fA-F.:]+) (?P<name>\S+)(?: description .*)?", objects.name, topic="groups"),
        Statement(r"object network (?P<name>\S+)", block=objects.network_object, topic="groups"),
        Statement(r"object service (?P<name>\S+)", block=objects.service_object),
        Statement(r"object-group (?:group )?network (?P<name>\S+)", block=objects.network_group),
        Statement(r"object-group (?:group )?service (?P<name>\S+)(?: (?P<protocol>tcp|udp|tcp-udp))?", block=objects.service_group),
        Statement(r"object-group (?:group )?protocol (?P<name>\S+)", block=objects.protocol_group),
        Statement(r"object-group (?:group )?icmp-type (?P<name>\S+)", block=objects.icmp_group),
        Statement(r"object(?:-group)? (?:user|security|network-service) (?P<name>\S+)(?: .*)?", block=objects.opaque_group),
        Statement(rf"{_NAMED}(?:(?P<kind>extended|standard|advanced) )?(?P<rest>{_ACTION})", access_lists.entry, topic="filters"),
        Statement(rf"{_NAMED}(?P<kind>remark)(?: (?P<rest>.*))?", access_lists.entry, topic="filters"),
        Statement(r"access-list (?P<name>\S+) ethertype .*", access_lists.ethertype),
        Statement(r"access-list (?:cached .*|\S+; \d+ elements.*)", reason="a heading of `show access-list`"),
        Statement(r"(?:ipv6 )?access-list \S+ webtype .*", reason="addresses that clientless VPN sessions may open"),
        Statement(r"ipv6 access-list (?P<name>\S+) (?:line (?P<place>\d+) )?(?P<rest>(?:permit|deny|remark)\b.*)", access_lists.ipv6_entry, topic="filters v6"),
        Statement(r"access-group (?P<name>\S+) (?P<direction>in|out) interface (?P<interface>\S+)(?P<options>(?: per-user-override| control-plane)*)", access_lists.access_group, topic="bindings"),
        Statement(r"access-group (?P<name>\S+) global", access_lists.global_group),
        Statement(r"(?:no )?same-security-traffic permit (?P<what>inter-interface|intra-interface)", same_security, topic="zones"),
        Statement(r"(?:no )?service (?P<what>resetinbound|resetoutbound)(?: interface (?P<interface>\S+))?", resets),
        Statement(r"route (?P<interface>\S+) (?P<address>\S+) (?P<mask>\S+)(?: (?P<rest>.+))?", route, topic="static routes"),
        Statement(r"ipv6 route (?P<interface>\S+) (?P<prefix>\S+/\d+)(?: (?P<rest>.+))?", ipv6_route, topic="static routes v6"),
        Statement(r"router (?P<protocol>\S+)(?: .*)?", router, table=ROUTER, topic="routing sources"),
        Statement(r"ipv6 router (?P<protocol>\S+)(?: .*)?", router, table=ROUTER),
        Statement(r"mtu (?P<name>\S+) (?P<value>\d+)", mtu, topic="mtu"),
        Statement(r"sysopt connection tcpmss (?P<least>minimum )?(?P<value>\d+)", tcpmss, topic="mss"),
        Statement(r"no sysopt connection tcpmss", no_tcpmss),
        Statement(r"no sysopt connection tcpmss minimum(?: .*)?", reason="no lower limit is the default"),
        Statement(r"icmp unreachable rate-limit (?P<rate>\d+) burst-size \d+", icmp_limit, topic="unreachables"),
        Statement(r"ip verify reverse-path interface (?P<name>\S+)", reverse_path, topic="urpf"),
        Statement(r"asp load-balance per-packet(?:-auto)?", core_spread, topic="load sharing"),
        Statement(r"no asp load-balance per-packet(?:-auto)?", reason="the default"),
        Statement(r"firewall transparent", transparent),
        Statement(r"no firewall transparent", reason="routed mode, the default"),
        Statement(r"nameif (?P<hardware>\S+) (?P<name>\S+) security(?P<level>\d{1,3})", pix_nameif),
        Statement(r"ip address (?P<name>\S+) (?P<address>\S+) (?P<mask>\d+\.\d+\.\d+\.\d+)", pix_address),
        Statement(r"ip address (?P<name>\S+) (?:dhcp|pppoe)(?: .*)?", pix_dynamic),
        Statement(r"nat \([^()]+,[^()]+\) (?:after-auto )?(?:\d+ )?source .*", nat.twice_nat, topic="nat"),
        Statement(r"nat (?:after-auto )?(?:\d+ )?source .*", nat.twice_nat),
        Statement(r"nat \((?P<real>[^,()]+)\) (?P<id>\d+)(?: .*)?", nat.old_nat),
        Statement(r"global \((?P<mapped>[^,()]+)\) \d+ .*", nat.old_global),
        Statement(r"static \((?P<real>[^,()]+),(?P<mapped>[^,()]+)\) .*", nat.old_static),
        Statement(r"nat-control", recognised("nat")),
        Statement(r"no nat-control", reason="the default"),
        Statement(r"nat-assigned-to-public-ip \S+", recognised("nat")),
        Statement(r"alias \(\S+\) .*", recognised("nat")),
        Statement(r"class-map(?: .*)?", reason="selects what a policy map acts on"),
        Statement(r"policy-map type .*", reason="parameters of an inspection that a policy map names"),
        Statement(r"policy-map (?P<name>\S+)", policies.policy_map, table=policies.POLICY, topic="inspection"),
        Statement(r"tcp-map (?P<name>\S+)", policies.normaliser, table=policies.NORMALISER),
        Statement(r"service-policy (?P<name>\S+) (?:global|interface (?P<interface>\S+))(?: fail-close)?", policies.service_policy),
        Statement(r"crypto ipsec df-bit \S+ \S+", recognised("df-bit"), topic="tunnels"),
        Statement(r"crypto map \S+ interface \S+", recognised("crypto-map")),
        Statement(r"crypto map .*", reason="what is encrypted; the line that applies it is recognised"),
        Statement(r"no crypto (?:map|ipsec|isakmp|ikev1|ikev2|ca) .*", reason="nothing is configured"),
        Statement(r"(?:shun|dynamic-filter) .*", recognised("inspection")),
        Statement(r"no (?:shun|dynamic-filter|threat-detection|ip audit) .*", reason="nothing is configured"),
        Statement(r"threat-detection scanning-threat shun.*", recognised("inspection")),
        Statement(r"ip audit (?:name|attack|info) .*(?:drop|reset).*", recognised("inspection")),
        Statement(r"ip audit .*", reason="an alarm only, or where a named audit acts"),
        Statement(r"filter (?:url|https|java|activex) .*", recognised("inspection")),
        Statement(r"fixup protocol https? .*", reason="the inspection of PIX 6, which logs addresses"),
        Statement(r"aaa (?:authentication|authorization|accounting) (?:match|include|exclude) .*", recognised("inspection")),
        Statement(r"wccp .*redirect.*", recognised("inspection")),
        Statement(r"wccp (?!.*redirect).*", reason="names a service; the interface redirects to it"),
        Statement(r"established .*", recognised("established")),
        Statement(r"(?:conduit|outbound|apply) .*", recognised("inspection")),
        Statement(r"fragment (?:chain|size|timeout|reassembly) .*", recognised("fragments")),
        Statement(r"no fragment .*", reason="the default"),
        Statement(r"zone \S+", reason="interfaces of equal level that share sessions; paths are in the routing table", table=Table((Statement(r"description .*", reason="text"),))),
        Statement(r"cts role-based .*", recognised("inspection")),
        Statement(r"mode (?:single|multiple)(?: .*)?", reason="which text holds the filters is said in its version line"),
        Statement(r"context \S+", reason="a context has a text of its own"),
        *IRRELEVANT,
        Statement(r"route(?: .*)?", broken_route),
        Statement(r"ipv6 route(?: .*)?", broken_route),
        Statement(r"access-list (?P<name>\S+)(?: (?P<rest>.*))?", access_lists.broken),
        Statement(r"ipv6 access-list (?P<name>\S+)(?: (?P<rest>.*))?", access_lists.broken),
    )
)  # fmt: skip
