"""Which menu is read by what. A menu that is neither here nor in `irrelevant` is not understood."""

from __future__ import annotations

from collections.abc import Callable

from parsers.mikrotik_routeros import interfaces, routes, tunnels
from parsers.mikrotik_routeros.draft import Draft
from parsers.mikrotik_routeros.irrelevant import reason_for
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.source import TextFact

Handler = Callable[[Draft, Statement], None]


def read(draft: Draft, statement: Statement) -> None:
    """Reads one statement."""
    _side_facts(draft, statement)
    handler = HANDLERS.get(statement.menu)
    if handler is not None and statement.verb:
        handler(draft, statement)
        return
    if statement.verb and statement.menu in interfaces.KINDS:
        interfaces.interface(draft, statement)
        return
    if statement.verb and statement.menu in tunnels.KINDS:
        tunnels.tunnel(draft, statement)
        return
    reason = reason_for(statement.menu)
    if reason is not None and statement.verb:
        draft.ignore(statement)
        return
    _unknown(draft, statement)


def _unknown(draft: Draft, statement: Statement) -> None:
    """A menu or command that nothing knows; what stands in a firewall menu may be any rule."""
    known = statement.menu in HANDLERS
    for family, menu in ((4, "ip firewall"), (6, "ipv6 firewall")):
        for table in ("filter", "raw", "mangle"):
            if statement.menu == f"{menu} {table}":
                firewall_rule(draft, statement)
                return
        if statement.menu.startswith(menu) and not known:
            doubt = f"line {statement.first} in menu {statement.menu} is not understood"
            draft.tables.doubt.setdefault((family, "filter"), doubt)
    topic = "other"
    if statement.menu in ("ip route", "ipv6 route"):
        topic = "route"
        draft.odd_routes.append(draft.where(statement))
    if statement.menu.endswith("firewall address-list"):
        _doubt_lists(draft, statement)
    draft.miss(statement, topic)


def _doubt_lists(draft: Draft, statement: Statement) -> None:
    """An entry that is not understood may belong to any list of its family."""
    family = 6 if statement.menu.startswith("ipv6") else 4
    reason = f"line {statement.first} may be an entry of it"
    draft.address_lists.odd.setdefault(family, reason)


def firewall_rule(draft: Draft, statement: Statement) -> None:
    """A rule of the filter, raw or mangle table; it is judged when all lists are known."""
    family = 6 if statement.menu.startswith("ipv6") else 4
    table = statement.menu.rpartition(" ")[2]
    draft.tables.rules.setdefault((family, table), []).append(statement)
    if statement.bad is None and statement.verb == "add":
        draft.use(statement)
        if not statement.disabled and statement.words.get("action", "").startswith("add-"):
            draft.address_lists.fill(statement.words.get("address-list", ""), "firewall rules")


def nat_rule(draft: Draft, statement: Statement) -> None:
    """A translation rule: which chains and actions there are matters, what they translate is noted."""
    if statement.bad is not None or statement.verb != "add":
        draft.miss(statement, "other")
        draft.opens_ports = True
        return
    draft.use(statement)
    family = 6 if statement.menu.startswith("ipv6") else 4
    draft.tables.rules.setdefault((family, "nat"), []).append(statement)
    if statement.disabled:
        return
    action = statement.words.get("action", "accept")
    if action.startswith("add-"):
        draft.address_lists.fill(statement.words.get("address-list", ""), "translation rules")
    elif action not in ("accept", "log", "passthrough", "jump", "return"):
        chain = statement.words.get("chain", "")
        draft.note("nat", statement, f"{statement.menu} {chain} {action}")


def address_list(draft: Draft, statement: Statement) -> None:
    """One entry of an address list."""
    words = statement.words
    name = words.get("list")
    odd = statement.bad is not None or not _LIST_WORDS.issuperset(words)
    odd = odd or any(flag[0] != "!" for flag in statement.flags)
    if odd or name is None or statement.verb != "add" or words.get("disabled", "no") not in _BOOL:
        _doubt_lists(draft, statement)
        draft.miss(statement, "filter", name)
        return
    draft.use(statement)
    if statement.disabled:
        return
    family = 6 if statement.menu.startswith("ipv6") else 4
    draft.address_lists.first.setdefault((family, name), statement)
    timeout = words.get("timeout", "") not in ("", "0s") or words.get("dynamic") == "yes"
    if not draft.address_lists.add(family, name, words.get("address", ""), timeout):
        draft.miss(statement, "filter", name)


_BOOL = ("yes", "no")
_LIST_WORDS = frozenset(("address", "list", "comment", "disabled", "timeout", "dynamic"))


def settings(draft: Draft, statement: Statement) -> None:
    """A menu of settings: every value is kept with its line."""
    if statement.bad is not None or statement.verb != "set":
        draft.miss(statement, "other")
        return
    known = SETTINGS[statement.menu]
    odd = [word for word in statement.words if word not in known]
    if odd or any(flag[0] != "!" for flag in statement.flags):
        draft.miss(statement, "other")
    else:
        draft.use(statement)
    for word, value in statement.words.items():
        draft.settings[f"{statement.menu} {word}"] = TextFact(
            value=value, where=draft.where(statement)
        )


SETTINGS: dict[str, frozenset[str]] = {
    "ip settings": frozenset(
        ("accept-redirects", "accept-source-route", "allow-fast-path", "arp-timeout",
         "icmp-errors-use-inbound-interface-address", "icmp-rate-limit", "icmp-rate-mask",
         "ip-forward", "ipv4-fragment-time", "ipv4-high-fragment-thresh",
         "ipv4-multipath-hash-policy", "max-arp-entries", "max-neighbor-entries", "route-cache",
         "rp-filter", "secure-redirects", "send-redirects", "tcp-syncookies", "tcp-timestamps")
    ),
    "ipv6 settings": frozenset(
        ("accept-redirects", "accept-router-advertisements", "accept-router-advertisements-on",
         "allow-fast-path", "disable-ipv6", "disable-link-local-address", "forward",
         "max-neighbor-entries", "min-neighbor-entries", "multipath-hash-policy",
         "soft-max-neighbor-entries", "stale-neighbor-detect-interval", "stale-neighbor-timeout")
    ),
    "ip firewall connection tracking": frozenset(
        ("enabled", "generic-timeout", "icmp-timeout", "liberal-tcp-tracking",
         "loose-tcp-tracking", "tcp-close-timeout", "tcp-close-wait-timeout",
         "tcp-established-timeout", "tcp-fin-wait-timeout", "tcp-last-ack-timeout",
         "tcp-max-retrans-timeout", "tcp-syn-received-timeout", "tcp-syn-sent-timeout",
         "tcp-syncookie", "tcp-time-wait-timeout", "tcp-unacked-timeout", "udp-stream-timeout",
         "udp-timeout")
    ),
    "interface bridge settings": frozenset(
        ("allow-fast-path", "use-ip-firewall", "use-ip-firewall-for-pppoe",
         "use-ip-firewall-for-vlan")
    ),
}  # fmt: skip
"""The settings of a menu; icmp-rate-limit exempts Fragmentation Needed, as in the Linux kernel."""


def identity(draft: Draft, statement: Statement) -> None:
    """`/system identity`."""
    draft.name = statement.words.get("name", draft.name)
    draft.use(statement)


def switch_rule(draft: Draft, statement: Statement) -> None:
    """Rules of a switch chip or of a bridge, below IP: those that may drop are noted."""
    if statement.bad is not None:
        draft.miss(statement, "other")
        return
    draft.use(statement)
    words = statement.words
    if statement.disabled or words.get("action", "accept") in _HARMLESS:
        if not statement.menu.startswith("interface ethernet switch"):
            return
        if words.get("new-dst-ports") != "" and words.get("action") != "drop":
            return  # a switch rule drops by sending to no port, or by its action
        if statement.disabled:
            return
    draft.note("l2-filter", statement, f"{statement.menu} rule")


def switch(draft: Draft, statement: Statement) -> None:
    """A switch chip; one that routes by itself passes packets by the firewall."""
    if statement.bad is not None:
        draft.miss(statement, "other")
        return
    offloads = statement.words.get("l3-hw-offloading") == "yes"
    if offloads:
        draft.use(statement)
        draft.settings["switch l3-hw-offloading"] = TextFact(
            value="yes", where=draft.where(statement)
        )
    else:
        draft.ignore(statement)


_HARMLESS = frozenset(("accept", "log", "passthrough", "mark-packet", "set-priority", "return"))


def _noted(value: str, note: str) -> Handler:
    """A handler for something that is recognised and not modelled."""

    def handler(draft: Draft, statement: Statement) -> None:
        if statement.bad is not None:
            draft.miss(statement, "other")
            return
        draft.use(statement)
        off = "enabled" in statement.words and statement.words["enabled"] != "yes"
        if statement.disabled or off or (statement.verb == "set" and not statement.words):
            return
        name = statement.words.get("interface")
        draft.note(value, statement, f"{name}: {note}" if name else note)

    return handler


def ipsec(draft: Draft, statement: Statement) -> None:
    """Peers, identities and policies of IPsec: packets that a policy takes leave encrypted."""
    if statement.bad is not None:
        draft.miss(statement, "other")
        return
    draft.use(statement)
    words = statement.words
    template = words.get("template") == "yes" or statement.verb != "add"
    if statement.disabled or template:
        return
    draft.has_ipsec = True
    if statement.menu == "ip ipsec policy":
        kind = "l2-filter" if words.get("action") == "discard" else "crypto-map"
        draft.note(kind, statement, f"IPsec policy to {words.get('dst-address', 'any')}")


def profile(draft: Draft, statement: Statement) -> None:
    """`/ppp profile`: whether sessions are clamped, and the lists that they fill."""
    if statement.bad is not None:
        draft.miss(statement, "other")
        return
    draft.use(statement)
    item = {"*0": "default", "*FFFFFFFE": "default-encryption"}.get(statement.item or "")
    name = statement.words.get("name") or item or statement.item or ""
    if "change-tcp-mss" in statement.words:
        draft.settings[f"ppp profile {name}"] = TextFact(
            value=statement.words["change-tcp-mss"], where=draft.where(statement)
        )


def table(draft: Draft, statement: Statement) -> None:
    """`/routing table`: names of tables."""
    if statement.bad is not None:
        draft.miss(statement, "route")
        return
    draft.use(statement)
    draft.tables_named.add(statement.words.get("name", ""))


def secret(draft: Draft, statement: Statement) -> None:
    """`/ppp secret`: a login, which may bring routes."""
    if statement.bad is not None:
        draft.miss(statement, "other")
    elif statement.words.get("routes") and not statement.disabled:
        routes.source("ppp")(draft, statement)
    else:
        draft.ignore(statement)


def upnp(draft: Draft, statement: Statement) -> None:
    """Clients may ask for translations: connections may then be `dstnat` without a rule."""
    draft.use(statement)
    draft.opens_ports = draft.opens_ports or statement.words.get("enabled") == "yes"


def _side_facts(draft: Draft, statement: Statement) -> None:
    """What any statement may say beside its own subject: lists that it fills, scripts."""
    words = statement.words
    if statement.menu.startswith(
        ("system script", "system scheduler", "tool netwatch", "ppp profile")
    ):
        draft.address_lists.scripts += [text for text in words.values() if "address-list" in text]
    menu = statement.menu
    if menu in _FILLING:
        for word in ("address-list", "address-lists"):
            for name in words.get(word, "").split(","):
                if name:
                    draft.address_lists.fill(name, f"entries of /{menu}")
    if statement.verb == "add" and "name" in words and menu.startswith(_NAMING):
        draft.link(words["name"], statement).menu = menu
    for word in _INTERFACE_LISTS.get(menu, ()):
        name = words.get(word, "")
        if name and name != "none":
            draft.interface_lists.open[name] = f"/{menu} adds interfaces to list {name}"


_FILLING = frozenset(
    ("ip dhcp-server lease", "ip dhcp-server", "ip dns static", "ip hotspot user profile",
     "ppp profile", "ipv6 dhcp-server binding", "ip kid-control", "ip dns forwarders")
)  # fmt: skip
_NAMING = (
    "interface l2tp-server", "interface ovpn-server", "interface pppoe-server",
    "interface pptp-server", "interface sstp-server", "interface ppp-server",
    "interface wireless wds", "interface mesh", "zerotier interface", "caps-man interface",
)  # fmt: skip
"""Menus that are not read and whose items are interfaces: rules and lists may name them."""
_INTERFACE_LISTS = {
    "ppp profile": ("interface-list",),
    "interface detect-internet": ("internet-interface-list", "lan-interface-list", "wan-interface-list"),
}  # fmt: skip

HANDLERS: dict[str, Handler] = {
    "system identity": identity,
    "ip address": interfaces.address,
    "ipv6 address": interfaces.address,
    "ip route": routes.route,
    "ipv6 route": routes.route,
    "ip route rule": routes.rule,
    "routing rule": routes.rule,
    "ip route vrf": routes.vrf,
    "ip vrf": routes.vrf,
    "routing table": table,
    "ip dhcp-client": routes.dhcp_client,
    "ipv6 dhcp-client": routes.dhcp_client,
    "interface bonding": interfaces.bonding,
    "interface bridge port": interfaces.bridge_port,
    "interface list": interfaces.interface_list,
    "interface list member": interfaces.list_member,
    "interface bridge filter": switch_rule,
    "interface bridge nat": switch_rule,
    "interface ethernet switch": switch,
    "interface ethernet switch port": switch,
    "interface ethernet switch rule": switch_rule,
    "interface ethernet switch acl": switch_rule,
    "interface dot1x server": _noted("l2-filter", "802.1X decides about hosts"),
    "interface pppoe-server server": _noted("pppoe-server", "hosts come in through PPPoE"),
    "ip hotspot": _noted("inspect", "a hotspot asks hosts to log in"),
    "ip kid-control": _noted("inspect", "kid control blocks hosts by time"),
    "ip packing": _noted("packing", "packets are packed together"),
    "mpls interface": _noted("mpls", "labelled packets"),
    "mpls ldp": _noted("mpls", "labelled packets"),
    "mpls ldp interface": _noted("mpls", "labelled packets"),
    "mpls traffic-eng": _noted("mpls", "traffic engineering"),
    "openflow": _noted("flowspec", "a controller decides about flows"),
    "openflow port": _noted("flowspec", "a controller decides about flows"),
    "zerotier": _noted("overlay", "an overlay network"),
    "zerotier interface": _noted("overlay", "an overlay network"),
    "ip upnp": upnp,
    "ip upnp interfaces": upnp,
    "ip nat-pmp": upnp,
    "ip nat-pmp interfaces": upnp,
    "ip ipsec policy": ipsec,
    "ip ipsec peer": ipsec,
    "ip ipsec identity": ipsec,
    "ppp profile": profile,
    "ppp secret": secret,
    **dict.fromkeys(SETTINGS, settings),
    **{
        f"{menu} firewall {name}": handler
        for menu in ("ip", "ipv6")
        for name, handler in (
            ("filter", firewall_rule), ("raw", firewall_rule), ("mangle", firewall_rule),
            ("nat", nat_rule), ("address-list", address_list),
        )
    },
    **{
        menu: routes.source(name)
        for menu, name in (
            ("routing bgp peer", "bgp"), ("routing bgp connection", "bgp"),
            ("routing bgp vpn", "bgp"), ("routing bgp evpn", "bgp"), ("routing bgp vpls", "bgp"),
            ("routing ospf network", "ospf"), ("routing ospf interface-template", "ospf"),
            ("routing ospf-v3 interface", "ospf-v3"), ("routing rip network", "rip"),
            ("routing rip interface", "rip"), ("routing rip interface-template", "rip"),
            ("routing ripng interface", "ripng"), ("routing isis interface-template", "isis"),
            ("routing mme network", "mme"), ("routing mme interface", "mme"),
        )
    },
}  # fmt: skip
