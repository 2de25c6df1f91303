"""What show outputs add to a device: tables, versions, and statements about what is in effect."""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.balancing import PathChoice, Scope
from parsers.model.interfaces import Interface, Ptb
from parsers.model.routes import RouteTable
from parsers.platform import CONFIGURATION, Inputs
from parsers.show.ip_interfaces import InterfaceFacts, path_choices
from parsers.show.links import LinkFacts
from parsers.show.readers import read
from parsers.show.version import VersionFacts
from parsers.tables.readers import read_table

SCOPES = {"cisco_nxos": Scope.INGRESS}
"""What an interface's report about load sharing is about, where it is not what leaves there: Nexus 3000
spreads what enters (unicast routing guide 5.0(3)U1)."""


class DeviceState(NamedTuple):
    """Facts from show outputs; None and empty where nothing was collected."""

    model: str | None = None
    os_version: str | None = None
    tables: tuple[RouteTable, ...] = ()
    path_choices: tuple[PathChoice, ...] = ()
    interfaces: tuple[InterfaceFacts, ...] = ()
    links: tuple[LinkFacts, ...] = ()


def read_state(inputs: Inputs) -> DeviceState:
    """Reads all texts of `inputs` but the configuration; outputs that no reader knows add nothing."""
    state = DeviceState()
    tables: list[RouteTable] = []
    facts: list[InterfaceFacts] = []
    choices: list[PathChoice] = []
    links: list[LinkFacts] = []
    for text in inputs.texts:
        if text.command == CONFIGURATION:
            continue
        found = read(inputs.platform, text)
        if found is None:
            found = read_table(inputs.platform, text)
        if isinstance(found, RouteTable):
            tables.append(found)
        elif isinstance(found, VersionFacts):
            state = state._replace(
                model=found.model or state.model, os_version=found.version or state.os_version
            )
        elif found is not None:
            facts.extend(fact for fact in found if isinstance(fact, InterfaceFacts))
            links.extend(fact for fact in found if isinstance(fact, LinkFacts))
            choices.extend(path_choices(text, SCOPES.get(inputs.platform, Scope.EGRESS)))
    return state._replace(
        tables=tuple(tables),
        interfaces=tuple(facts),
        links=tuple(links),
        path_choices=tuple(choices),
    )


def in_effect(interfaces: tuple[Interface, ...], state: DeviceState) -> tuple[Interface, ...]:
    """The interfaces with what the device reports about them: state beats configuration."""
    facts = {fact.name.lower(): fact for fact in state.interfaces}
    links = {link.name.lower(): link for link in state.links}
    found = []
    for interface in interfaces:
        name = interface.name.lower()
        changes = {**_of_link(interface, links.get(name)), **_of_ip(interface, facts.get(name))}
        found.append(interface.model_copy(update=changes) if changes else interface)
    return tuple(found)


def _of_ip(interface: Interface, fact: InterfaceFacts | None) -> dict[str, object]:
    changes: dict[str, object] = {}
    if fact is None:
        return changes
    if fact.mtu is not None and interface.ip_mtu is None:
        changes["ip_mtu"] = fact.mtu
    if fact.unreachables is not None:
        sends = Ptb(family=4, sends=fact.unreachables.value, where=fact.unreachables.where)
        changes["ptb"] = (sends, *(p for p in interface.ptb if p.family != 4))
    return changes


def _of_link(interface: Interface, link: LinkFacts | None) -> dict[str, object]:
    changes: dict[str, object] = {}
    if link is None:
        return changes
    if link.bundle is not None and interface.bundle is None:
        changes["bundle"] = link.bundle.value
    if link.tunnel_mtu is not None and interface.tunnel is not None and interface.ip_mtu is None:
        changes["ip_mtu"] = link.tunnel_mtu
    return changes
