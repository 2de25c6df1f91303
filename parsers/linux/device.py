"""All texts of one Linux system become a `Device`."""

from __future__ import annotations

from typing import NamedTuple

from parsers.frr_style.frr import FrrInterface
from parsers.ledger import Ledger
from parsers.linux.balancing import multipath, teql_choices
from parsers.linux.clamps import Clamps, clamps_of
from parsers.linux.filters import Built, bindings_of, missing_filters, notes, only_host_rules
from parsers.linux.forms import Form, form_of
from parsers.linux.fragment_bits import df_cleared, df_cleared_late
from parsers.linux.links import Links, interface_of
from parsers.linux.marks import mark_choices
from parsers.linux.reading import READERS, Reading
from parsers.model.balancing import PathChoice
from parsers.model.device import Device, LineCount, Missing, UnreadLine
from parsers.model.interfaces import Interface, Ptb
from parsers.model.routes import Route, RouteTable
from parsers.model.source import Sourced, Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.reports.bonding import bond_choice

_CONFIGURATIONS = frozenset({Form.IPTABLES, Form.NFT, Form.NFT_JSON, Form.FRR})
_PTB_REASON = "the kernel answers packets that do not fit; sysctls do not stop it (net/ipv4/icmp.c)"
_FIRST = (Form.SYSCTL, Form.RELEASE, Form.NEXT_HOPS, Form.NFT, Form.ROUTES)
_ORDER = {form: place for place, form in enumerate(_FIRST)}
"""What others build on first; of two forms of the same the text, whose lines people can point at."""


class _Task(NamedTuple):
    order: int
    text: Text
    form: Form | None


def parse(inputs: Inputs) -> Device:
    """The device that the texts of one system describe; texts of no known form stay unread."""
    reading = Reading()
    tasks = []
    for text in inputs.texts:
        form = form_of(text.command, text.lines)
        tasks.append(_Task(_ORDER.get(form, len(_ORDER)) if form else 99, text, form))
    configured = False
    for task in sorted(tasks, key=lambda task: task.order):
        ledger = Ledger(len(task.text.lines))
        reading.ledgers.append((task.text, ledger))
        configured |= task.form in _CONFIGURATIONS or task.text.command == CONFIGURATION
        if task.form is not None:
            READERS[task.form](reading, task.text, ledger)
        elif task.text.command.startswith("vtysh"):
            ledger.ignore_range(1, len(task.text.lines))
    return _device(inputs, reading, configured)


def _device(inputs: Inputs, reading: Reading, configured: bool) -> Device:
    forwards = _forwards(reading)
    built = _once(reading)
    host = forwards[4] is not True and (forwards[4] is False or only_host_rules(built))
    clamps = clamps_of(built)
    frr = reading.frr
    interfaces = _interfaces(reading, clamps)
    table = None
    if frr is not None:
        table = RouteTable(
            source="config", file=frr.file, vrf=None, family=None,
            routes=tuple(_on_known_interfaces(frr.routes, {i.name for i in interfaces})),
            complete=not frr.missed_routes, not_understood=tuple(frr.missed_routes),
        )  # fmt: skip
    hostname = reading.settings.values.get("kernel.hostname")
    return Device(
        name=inputs.name
        or (frr.hostname if frr and frr.hostname else hostname.value if hostname else ""),
        platform="linux",
        vendor="Linux",
        os_version=_version(reading),
        files=tuple(text.file for text in inputs.texts),
        interfaces=interfaces,
        filters={(one.filter.key, one.filter.family): one.filter for one in built},
        bindings=tuple(bindings_of(built, forwards, host)),
        static_routes=table,
        tables=tuple(reading.tables),
        routing_sources=_routing_sources(reading),
        path_choices=tuple(_path_choices(reading, built, host)),
        global_clamps=clamps.everywhere,
        df_cleared=tuple(df_cleared(built)),
        recognised=_recognised(reading, built, clamps),
        missing=_missing(reading),
        has_configuration=configured,
        is_host=host,
        lines=_counted(reading),
        not_understood=tuple(_unread(reading)),
    )


def _on_known_interfaces(routes: list[Route], names: set[str]) -> list[Route]:
    """The statics, with a condition where their interface is not among those that are shown: such a
    route is not installed (zebra), or the name is not the one that was meant.
    """
    out = []
    for route in routes:
        hop = route.next_hops[0] if route.next_hops else None
        if hop is not None and hop.interface and names and hop.interface not in names:
            reason = f"interface {hop.interface} is not among those shown"
            route = route._replace(conditional=route.conditional or reason)
        out.append(route)
    return out


def _version(reading: Reading) -> str | None:
    kernel = f"kernel {reading.release.value}" if reading.release else None
    routing = f"FRR {reading.frr.version}" if reading.frr and reading.frr.version else None
    return ", ".join(filter(None, (kernel, routing))) or None


def _once(reading: Reading) -> list[Built]:
    """Chains of iptables-nft are listed by nft too; the iptables text tells them exactly."""
    out = []
    for one in reading.built:
        parts = one.chain.key.split("/", 3)
        if parts[0] == "nft" and (parts[2], parts[3], one.chain.family) in reading.iptables_chains:
            one = one._replace(inactive=one.inactive or "iptables-save shows the same chain")
        out.append(one)
    return out


def _forwards(reading: Reading) -> dict[int, bool | None]:
    """Whether the system forwards, by family: the kernel's setting first, then FRR's."""
    found = reading.settings.forwards()
    stated = reading.frr.forwards if reading.frr is not None else {}
    return {family: stated.get(family) if on is None else on for family, on in found.items()}


def _missing(reading: Reading) -> tuple[Missing, ...]:
    """The texts that verdicts need and that were not given. An nft or iptables text that lists
    nothing is there, and says that there is no filter.
    """
    out = missing_filters(reading.nft_read, reading.xt_families)
    if not reading.tables and reading.frr is None:
        out.append(Missing(topic="routes", command="ip route show"))
    if not reading.links.by_name:
        out.append(Missing(topic="interfaces", command="ip address show"))
    return tuple(out)


def _interfaces(reading: Reading, clamps: Clamps) -> tuple[Interface, ...]:
    links = reading.links
    frr = reading.frr
    if frr is not None:
        for found in frr.interfaces.values():
            _merge(links, found)
    for name, mode, policy in reading.bonds:
        link = links.by_name.get(name)
        if link is not None and link.bond_mode is None:
            link.bond_mode, link.bond_policy = mode, policy
    for name, clamp in clamps.by_interface:
        if not name.endswith("*") and clamp.where is not None:
            links.link(name, clamp.where)
    out = []
    for link in links.by_name.values():
        interface = interface_of(link, links)
        own = tuple(clamp for name, clamp in clamps.by_interface if _named(name, link.name))
        stopped = (
            frr is not None and link.name in frr.interfaces and frr.interfaces[link.name].shutdown
        )
        out.append(
            interface.model_copy(
                update={
                    "clamps": own,
                    "enabled": interface.enabled and not stopped,
                    "urpf": reading.settings.reverse_path(link.name),
                    "ptb": (
                        Ptb(family=4, sends=True, reason=_PTB_REASON),
                        Ptb(family=6, sends=True, reason=_PTB_REASON),
                    ),
                }
            )
        )
    return tuple(out)


def _named(pattern: str, name: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def _merge(links: Links, found: FrrInterface) -> None:
    link = links.link(found.name, found.where)
    link.description = link.description or found.description
    link.vrf = found.vrf or link.vrf
    link.not_understood += found.not_understood
    known = {address[:3] for address in link.addresses}
    link.addresses += [address for address in found.addresses if address[:3] not in known]


def _routing_sources(reading: Reading) -> tuple[Sourced[str], ...]:
    out = list(reading.frr.sources) if reading.frr else []
    out += [link.dynamic for link in reading.links.by_name.values() if link.dynamic]
    return tuple(out)


def _path_choices(reading: Reading, built: list[Built], host: bool) -> list[PathChoice]:
    out = list(multipath(reading.settings, reading.release, reading.route_texts.has_objects, host))
    bonds = {name: (mode, policy, True) for name, mode, policy in reading.bonds}
    for link in reading.links.by_name.values():
        if link.bond_mode is not None:
            bonds.setdefault(link.name, (link.bond_mode, link.bond_policy, True))
    for name, (mode, policy, operational) in bonds.items():
        choice = bond_choice(name, mode, policy, operational)
        if choice is not None:
            out.append(choice)
    qdiscs = reading.qdiscs or [
        (link.name, link.qdisc) for link in reading.links.by_name.values() if link.qdisc
    ]
    by_rule = [choice for rules in reading.rules.values() for choice in rules.choices]
    return out + teql_choices(qdiscs) + mark_choices(built, reading.rules) + by_rule


def _recognised(reading: Reading, built: list[Built], clamps: Clamps) -> tuple[Sourced[str], ...]:
    out = [*notes(built), *reading.notes, *reading.rule_notes, *clamps.partial]
    out += df_cleared_late(built)
    if reading.frr is not None:
        out += reading.frr.notes
    known: set[str] = {link.name for link in reading.links.by_name.values()}
    for name in ("all", *sorted(reading.settings.rp_filter)):
        if name in known or name in ("default", "lo"):
            continue
        found = reading.settings.reverse_path(name) if name in reading.settings.rp_filter else None
        if found is not None and not any(note.where == found.where for note in out):
            note = f"rp_filter {found.value}" if name == "all" else f"{name}: {found.value}"
            out.append(Sourced(value="urpf", where=found.where, note=note))
    return tuple(out)


def _counted(reading: Reading) -> LineCount:
    used = irrelevant = unread = 0
    for _, ledger in reading.ledgers:
        one, two, three = ledger.counts()
        used, irrelevant, unread = used + one, irrelevant + two, unread + three
    return LineCount(
        total=used + irrelevant + unread, used=used, irrelevant=irrelevant, not_understood=unread
    )


def _unread(reading: Reading) -> list[UnreadLine]:
    out = []
    for text, ledger in reading.ledgers:
        for number in ledger.unread():
            line = text.lines[number - 1]
            if line.strip():
                topic, subject = ledger.topics.get(number, ("other", None))
                where = Where(text.file, number)
                out.append(UnreadLine(where=where, text=line.strip(), topic=topic, subject=subject))
    return out
