"""Generated configurations in the words of Junos, VRP, Comware and FortiOS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.fleet_plan import Plan, banner, cidr, dotted, mask_of, rules, token


def _junos_system(device: Plan) -> Iterator[str]:
    rng = device.rng
    yield from (
        "## Last commit: 2026-11-01 10:00:00 UTC by netops",
        "version 20.4R3.8;",
        "system {",
        f"    host-name {device.name};",
    )
    yield from (
        "    root-authentication {",
        f'        encrypted-password "$6${token(rng)}${token(rng, 60)}"; ## SECRET-DATA',
        "    }",
    )
    yield from (
        "    services {",
        "        ssh;",
        "    }",
        "    syslog {",
        "        file messages {",
        "            any notice;",
        "        }",
        "    }",
    )
    yield from (
        "    ntp {",
        f"        server 10.0.0.{rng.randrange(2, 250)};",
        "    }",
        "}",
        "interfaces {",
    )


def _junos_links(device: Plan, entries: int) -> Iterator[str]:
    for link in device.links:
        yield from (
            f"    ge-0/{link.number // 48}/{link.number % 48} {{",
            f'        description "{link.words}";',
            "        unit 0 {",
        )
        yield "            family inet {"
        if device.filtered and link.number == 1 and entries:
            yield from (
                "                filter {",
                "                    input LAN-IN;",
                "                }",
            )
        yield from (
            f"                address {link.net.address}/{link.net.length};",
            "            }",
            "        }",
            "    }",
        )


def _junos_routing(device: Plan) -> Iterator[str]:
    rng = device.rng
    yield from (
        "}",
        "snmp {",
        f"    community {token(rng, 9)};",
        "}",
        "routing-options {",
        "    static {",
    )
    yield f"        route 0.0.0.0/0 next-hop {device.gateway};"
    yield from (
        *(f"        route {n.prefix} next-hop {n.address};" for n in device.routes),
        "    }",
    )
    if device.fault == "per packet":
        yield from ("    forwarding-table {", "        export BALANCE;", "    }")
    yield from (
        "}",
        "policy-options {",
        "    policy-statement BALANCE {",
        "        then {",
        "            load-balance per-packet;",
    )
    yield from (
        "            accept;",
        "        }",
        "    }",
        "}",
        "firewall {",
        "    family inet {",
        "        filter LAN-IN {",
    )


def _junos_filter(device: Plan, entries: int) -> Iterator[str]:
    for at, rule in enumerate(rules(device, max(1, entries), guard=True)):
        yield from (f"            term t{at} {{", "                from {")
        if rule.src is not None:
            yield from (
                "                    source-address {",
                f"                        {cidr(rule.src)};",
                "                    }",
            )
        if rule.dst is not None:
            yield from (
                "                    destination-address {",
                f"                        {cidr(rule.dst)};",
                "                    }",
            )
        if rule.protocol != "ip":
            yield f"                    protocol {rule.protocol};"
        if rule.port is not None:
            yield f"                    destination-port {rule.port};"
        yield from (
            "                }",
            f"                then {'accept' if rule.permit else 'discard'};",
            "            }",
        )
    yield from ("        }", "    }", "}")


def junos(device: Plan, entries: int) -> Iterator[str]:
    """Junos in braces."""
    yield from _junos_system(device)
    yield from _junos_links(device, entries)
    yield from _junos_routing(device)
    yield from _junos_filter(device, entries)


def vrp(device: Plan, entries: int) -> Iterator[str]:
    """VRP, as `display current-configuration` prints it."""
    rng = device.rng
    yield from (
        "!Software Version V200R019C10SPC500",
        "#",
        f"sysname {device.name}",
        "#",
        "vlan batch 10 20 30",
        "#",
    )
    if entries:
        yield "acl number 3001"
        for at, rule in enumerate(rules(device, entries, guard=True), 1):
            yield (
                f" rule {at * 5} {'permit' if rule.permit else 'deny'} {rule.protocol}{_vrp_ends(rule.src, rule.dst)}"
                + ("" if rule.port is None else f" destination-port eq {rule.port}")
            )
    yield from (
        "#",
        "aaa",
        f" local-user admin password irreversible-cipher $1a${token(rng, 40)}$",
        " local-user admin service-type ssh",
        "#",
    )
    for link in device.links:
        yield from (
            f"interface GigabitEthernet0/{link.number // 48}/{link.number % 48}",
            f" description {link.words}",
            " undo portswitch",
        )
        yield f" ip address {link.net.address} {link.net.mask}"
        if device.filtered and link.number == 1 and entries:
            yield " traffic-filter inbound acl 3001"
        yield "#"
    yield "bgp 65010"
    yield from (
        *(
            f" peer 203.0.113.{rng.randrange(250)} as-number {rng.randrange(64512, 65500)}"
            for _ in range(6)
        ),
        "#",
    )
    yield f"ip route-static 0.0.0.0 0.0.0.0 {device.gateway}"
    yield from (f"ip route-static {dotted(n.value)} {n.mask} {n.address}" for n in device.routes)
    yield from (
        "#",
        "user-interface vty 0 4",
        " authentication-mode aaa",
        " protocol inbound ssh",
        "#",
        "return",
    )


def _vrp_ends(src: tuple[int, int] | None, dst: tuple[int, int] | None) -> str:
    found = ""
    for word, term in (("source", src), ("destination", dst)):
        if term is not None:
            wild = "0" if term[1] == 32 else dotted(mask_of(term[1]) ^ 0xFFFFFFFF)
            found += f" {word} {dotted(term[0])} {wild}"
    return found


def _fortios_system(device: Plan) -> Iterator[str]:
    rng = device.rng
    yield from (
        "#config-version=FGT60F-7.2.5-FW-build1517-230606:opmode=0:vdom=0:user=admin",
        "#buildno=1517",
        "#global_vdom=1",
    )
    yield from (
        "config system global",
        f'    set hostname "{device.name}"',
        "    set timezone 04",
        "end",
        "config system interface",
    )
    for link in device.links:
        yield from (
            f'    edit "port{link.number + 1}"',
            '        set vdom "root"',
            f"        set ip {link.net.address} {link.net.mask}",
        )
        yield from (
            "        set allowaccess ping",
            "        set type physical",
            f'        set description "{link.words}"',
            "    next",
        )
    yield from (
        "end",
        "config system admin",
        '    edit "admin"',
        '        set accprofile "super_admin"',
    )
    yield from (
        f"        set password ENC {token(rng, 60)}",
        "    next",
        "end",
        "config firewall address",
    )


def _fortios_policies(device: Plan, entries: int) -> Iterator[str]:
    rng = device.rng
    found = list(rules(device, max(2, entries), guard=True))
    for at, rule in enumerate(found):
        if rule.dst is not None:
            net = f"{dotted(rule.dst[0])} {dotted(mask_of(rule.dst[1]))}"
            yield from (
                f'    edit "d{at}"',
                f"        set uuid {at:08x}-0000-51ee-0000-{rng.getrandbits(48):012x}",
                f"        set subnet {net}",
                "    next",
            )
    yield from ("end", "config firewall service custom")
    ports = sorted({(rule.protocol, rule.port) for rule in found if rule.port is not None})
    for protocol, port in ports:
        yield from (
            f'    edit "{protocol}-{port}"',
            f"        set {protocol}-portrange {port}",
            "    next",
        )
    yield from ("end", "config firewall policy")
    for at, rule in enumerate(found):
        service = "ALL" if rule.port is None else f"{rule.protocol}-{rule.port}"
        yield from (
            f"    edit {at + 1}",
            '        set srcintf "port2"',
            '        set dstintf "port1"',
        )
        if rule.permit:
            yield "        set action accept"
        yield from (
            '        set srcaddr "all"',
            f'        set dstaddr "{"all" if rule.dst is None else f"d{at}"}"',
        )
        yield from ('        set schedule "always"', f'        set service "{service}"', "    next")


def _fortios_routes(device: Plan) -> Iterator[str]:
    yield from (
        "end",
        "config router static",
        "    edit 1",
        f"        set gateway {device.gateway}",
        '        set device "port1"',
        "    next",
    )
    for at, route in enumerate(device.routes, 2):
        yield from (
            f"    edit {at}",
            f"        set dst {dotted(route.value)} {route.mask}",
            f"        set gateway {route.address}",
            '        set device "port2"',
            "    next",
        )
    yield "end"


def fortios(device: Plan, entries: int) -> Iterator[str]:
    """FortiOS: policies over address and service objects."""
    yield from _fortios_system(device)
    yield from _fortios_policies(device, entries)
    yield from _fortios_routes(device)


def comware(device: Plan, entries: int) -> Iterator[str]:
    """Comware, as `display current-configuration` prints it."""
    rng = device.rng
    yield from (
        "#",
        " version 7.1.070, Release 6127P02",
        "#",
        f" sysname {device.name}",
        "#",
        "vlan 1",
        "#",
    )
    if entries:
        yield "acl advanced 3000"
        for at, rule in enumerate(rules(device, entries, guard=True), 1):
            port = "" if rule.port is None else f" destination-port eq {rule.port}"
            ends = _vrp_ends(rule.src, rule.dst)
            yield f" rule {at * 5} {'permit' if rule.permit else 'deny'} {rule.protocol}{ends}{port}"
    yield "#"
    for link in device.links:
        yield from (
            f"interface GigabitEthernet1/{link.number // 48}/{link.number % 48}",
            " port link-mode route",
            f" description {link.words}",
        )
        yield f" ip address {link.net.address} {link.net.mask}"
        if device.filtered and link.number == 1 and entries:
            yield " packet-filter 3000 inbound"
        yield "#"
    yield f" ip route-static 0.0.0.0 0 {device.gateway}"
    yield from (f" ip route-static {dotted(n.value)} {n.length} {n.address}" for n in device.routes)
    yield from ("#", " header legal %", *banner(device), "%", "#")
    yield from (
        "local-user admin class manage",
        f" password hash $h$6${token(rng, 16)}${token(rng, 60)}",
        " service-type ssh",
        "#",
        "return",
    )


WRITERS: dict[str, tuple[Callable[[Plan, int], Iterator[str]], int, int]] = {
    "juniper_junos": (junos, 8, 11),
    "huawei_vrp": (vrp, 5, 1),
    "hp_comware": (comware, 5, 1),
    "fortinet": (fortios, 7, 14),
}
"""For each platform: its writer, and how many lines an interface and a rule take."""
