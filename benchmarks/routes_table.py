"""Prints how many routes and ways the readers find in the shared corpus, beside a plain count.

Run it from the repository's root: `python -m benchmarks.routes_table`. `routes` are prefixes and
`ways` next hops and discards, of ours and of the plain count (substrings of the text, or keys of the
JSON); `ntc` is what the template of ntc-templates finds (`-`: it has none, or gives up), and
`same` how many of its ways are ours.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import ntc
from parsers.errors import UnreadableText
from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show.nxos_names import long_name
from parsers.show.readers import read, reading
from parsers.text import lines_of

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

SYSTEMS = {
    "arista": "arista_eos",
    "ios": "cisco_ios",
    "iosxe": "cisco_xe",
    "iosxr": "cisco_xr",
    "nx": "cisco_nxos",
}
"""Our platform for what `host_nos.txt` of a lab says."""

RAW_PLATFORMS = ("cisco_ios", "cisco_nxos", "cisco_xr", "arista_eos")

NTC = {
    "show ip route": ("cisco_ios", "show ip route"),
    "cisco_nxos show ip route": ("cisco_nxos", "show ip route"),
    "cisco_xr show route": ("cisco_xr", "show ip route"),
    "arista_eos show ip route": ("arista_eos", "show ip route"),
    "show ip cef": ("cisco_ios", "show ip cef"),
    "show ip cef detail": ("cisco_ios", "show ip cef detail"),
}

Way = tuple[str, str, str]
"""Prefix, address and interface, empty where there is none."""


class Row(NamedTuple):
    """One output: `ours` and `plain` are (routes, ways)."""

    name: str
    platform: str
    text: Text
    table: RouteTable
    plain: tuple[int, int]

    @property
    def ours(self) -> tuple[int, int]:
        """Prefixes and ways that carry traffic or discard it."""
        return counts(self.table)


def counts(table: RouteTable) -> tuple[int, int]:
    """Distinct prefixes, and ways (next hops and discards) without backups."""
    live = [route for route in table.routes if not route.backup]
    prefixes = {(route.vrf, route.family, route.value, route.length) for route in live}
    return len(prefixes), sum(max(len(route.next_hops), bool(route.discard)) for route in live)


def text_of(path: Path, command: str) -> Text:
    """The text of a corpus file; an empty file has no lines."""
    name = str(path.relative_to(CORPUS))
    try:
        return Text(name, command, lines_of(path.read_bytes()))
    except UnreadableText:
        return Text(name, command, [])


def texts() -> Iterator[tuple[str, Text]]:
    """Platform and text of every output in the corpus that our readers take."""
    for lab in sorted((CORPUS / "labs").iterdir()):
        systems = json.loads((lab / "show" / "host_nos.txt").read_text())
        for host in sorted((lab / "show").iterdir()):
            platform = SYSTEMS.get(systems.get(host.name, ""), "")
            for path in sorted(host.iterdir()) if host.is_dir() else []:
                found = reading(platform, path.name)
                if found is not None:
                    yield platform, text_of(path, found.command)
    for platform in RAW_PLATFORMS:
        for folder in sorted((CORPUS / "show" / platform).iterdir()):
            command = folder.name.replace("_", " ")
            if command == "show ip route":
                command = "show ip route vrf all"
            if reading(platform, command) is not None:
                for path in sorted(folder.glob("*.raw")):
                    yield platform, text_of(path, command)


def rows() -> Iterator[Row]:
    """Every routing and forwarding table of the corpus with its counts."""
    for platform, text in texts():
        table = read(platform, text)
        if isinstance(table, RouteTable):
            yield Row(text.file, platform, text, table, plain_count(platform, text))


def plain_count(platform: str, text: Text) -> tuple[int, int]:
    """Prefixes and ways counted by substrings of the text, or in the JSON."""
    body = [line for line in text.lines if "Codes:" not in line and " - " not in line]
    if "json" in text.command:
        return _json_count("\n".join(text.lines))
    if platform == "cisco_nxos":
        best = {(i, _before(line, "[")) for i, line in _blocks(body) if " *via " in line}
        return sum("ubest/mbest" in line for line in body), len(best)
    if "cef detail" in text.command:
        heads = [line for line in body if re.match(r"\d+\.\d+\.\d+\.\d+/\d+", line)]
        ways = ("nexthop ", "attached to ", "  drop", "receive for ")
        return len(heads), sum(
            line.strip().startswith(tuple(w.strip() for w in ways)) for line in body
        )
    if "cef" in text.command:
        heads = [line for line in body if line[:1].isdigit() and "no route" not in line]
        ways_shown = [line for line in body if "." in line or "drop" in line]
        return len(heads), sum(
            not re.search(r"receive\s*$|no route|Prefix", line) for line in ways_shown
        )
    heads = [
        line
        for line in body
        if re.search(r"\d\.\d", line)
        and line.lstrip()[:1].isalpha()
        and line[:3].strip()
        and "Gateway" not in line
        and not line.lstrip().startswith("via")
    ]
    signs = (" via ", "directly connected", "is a summary")
    return len(heads), sum(line.count(sign) for line in body for sign in signs)


def _json_count(body: str) -> tuple[int, int]:
    vrfs = json.loads(body)["vrfs"].values()
    found: list[Any] = [route for vrf in vrfs for route in vrf["routes"].values()]
    return len(found), sum(
        max(len(route["vias"]), route["routeAction"] != "forward") for route in found
    )


def _blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines with the number of the prefix above them."""
    number = 0
    for line in lines:
        number += "ubest/mbest" in line
        yield number, line


def _before(line: str, mark: str) -> str:
    return line.partition(mark)[0].strip()


def ntc_ways(row: Row) -> set[Way] | None:
    """The ways that the field's template finds, None where it has none or rejects the text."""
    command = re.sub(r" vrf .*", "", row.text.command)
    found = NTC.get(f"{row.platform} {command}") or NTC.get(command)
    if found is None or not row.text.lines:
        return None
    platform, asked = found
    records = ntc.records(platform, asked, "\n".join(row.text.lines)) if ntc.INSTALLED else None
    if records is None:
        return None
    # an address of the device itself is no next hop: ours leaves it out, the templates do not
    own = {(prefix, interface) for prefix, address, interface in our_ways(row) if not address}
    return {
        (prefix, "" if (prefix, interface) in own else address, interface)
        for record in records
        for prefix, address, interface in _ntc_ways(record)
    }


def _ntc_ways(record: dict[str, Any]) -> Iterator[Way]:
    network = record.get("network") or record.get("ip_address") or ""
    length = record.get("prefix_length") or ""
    prefix = network if "/" in network or not length else f"{network}/{length}"
    addresses = record.get("nexthop_ip") or record.get("next_hop") or record.get("nexthop") or ""
    interfaces = record.get("nexthop_if") or record.get("interface") or ""
    if isinstance(addresses, list) or isinstance(interfaces, list):
        pairs = itertools.zip_longest(_list(addresses), _list(interfaces), fillvalue="")
    else:
        pairs = itertools.zip_longest([addresses], [interfaces], fillvalue="")
    for address, interface in pairs:
        plain = address if re.match(r"\d", address) else ""
        name = "Null0" if address == "drop" else interface.split(",")[0]
        if address != "no route":
            yield prefix, plain, long_name(name) or ""


def _list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def our_ways(row: Row) -> set[Way]:
    """Our ways in the same form."""
    ways: set[Way] = set()
    for route in row.table.routes:
        value = ".".join(str(route.value >> shift & 255) for shift in (24, 16, 8, 0))
        prefix = f"{value}/{route.length}"
        if route.discard or not route.next_hops:
            ways.add((prefix, "", "Null0" if route.discard else ""))
        ways |= {(prefix, hop.address or "", hop.interface or "") for hop in route.next_hops}
    return ways


def main() -> None:
    """Prints the table and its sums."""
    total, wrong = [0, 0], 0
    print(f"{'routes':>7} {'plain':>6} {'ways':>6} {'plain':>6} {'ntc':>6} {'same':>6}  output")
    for row in rows():
        theirs = ntc_ways(row) if "json" not in row.text.command else None
        same = "-" if theirs is None else str(len(theirs & our_ways(row)))
        ntc = "-" if theirs is None else str(len(theirs))
        mark = "" if row.ours == row.plain and row.table.complete else "  <--"
        wrong += bool(mark)
        total[0] += row.ours[0]
        total[1] += row.ours[1]
        print(
            f"{row.ours[0]:7} {row.plain[0]:6} {row.ours[1]:6} {row.plain[1]:6} {ntc:>6} {same:>6}"
            f"  {row.name}{mark}"
        )
    print(f"{total[0]} routes, {total[1]} ways; outputs that differ or are incomplete: {wrong}")


if __name__ == "__main__":
    main()
