"""What a physical interface's name says about it, and how many bytes of its MTU are not IP's.

Sources: Juniper, "Interface Naming Overview"; "Media MTU Overview" and "Default Media MTU Sizes" (the media
MTU counts the layer 2 header: 14 bytes untagged, 18 with one tag, 22 with two).
"""

from __future__ import annotations

import re
from itertools import product

from parsers.hierarchy.tree import Node
from parsers.model.interfaces import InterfaceKind, Tunnel
from parsers.model.source import Where

_KINDS: tuple[tuple[str, InterfaceKind], ...] = (
    (r"(?:fxp\d+|em0|me0|vme|re\d+:mgmt-\d+|mgmt0?)", InterfaceKind.MANAGEMENT),
    (r"lo\d+", InterfaceKind.LOOPBACK),
    (r"dsc", InterfaceKind.NULL),
    (r"(?:ae\d+|reth\d+|as\d+|fab\d+)", InterfaceKind.BUNDLE),
    (r"(?:irb|vlan|bvi|l3-interface)", InterfaceKind.VLAN),
    (r"(?:gr|ip|mt|vt|gre|ipip|pe|pd)-?[\d/]*|st\d+|fti\d+|tap|vtep", InterfaceKind.TUNNEL),
    (r"(?:pp\d+|dl\d+|ppd\d+)", InterfaceKind.DIALER),
    (r"(?:lt|lsq|ml|rlsq|si|ms|sp|vms|ams|rsp|lsi|mams)-?[\d/:]*", InterfaceKind.OTHER),
)
_COMPILED = tuple((re.compile(pattern).fullmatch, kind) for pattern, kind in _KINDS)
_BRACKET = re.compile(r"\[([^\]]*)\]")
LARGEST_RANGE = 2000
LAYER_2_FAMILIES = frozenset({"ethernet-switching", "bridge", "ccc", "vpls", "tcc", "evpn"})


_NAME = re.compile(
    r"(?:ae|as|bcm|bme|cbp|demux|dl|em|et|fab|fti|fxp|gre|ipip|irb|jsrv|lc|lo|lsi|lsq|me|mgmt|mif|ms|mtun|pd|pe|pfe"
    r"|pfh|pime|pimd|pip|pp|ppd|ps|reth|rlsq|rlt|rvi|si|sit|sp|st|swfab|ams|mams|umd|vlan|vme|vtep|vtnet|wlan|ce|cl)\d*"
    r"|dsc|esi|tap|rbeb|l3-interface|re\d+:mgmt-\d+"
    r"|(?:as|at|br|cau4|ce1|ci|cl|coc1|coc3|coc12|coc48|cp|cstm1|cstm4|cstm16|ct1|ct3|ds|e1|e3|es|et|fe|fte|ge"
    r"|gr|ip|iw|lc|lsi|lsq|lt|mge|ml|mo|ms|mt|pc|pd|pe|pf|pfe|pfh|rlsq|rms|rsp|sa|se|sh|si|sm|so|sp|sr|stm1|t1|t3"
    r"|ud|umd|vms|vmnet|vp|vt|vtnet|wx|xe|xle|xt|yt)-\d+(?:/\d+)*(?::\d+)*"
)


def is_name(name: str) -> bool:
    """Whether `name` has the form of a physical interface's name (`ge-0/0/1`, `et-0/0/2:3`, `ae0`)."""
    return _NAME.fullmatch(name) is not None


def kind_of(name: str) -> InterfaceKind:
    """The kind of the interface `name`, without its unit."""
    for fullmatch, kind in _COMPILED:
        if fullmatch(name):
            return kind
    return InterfaceKind.PHYSICAL


def header_length(name: str, physical: Node, unit: Node) -> tuple[int, str]:
    """Bytes of the media MTU that IP on `unit` does not get, and what was taken for granted."""
    if kind_of(name) in (InterfaceKind.TUNNEL, InterfaceKind.LOOPBACK, InterfaceKind.DIALER):
        return 0, "no layer 2 header is counted on this kind of interface"
    encapsulation = physical.value("encapsulation")
    word = encapsulation.word if encapsulation is not None else "ethernet"
    if word in ("ppp", "cisco-hdlc", "frame-relay"):
        return 4, f"{word}: 4 bytes of the media MTU are the layer 2 header"
    stacked = "stacked-vlan-tagging" in physical.children or "vlan-tags" in unit.children
    if stacked:
        return 22, "Ethernet with two tags: 22 bytes of the media MTU are the layer 2 header"
    if "vlan-tagging" in physical.children or "flexible-vlan-tagging" in physical.children:
        return 18, "Ethernet with one tag: 18 bytes of the media MTU are the layer 2 header"
    return 14, "Ethernet without tags: 14 bytes of the media MTU are the layer 2 header"


def tunnel_of(name: str, unit: Node, where: Where) -> Tunnel | None:
    """The encapsulation of a unit of a tunnel interface; None where the name tells of none."""
    settings = unit.get("tunnel")
    source = settings.value("source") if settings is not None else None
    destination = settings.value("destination") if settings is not None else None
    v6 = destination is not None and ":" in destination.word
    learns = settings is not None and "path-mtu-discovery" in settings.children
    mode, overhead = "other", None
    if name.startswith("gr"):
        key = settings is not None and "key" in settings.children
        mode, overhead = ("gre-ipv6", 44) if v6 else ("gre", 28 if key else 24)
    elif name.startswith("ip"):
        mode, overhead = "ipip", 40 if v6 else 20
    elif name.startswith("st"):
        mode = "ipsec"
    elif name.startswith("pp"):
        options = unit.get("pppoe-options")
        source = options.value("underlying-interface") if options is not None else None
        mode, overhead = "pppoe", 8
    elif kind_of(name) is not InterfaceKind.TUNNEL:
        return None
    return Tunnel(
        mode=mode,
        overhead=overhead,
        source=source.word if source is not None else None,
        destination=destination.word if destination is not None else None,
        path_mtu_discovery=learns,
        where=where,
    )


def expanded(pattern: str) -> list[str] | None:
    """The names of `xe-0/0/[0-3,7]`; None if `*` makes them depend on the hardware, or it is no pattern."""
    if "*" in pattern or "?" in pattern:
        return None
    parts = _BRACKET.split(pattern)
    choices: list[list[str]] = []
    for position, part in enumerate(parts):
        if position % 2 == 0:
            choices.append([part])
            continue
        values: list[str] = []
        for piece in part.split(","):
            low, dash, high = piece.partition("-")
            if not low.isdecimal() or (dash and not high.isdecimal()):
                return None
            last = int(high) if dash else int(low)
            if last - int(low) > LARGEST_RANGE:
                return None
            values += [str(number) for number in range(int(low), last + 1)]
        choices.append(values)
    size = 1
    for values in choices:
        size *= len(values)
    return ["".join(name) for name in product(*choices)] if size <= LARGEST_RANGE else None


def between(first: str, last: str) -> list[str] | None:
    """The names from `ge-0/0/3` to `ge-0/0/7`, which differ in their last number; else None."""
    a, b = re.fullmatch(r"(.*?)(\d+)", first), re.fullmatch(r"(.*?)(\d+)", last)
    if a is None or b is None or a[1] != b[1] or int(b[2]) - int(a[2]) > LARGEST_RANGE:
        return None
    return [f"{a[1]}{number}" for number in range(int(a[2]), int(b[2]) + 1)]
