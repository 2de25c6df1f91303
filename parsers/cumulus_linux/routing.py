"""`vrf NAME`: static routes, routing processes and loopback addresses; `router`: what holds for all of them.

Source: NVUE reference, "Static Routing", "BGP", "OSPF", "Router Policy", "PBR".
"""

from __future__ import annotations

from parsers.cumulus_linux import irrelevant
from parsers.cumulus_linux.draft import Draft, Handler, Statements, first_line
from parsers.cumulus_linux.interfaces import OFF, value_of
from parsers.frr_style.addresses import interface_address
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import prefix_term
from parsers.model.interfaces import InterfaceKind
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced, Where

PROCESSES = {"bgp": "bgp", "ospf": "ospf", "ospf6": "ospf", "isis": "isis", "rip": "rip"}
NOWHERE = Where("", 0)
DISCARD = {"blackhole": "drop", "reject": "reject", "Null0": "drop", "null0": "drop"}


def read_vrfs(draft: Draft, node: Node) -> None:
    """All VRFs; one that is not `default` is an interface too."""
    draft.use(node)
    for child in node.children.values():
        draft.use(child)
        name = child.word
        if name != "default":
            draft.facts.port(name, draft.where(first_line(child))).is_vrf = True
        table: Statements = {
            **irrelevant.VRF,
            "router": _router(name),
            "loopback": _loopback(name),
        }
        read(draft, child, table, "route", name)
        if child.doubt is not None:
            draft.facts.routes_doubt.append(draft.where(child.doubt_line))


def _loopback(vrf: str) -> Handler:
    """Addresses of the VRF device itself, which serves as the VRF's loopback."""

    def loopback(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        port = draft.facts.port("lo" if vrf == "default" else vrf, draft.where(first_line(node)))
        port.kind = InterfaceKind.LOOPBACK
        holder = node.get("ip", "address")
        for child in holder.children.values() if holder is not None else ():
            try:
                port.addresses.append(interface_address(child.word, draft.where(first_line(child))))
            except ValueError:
                draft.miss_in(child, port)

    return loopback


def _router(vrf: str) -> Handler:
    def router(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            if child.word == "static":
                _statics(draft, child, vrf)
            elif child.word in PROCESSES:
                read_process(draft, child)
            elif child.word in irrelevant.VRF_ROUTER:
                draft.ignore_all(child)
            else:
                draft.miss(child, "route", vrf)

    return router


def read_process(draft: Draft, node: Node) -> None:
    """A routing process may install routes that no configuration shows, unless it is switched off."""
    if "flowspec" in {found.word for found in node.walk()}:
        draft.note("flowspec", node, "flowspec routes may drop packets")
    draft.ignore_all(node)
    enable = node.children.get("enable")
    if enable is None or value_of(enable) not in OFF:
        where = draft.where(first_line(node))
        draft.facts.sources.append(Sourced[str](value=PROCESSES[node.word], where=where))


def _statics(draft: Draft, node: Node, vrf: str) -> None:
    draft.use(node)
    for child in node.children.values():
        before = len(draft.missed)
        _static(draft, child, vrf)
        draft.facts.routes_doubt += [draft.where(line) for line, *_ in draft.missed[before:]]


def _static(draft: Draft, node: Node, vrf: str) -> None:
    try:
        term = prefix_term(node.word)
        length = int(node.word.partition("/")[2])
    except ValueError:
        draft.miss(node, "route", vrf)
        return
    draft.use(node)
    if node.doubt is not None:
        draft.miss(node, "route", vrf)
    for child in node.children.values():
        if child.word == "via":
            _ways(draft, child, (term.family, term.value, length), vrf, None)
        elif child.word == "distance":
            draft.use(child)
            for number in child.children.values():
                if not (number.word.isascii() and number.word.isdigit()):
                    draft.miss(number, "route", vrf)
                    continue
                draft.use(number)
                for part in number.children.values():
                    if part.word == "via":
                        place = (term.family, term.value, length)
                        _ways(draft, part, place, vrf, int(number.word))
                    elif part.word == "tag":
                        draft.ignore_all(part)
                    else:
                        draft.miss(part, "route", vrf)
        elif child.word in ("tag", "address-family"):
            draft.ignore_all(child)
        else:
            draft.miss(child, "route", vrf)


def _ways(
    draft: Draft, node: Node, place: tuple[int, int, int], vrf: str, distance: int | None
) -> None:
    draft.use(node)
    for way in node.children.values():
        route = _way(draft, way, place, vrf, distance)
        if route is None:
            draft.miss(way, "route", vrf)
        else:
            draft.facts.routes.append(route)


def _way(
    draft: Draft, node: Node, place: tuple[int, int, int], vrf: str, distance: int | None
) -> Route | None:
    """The route over one next hop: an address, an interface, or nowhere."""
    kind = value_of(node.children.get("type", Node("", 0)))
    if set(node.children) - {"type", "interface", "vrf", "flag", "weight", "label"}:
        return None
    draft.use_all(node)
    discard = DISCARD.get(kind) or DISCARD.get(node.word)
    device = value_of(node.children.get("interface", Node("", 0))) or None
    other = value_of(node.children.get("vrf", Node("", 0))) or None
    gateway = node.word if _is_address(node.word) else None
    if gateway is None and discard is None:
        if ":" in node.word or "/" in node.word or not node.word[:1].isalpha():
            return None
        device = node.word
    hops = () if discard is not None else (NextHop(device, gateway, other),)
    return Route(
        *place, vrf, "static", hops, first_line(node), discard, 1 if distance is None else distance
    )


def _is_address(text: str) -> bool:
    try:
        interface_address(text, NOWHERE)
    except ValueError:
        return False
    return "/" not in text


def read_router(draft: Draft, node: Node) -> None:
    """`router`: processes switched on for the whole switch, policies, and what moves packets by policy."""
    table: Statements = {
        **irrelevant.ROUTER,
        **dict.fromkeys(PROCESSES, read_process),
        "pbr": _pbr,
        "adaptive-routing": _adaptive,
    }
    read(draft, node, table)


def _pbr(draft: Draft, node: Node) -> None:
    """Maps act where an interface names them; `interface` notes that."""
    draft.use_all(node)


def _adaptive(draft: Draft, node: Node) -> None:
    """A profile of the user's own may let TCP move too; what it does is not documented."""
    draft.use_all(node)
    for found in node.walk():
        if found.word == "profile-custom":
            draft.facts.custom_profile = draft.where(first_line(found))
