"""Junos and FRR hosts of the labs: the routes and next hops that we parse, against the JSON read plainly.

Run: python -m benchmarks.lab_routes. The Cisco and Arista hosts have their own table (routes_table.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor import profile
from auditor.pipeline import AuditOptions, DeviceFailed, parse_device
from benchmarks.corpus_table import CORPUS
from inventory.errors import InventoryError
from inventory.sources import find_sources

Hops = frozenset[tuple[str, str]]


def documents(text: str) -> Iterator[Any]:
    """The JSON documents that stand one after another in a text; trailing commas are forgiven."""
    text = re.sub(r",(\s*[}\]])", r"\1", text)
    decoder = json.JSONDecoder()
    start = re.compile(r'\{(?=\s*["}])')  # `{master:0}` is a prompt
    found = start.search(text)
    while found is not None:
        document, end = decoder.raw_decode(text, found.start())
        yield document
        found = start.search(text, end)


def junos(text: str) -> dict[tuple[str, str], Hops]:
    """Active routes of the inet and inet6 tables, by table and prefix."""
    found: dict[tuple[str, str], Hops] = {}
    for document in documents(text):
        for table in document["route-information"][0].get("route-table", []):
            name = table["table-name"][0]["data"]
            if not name.endswith(("inet.0", "inet6.0")):
                continue
            for route in table.get("rt", []):
                for entry in route.get("rt-entry", []):
                    if entry.get("active-tag", [{}])[0].get("data") == "*":
                        found[name, route["rt-destination"][0]["data"]] = frozenset(
                            map(_junos_hop, entry.get("nh", []))
                        )
    return found


def _junos_hop(hop: dict[str, Any]) -> tuple[str, str]:
    def value(key: str) -> str:
        return str(hop.get(key, [{}])[0].get("data", ""))

    return value("via") or value("nh-local-interface"), value("to")


def frr(text: str) -> dict[tuple[str, str], Hops]:
    """Selected routes by VRF and prefix, with the next hops that are in the FIB."""
    found: dict[tuple[str, str], Hops] = {}
    for number, document in enumerate(documents(text)):
        nested = document and all(isinstance(value, dict) for value in document.values())
        for vrf, table in document.items() if nested else [(str(number), document)]:
            for prefix, routes in table.items():
                for route in routes:
                    if route.get("selected"):
                        hops = [h for h in route.get("nexthops", []) if h.get("fib")]
                        found[f"{number} {vrf}", prefix] = frozenset(
                            (str(h.get("interfaceName", "")), str(h.get("ip", ""))) for h in hops
                        )
    return found


READERS = {
    ("juniper_junos", "show_route_|_display_json"): junos,
    ("linux", "show_ip_route_vrf_all_json"): frr,
}


def rows() -> Iterator[tuple[str, int, int, bool]]:
    """Host, routes that the device printed, routes that we parsed, and whether all next hops agree."""
    options = AuditOptions(service=profile.load("bitbucket"))
    for lab in sorted((CORPUS / "labs").iterdir()):
        try:
            sources = find_sources(lab).devices
        except InventoryError:
            continue
        for source in sources:
            try:
                device, chosen, _ = parse_device(source, options, Path.read_bytes)
            except DeviceFailed:
                continue
            for file in source.files:
                for (platform, part), read in READERS.items():
                    if platform == chosen.name and part in file.path.name:
                        want = read(file.path.read_text("utf-8"))
                        routes = [
                            route
                            for table in device.tables
                            if table.file == file.label
                            for route in table.routes
                            if not route.backup
                        ]
                        hops = sorted(_hops(h) for h in want.values())
                        ours = sorted(
                            _hops({(n.interface or "", n.address or "") for n in r.next_hops})
                            for r in routes
                        )
                        yield f"{lab.name}/{source.name}", len(want), len(routes), hops == ours


def _hops(hops: Hops | set[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(hop for hop in hops if hop != ("", ""))


def main() -> None:
    """Prints what differs, and the sums."""
    total = same = hosts = 0
    for host, printed, parsed, agree in rows():
        hosts += 1
        total += printed
        same += printed == parsed and agree
        if printed != parsed or not agree:
            print(f"{host}: printed {printed}, parsed {parsed}, next hops agree: {agree}")
    print(f"{hosts} hosts, {total} routes, {same} hosts the same")


if __name__ == "__main__":
    main()
