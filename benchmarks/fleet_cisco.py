"""Generated configurations in the words of IOS, NX-OS, IOS XR and EOS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.fleet_plan import (
    Plan,
    Rule,
    banner,
    dotted,
    hexadecimal,
    mask_of,
    rules,
    token,
)


def _end(term: tuple[int, int] | None, form: str) -> str:
    if term is None:
        return "any"
    value, length = term
    if length == 32:
        return f"host {dotted(value)}"
    if form == "wildcard":
        return f"{dotted(value)} {dotted(mask_of(length) ^ 0xFFFFFFFF)}"
    if form == "mask":
        return f"{dotted(value)} {dotted(mask_of(length))}"
    return f"{dotted(value)}/{length}"


def entry(rule: Rule, form: str, any_protocol: str = "ip") -> str:
    """A line of a list; `form` says how addresses are written: wildcard, mask or prefix."""
    protocol = any_protocol if rule.protocol == "ip" else rule.protocol
    port = "" if rule.port is None else f" eq {rule.port}"
    action = "permit" if rule.permit else "deny"
    return f"{action} {protocol} {_end(rule.src, form)} {_end(rule.dst, form)}{port}"


def lists(
    device: Plan,
    entries: int,
    head: Callable[[str], str],
    line: Callable[[int, Rule], str],
    close: str | None,
) -> Iterator[str]:
    """Lists of at most 15,000 lines, the first one of which guards the inside."""
    sizes = sizes_of(entries)
    for number, size in enumerate(sizes):
        yield head("LAN-IN" if number == 0 else f"LIST-{number}")
        for at, rule in enumerate(rules(device, size, guard=number == 0), 1):
            yield line(at * 10, rule)
        if close is not None:
            yield close


def sizes_of(entries: int) -> list[int]:
    if entries < 40:
        return [entries] if entries > 0 else []
    if entries <= 4000:
        quarter = entries // 4
        return [entries - 2 * quarter, quarter, quarter]
    return [min(15_000, entries - start) for start in range(0, entries, 15_000)]


def _management(device: Plan) -> list[str]:
    rng = device.rng
    return [
        f"username netops privilege 15 secret 9 $9${token(rng)}${token(rng, 43)}",
        "aaa new-model",
        "aaa authentication login default group tacacs+ local",
        "aaa authorization exec default group tacacs+ local",
        "aaa accounting commands 15 default start-stop group tacacs+",
        "aaa session-id common",
    ]


def _services(device: Plan) -> list[str]:
    rng = device.rng
    found = [f"logging host 10.0.0.{rng.randrange(2, 250)}" for _ in range(3)]
    found += [
        f"snmp-server community {token(rng, 9)} RO 99",
        f"snmp-server location {device.place}",
    ]
    found += [
        f"snmp-server host 10.0.0.{rng.randrange(2, 250)} version 2c {token(rng, 9)}"
        for _ in range(3)
    ]
    return [*found, *(f"ntp server 10.0.0.{rng.randrange(2, 250)}" for _ in range(3))]


def _certificate(device: Plan) -> list[str]:
    rng = device.rng
    found = ["crypto pki certificate chain TP-self-signed", " certificate self-signed 01"]
    return [*found, *(f"  {hexadecimal(rng, 8)} " for _ in range(22)), "  \tquit"]


def _ios_links(device: Plan, entries: int) -> Iterator[str]:
    yield from (
        "!",
        "version 15.7",
        "service timestamps debug datetime msec",
        "no service password-encryption",
        "!",
    )
    yield from (f"hostname {device.name}", "!", "boot-start-marker", "boot-end-marker", "!")
    yield from (*_management(device), "!", "ip cef", "no ip domain lookup", "!")
    yield from (*_certificate(device), "!")
    for link in device.links:
        yield f"interface GigabitEthernet0/{link.number // 48}/{link.number % 48}"
        yield f" description {link.words}"
        yield f" ip address {link.net.address} {link.net.mask}"
        if device.filtered and link.number == 1 and entries:
            yield " ip access-group LAN-IN in"
        yield " no ip redirects"
        if link.number == 0 and device.fault == "no unreachables":
            yield " no ip unreachables"
        if link.number == 0 and device.fault == "per packet":
            yield " ip load-sharing per-packet"
        yield from (" no ip proxy-arp", " duplex auto", " speed auto", "!")


def _ios_routing(device: Plan) -> Iterator[str]:
    rng = device.rng
    yield from ("router bgp 65010", " bgp log-neighbor-changes")
    for _ in range(6):
        peer = f" neighbor 203.0.113.{rng.randrange(250)}"
        yield from (
            f"{peer} remote-as {rng.randrange(64512, 65500)}",
            f"{peer} soft-reconfiguration inbound",
        )
    yield from (
        "!",
        "ip forward-protocol nd",
        "no ip http server",
        f"ip route 0.0.0.0 0.0.0.0 {device.gateway}",
    )
    yield from (f"ip route {dotted(n.value)} {n.mask} {n.address}" for n in device.routes)
    yield "!"


def _ios_rest(device: Plan, entries: int) -> Iterator[str]:
    yield from lists(
        device,
        entries,
        lambda n: f"ip access-list extended {n}",
        lambda _, r: f" {entry(r, 'wildcard')}",
        "!",
    )
    yield from (
        *_services(device),
        "!",
        "control-plane",
        "!",
        "banner login ^C",
        *banner(device),
        "^C",
        "!",
    )
    yield from (
        "line con 0",
        " logging synchronous",
        "line vty 0 4",
        " transport input ssh",
        "!",
        "end",
    )


def ios(device: Plan, entries: int) -> Iterator[str]:
    """IOS, as `show running-config` prints it."""
    yield from _ios_links(device, entries)
    yield from _ios_routing(device)
    yield from _ios_rest(device, entries)


def nxos(device: Plan, entries: int) -> Iterator[str]:
    """NX-OS, as `show running-config` prints it."""
    rng = device.rng
    yield from (
        "!Command: show running-config",
        "",
        "version 9.3(8) Bios:version 05.42",
        f"hostname {device.name}",
    )
    yield from ("feature bgp", "feature interface-vlan", "feature lacp", "")
    yield f"username admin password 5 $5${token(rng, 6)}${token(rng, 43)}  role network-admin"
    yield from (
        *(f"ntp server 10.0.0.{rng.randrange(2, 250)} use-vrf management" for _ in range(3)),
        "",
    )
    yield from lists(
        device,
        entries,
        lambda n: f"ip access-list {n}",
        lambda s, r: f"  {s} {entry(r, 'prefix')}",
        "",
    )
    yield from (
        f"ip route 0.0.0.0/0 {device.gateway}",
        *(f"ip route {n.prefix} {n.address}" for n in device.routes),
    )
    yield from ("vlan 1,10,20-29", "vrf context management", "  ip route 0.0.0.0/0 10.0.0.1", "")
    for link in device.links:
        yield from (
            f"interface Ethernet{1 + link.number // 48}/{1 + link.number % 48}",
            f"  description {link.words}",
        )
        yield from ("  no switchport", "  mtu 9216" if link.number % 5 == 4 else "  mtu 1500")
        if link.number == 0 and device.fault == "no unreachables":
            yield "  no ip unreachables"
        yield f"  ip address {link.net.address}/{link.net.length}"
        if device.filtered and link.number == 1 and entries:
            yield "  ip access-group LAN-IN in"
        yield from ("  no shutdown", "")
    if device.fault == "per packet":
        yield "ip load-sharing address source-destination port source-destination universal-id 1"
    yield "router bgp 65010"
    for _ in range(6):
        yield from (
            f"  neighbor 203.0.113.{rng.randrange(250)}",
            f"    remote-as {rng.randrange(64512, 65500)}",
        )
        yield from ("    address-family ipv4 unicast", "      soft-reconfiguration inbound")
    yield from ("line console", "line vty", "boot nxos bootflash:/nxos.9.3.8.bin")


def xr(device: Plan, entries: int) -> Iterator[str]:
    """IOS XR, as `show running-config` prints it."""
    rng = device.rng
    yield from (
        "!! IOS XR Configuration 7.5.2",
        "!! Last configuration change at Wed Nov 25 06:00:00 2026 by netops",
        "!",
    )
    yield from (f"hostname {device.name}", "logging console disable", "domain name example.net")
    yield from (*(f"logging 10.0.0.{rng.randrange(2, 250)} vrf default" for _ in range(3)), "!")
    yield from lists(
        device,
        entries,
        lambda n: f"ipv4 access-list {n}",
        lambda s, r: f" {s} {entry(r, 'prefix', 'ipv4')}",
        "!",
    )
    for link in device.links:
        yield from (
            f"interface GigabitEthernet0/0/{link.number // 48}/{link.number % 48}",
            f" description {link.words}",
        )
        yield from (" mtu 1514", f" ipv4 address {link.net.address} {link.net.mask}")
        if link.number == 0 and device.fault == "no unreachables":
            yield " ipv4 unreachables disable"
        if device.filtered and link.number == 1 and entries:
            yield " ipv4 access-group LAN-IN ingress"
        yield "!"
    yield from ("router static", " address-family ipv4 unicast", f"  0.0.0.0/0 {device.gateway}")
    yield from (*(f"  {n.prefix} {n.address}" for n in device.routes), " !", "!")
    yield from (
        "router bgp 65010",
        " bgp router-id 10.255.0.1",
        " address-family ipv4 unicast",
        " !",
    )
    for _ in range(6):
        yield from (
            f" neighbor 203.0.113.{rng.randrange(250)}",
            f"  remote-as {rng.randrange(64512, 65500)}",
        )
        yield from (
            "  address-family ipv4 unicast",
            "   route-policy PASS in",
            "   route-policy PASS out",
            "  !",
            " !",
        )
    yield from ("!", "ssh server v2", "end")


def eos(device: Plan, entries: int) -> Iterator[str]:
    """EOS, as `show running-config` prints it."""
    rng = device.rng
    yield from (
        "! Command: show running-config",
        f"! device: {device.name} (DCS-7280SR3-48YC8, EOS-4.30.2F)",
        "!",
    )
    yield from (f"hostname {device.name}", "!", "spanning-tree mode mstp", "!", "no aaa root", "!")
    yield from (
        f"username admin privilege 15 role network-admin secret sha512 $6${token(rng)}${token(rng, 60)}",
        "!",
    )
    yield from (
        *(f"ntp server 10.0.0.{rng.randrange(2, 250)}" for _ in range(3)),
        "!",
        "vlan 20",
        "   name clients",
        "!",
    )
    for link in device.links:
        yield from (
            f"interface Ethernet{link.number + 1}",
            f"   description {link.words}",
            "   no switchport",
        )
        yield f"   ip address {link.net.address}/{link.net.length}"
        if device.filtered and link.number == 1 and entries:
            yield "   ip access-group LAN-IN in"
        yield "!"
    yield from lists(
        device,
        entries,
        lambda n: f"ip access-list {n}",
        lambda s, r: f"   {s} {entry(r, 'prefix')}",
        "!",
    )
    if device.fault == "no unreachables":
        yield "ip icmp rate-limit-unreachable 0"
    yield from ("ip routing", "!", f"ip route 0.0.0.0/0 {device.gateway}")
    yield from (
        *(f"ip route {n.prefix} {n.address}" for n in device.routes),
        "!",
        "router bgp 65010",
    )
    for _ in range(6):
        yield f"   neighbor 203.0.113.{rng.randrange(250)} remote-as {rng.randrange(64512, 65500)}"
    yield from (
        "!",
        "management ssh",
        "   idle-timeout 15",
        "!",
        "banner login",
        *banner(device),
        "EOF",
        "!",
        "end",
    )


WRITERS: dict[str, tuple[Callable[[Plan, int], Iterator[str]], int, int]] = {
    "cisco_ios": (ios, 8, 1),
    "cisco_nxos": (nxos, 7, 1),
    "cisco_xr": (xr, 6, 1),
    "arista_eos": (eos, 5, 1),
}
"""For each platform: its writer, and how many lines an interface and a rule take."""
