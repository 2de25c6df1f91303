"""The tools of the field on a configuration, each as its own documentation says; None where it is not installed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module, metadata
from typing import NamedTuple

Texts = list[list[str]]

SYNTAX = {
    "cisco_ios": "ios",
    "cisco_nxos": "nxos",
    "cisco_xr": "iosxr",
    "cisco_asa": "asa",
    "arista_eos": "ios",
    "juniper_junos": "junos",
}
"""What ciscoconfparse2 calls a platform."""
HIER = {"cisco_ios": "ios", "cisco_nxos": "nxos", "cisco_xr": "iosxr", "arista_eos": "eos"}
"""What hier_config calls it."""
TEMPLATE = """
<group name="interfaces*">
interface {{ name }}
 description {{ description | re(".*") }}
 ip address {{ address }} {{ mask }}
</group>
"""
ONE_LINE = re.compile(
    r"^\s*(?:(\d+) )?(permit|deny) (\S+) (any|host \S+|\S+ \S+) (any|host \S+|\S+ \S+)"
    r"(?: (eq|gt|lt|neq|range) (.+))?$|^(interface|ip|router) (\S+)"
)


class Peer(NamedTuple):
    """A tool: the package it comes in, the share of the texts that it gets, and its work."""

    package: str
    share: int
    work: Callable[[Texts], None]


def scan(texts: Texts) -> None:
    """The bound: one regular expression on each line."""
    match = ONE_LINE.match
    for lines in texts:
        for line in lines:
            match(line)


def ciscoconfparse(platform: str) -> Callable[[Texts], None]:
    """All interfaces of each text."""

    def work(texts: Texts) -> None:
        parse = import_module("ciscoconfparse2").CiscoConfParse  # ships no types

        for lines in texts:
            parse(lines, syntax=SYNTAX[platform]).find_objects(r"^interface")

    return work


def hier(platform: str) -> Callable[[Texts], None]:
    """The tree of each text."""

    def work(texts: Texts) -> None:
        host = import_module("hier_config").Host

        for lines in texts:
            host("r", HIER[platform], {}).load_running_config("\n".join(lines))

    return work


def ttp(texts: Texts) -> None:
    """Names, descriptions and addresses of the interfaces of each text."""
    parser = import_module("ttp").ttp

    for lines in texts:
        parser("\n".join(lines), TEMPLATE).parse(one=True)  # in this process


def for_platform(platform: str) -> dict[str, Peer]:
    """The tools that know a platform."""
    found = {}
    if platform in SYNTAX:
        found["ciscoconfparse2"] = Peer("ciscoconfparse2", 10, ciscoconfparse(platform))
    if platform in HIER:
        found["hier_config"] = Peer("hier-config", 10, hier(platform))
    if platform == "cisco_ios":
        found["TTP"] = Peer("ttp", 10, ttp)
    return found


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The least CPU seconds of several runs: other work of the machine counts less there."""
    found = []
    for _ in range(times):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def rates(platform: str, texts: Texts) -> Iterable[tuple[str, float | None]]:
    """Lines in a CPU second of each tool, None where it is not installed."""
    for name, peer in for_platform(platform).items():
        some = texts[: max(1, len(texts) // peer.share)]
        try:
            metadata.version(peer.package)
        except metadata.PackageNotFoundError:
            yield name, None
            continue
        peer.work(some[:1])  # modules are loaded
        yield name, sum(map(len, some)) / seconds(partial(peer.work, some))
