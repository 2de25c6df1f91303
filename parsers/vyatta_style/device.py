"""From the texts of a VyOS or EdgeOS device to the model; the systems' defaults are resolved here."""

from __future__ import annotations

import re

from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.model.device import Device, LineCount, UnreadLine
from parsers.model.interfaces import Interface
from parsers.model.routes import RouteTable
from parsers.model.source import Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.tables.readers import read_tables
from parsers.vyatta_style.balancing import kernel_choices
from parsers.vyatta_style.draft import Dialect, Draft
from parsers.vyatta_style.firewall import ZONE_ORDER, finish_filters
from parsers.vyatta_style.reading import read_tree
from parsers.vyatta_style.routes import routes_of
from parsers.vyatta_style.top import read_all, topics
from parsers.vyatta_style.zones import open_ends, zone_filters

TOPICS = topics()
_VERSION = re.compile(r"^\s*Version:\s*(?:VyOS\s+)?(\S+)", re.MULTILINE)
_MODEL = re.compile(r"^\s*(?:HW model|Hardware model):\s*(.+?)\s*$", re.MULTILINE)


def parse(inputs: Inputs, vendor: str, edgeos: bool) -> Device:
    """The device that the texts describe."""
    shown = inputs.of("show version")
    body = "\n".join(shown.lines) if shown is not None else ""
    version, model = _VERSION.search(body), _MODEL.search(body)
    text = inputs.of(CONFIGURATION)
    if text is None:
        return Device(
            name=inputs.name,
            platform=inputs.platform,
            vendor=vendor,
            model=model[1] if model else None,
            os_version=version[1] if version else None,
            files=tuple(found.file for found in inputs.texts),
            tables=read_tables(inputs),
        )
    draft = interpret(text, edgeos, version[1] if version else None)
    return _device(inputs, draft, vendor, model[1] if model else None)


def interpret(text: Text, edgeos: bool, release: str | None = None) -> Draft:
    """The draft of a configuration."""
    ledger = Ledger(len(text.lines))
    tree = read_tree(text.lines, ledger)
    root = tree.root
    draft = Draft(text.file, text.lines, ledger, root)
    draft.release = release or tree.release
    draft.whole = tree.whole
    draft.dialect = Dialect(edgeos, _is_modern(root))
    _look_ahead(draft, root)
    read_all(draft, root)
    _bundle_members(draft)
    finish_filters(draft)
    zone_filters(draft, ZONE_ORDER)
    open_ends(draft)
    if not tree.whole:
        _doubt_all(draft)
    draft.settle()
    return draft


def _is_modern(root: Node) -> bool:
    firewall = root.children.get("firewall")
    words = firewall.children if firewall is not None else {}
    return bool({"ipv4", "ipv6", "global-options", "zone"} & set(words))


def _look_ahead(draft: Draft, root: Node) -> None:
    """What the rule sets need to know: whether connections are tracked, and which are not."""
    if any(root.get(*path) is not None for path in _TRACKING):
        draft.tracked = True
    ignored = root.get("system", "conntrack", "ignore")
    if ignored is not None and any(found.word == "rule" for found in ignored.walk()):
        draft.untracked = draft.where(ignored.end or ignored.line)


_TRACKING = (("nat",), ("nat66",), ("service", "nat"), ("port-forward",), ("load-balancing", "wan"))


def _bundle_members(draft: Draft) -> None:
    for name, bundle in draft.members.items():
        draft.change(name, bundle=bundle)


def _doubt_all(draft: Draft) -> None:
    """A text whose blocks do not close may have statements in the wrong place: nothing in it is sure."""
    reason = "the text is not whole: a block is not closed, or a line is no statement"
    for key, found in draft.filters.items():
        draft.filters[key] = found._replace(uncertain=found.uncertain or reason)
    draft.routes_doubt.append(draft.where(len(draft.lines)))


def _device(inputs: Inputs, draft: Draft, vendor: str, model: str | None) -> Device:
    used, irrelevant, unread = draft.ledger.counts()
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor=vendor,
        model=model,
        os_version=draft.release,
        files=tuple(text.file for text in inputs.texts),
        interfaces=_interfaces(draft),
        filters=draft.filters,
        bindings=tuple(draft.bindings),
        static_routes=RouteTable(
            source="config",
            file=draft.file,
            vrf=None,
            family=None,
            routes=tuple(routes_of(draft.hops)),
            complete=not draft.routes_doubt,
            not_understood=tuple(dict.fromkeys(draft.routes_doubt)),
        ),
        tables=read_tables(inputs),
        routing_sources=tuple(draft.sources),
        path_choices=(*draft.choices, *kernel_choices(draft)),
        global_clamps=tuple(draft.clamps),
        df_cleared=tuple(draft.df_cleared),
        recognised=tuple(draft.recognised),
        has_configuration=True,
        lines=LineCount(
            total=used + irrelevant + unread,
            used=used,
            irrelevant=irrelevant,
            not_understood=unread,
        ),
        not_understood=_unread(draft),
    )


def _interfaces(draft: Draft) -> tuple[Interface, ...]:
    """The interfaces with the check of reverse paths that holds for all of them."""
    everywhere = draft.urpf.get(4) or draft.urpf.get(6)
    if everywhere is None:
        return tuple(draft.interfaces.values())
    return tuple(
        found if found.urpf is not None else found.model_copy(update={"urpf": everywhere})
        for found in draft.interfaces.values()
    )


def _unread(draft: Draft) -> tuple[UnreadLine, ...]:
    found = []
    for line in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(line, ("other", None))
        where = Where(draft.file, line)
        found.append(
            UnreadLine(where=where, text=draft.lines[line - 1], topic=topic, subject=subject)
        )
    return tuple(found)
