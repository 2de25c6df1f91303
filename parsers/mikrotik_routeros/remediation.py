"""What an engineer types on RouterOS for a change that a rule proposes (printed, never sent)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.platform import Remedy
from parsers.standing import configuration


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
    menu = f"/{top} firewall mangle"
    rule = f"chain=forward action=change-mss new-mss={size} protocol=tcp tcp-flags=syn{over}"
    rules: tuple[str, ...] = (rule,)
    if change.interface is not None:
        rules = (
            f"{rule} in-interface={change.interface}",
            f"{rule} out-interface={change.interface}",
        )
    there = [sorted(entry) for entry in _entries(configuration(change), menu)]
    # one more of what is there would go together with it when it is taken back by its fields
    return tuple(f"{menu} add {one}" for one in rules if sorted(one.split()) not in there)


def _entries(lines: Sequence[str], menu: str) -> Iterator[list[str]]:
    """The fields of the entries of a menu in an export, where lines may go on in the next one."""
    at = ""
    text = ""
    for line in lines:
        if line.startswith("/") and not text:
            at, _, line = line.partition(" add ") if " add " in line else (line, "", "")
            line = f"add {line}" if line else ""
        text += line.strip().removesuffix("\\")
        if line.endswith("\\"):
            text += " " if line.endswith(" \\") else ""
            continue
        if at == menu and text.startswith("add "):
            yield [word for word in text.split()[1:] if word != "disabled=no"]
        text = ""


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
