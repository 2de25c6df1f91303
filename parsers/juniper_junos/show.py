"""Which output is read by which reader, and what they give together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from parsers.juniper_junos.show_fib import forwarding_table
from parsers.juniper_junos.show_json import documents, everywhere, leaf, lines_with, members
from parsers.juniper_junos.show_route import route_table
from parsers.model.interfaces import Interface
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, Where
from parsers.platform import Inputs, Text

_ROUTE = re.compile(
    r"show route(?: all| extensive-off| active-path| table inet6?\.0)?(?: \| (?:display json|no-more))*"
)
_FIB = re.compile(r"show route forwarding-table(?: family inet6?| table \S+| all)*(?: \| no-more)?")
_VERSION = re.compile(r"(?m)^(?:Junos: (?P<junos>\S+)|.*\[(?P<old>\d+\.\d+[A-Z]\S*)\]).*$")
_MODEL = re.compile(r"(?m)^Model: (\S+)")
_LOGICAL = re.compile(r"\s+Logical interface (\S+) .*")
_PROTOCOL = re.compile(r"\s+Protocol (inet6?), MTU: (\d+).*")

OUTPUTS = frozenset({"rib", "fib", "version", "mtu"})
"""What the outputs give, in the words that all platforms use."""

Sizes = dict[tuple[str, int], Sourced[int]]


class Shown(NamedTuple):
    """What the show outputs of a device say. `sizes` are protocol MTUs by (interface, family)."""

    model: str | None = None
    version: str | None = None
    tables: tuple[RouteTable, ...] = ()
    sizes: Mapping[tuple[str, int], Sourced[int]] = MappingProxyType({})


def read_shown(inputs: Inputs) -> Shown:
    """The outputs among the texts of a device; others are left alone."""
    model = version = None
    tables: list[RouteTable] = []
    sizes: Sizes = {}
    for text in inputs.texts:
        command = " ".join(text.command.split())
        if command.startswith("show version"):
            model, version = _version(text)
        elif _FIB.fullmatch(command):
            tables.append(forwarding_table(text))
        elif _ROUTE.fullmatch(command):
            tables.append(route_table(text))
        elif re.fullmatch(r"show interfaces(?: \| (?:display json|no-more))*", command):
            sizes.update(_sizes(text))
    tables.sort(key=lambda table: table.source != "fib")
    return Shown(model, version, tuple(tables), sizes)


def _version(text: Text) -> tuple[str | None, str | None]:
    found = documents(text.lines)
    if found is not None:
        for information in everywhere(found, "software-information"):
            return leaf(information, "product-model"), leaf(information, "junos-version")
        return None, None
    whole = "\n".join(text.lines)
    model, version = _MODEL.search(whole), _VERSION.search(whole)
    return (
        model[1] if model is not None else None,
        (version["junos"] or version["old"]) if version is not None else None,
    )


def _sizes(text: Text) -> Sizes:
    found = documents(text.lines)
    return _sizes_of_text(text) if found is None else _sizes_of_json(text, found)


def _sizes_of_json(text: Text, found: list[dict[str, object]]) -> Sizes:
    lines = lines_with(text.lines, "address-family-name")
    sizes: Sizes = {}
    position = 0
    for unit in everywhere(found, "logical-interface"):
        for family in members(unit, "address-family"):
            line = lines[position] if position < len(lines) else 1
            position += 1
            number = {"inet": 4, "inet6": 6}.get(leaf(family, "address-family-name") or "")
            mtu = leaf(family, "mtu") or ""
            if number is not None and mtu.isdecimal():
                where = Where(text.file, line)
                sizes[leaf(unit, "name") or "", number] = Sourced[int](
                    value=int(mtu), where=where, note="in effect"
                )
    return sizes


def _sizes_of_text(text: Text) -> Sizes:
    sizes: Sizes = {}
    name = ""
    for number, line in enumerate(text.lines, 1):
        logical = _LOGICAL.fullmatch(line)
        if logical is not None:
            name = logical[1]
            continue
        protocol = _PROTOCOL.fullmatch(line)
        if protocol is not None and name:
            family = 6 if protocol[1] == "inet6" else 4
            where = Where(text.file, number)
            sizes[name, family] = Sourced[int](
                value=int(protocol[2]), where=where, note="in effect"
            )
    return sizes


def with_sizes(
    interfaces: list[Interface], sizes: Mapping[tuple[str, int], Sourced[int]]
) -> list[Interface]:
    """The interfaces with the MTUs in effect where the configuration states none of its own."""
    if not sizes:
        return interfaces
    found = []
    for interface in interfaces:
        update: dict[str, Sourced[int]] = {}
        v4, v6 = sizes.get((interface.name, 4)), sizes.get((interface.name, 6))
        if v4 is not None and interface.ip_mtu is None:
            update["ip_mtu"] = v4
        if v6 is not None and interface.ipv6_mtu is None:
            update["ipv6_mtu"] = v6
        found.append(interface.model_copy(update=update) if update else interface)
    return found
