"""What to type in tmsh for each thing that a rule proposes."""

from __future__ import annotations

from parsers.platform import Remedy


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _prefixes(wanted: Remedy) -> str:
    return " ".join(wanted.prefixes)


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    """A firewall rule where a policy decides; a forwarding virtual server where no listener takes the packets."""
    ports = " ".join(str(port) for port in wanted.ports)
    if wanted.before is None and wanted.filter in (None, "forward"):
        lines = []
        for number, prefix in enumerate(wanted.prefixes, 1):
            address, _, length = prefix.partition("/")
            place = f"{address}{'.' if ':' in address else ':'}any mask {_mask(length, address)}"
            lines.append(
                f"create ltm virtual ALLOW_SERVICE_{number} destination {place} ip-forward "
                "ip-protocol any profiles add { fastL4 }"
            )
        return tuple(lines)
    name = (wanted.filter or "").removeprefix("policy:")
    policy = "POLICY" if name in ("", "forward") else name
    before = "first" if wanted.before is None else wanted.before.rsplit("/", 1)[-1]
    return (
        "list security firewall policy",
        f"modify security firewall policy {policy} rules add {{ ALLOW_SERVICE {{ place-before "
        f"{before} action accept ip-protocol tcp destination {{ addresses add {{ "
        f"{_prefixes(wanted)} }} ports add {{ {ports} }} }} }} }}",
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
        "modify ltm virtual FORWARDING profiles replace-all-with { fastL4_mss }",
    )


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    return (
        "list net route",
        *(f"delete net route NAME  # the one for {prefix}" for prefix in wanted.prefixes),
    )


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return ("modify ltm global-settings traffic-control max-icmp-rate 100",)


def _lower_only(wanted: Remedy) -> tuple[str, ...]:
    return ("modify ltm profile fastl4 NAME mss-override 1360",)


_MAKERS = {
    "permit-flow": _permit_flow,
    "clamp-mss": _clamp,
    "remove-null-route": _null_route,
    "send-ptb": _send_ptb,
    "raise-ptb-limit": _send_ptb,
    "lower-mss-only": _lower_only,
}
