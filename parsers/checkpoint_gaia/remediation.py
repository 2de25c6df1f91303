"""What an engineer types for a change that a rule proposes (printed, never sent).

Rules are changed on the management server and installed; the rest is clish on the gateway.
"""

from __future__ import annotations

from parsers.platform import Remedy

_DO = "mgmt_cli -r true"
"""On the management server as root: each command is published by itself (Management API reference, mgmt_cli)."""
_INSTALL = "# then install the policy package of this gateway"
_KNOWN = {22: "ssh", 80: "http", 443: "https"}
"""Services that every management server has."""


def remedy(change: Remedy) -> tuple[str, ...]:
    """The commands for `change`; empty for an unknown kind."""
    handler = _HANDLERS.get(change.kind)
    return handler(change) if handler is not None else ()


def _rule(change: Remedy, name: str, columns: str) -> str:
    """A rule above the one that drops, or at the end of the layer where nothing in it matched."""
    place = f'position.above "{change.before}"' if change.before else "position bottom"
    layer = (change.decides or change.filter or "Network").removeprefix("access/")
    return f'{_DO} add access-rule layer "{layer}" {place} name "{name}" {columns} action Accept'


def _permit_flow(change: Remedy) -> tuple[str, ...]:
    out, columns = [], []
    for number, prefix in enumerate(change.prefixes, 1):
        address, _, length = prefix.partition("/")
        name = f"net_{address}_{length}"
        out.append(f"{_DO} add network name {name} subnet {address} mask-length {length}")
        columns.append(f"destination.{number} {name}")
    for number, port in enumerate(change.ports, 1):
        if port not in _KNOWN:
            out.append(f"{_DO} add service-tcp name tcp-{port} port {port}")
        columns.append(f"service.{number} {_KNOWN.get(port, f'tcp-{port}')}")
    return (*out, _rule(change, "ALLOW-SERVICE", " ".join(columns)), _INSTALL)


def _permit_return(change: Remedy) -> tuple[str, ...]:
    return ("# answers of an accepted session pass: accept the session itself",)


def _permit_ptb(change: Remedy) -> tuple[str, ...]:
    if change.family == 4:
        add = f"{_DO} add service-icmp name frag-needed icmp-type 3 icmp-code 4"
        return (add, _rule(change, "ALLOW-PTB", "service frag-needed"), _INSTALL)
    add = f"{_DO} add service-icmp6 name too-big6 icmp-type 2 icmp-code 0"
    return (add, _rule(change, "ALLOW-PTB6", "service too-big6"), _INSTALL)


def _clamp(change: Remedy) -> tuple[str, ...]:
    size = 0 if change.number is None else change.number
    return (
        "# $FWDIR/boot/modules/fwkern.conf, then reboot (all interfaces; 0 is by interface MTU)",
        "fw_clamp_tcp_mss=1",
        f"fw_tcp_mss_value={size}",
    )


def _per_flow(change: Remedy) -> tuple[str, ...]:
    if change.interface is None or not change.interface.startswith("bond"):
        return (
            "# find the kernel's hash: sysctl net.ipv4.fib_multipath_hash_policy (1 has ports)",
        )
    group = f"set bonding group {change.interface.removeprefix('bond')}"
    return ("# on both ends:", f"{group} mode 8023AD", f"{group} xmit-hash-policy layer3+4")


def _remove_null_route(change: Remedy) -> tuple[str, ...]:
    start = "set ipv6 static-route" if change.family == 6 else "set static-route"
    return tuple(
        f"{start} {'default' if prefix in ('0.0.0.0/0', '::/0') else prefix} off"
        for prefix in change.prefixes
    )


def _apply_check(change: Remedy) -> tuple[str, ...]:
    return ("fw stat", "fw ctl zdebug + drop")


_HANDLERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _permit_ptb,
    "clamp-mss": _clamp,
    "per-flow": _per_flow,
    "remove-null-route": _remove_null_route,
    "apply-filter-check": _apply_check,
}
