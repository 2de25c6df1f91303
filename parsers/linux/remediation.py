"""What an engineer types on Linux for a change that a rule proposes (printed, never sent)."""

from __future__ import annotations

import re

from parsers.frr_style.null_routes import frr_statement, in_vtysh
from parsers.platform import Remedy
from parsers.standing import path_of

_KERNEL_ROUTE = re.compile(r"(?:blackhole|unreachable|prohibit) [0-9a-fA-F.:]+(?:/\d+)?(?= |$)")
_FRR_ROUTE = re.compile(
    r" proto (?:zebra|zstatic|bgp|isis|ospf|rip|ripng|eigrp|babel|openr|18\d|19\d)\b|"
    r" proto static metric 20\b"
)
"""What routing programs give their routes (iproute2, `rtnetlink.h`, `etc/iproute2/rt_protos`). FRR gives all of its own
the metric 20, and its package names the number of its static ones `static`, which `ip route del` takes for another."""
_NAMED = re.compile(r"\b(?:table|metric) \S+")
"""What tells a route of the kernel from others to the same prefix."""
_ANY = {4: "0.0.0.0/0", 6: "::/0"}


def remedy(change: Remedy) -> tuple[str, ...]:
    """The commands for `change`, iptables or nft by the filter's key; empty for an unknown kind."""
    handler = _HANDLERS.get(change.kind)
    return handler(change) if handler is not None else ()


def _is_nft(change: Remedy) -> bool:
    return (change.filter or "").startswith("nft/")


def _program(change: Remedy) -> str:
    return "ip6tables" if change.family == 6 else "iptables"


def _insert(change: Remedy) -> str:
    """The beginning of a command that puts a rule above the offending one."""
    parts = (change.filter or "").split("/")
    if _is_nft(change) and len(parts) == 4:
        place = f" position {change.before}" if change.before and change.before.isdecimal() else ""
        return f"nft insert rule {parts[1]} {parts[2]} {parts[3]}{place}"
    table, chain = ("filter", parts[0] or "FORWARD")
    if len(parts) == 3:
        table, chain = parts[1], parts[2]
    table_option = "" if table == "filter" else f" -t {table}"
    return f"{_program(change)}{table_option} -I {chain} {change.number or 1}"


def _flow(change: Remedy, back: bool) -> tuple[str, ...]:
    start = _insert(change)
    family = "ip6" if change.family == 6 else "ip"
    out = []
    for prefix in change.prefixes or (_ANY[change.family],):
        if _is_nft(change):
            ports = ", ".join(map(str, change.ports))
            side = ("saddr", "sport") if back else ("daddr", "dport")
            port_match = f" tcp {side[1]} {{ {ports} }}" if ports else " meta l4proto tcp"
            state = " ct state established,related" if back else ""
            name = f"allow-{'answers-' if back else ''}{prefix.replace(':', '.').replace('/', '-')}"
            out.append(
                f"{start} {family} {side[0]} {prefix}{port_match}{state} accept comment {name}"
            )
        else:
            ports = ",".join(map(str, change.ports))
            address, port_option = ("-s", "--sports") if back else ("-d", "--dports")
            port_match = f" -m multiport {port_option} {ports}" if ports else ""
            state = " -m conntrack --ctstate ESTABLISHED,RELATED" if back else ""
            out.append(f"{start} {address} {prefix} -p tcp{port_match}{state} -j ACCEPT")
    return tuple(out)


def _permit_flow(change: Remedy) -> tuple[str, ...]:
    return _flow(change, back=False)


def _permit_return(change: Remedy) -> tuple[str, ...]:
    return _flow(change, back=True)


def _permit_ptb(change: Remedy) -> tuple[str, ...]:
    start = _insert(change)
    if _is_nft(change):
        match = (
            "icmpv6 type packet-too-big"
            if change.family == 6
            else "icmp type destination-unreachable icmp code frag-needed"
        )
        return (f"{start} {match} accept comment allow-too-big",)
    match = (
        "-p ipv6-icmp --icmpv6-type packet-too-big"
        if change.family == 6
        else "-p icmp --icmp-type fragmentation-needed"
    )
    return (f"{start} {match} -j ACCEPT",)


def _send_ptb(change: Remedy) -> tuple[str, ...]:
    return _permit_ptb(change._replace(filter=change.filter or "OUTPUT"))


def _clamp(change: Remedy) -> tuple[str, ...]:
    value = "rt mtu" if change.number is None else str(change.number)
    if _is_nft(change):
        start = " ".join(["nft add rule", *(change.filter or "").split("/")[1:]])
        sides = ("",) if change.interface is None else (
            f'iifname "{change.interface}" ', f'oifname "{change.interface}" ',
        )  # fmt: skip
        return tuple(
            f"{start} {side}tcp flags syn tcp option maxseg size set {value}" for side in sides
        )
    action = "--clamp-mss-to-pmtu" if change.number is None else f"--set-mss {change.number}"
    options = (
        ("",)
        if change.interface is None
        else (f" -i {change.interface}", f" -o {change.interface}")
    )
    return tuple(
        f"{_program(change)} -t mangle -A FORWARD{option} -p tcp --tcp-flags SYN,RST SYN"
        f" -j TCPMSS {action}"
        for option in options
    )


def _per_flow(change: Remedy) -> tuple[str, ...]:
    if change.interface is not None:
        return (
            f"ip link set {change.interface} type bond mode 802.3ad xmit_hash_policy layer3+4",
            f"tc qdisc del dev {change.interface} root   # if a teql equalizer is on it",
        )
    family = "ipv6" if change.family == 6 else "ipv4"
    return (
        f"sysctl -w net.{family}.fib_multipath_hash_policy=1   # kernel 4.12 or newer",
        "# marks by count: restore the connection's mark first, and count new connections only:",
        "#   ct mark != 0 meta mark set ct mark",
        "#   ct state new meta mark set numgen inc mod 2",
        "#   ct mark set meta mark",
    )


def _remove_null_route(change: Remedy) -> tuple[str, ...]:
    """Where the route comes from: the kernel's tables, or FRR, which would put it in again."""
    statement = frr_statement(change)
    if statement:
        return (in_vtysh(statement),)
    program = "ip -6" if change.family == 6 else "ip"
    path = path_of(change)
    route = _KERNEL_ROUTE.match(path[-1]) if path else None
    if not path:
        return tuple(f"{program} route del blackhole {prefix}" for prefix in change.prefixes)
    if route is None or _FRR_ROUTE.search(path[-1]):
        prefixes = ", ".join(change.prefixes)
        return (f"# the null route for {prefixes} is FRR's: take its statement back in vtysh",)
    named = " ".join(_NAMED.findall(path[-1]))
    return (f"{program} route del {route[0]} {named}".rstrip(),)


def _apply_check(change: Remedy) -> tuple[str, ...]:
    if _is_nft(change):
        return ("nft -a list ruleset", "nft -c -f FILE   # checks a file without loading it")
    return (f"{_program(change)}-save -c", f"{_program(change)}-restore --test < FILE")


_HANDLERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "per-flow": _per_flow,
    "remove-null-route": _remove_null_route,
    "apply-filter-check": _apply_check,
}
