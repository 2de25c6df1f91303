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

from benchmarks import ntc
from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show import eos_json_routes, eos_routes, fib_rows, ios_routes, nxos_routes, xr_routes

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
    """The least seconds of three runs."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def peers() -> None:
    """Prints the ratio to bare TextFSM and to ntc-templates on a slice of the IOS form."""
    lines = ios(SLICE)[:SLICE]
    body = "\n".join(lines)
    text = Text("slice.txt", "show ip route", lines)
    ours = seconds_of(lambda: ios_routes.ip_routes(text))
    print(f"{SLICE} lines of the IOS form: ours {ours:.3f} s, {SLICE / ours:,.0f} lines/s")
    if not ntc.INSTALLED:
        print("ntc-templates is not installed (pip install ntc-templates): no peers")
        return
    bare = seconds_of(lambda: ntc.bare_textfsm("cisco_ios_show_ip_route", body))
    full = seconds_of(lambda: ntc.records("cisco_ios", "show ip route", body))
    for name, took in (("TextFSM alone", bare), ("ntc parse_output", full)):
        print(
            f"  {name}: {took:.3f} s, {SLICE / took:,.0f} lines/s; ours: {took / ours:.1f} times that"
        )


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
    peers()


if __name__ == "__main__":
    main()
