"""Writes a fleet of generated configurations, the same bytes for the same seed.

    python -m benchmarks.fleet --seed 1 --devices 10000 --lines 1000 --output DIR
    python -m benchmarks.fleet --seed 1 --devices 2000 --realistic --output DIR

Each device has its own interfaces, lists, routes, banner, users and certificates; one in eight has each of the three
faults. `--realistic` draws the sizes: median 400 lines, lognormal, one in 500 with 40,000; lists of up to 15,000
entries; and one device in 500 has a printed routing table of 1,000 to `--routes` routes beside its configuration.
`--platforms` names those that are wanted.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks import fleet_asa, fleet_cisco, fleet_hosts, fleet_others
from benchmarks.fleet_plan import plan
from parsers.platform import CONFIGURATION, Inputs, Text

WRITERS = fleet_cisco.WRITERS | fleet_asa.WRITERS | fleet_others.WRITERS | fleet_hosts.WRITERS
SHARES = {
    "cisco_ios": 36,
    "cisco_nxos": 9,
    "cisco_xr": 5,
    "arista_eos": 9,
    "cisco_asa": 6,
    "juniper_junos": 10,
    "huawei_vrp": 6,
    "hp_comware": 3,
    "fortinet": 7,
    "vyos": 2,
    "mikrotik_routeros": 3,
    "linux_nft": 2,
    "linux_iptables": 2,
}
"""Devices in a hundred."""
MOST_LINKS = {"cisco_asa": 12, "fortinet": 10, "mikrotik_routeros": 16, "vyos": 8} | dict.fromkeys(
    ("linux_nft", "linux_iptables"), 4
)
"""Interfaces of a device of a thousand lines, where that is not 48."""
FILES = {"linux_nft": "nft_list_ruleset", "linux_iptables": "iptables-save"}
"""Where a configuration is the output of a command."""
MEDIAN, SPREAD, MOST = 400, 1.1, 40_000
"""Lines of a configuration in a realistic fleet: the median, the standard deviation of the logarithm, the most."""
RARE = 500
"""One device in so many is as large as they come, and one has a printed routing table."""


class Generated(NamedTuple):
    """A device: its name, its platform, its configuration, and how many routes its table has."""

    name: str
    platform: str
    lines: list[str]
    routes: int
    outputs: dict[str, list[str]]
    """Other texts of the device, by the names of their files."""


def device(seed: int, number: int, platform: str, lines: int) -> Generated:
    """Device `number`, of about `lines` lines: the same whatever other devices there are."""
    writer, each, entry = WRITERS[platform]
    links = max(4, min(MOST_LINKS.get(platform, 48) + lines // 400, lines * 35 // 100 // each))
    routes = lines // 50
    fixed = sum(
        1 for _ in writer(plan(number, links, routes, random.Random(f"{seed} {number}")), 0)
    )
    entries = max(2, (lines - fixed) // entry)
    made = plan(number, links, routes, random.Random(f"{seed} {number}"))
    outputs = fleet_hosts.linux_outputs(made) if platform.startswith("linux") else {}
    return Generated(made.name, platform, list(writer(made, entries)), 0, outputs)


def fleet(
    seed: int,
    devices: int,
    lines: int | None,
    most_routes: int = 0,
    platforms: tuple[str, ...] = (),
) -> Iterator[Generated]:
    """The devices one by one; `lines` None draws their sizes."""
    wanted = platforms or tuple(SHARES)
    weights = [SHARES[name] for name in wanted]
    for number in range(devices):
        rng = random.Random(f"fleet {seed} {number}")
        platform = rng.choices(wanted, weights)[0]
        drawn = int(min(MOST, max(40, rng.lognormvariate(math.log(MEDIAN), SPREAD))))
        if number % RARE == RARE // 2:
            drawn = MOST
        made = device(seed, number, platform, lines or drawn)
        if most_routes and number % RARE == 0:
            full = most_routes if number == 0 else int(1000 * (most_routes / 1000) ** rng.random())
            made = device(seed, number, "cisco_ios", lines or drawn)._replace(routes=full)
        yield made


def table(seed: int, routes: int) -> Iterator[str]:
    """`show ip route` of IOS with so many routes."""
    rng = random.Random(f"table {seed} {routes}")
    yield from (
        "Codes: L - local, C - connected, S - static, B - BGP",
        "",
        "Gateway of last resort is not set",
        "",
    )
    for number in range(routes):
        prefix = f"{1 + number // 65536}.{number // 256 % 256}.{number % 256}.0/24"
        hop = f"203.0.113.{rng.randrange(1, 60)}"
        yield f"B        {prefix} [20/{rng.randrange(900)}] via {hop}, {rng.randrange(9)}w{rng.randrange(6)}d"


def system(name: str) -> str:
    """The platform that reads what a writer writes."""
    return "linux" if name.startswith("linux") else name


def inputs(made: Generated) -> Inputs:
    """A device as the parsers take it, its routing table aside."""
    command = FILES[made.platform].replace("_", " ") if made.platform in FILES else CONFIGURATION
    others = (
        Text(f"{file}.txt", file.replace("_", " "), lines) for file, lines in made.outputs.items()
    )
    return Inputs(made.name, system(made.platform), (Text("r.cfg", command, made.lines), *others))


def write(made: Generated, folder: Path, seed: int) -> None:
    """Writes a device as one file, or as a folder where it has more than its configuration."""
    if not made.routes and not made.outputs:
        _save(folder / f"{made.name}.cfg", made.lines)
        return
    place = folder / made.name
    place.mkdir(exist_ok=True)
    _save(place / f"{FILES.get(made.platform, 'running-config')}.txt", made.lines)
    for name, lines in made.outputs.items():
        _save(place / f"{name}.txt", lines)
    if made.routes:
        with (place / "show_ip_route.txt").open("w", encoding="utf-8") as out:
            rows = table(seed, made.routes)
            while some := list(islice(rows, 10_000)):
                out.write("\n".join(some) + "\n")


def _save(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Writes the fleet that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.fleet", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--devices", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=1000, help="lines of each device")
    parser.add_argument("--realistic", action="store_true", help="draw the sizes instead")
    parser.add_argument(
        "--routes", type=int, default=1_000_000, help="the largest table of --realistic"
    )
    parser.add_argument("--platforms", default="", help=", ".join(SHARES))
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    wanted = tuple(name for name in options.platforms.split(",") if name)
    if unknown := set(wanted) - set(SHARES):
        parser.error(
            f"no platform is called {', '.join(sorted(unknown))}; there are {', '.join(SHARES)}"
        )
    lines = None if options.realistic else options.lines
    options.output.mkdir(parents=True, exist_ok=True)
    for made in fleet(
        options.seed, options.devices, lines, options.routes if lines is None else 0, wanted
    ):
        write(made, options.output, options.seed)


if __name__ == "__main__":
    main()
