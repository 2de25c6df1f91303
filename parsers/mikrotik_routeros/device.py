"""The text of `/export` becomes a `Device`."""

from __future__ import annotations

import ipaddress
import re

from parsers.ledger import Ledger
from parsers.mikrotik_routeros import balancing, clamps, firewall
from parsers.mikrotik_routeros.draft import Draft, Link
from parsers.mikrotik_routeros.matchers import Context
from parsers.mikrotik_routeros.names import is_default
from parsers.mikrotik_routeros.ranges import address_range, intersect, merged
from parsers.mikrotik_routeros.routes import final_routes
from parsers.mikrotik_routeros.routing_rules import rule_filters
from parsers.mikrotik_routeros.statements import statements
from parsers.mikrotik_routeros.tables import of_vrfs
from parsers.mikrotik_routeros.top import read
from parsers.mikrotik_routeros.tunnels import KINDS, ppp_clamps
from parsers.model.device import Device, LineCount, UnreadLine
from parsers.model.filters import Binding, Filter, Ranges
from parsers.model.interfaces import Interface, MssClamp, Ptb
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, TextFact, Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.tables.readers import read_tables

TOPICS = frozenset(
    (
        "bindings", "bundles", "filters", "filters v6", "groups", "identity", "interfaces",
        "load sharing", "mss", "mtu", "nat", "policy routing", "remedies", "static routes",
        "static routes v6", "tunnels", "unreachables", "urpf", "version", "vrf",
    )
)  # fmt: skip
_PTB_REASON = "RouterOS answers packets that do not fit; no setting stops it"
_VERSION = re.compile(r"#.*\bby RouterOS (\S+)")
_MODEL = re.compile(r"# *model *= *(.+)")
_PRIVATE = tuple(
    address_range(text, 4)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
)
_TRANSLATES_SOURCE = frozenset(
    ("masquerade", "src-nat", "netmap", "same", "endpoint-independent-nat")
)
_TRANSLATES_DESTINATION = frozenset(
    ("dst-nat", "redirect", "netmap", "endpoint-independent-nat", "socksify")
)


def parse(inputs: Inputs) -> Device:
    """The device that an export describes."""
    text = next((t for t in inputs.texts if _is_export(t)), None)
    files = tuple(t.file for t in inputs.texts)
    if text is None:
        return Device(
            name=inputs.name,
            platform=inputs.platform,
            vendor="MikroTik",
            files=files,
            tables=read_tables(inputs),
        )
    draft = Draft(text.file, Ledger(len(text.lines)))
    _header(draft, text.lines)
    for statement in statements(text.lines, draft.ledger):
        read(draft, statement)
    return _device(inputs, draft, text, files)


def _is_export(text: Text) -> bool:
    return text.command == CONFIGURATION or text.command.lstrip("/").startswith("export")


def _header(draft: Draft, lines: list[str]) -> None:
    for line in lines[:20]:
        version, model = _VERSION.match(line.strip()), _MODEL.match(line.strip())
        if version is not None:
            draft.version = version[1]
        if model is not None:
            draft.model = model[1].strip()


def _device(inputs: Inputs, draft: Draft, text: Text, files: tuple[str, ...]) -> Device:
    _unknown_interfaces(draft)
    _move_addresses(draft)
    filters, bindings = _firewall(draft)
    for statement in draft.address_lists.mistyped():
        draft.miss(statement, "other")
    everywhere, by_interface = clamps.mangled_sizes(draft)
    interfaces = tuple(_interface(draft, link, by_interface) for link in _links(draft))
    choices = [
        *balancing.ecmp(draft),
        *(found for bond in draft.bonds if (found := balancing.bond(bond)) is not None),
        *balancing.marks(draft),
    ]
    _note_policies(draft)
    routes = final_routes(draft)
    used, irrelevant, unread = draft.ledger.counts()
    return Device(
        name=inputs.name or draft.name,
        platform=inputs.platform,
        vendor="MikroTik",
        model=draft.model,
        os_version=draft.version,
        files=files,
        interfaces=interfaces,
        filters={(one.key, one.family): one for one in filters},
        bindings=tuple(sorted(bindings, key=lambda binding: binding.order)),
        static_routes=RouteTable(
            source="config", file=draft.file, vrf=None, family=None, routes=routes,
            complete=not draft.odd_routes, not_understood=tuple(draft.odd_routes),
        ),
        tables=of_vrfs(read_tables(inputs), draft.vrfs),
        routing_sources=tuple(draft.sources),
        path_choices=tuple(choices),
        global_clamps=everywhere,
        df_cleared=tuple(clamps.cleared_df(draft)),
        mss_raises=clamps.raised_sizes(draft),
        recognised=tuple(draft.recognised),
        has_configuration=True,
        is_host=_off(draft, 4) and (_off(draft, 6) or not _has_family(draft, 6)),
        lines=LineCount(
            total=used + irrelevant + unread, used=used, irrelevant=irrelevant,
            not_understood=unread,
        ),
        not_understood=tuple(_unread(draft, text)),
    )  # fmt: skip


def _unread(draft: Draft, text: Text) -> list[UnreadLine]:
    out = []
    for number in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(number, ("other", None))
        where = Where(text.file, number)
        line = text.lines[number - 1].strip()
        out.append(UnreadLine(where=where, text=line, topic=topic, subject=subject))
    return out


def _off(draft: Draft, family: int) -> bool:
    """Whether the router forwards nothing of a family."""
    if family == 4:
        return draft.setting("ip settings", "ip-forward") == "no"
    return (
        draft.setting("ipv6 settings", "forward") == "no"
        or draft.setting("ipv6 settings", "disable-ipv6") == "yes"
    )


def _has_family(draft: Draft, family: int) -> bool:
    return any(a.family == family for link in draft.links.values() for a in link.addresses)


def _unknown_interfaces(draft: Draft) -> None:
    """Names that no menu of interfaces has, where there are such menus: an address on one is not
    understood, and a list with one holds more than is known."""
    if not any(link.menu for link in draft.links.values()):
        return
    for link in draft.links.values():
        if not link.menu and not is_default(link.name):
            for where in (address.where for address in link.addresses):
                draft.ledger.miss(where.line, "interface", link.name)
                link.not_understood.append(where)
    lists = draft.interface_lists
    for name, members in lists.members.items():
        for member in members:
            found = draft.links.get(member)
            if (found is None or not found.menu) and not is_default(member):
                lists.open.setdefault(name, f"{member}, a member of {name}, is not in this text")


def _move_addresses(draft: Draft) -> None:
    """An address on a port of a bridge acts on the bridge (`actual-interface`); without IPv6 there
    are no IPv6 addresses."""
    disabled = draft.setting("ipv6 settings", "disable-ipv6") == "yes"
    for link in list(draft.links.values()):
        if disabled:
            link.addresses = [a for a in link.addresses if a.family == 4]
        if link.master is not None and link.addresses:
            draft.link(link.master).addresses += link.addresses
            link.addresses = []


def _firewall(draft: Draft) -> tuple[list[Filter], list[Binding]]:
    filters, bindings = rule_filters(draft)
    tracking = draft.setting("ip firewall connection tracking", "enabled")
    if tracking not in (None, "yes", "no", "auto"):
        draft.tables.doubt[4, "filter"] = f"connection tracking {tracking} is not understood"
    for family in (4, 6):
        context = _context(draft, family)
        untracked = _untracked(draft, family, tracking)
        for table in firewall.BUILT_IN:
            setting = firewall.Setting(
                draft.file,
                tracked=tracking != "no",
                untracked=untracked if table != "raw" else None,
                inactive="forwarding is off" if _off(draft, family) else None,
                translated=_raw_sees_translation(draft, family, context),
            )
            built = firewall.build(draft.tables, family, table, context, setting)
            _mark(draft, built, table)
            if table == "filter" or built.rules:
                filters += [_offloaded(draft, one) for one in built.filters]
                bindings += built.bindings
    return filters, bindings


def _offloaded(draft: Draft, one: Filter) -> Filter:
    """Packets that a switch chip routes do not meet the firewall: whether a chain that denies acts on
    a session is then open."""
    said = draft.settings.get("switch l3-hw-offloading")
    if said is None or not one.entries or not one.key.endswith("/forward"):
        return one
    return one._replace(uncertain=one.uncertain or "the switch chip may route by itself")


def _mark(draft: Draft, built: firewall.Built, table: str) -> None:
    """Keeps the ledger for rules that were not understood in all their parts."""
    for rule in built.rules:
        if rule.odd:
            chain = rule.statement.words.get("chain")
            draft.miss(rule.statement, "filter", chain)
    for statement in firewall.mistyped(built, table):
        draft.miss(statement, "other")


def _context(draft: Draft, family: int) -> Context:
    own: list[tuple[int, int]] = []
    broadcast: list[tuple[int, int]] = []
    for link in draft.links.values():
        for address in link.addresses:
            if address.family == family:
                own.append((address.value, address.value))
                if family == 4 and address.length < 31:
                    last = address.value | ((1 << (32 - address.length)) - 1)
                    broadcast.append((last, last))
    dynamic = {6} | ({4} if any(link.dynamic for link in draft.links.values()) else set())
    translates = draft.opens_ports or any(
        s.words.get("action") in _TRANSLATES_DESTINATION for _, s in draft.tables.enabled("nat")
    )
    translates = translates or any(fact.value == "inspect" for fact in draft.recognised)
    return Context(
        draft.address_lists,
        draft.interface_lists,
        frozenset(link.name for link in draft.links.values() if link.master or link.bundle),
        {family: merged(tuple(own))},
        merged(tuple(broadcast)),
        frozenset(dynamic),
        translates,
        draft.has_ipsec,
        frozenset(draft.links),
        _families(draft),
    )


def _families(draft: Draft) -> dict[str, frozenset[str]]:
    """The members of the interface families that rules may name."""
    menus = {
        "all-ppp": tuple(menu for menu, kind in KINDS.items() if kind.ppp),
        "all-ethernet": ("interface ethernet",),
        "all-vlan": ("interface vlan",),
    }
    return {
        name: frozenset(link.name for link in draft.links.values() if link.menu in found)
        for name, found in menus.items()
    }


def _untracked(draft: Draft, family: int, tracking: str | None) -> str | None:
    """Why the states of packets cannot be told, None if they can."""
    if tracking == "no":
        return "connection tracking is off"
    for found, statement in draft.tables.enabled("raw"):
        if found == family and statement.words.get("action") == "notrack":
            protocol = statement.words.get("protocol", "")
            if protocol in ("", "tcp", "6", "icmp", "1", "icmpv6", "58") or protocol[0] == "!":
                return f"line {statement.first} takes packets out of connection tracking"
    return None


def _raw_sees_translation(draft: Draft, family: int, context: Context) -> bool:
    """Whether raw rules see translated destinations of answers that matter to them. Rules about public
    destinations that are not the router's own never do: an address that the router translates
    to is its own."""
    if not any(
        f == family and s.words.get("action") in _TRANSLATES_SOURCE
        for f, s in draft.tables.enabled("nat")
    ):
        return False
    guarded: Ranges = merged((*_PRIVATE, *context.own.get(family, ())))
    for found, statement in draft.tables.enabled("raw"):
        if found != family:
            continue
        words = statement.words
        ranges: Ranges = ()
        if "dst-address-type" in words:
            return True
        if "dst-address" in words:
            try:
                ranges = (address_range(words["dst-address"], family),)
            except ValueError:
                return True
        if "dst-address-list" in words:
            listed = draft.address_lists.find(family, words["dst-address-list"])
            if listed.open is not None:
                return True
            ranges = listed.ranges
        if intersect(merged(ranges), guarded):
            return True
    return False


def _note_policies(draft: Draft) -> None:
    """Mangle rules that send packets to other routing tables."""
    for _, statement in draft.tables.enabled("mangle"):
        action = statement.words.get("action")
        if action in ("mark-routing", "route"):
            mark = statement.words.get("new-routing-mark") or statement.words.get("route-dst", "")
            draft.note("policy-route", statement, f"mangle {action} {mark}".strip())


def _links(draft: Draft) -> list[Link]:
    return list(draft.links.values())


def _interface(draft: Draft, link: Link, by_interface: list[tuple[str, MssClamp]]) -> Interface:
    own = tuple(clamp for name, clamp in by_interface if name == link.name)
    return Interface(
        name=link.name,
        kind=link.kind,
        where=link.where,
        enabled=link.enabled,
        routed=link.master is None and link.bundle is None,
        vrf=link.vrf,
        description=link.description,
        addresses=tuple(link.addresses),
        dynamic_address=link.dynamic,
        mtu=link.mtu,
        clamps=(*link.clamps, *ppp_clamps(draft, link), *own),
        ptb=(
            Ptb(family=4, sends=True, reason=_PTB_REASON),
            Ptb(family=6, sends=True, reason=_PTB_REASON),
        ),
        tunnel=link.tunnel,
        bundle=link.bundle,
        parent=link.parent,
        nat=_outside(draft, link),
        urpf=_reverse_path(draft),
        not_understood=tuple(link.not_understood),
    )


_OUTSIDE_WORDS = frozenset(
    ("action", "chain", "comment", "disabled", "ipsec-policy", "log", "log-prefix",
     "out-interface", "out-interface-list", "src-address", "to-addresses")
)  # fmt: skip


def _outside(draft: Draft, link: Link) -> Sourced[str] | None:
    """`outside` for an interface on which all that leaves is translated; not where the interface has a
    private address, since routers also translate towards their own servers."""
    if any(a.family == 4 and ipaddress.ip_address(a.value).is_private for a in link.addresses):
        return None
    for family, statement in draft.tables.enabled("nat"):
        words = statement.words
        if family != 4 or words.get("action") not in ("masquerade", "src-nat"):
            continue
        if not _OUTSIDE_WORDS.issuperset(words):
            continue
        listed = words.get("out-interface-list", "!")
        named = words.get("out-interface") == link.name
        if not named and listed[0] != "!":
            named = link.name in draft.interface_lists.find(listed).names
        if named:
            return TextFact(value="outside", where=draft.where(statement))
    return None


def _reverse_path(draft: Draft) -> Sourced[str] | None:
    said = draft.settings.get("ip settings rp-filter")
    if said is None or said.value == "no":
        return None
    value = "strict" if said.value == "yes" else said.value
    return TextFact(value=value, where=said.where)
