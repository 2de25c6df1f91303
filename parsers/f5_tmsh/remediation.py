"""What to type in tmsh for each thing that a rule proposes."""

from __future__ import annotations

from parsers.platform import Remedy

POLICY = "firewall-policy "
"""How the kind of a filter begins that is a policy of the network firewall; its name follows."""


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _prefixes(wanted: Remedy) -> str:
    return " ".join(wanted.prefixes)


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    """A firewall rule where a policy decides; a forwarding virtual server where no listener takes the packets."""
    policy = wanted.form.removeprefix(POLICY) if wanted.form.startswith(POLICY) else ""
    if not policy:
        if wanted.before is not None or wanted.filter not in (None, "forward"):
            return ()
        return tuple(_listener(prefix, port) for prefix in wanted.prefixes for port in wanted.ports)
    # a rule that calls a list of rules is named before the slash
    place = "after last" if wanted.before is None else f"before {wanted.before.partition('/')[0]}"
    ports = " ".join(str(port) for port in wanted.ports)
    return (
        f"modify security firewall policy {policy} rules add {{ ALLOW_SERVICE {{ place-{place} "
        f"action accept ip-protocol tcp destination {{ addresses add {{ {_prefixes(wanted)} }} "
        f"ports add {{ {ports} }} }} }} }}",
    )


def _listener(prefix: str, port: int) -> str:
    address, _, length = prefix.partition("/")
    place = f"{address}{'.' if ':' in address else ':'}{port} mask {_mask(length, address)}"
    name = f"ALLOW_{address.replace(':', '-')}_{length}_{port}"
    return (
        f"create ltm virtual {name} destination {place} ip-forward ip-protocol tcp "
        "profiles add { fastL4 }"
    )


def _mask(length: str, address: str) -> str:
    if ":" in address:
        value = ((1 << 128) - 1) ^ ((1 << (128 - int(length or 128))) - 1)
        return ":".join(f"{value >> (112 - 16 * i) & 0xFFFF:x}" for i in range(8))
    value = 0xFFFFFFFF ^ ((1 << (32 - int(length or 32))) - 1)
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    value = wanted.number or (1340 if wanted.family == 6 else 1360)
    return (
        f"create ltm profile fastl4 fastL4_mss defaults-from fastL4 mss-override {value}",
        "# then give the forwarding virtual servers this profile: profiles replace-all-with { fastL4_mss }",
    )


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    return (
        "list net route",
        *(f"# then delete the net route for {prefix} by its name" for prefix in wanted.prefixes),
    )


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return ("modify ltm global-settings traffic-control max-icmp-rate 100",)


def _lower_only(wanted: Remedy) -> tuple[str, ...]:
    return ("# in the fastl4 profile that the evidence shows: mss-override 1360",)


_MAKERS = {
    "permit-flow": _permit_flow,
    "clamp-mss": _clamp,
    "remove-null-route": _null_route,
    "send-ptb": _send_ptb,
    "raise-ptb-limit": _send_ptb,
    "lower-mss-only": _lower_only,
}
