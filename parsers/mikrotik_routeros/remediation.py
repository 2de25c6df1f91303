"""What an engineer types on RouterOS for a change that a rule proposes (printed, never sent)."""

from __future__ import annotations

from parsers.platform import Remedy


def remedy(change: Remedy) -> tuple[str, ...]:
    """The commands for `change`; empty for an unknown kind."""
    handler = _HANDLERS.get(change.kind)
    return handler(change) if handler is not None else ()


def _place(change: Remedy) -> tuple[str, str, str]:
    """The menu and chain of the filter, and where the new rule goes."""
    parts = (change.filter or "").split("/")
    top = "ipv6" if change.family == 6 else "ip"
    table, chain = ("filter", "forward")
    if len(parts) == 3:
        top, table, chain = parts
    before = f' place-before=[find comment="{change.before}"]' if change.before else ""
    return f"/{top} firewall {table}", chain, before or " place-before=0"


def _permit_flow(change: Remedy) -> tuple[str, ...]:
    menu, chain, place = _place(change)
    ports = ",".join(map(str, change.ports))
    port = f" dst-port={ports}" if ports else ""
    return tuple(
        f"{menu} add chain={chain} action=accept protocol=tcp dst-address={prefix}{port}{place}"
        for prefix in change.prefixes
    )


def _permit_return(change: Remedy) -> tuple[str, ...]:
    menu, chain, place = _place(change)
    if menu.endswith("raw"):
        ports = ",".join(map(str, change.ports))
        port = f" src-port={ports}" if ports else ""
        return tuple(
            f"{menu} add chain={chain} action=accept protocol=tcp src-address={prefix}{port}{place}"
            for prefix in change.prefixes
        )
    state = "connection-state=established,related"
    return (f"{menu} add chain={chain} action=accept {state}{place}",)


def _permit_ptb(change: Remedy) -> tuple[str, ...]:
    menu, chain, place = _place(change)
    match = "protocol=icmp icmp-options=3:4"
    if change.family == 6:
        match = "protocol=icmpv6 icmp-options=2:0-255"
    return (f"{menu} add chain={chain} action=accept {match}{place}",)


def _send_ptb(change: Remedy) -> tuple[str, ...]:
    top = "ipv6" if change.family == 6 else "ip"
    return _permit_ptb(change._replace(filter=change.filter or f"{top}/filter/output"))


def _clamp(change: Remedy) -> tuple[str, ...]:
    top = "ipv6" if change.family == 6 else "ip"
    size = "clamp-to-pmtu" if change.number is None else str(change.number)
    over = "" if change.number is None else f" tcp-mss={change.number + 1}-65535"
    start = f"/{top} firewall mangle add chain=forward action=change-mss new-mss={size}"
    rule = f"{start} protocol=tcp tcp-flags=syn{over}"
    if change.interface is None:
        return (rule,)
    return tuple(f"{rule} {side}-interface={change.interface}" for side in ("in", "out"))


def _lower_only(change: Remedy) -> tuple[str, ...]:
    size = change.number or 1436
    return (f"/ip firewall mangle set [find new-mss={size}] tcp-mss={size + 1}-65535",)


def _per_flow(change: Remedy) -> tuple[str, ...]:
    if change.interface is not None and not change.form.startswith("mangle "):
        return (
            "# on both ends:",
            f"/interface bonding set {change.interface} mode=802.3ad"
            " transmit-hash-policy=layer-3-and-4",
        )
    return (
        "# count new connections only, and let the connection's mark choose the table:",
        "#   action=mark-connection connection-mark=no-mark connection-state=new nth=2,1",
        "#   action=mark-routing connection-mark=... new-routing-mark=...",
        "# or per-connection-classifier=both-addresses-and-ports:2/0 instead of nth",
    )


def _remove_null_route(change: Remedy) -> tuple[str, ...]:
    top = "ipv6" if change.family == 6 else "ip"
    return tuple(f"/{top} route disable [find dst-address={p}]" for p in change.prefixes)


def _apply_check(change: Remedy) -> tuple[str, ...]:
    menu, chain, _ = _place(change)
    return (f"{menu} print stats where chain={chain}",)


_HANDLERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "lower-mss-only": _lower_only,
    "per-flow": _per_flow,
    "remove-null-route": _remove_null_route,
    "apply-filter-check": _apply_check,
}
