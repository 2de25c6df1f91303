"""Tunnels and dial-up interfaces: encapsulation, size, clamps that RouterOS sets by itself.

Sources: RouterOS manual, GRE, IPIP and EoIP (`clamp-tcp-mss`, default yes, acts on SYNs received
through the tunnel; `dont-fragment`, default no); PPPoE ("by default, RouterOS adds mangle rules to
intercept TCP SYN packets"); RFC 2516 (8 bytes), RFC 2784, RFC 2003, RFC 4213.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.mikrotik_routeros.draft import Draft, Link
from parsers.mikrotik_routeros.interfaces import interface
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.interfaces import InterfaceKind, MssClamp, Tunnel
from parsers.model.routes import NextHop, Route
from parsers.model.source import TextFact, Where


class _Kind(NamedTuple):
    """How a kind of tunnel packs: mode, bytes it adds (None: it depends), whether it clamps received
    SYNs unless told otherwise, and whether it is a PPP session."""

    mode: str
    overhead: int | None
    clamps: bool = False
    ppp: bool = False


KINDS = {
    "interface gre": _Kind("gre", 24, clamps=True),
    "interface gre6": _Kind("gre-ipv6", 44, clamps=True),
    "interface ipip": _Kind("ipip", 20, clamps=True),
    "interface ipipv6": _Kind("other", 40, clamps=True),
    "interface eoip": _Kind("other", 42, clamps=True),
    "interface eoipv6": _Kind("other", 62, clamps=True),
    "interface 6to4": _Kind("6in4", 20, clamps=True),
    "interface vxlan": _Kind("vxlan", 50),
    "interface wireguard": _Kind("wireguard", 80),
    "interface pppoe-client": _Kind("pppoe", 8, ppp=True),
    "interface l2tp-client": _Kind("l2tp", None, ppp=True),
    "interface pptp-client": _Kind("other", None, ppp=True),
    "interface sstp-client": _Kind("other", None, ppp=True),
    "interface ovpn-client": _Kind("other", None, ppp=True),
    "interface l2tp-ether": _Kind("l2tp", None),
}
"""Menus of tunnels."""


def tunnel(draft: Draft, statement: Statement) -> None:
    """One tunnel or dial-up client."""
    link = interface(draft, statement)
    if link is None:
        return
    kind, words = KINDS[statement.menu], statement.words
    where = draft.where(statement)
    link.kind = InterfaceKind.DIALER if kind.mode == "pppoe" else InterfaceKind.TUNNEL
    encrypted = "ipsec-secret" in words or words.get("use-ipsec", "no") not in ("no", "")
    draft.has_ipsec = draft.has_ipsec or (encrypted and not statement.disabled)
    link.tunnel = Tunnel(
        mode=kind.mode,
        overhead=None if encrypted else kind.overhead,
        source=_own(words.get("interface") or words.get("local-address")),
        destination=words.get("remote-address") or words.get("connect-to"),
        path_mtu_discovery=words.get("dont-fragment") == "inherit",
        where=where,
    )
    _size(draft, link, statement)
    if kind.clamps and words.get("clamp-tcp-mss", "yes") == "yes":
        said = where if "clamp-tcp-mss" in words else None
        link.clamps.append(MssClamp(family=4, value=None, direction="in", where=said))
    if kind.ppp:
        link.profile = words.get("profile")
        link.dynamic = TextFact(value=kind.mode, where=where)
        if words.get("add-default-route", "no") not in ("no", "") and not statement.disabled:
            _default_route(draft, link, statement)


def _own(text: str | None) -> str | None:
    return None if text in (None, "", "0.0.0.0", "::") else text  # noqa: S104 - "any", no binding


def _size(draft: Draft, link: Link, statement: Statement) -> None:
    value = statement.words.get("max-mtu", "auto")
    if value.isdecimal() and int(value) > 0:
        link.mtu = draft.number(int(value), statement)


def _default_route(draft: Draft, link: Link, statement: Statement) -> None:
    """`add-default-route=yes`: the default route through the session, while it is up."""
    text = statement.words.get("default-route-distance", "1")
    up = "disabled" in statement.words
    draft.routes.append(
        Route(
            4, 0, 0, "main", "static", (NextHop(link.name, None),), statement.first,
            distance=int(text) if text.isdecimal() else 1,
            conditional=None if up else f"the text does not say that {link.name} is enabled",
        )
    )  # fmt: skip


def ppp_clamps(draft: Draft, link: Link) -> tuple[MssClamp, ...]:
    """The clamps of a PPP session: a profile that says `change-tcp-mss=yes`, and PPPoE without a
    profile that says no, which the manual describes as the default."""
    if link.tunnel is None or link.tunnel.mode not in ("pppoe", "l2tp", "other"):
        return ()
    if link.kind is InterfaceKind.TUNNEL and link.tunnel.mode == "other" and not link.dynamic:
        return ()
    profile = link.profile or ("default" if link.tunnel.mode == "pppoe" else "default-encryption")
    said = draft.settings.get(f"ppp profile {profile}")
    where: Where | None = said.where if said is not None else None
    clamps = said is not None and said.value == "yes"
    if said is None or said.value == "default":
        clamps = link.tunnel.mode == "pppoe" and f"ppp profile {profile} open" not in draft.settings
    return (MssClamp(family=4, value=None, where=where),) if clamps else ()
