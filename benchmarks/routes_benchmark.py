"""Seconds and memory of a full table, and the ratio to the field's parsers in the same run.

Run it from the repository's root: `python -m benchmarks.routes_benchmark [routes]`. The tables are
generated with many distinct prefixes, metrics and ages, a hundred next hops and some equal-cost
routes; the JSON form, which takes twelve lines a route, with a tenth of them. Each form is read in a
process of its own, so that its peak memory is its own; `of text` is the peak before reading.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

from auditor import profile
from benchmarks import ntc
from parsers.juniper_junos.show_route import route_table as junos_routes
from parsers.ledger import Ledger
from parsers.linux.ip_routes import RouteTexts
from parsers.model.routes import RouteTable
from parsers.platform import Inputs, Text
from parsers.registry import platform
from parsers.show import eos_json_routes, eos_routes, fib_rows, ios_routes, nxos_routes, xr_routes
from parsers.tables import zebos
from parsers.tables.frr_text import frr_routes
from rules.rule import check_all
from rules.view import View

SLICE = 20_000
"""Lines that the peers get: the slowest of them takes seconds for that."""


def prefixes(count: int) -> Iterator[str]:
    """`count` distinct /24 prefixes in order."""
    for number in range(count):
        yield f"{1 + number // 65536}.{number // 256 % 256}.{number % 256}.0"


def _age(rng: random.Random) -> str:
    return rng.choice(["2w3d", "1d04h", "03:22:11", "5y11w"])


def _hop(rng: random.Random) -> str:
    return f"192.0.2.{rng.randrange(1, 100)}"


def ios(count: int) -> list[str]:
    """`show ip route` with the headings of the classful networks."""
    rng = random.Random(1)
    lines = [
        "Codes: L - local, C - connected, S - static, B - BGP",
        "",
        "Gateway of last resort is not set",
        "",
    ]
    for number, prefix in enumerate(prefixes(count)):
        if number % 65536 == 0:
            top = prefix.partition(".")[0]
            shown = min(65536, count - number)
            lines.append(f"      {top}.0.0.0/8 is variably subnetted, {shown} subnets, 1 masks")
        hop = _hop(rng)
        lines.append(f"B        {prefix}/24 [20/{rng.randrange(900)}] via {hop}, {_age(rng)}")
        if number % 20 == 0:
            lines.append(
                f"                      [20/{rng.randrange(900)}] via 192.0.2.200, {_age(rng)}"
            )
    return lines


def ios_ipv6(count: int) -> list[str]:
    """`show ipv6 route`, two lines a route."""
    rng = random.Random(2)
    lines = [f"IPv6 Routing Table - default - {count} entries", "Codes: C - Connected, L - Local"]
    for number in range(count):
        lines.append(
            f"B   2001:{number >> 16:X}:{number & 0xFFFF:X}::/48 [20/{rng.randrange(900)}]"
        )
        lines.append(f"     via FE80::{rng.randrange(1, 100):X}, GigabitEthernet0/0/{number % 4}")
    return lines


def xr(count: int) -> list[str]:
    """`show route`."""
    rng = random.Random(3)
    return [
        f"B    {prefix}/24 [20/{rng.randrange(900)}] via {_hop(rng)}, {_age(rng)}"
        for prefix in prefixes(count)
    ]


def nxos(count: int) -> list[str]:
    """`show ip route`, two lines a route."""
    rng = random.Random(4)
    lines = ['IP Route Table for VRF "default"', "'*' denotes best ucast next-hop", ""]
    for prefix in prefixes(count):
        hop = _hop(rng)
        lines.append(f"{prefix}/24, ubest/mbest: 1/0")
        lines.append(
            f"    *via {hop}, [20/0], {_age(rng)}, bgp-65000, external, tag {rng.randrange(65000)}"
        )
    return lines


def eos(count: int) -> list[str]:
    """`show ip route`."""
    rng = random.Random(5)
    return [
        f" B E      {prefix}/24 [200/0] via {_hop(rng)}, Ethernet{rng.randrange(1, 9)}"
        for prefix in prefixes(count)
    ]


def eos_json(count: int) -> list[str]:
    """`show ip route | json`."""
    routes = {
        f"{prefix}/24": {
            "routeAction": "forward",
            "routeType": "eBGP",
            "preference": 200,
            "metric": 0,
            "vias": [{"interface": "Ethernet1", "nexthopAddr": "192.0.2.1"}],
        }
        for prefix in prefixes(count)
    }
    return json.dumps({"vrfs": {"default": {"routes": routes}}}, indent=4).splitlines()


def cef(count: int) -> list[str]:
    """`show ip cef`."""
    rng = random.Random(6)
    lines = ["Prefix               Next Hop             Interface"]
    lines += [
        f"{prefix + '/24':20} {'192.0.2.' + str(rng.randrange(1, 100)):20} GigabitEthernet0/0/1"
        for prefix in prefixes(count)
    ]
    return lines


def frr(count: int) -> list[str]:
    """`show ip route` of FRR."""
    rng = random.Random(7)
    lines = [
        "Codes: K - kernel route, C - connected, S - static,",
        "       > - selected, * - FIB",
        "",
    ]
    for number, prefix in enumerate(prefixes(count)):
        age = f"{rng.randrange(24):02}:{rng.randrange(60):02}:00"
        hop, way = _hop(rng), f"eth{rng.randrange(8)}"
        lines.append(f"B>* {prefix}/24 [20/{rng.randrange(900)}] via {hop}, {way}, weight 1, {age}")
        if number % 20 == 0:
            lines.append(f"  *                    via 192.0.2.200, eth9, weight 1, {age}")
    return lines


def iproute2(count: int) -> list[str]:
    """`ip route show`."""
    rng = random.Random(8)
    return [
        f"{prefix}/24 via {_hop(rng)} dev eth{rng.randrange(8)} proto bgp metric {rng.randrange(900)}"
        for prefix in prefixes(count)
    ]


def junos(count: int) -> list[str]:
    """`show route`, three lines a route."""
    rng = random.Random(9)
    lines = [
        "",
        f"inet.0: {count} destinations, {count} routes ({count} active, 0 holddown, 0 hidden)",
        "+ = Active Route, - = Last Active, * = Both",
        "",
    ]
    for prefix in prefixes(count):
        lines.append(f"{prefix}/24".ljust(19) + f"*[BGP/170] {_age(rng)} {rng.randrange(60):02}:11")
        lines.append(
            f"                      AS path: 65001 {rng.randrange(65000)} I, validation-state: unverified"
        )
        lines.append(f"                    >  to {_hop(rng)} via ge-0/0/{rng.randrange(8)}.0")
    return lines


def fortios(count: int) -> list[str]:
    """`get router info routing-table all`."""
    rng = random.Random(10)
    return ["Routing table for VRF=0"] + [
        f"B       {prefix}/24 [20/{rng.randrange(900)}] via {_hop(rng)}, port{rng.randrange(8)}, 01:02:03, [1/0]"
        for prefix in prefixes(count)
    ]


def _ip_route(text: Text, vrf: str | None) -> RouteTable:
    return RouteTexts().read_text(text.file, text.lines, Ledger(len(text.lines)), 4)


def _junos(text: Text, vrf: str | None) -> RouteTable:
    return junos_routes(text)


def _json(text: Text, vrf: str | None) -> RouteTable:
    return eos_json_routes.json_routes(text, vrf)


FORMS: dict[str, tuple[Callable[[int], list[str]], Callable[[Text, str | None], RouteTable]]] = {
    "ios": (ios, ios_routes.ip_routes),
    "ios ipv6": (ios_ipv6, ios_routes.ipv6_routes),
    "xr": (xr, xr_routes.ip_routes),
    "nxos": (nxos, nxos_routes.ip_routes),
    "eos": (eos, eos_routes.ip_routes),
    "eos json": (eos_json, _json),
    "ios cef": (cef, fib_rows.fib_rows),
    "frr": (frr, frr_routes),
    "ip route": (iproute2, _ip_route),
    "junos": (junos, _junos),
    "fortios": (fortios, zebos.fortios_ip),
}
"""What is measured: the generator of a form, and its reader."""


def measure(form: str, count: int) -> tuple[int, int, float, int, int]:
    """Lines, routes, seconds, and the peak memory before and after in MiB."""
    generate, reader = FORMS[form]
    lines = generate(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.perf_counter()
    table = reader(Text("full.txt", form, lines), "default")
    seconds = time.perf_counter() - start
    assert table.complete
    assert len(table.routes) == count
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return len(lines), len(table.routes), seconds, before, after


def seconds_of(work: Callable[[], object]) -> float:
    """The least CPU seconds of three runs: other processes of the machine count less there."""
    found = []
    for _ in range(3):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


PEERS = (
    ("ios", "cisco_ios", "show ip route", "cisco_ios_show_ip_route"),
    ("ip route", "linux", "ip route show", "linux_ip_route_show"),
)
"""Forms that ntc-templates has too; for Junos `show route` and for FRR it has no template."""


def peers() -> None:
    """Prints the ratio to bare TextFSM and to ntc-templates on a slice of each form that they know."""
    for form, system, command, template in PEERS:
        generate, reader = FORMS[form]
        lines = generate(SLICE)[:SLICE]
        body = "\n".join(lines)
        text = Text("slice.txt", command, lines)
        ours = seconds_of(partial(reader, text, "default"))
        print(f"{SLICE} lines of {form!r}: ours {ours:.3f} s, {SLICE / ours:,.0f} lines/s")
        if not ntc.INSTALLED:
            print("ntc-templates is not installed (pip install ntc-templates): no peers")
            continue
        bare = seconds_of(partial(ntc.bare_textfsm, template, body))
        full = seconds_of(partial(ntc.records, system, command, body))
        for name, took in (("TextFSM alone", bare), ("ntc parse_output", full)):
            rate = f"{took:.3f} s, {SLICE / took:,.0f} lines/s"
            print(f"  {name}: {rate}; ours: {took / ours:.1f} times that")


CONFIGURED = """version 17.9
hostname r1
interface GigabitEthernet0/0/0
 ip address 192.0.2.254 255.255.255.0
interface GigabitEthernet0/0/1
 ip address 10.0.0.1 255.255.255.0
"""


def judge(count: int) -> tuple[int, float, float]:
    """Routes, and the seconds that an IOS device with a full table takes to be parsed and to be judged. A
    device before it has loaded the code."""
    _judge(10)
    return _judge(count)


def _judge(count: int) -> tuple[int, float, float]:
    config = Text("r1.cfg", "running-config", CONFIGURED.splitlines())
    lines = ios(count)
    lines.insert(4, "S*       0.0.0.0/0 [1/0] via 192.0.2.1")
    lines.insert(5, "C        192.0.2.0/24 is directly connected, GigabitEthernet0/0/0")
    texts = (config, Text("show_ip_route.txt", "show ip route", lines))
    service = profile.load("bitbucket")
    start = time.perf_counter()
    device = platform("cisco_ios").parse(Inputs("r1", "cisco_ios", texts))
    parsed = time.perf_counter()
    view = View(device, service)
    check_all(view)
    judged = time.perf_counter()
    assert any(path.leaves for path in view.paths)
    return len(device.tables[0].routes), parsed - start, judged - parsed


def main() -> None:
    """Measures each form in a process of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    titles = ("lines", "routes", "seconds", "us/line", "MiB", "of text")
    print(f"{'form':10} " + " ".join(f"{title:>9}" for title in titles))
    for form in FORMS:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            lines, routes, seconds, before, after = pool.apply(
                measure, (form, count // 10 if form == "eos json" else count)
            )
        each = seconds / lines * 1e6
        print(f"{form:10} {lines:9} {routes:9} {seconds:9.2f} {each:9.2f} {after:9} {before:9}")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        routes, parsed, judged = pool.apply(judge, (count,))
    print(f"{routes} routes: parsed in {parsed:.2f} s, judged in {judged * 1000:.1f} ms")
    peers()


if __name__ == "__main__":
    main()
