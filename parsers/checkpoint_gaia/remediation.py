"""What an engineer types for a change that a rule proposes (printed, never sent).

Rules are changed on the management server and installed; the rest is clish on the gateway.
"""

from __future__ import annotations

from parsers.platform import Remedy

_INSTALL = "mgmt_cli publish; mgmt_cli install-policy policy-package PACKAGE"


def remedy(change: Remedy) -> tuple[str, ...]:
    """The commands for `change`; empty for an unknown kind."""
    handler = _HANDLERS.get(change.kind)
    return handler(change) if handler is not None else ()


def _rule(change: Remedy, name: str, columns: str) -> str:
    place = f'position.above "{change.before}"' if change.before else "position 1"
    layer = (change.filter or "Network").removeprefix("access/")
    return f'mgmt_cli add access-rule layer "{layer}" {place} name "{name}" {columns} action Accept'


def _permit_flow(change: Remedy) -> tuple[str, ...]:
    out = []
    for number, prefix in enumerate(change.prefixes, 1):
        address, _, length = prefix.partition("/")
        out.append(
            f"mgmt_cli add network name bitbucket-{number} subnet {address} mask-length {length}"
        )
    columns = [f"destination.{n} bitbucket-{n}" for n in range(1, len(change.prefixes) + 1)]
    names = {22: "ssh", 80: "http", 443: "https"}
    columns += [
        f"service.{n} {names.get(port, f'tcp-{port}')}" for n, port in enumerate(change.ports, 1)
    ]
    return (*out, _rule(change, "to Bitbucket", " ".join(columns)), _INSTALL)


def _permit_return(change: Remedy) -> tuple[str, ...]:
    return ("# answers of an accepted session pass: accept the session itself",)


def _permit_ptb(change: Remedy) -> tuple[str, ...]:
    if change.family == 4:
        return (_rule(change, "path MTU", "service dest-unreach"), _INSTALL)
    add = "mgmt_cli add service-icmp6 name too-big6 icmp-type 2"
    return (add, _rule(change, "path MTU", "service too-big6"), _INSTALL)


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
    return (f"{group} mode 8023AD", f"{group} xmit-hash-policy layer3+4   # both ends")


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
