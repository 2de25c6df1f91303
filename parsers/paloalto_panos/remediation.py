"""What to type on PAN-OS for each thing that a rule proposes.

All commands are configuration mode (`configure`); nothing takes effect before `commit`. On a firewall that Panorama
manages the rule belongs into the `pre-rulebase` of its device group.
"""

from __future__ import annotations

from parsers.platform import Remedy

COMMIT = "commit"


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _pair(wanted: Remedy) -> tuple[str, str, str]:
    """The path of the rulebase and the two zones of `policy:A:B`."""
    name = (wanted.filter or "").removeprefix("policy:").partition(" as ")[0]
    source, _, destination = name.partition(":")
    first, slash, zone = source.partition("/")
    vsys = f"vsys {first} " if slash else ""
    return (
        f"{vsys}rulebase security rules",
        zone if slash else source,
        destination.rpartition("/")[2],
    )


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    if not (wanted.filter or "").startswith("policy:"):
        return ()
    path, source, destination = _pair(wanted)
    place = path.partition("rulebase")[0]
    names = []
    lines = []
    for prefix in wanted.prefixes:
        # names of addresses hold letters, digits, dots and dashes; another remedy may name another prefix
        names.append(f"SERVICE-{prefix.replace(':', '.').replace('/', '-')}")
        lines.append(f"set {place}address {names[-1]} ip-netmask {prefix}")
    services = []
    for port in wanted.ports:
        services.append(f"SERVICE-TCP-{port}")
        lines.append(f"set {place}service SERVICE-TCP-{port} protocol tcp port {port}")
    rule = f"set {path} ALLOW-SERVICE"
    lines += [
        f"{rule} from {_quoted(source)}",
        f"{rule} to {_quoted(destination)}",
        f"{rule} source any",
        f"{rule} destination [ {' '.join(names)} ]" if names else f"{rule} destination any",
        f"{rule} application any",
        f"{rule} service [ {' '.join(services)} ]" if services else f"{rule} service any",
        f"{rule} action allow",
    ]
    if wanted.before is not None:
        lines.append(
            f"# if Panorama pushed {wanted.before}, the rule belongs into the pre-rulebase of the device group there"
        )
        lines.append(f"move {path} ALLOW-SERVICE before {_quoted(wanted.before)}")
    return (*lines, COMMIT)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    key = wanted.filter or ""
    if not key.startswith("zone-protection:"):
        return ()
    profile = _quoted(key.removeprefix("zone-protection:"))
    path = f"set network profiles zone-protection-profile {profile}"
    if wanted.family == 6:
        return (f"{path} ipv6 ignore-inv-pkt pkt-too-big no", COMMIT)
    return (f"{path} discard-icmp-error no", COMMIT)


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return (
        "# in the zone protection profile that the evidence shows: suppress-icmp-needfrag no",
        "show network profiles zone-protection-profile",
    )


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    """The value is what the MTU is reduced by: the headers of a segment that fits the path."""
    if wanted.interface is None:
        return ()
    path = _interface_path(wanted.interface)
    word = "ipv6-mss-adjustment" if wanted.family == 6 else "ipv4-mss-adjustment"
    value = 60 if wanted.family == 6 else 40
    return (
        f"set {path} adjust-tcp-mss enable yes",
        f"set {path} adjust-tcp-mss {word} {value}",
        COMMIT,
    )


def _harden(wanted: Remedy) -> tuple[str, ...]:
    """Where the guide's box must stay checked, a clamp makes the messages needless: an MTU of 1500 less 140 (for
    IPv6 160) fits every size that is in common use."""
    if not (wanted.filter or "").startswith("zone-protection:") or wanted.interface is None:
        return ()
    path = f"set {_interface_path(wanted.interface)}"
    word, amount = ("ipv6", 160) if wanted.family == 6 else ("ipv4", 140)
    return (
        "# DISA STIG V-207698, PANW-IP-000030, asks for 'Discard ICMP embedded with error message':",
        "# where it must stay, clamp on the interface towards the service instead",
        f"{path} adjust-tcp-mss enable yes",
        f"{path} adjust-tcp-mss {word}-mss-adjustment {amount}",
        COMMIT,
    )


def _interface_path(name: str) -> str:
    base, dot, _ = name.partition(".")
    if base in ("vlan", "tunnel", "loopback"):
        return f"network interface {base} units {name}" if dot else f"network interface {base}"
    kind = "aggregate-ethernet" if base.startswith("ae") else "ethernet"
    unit = f" units {name}" if dot else ""
    return f"network interface {kind} {base} layer3{unit}"


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    return (
        "show network virtual-router",
        *(f"show routing route destination {prefix}" for prefix in wanted.prefixes),
        "# then delete the static route with nexthop discard below its virtual router, and commit",
    )


def _check(wanted: Remedy) -> tuple[str, ...]:
    return ("show rulebase security rules",)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "harden-ptb": _harden,
    "remove-null-route": _null_route,
    "apply-filter-check": _check,
}

KINDS = frozenset(_MAKERS)
"""The kinds of remedies that have commands here."""
