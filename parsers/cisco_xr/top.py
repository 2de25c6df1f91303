"""Top-level statements of IOS-XR."""

from __future__ import annotations

import re

from parsers.cisco_style import filter_lines, interface_lines
from parsers.cisco_style.draft import Draft
from parsers.cisco_xr import balancing, policies, routes
from parsers.cisco_xr.access_lists import DIALECT
from parsers.cisco_xr.interfaces import TABLE as INTERFACE
from parsers.cisco_xr.irrelevant import TOP as IRRELEVANT
from parsers.cisco_xr.state import MssValue, xr
from parsers.model.source import TextFact
from parsers.reader import Handler, Statement, Table, irrelevant

Found = re.Match[str]
_NUMBER = re.compile(r"(?P<number>\d+(?:/\w+)*(?:\.\d+)?)(?: (?P<rest>.+))?")


def hostname(state: Draft, match: Found, line: int) -> None:
    """`hostname H`."""
    state.hostname = match["name"]


def interface(state: Draft, match: Found, line: int) -> bool | None:
    """`interface [preconfigure] X [l2transport]`, and one of its statements on the same line, as `show
    running-config formal` prints them."""
    name, rest = match["name"], match["rest"]
    number = _NUMBER.fullmatch(rest) if rest and not re.search(r"\d", name) else None
    if number is not None:
        name, rest = name + number["number"], number["rest"]
    draft = interface_lines.open_interface(state, name, line)
    if match["absent"]:
        xr(state).preconfigured.add(name)
    if match["bridged"]:
        draft.routed = False
    return None if rest is None else _inside(state, rest, line)


def _inside(state: Draft, text: str, line: int) -> bool:
    found = INTERFACE.find(text)
    if found is not None:
        statement_match, statement = found
        if (
            statement.handler is None
            or statement.handler(state, statement_match, line) is not False
        ):
            return True
    state.missed(line, "interface")
    return False


def access_list(state: Draft, match: Found, first: int, last: int) -> None:
    """`ipv4|ipv6 access-list N` with its entries below."""
    family = 6 if match["family"] == "ipv6" else 4
    filter_lines.filter_block(state, match["name"], family, False, first, last, prefixes=True)
    xr(state).open_list = (match["name"], family, last)


def access_list_line(state: Draft, match: Found, line: int) -> None:
    """`ipv4|ipv6 access-list N 10 permit …`: one entry."""
    family = 6 if match["family"] == "ipv6" else 4
    filter_lines.filter_line(state, match["name"], family, False, line, match["rest"])


def stray_entry(state: Draft, match: Found, line: int) -> bool | None:
    """An entry without indentation right below its list, as a text looks that lost its blanks."""
    held = xr(state)
    if held.open_list is None or held.open_list[2] != line - 1:
        return False
    name, family, _ = held.open_list
    held.open_list = (name, family, line)
    filter_lines.filter_line(state, name, family, False, line, match[0])
    return None


def no_access_list(state: Draft, match: Found, line: int) -> None:
    """`no ipv4|ipv6 access-list N` in a text takes the list back."""
    state.filters.pop((match["name"], 6 if match["family"] == "ipv6" else 4), None)


def network_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group network ipv4|ipv6 G`: `A/LEN`, `host A`, `range A B`, `object-group G`."""
    family = 6 if match["family"] == "ipv6" else 4
    state.network_groups = xr(state).networks[family]
    filter_lines.network_group(state, match["name"], first, last, family)


def network_member(state: Draft, match: Found, line: int) -> bool | None:
    """The same on one line. The ledger knows already whether the member was understood."""
    family = 6 if match["family"] == "ipv6" else 4
    state.network_groups = xr(state).networks[family]
    filter_lines.network_line(state, match["name"], line, match["rest"], family)
    return None if state.ledger.status[line] else False


def port_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`object-group port G`: one operator a line, `object-group G`."""
    filter_lines.port_group(state, match["name"], first, last, DIALECT)


def port_member(state: Draft, match: Found, line: int) -> bool | None:
    """The same on one line."""
    filter_lines.port_line(state, match["name"], line, match["rest"], DIALECT)
    return None if state.ledger.status[line] else False


def router(state: Draft, match: Found, line: int) -> None:
    """`router bgp N` and its like: routes may exist that the configuration does not show."""
    protocol = match["protocol"]
    if all(source.value != protocol for source in state.sources):
        state.sources.append(TextFact(value=protocol, where=state.where(line)))


def icmp_limit(state: Draft, match: Found, line: int) -> None:
    """`icmp ipv4 rate-limit unreachable [DF] MS`."""
    state.globals["icmp limit DF" if match["df"] else "icmp limit"] = (match[0], line)


def mss_value(state: Draft, match: Found, line: int) -> bool | None:
    """`hw-module location L tcp-mss-adjust np N value V`: for interfaces with `tcp-mss-adjust enable`."""
    value = int(match["value"])
    if not interface_lines.MSS_RANGE[0] <= value <= interface_lines.MSS_RANGE[1]:
        return False
    xr(state).mss_values.append(MssValue(match["location"], value, line))
    return None


def recognised(what: str) -> Handler:
    """A statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        state.recognised.append(TextFact(value=what, where=state.where(line), note=match[0]))

    return handle


ANYTHING: Table[Draft] = Table(irrelevant("belongs to the statement above it", r"\S+"))
_FAMILY = "(?P<family>ipv4|ipv6)"

TABLE: Table[Draft] = Table(
    (
        Statement(r"hostname (?P<name>\S+)", hostname, topic="identity"),
        Statement(
            r"interface (?P<absent>preconfigure )?(?P<name>\S+)(?P<bridged> l2transport)?"
            r"(?: (?:point-to-point|multipoint))?(?: (?P<rest>.+))?",
            interface,
            table=INTERFACE,
        ),
        Statement(
            r"(?:ipv4|ipv6) access-list (?:log-update|maximum|icmp-off)(?: .*)?",
            reason="counts entries, limits logs, silences answers to what is denied",
        ),
        Statement(
            r"(?P<family>ipv4|ipv6) access-list (?P<name>\S+)", block=access_list, topic="filters"
        ),
        Statement(
            r"(?P<family>ipv4|ipv6) access-list (?P<name>\S+) (?P<rest>.+)",
            access_list_line,
            topic="filters v6",
        ),
        Statement(r"no (?P<family>ipv4|ipv6) access-list (?P<name>\S+)", no_access_list),
        Statement(
            rf"object-group network {_FAMILY} (?P<name>\S+)", block=network_group, topic="groups"
        ),
        Statement(rf"object-group network {_FAMILY} (?P<name>\S+) (?P<rest>.+)", network_member),
        Statement(r"object-group port (?P<name>\S+)", block=port_group),
        Statement(r"object-group port (?P<name>\S+) (?P<rest>.+)", port_member),
        Statement(r"router static", routes.begin, table=routes.STATIC, topic="static routes"),
        Statement(r"router static (?P<rest>.+)", routes.one_line),
        Statement(
            r"router (?P<protocol>bgp|ospf|ospfv3|isis|rip|eigrp)(?: .*)?",
            router,
            table=ANYTHING,
            topic="routing sources",
        ),
        Statement(
            r"icmp ipv4 rate-limit unreachable (?P<df>DF )?\d+", icmp_limit, topic="unreachables"
        ),
        Statement(
            r"hw-module location (?P<location>\S+) tcp-mss-adjust np \d+ value (?P<value>\d+)",
            mss_value,
        ),
        Statement(
            r"cef load-balancing fields (?P<layer>[Ll][34])(?: global)?",
            balancing.hash_fields,
            topic="load sharing",
        ),
        Statement(r"cef load-balancing fields ipv6 flow-label", balancing.flow_label),
        Statement(r"cef load-balancing algorithm adjust \d+", balancing.rotation),
        Statement(r"hw-module profile load-balance algorithm (?P<what>\S+)", balancing.profile),
        Statement(
            r"policy-map (?:type \S+ )?(?P<name>\S+)(?: (?P<rest>.+))?",
            block=policies.policy_map,
            topic="qos drops",
        ),
        Statement(r"l2vpn(?: .*)?", block=policies.bridging),
        Statement(r"vrf \S+(?: .*)?", block=policies.vrf),
        Statement(r"dynamic-template(?: .*)?", block=policies.subscriber_template),
        Statement(r"group (?P<name>\S+)", block=policies.configuration_group),
        Statement(r"apply-group (?P<names>.+)", policies.apply_group),
        Statement(r"flowspec(?: .*)?", recognised("flowspec"), table=ANYTHING, topic="flowspec"),
        Statement(
            r"vrf-policy(?: .*)?",
            recognised("policy-route"),
            table=ANYTHING,
            topic="policy routing",
        ),
        Statement(r"service cgn(?: .*)?", recognised("nat"), table=ANYTHING, topic="nat"),
        Statement(r"(?:nat|nat44|nat64|cgn)(?: .*)?", recognised("nat"), table=ANYTHING),
        *IRRELEVANT,
        Statement(r"(?:\d[\d.]+|[\da-fA-F]*:[\da-fA-F:.]*)/\d+ .+", routes.stray),
        Statement(r"(?:\d+ )?(?:permit|deny|remark)(?: .*)?", stray_entry),
    )
)
