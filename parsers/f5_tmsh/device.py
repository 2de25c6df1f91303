"""From the texts of a BIG-IP to the model; the platform's defaults are resolved here."""

from __future__ import annotations

from parsers.f5_tmsh.draft import Draft, Fast
from parsers.f5_tmsh.imish import read_imish
from parsers.f5_tmsh.listeners import FORWARD, build_filters
from parsers.f5_tmsh.names import destination
from parsers.f5_tmsh.network import finish_vlans
from parsers.f5_tmsh.packet_filter import packet_filter
from parsers.f5_tmsh.places import outcome_of
from parsers.f5_tmsh.reading import VERSION, read_text
from parsers.f5_tmsh.top import read_modules
from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device, LineCount, MssRaise, PtbLimit, UnreadLine
from parsers.model.filters import Action, Binding
from parsers.model.interfaces import MssClamp
from parsers.model.routes import RouteTable
from parsers.model.source import Sourced, Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.tables.readers import read_tables

HEADER_LINES = 20
PINNED = "the connection table keeps a connection on its way"
FLOW = frozenset(
    {HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
)
SUPPLIED = "fastL4"


def parse(inputs: Inputs) -> Device:
    """The device that BIG-IP texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        files = tuple(found.file for found in inputs.texts)
        return Device(
            name=inputs.name,
            platform=inputs.platform,
            vendor="F5",
            files=files,
            tables=read_tables(inputs),
        )
    draft = interpret(text)
    return _device(inputs, draft)


def interpret(text: Text) -> Draft:
    """The draft of a configuration."""
    ledger = Ledger(len(text.lines))
    found = read_text(text.lines, ledger)
    draft = Draft(text.file, text.lines, ledger, found.root)
    for line in text.lines[:HEADER_LINES]:
        header = VERSION.match(line)
        if header is not None:
            draft.version = header[1]
    if not found.whole:
        _spread(found.root)
        draft.routes_doubt.append(draft.where(len(text.lines)))
    read_modules(draft)
    if found.imish:
        read_imish(draft, found.imish)
    finish_vlans(draft)
    draft.settle()
    return draft


def _spread(root: Node) -> None:
    """A block that was cut off puts all that stands in it in doubt."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for child in node.children.values():
            if node.doubt is not None and node is not root:
                child.doubted(node.doubt, node.doubt_line)
            waiting.append(child)


def _device(inputs: Inputs, draft: Draft) -> Device:
    filters = build_filters(draft)
    used, irrelevant, unread = draft.ledger.counts()
    forward = filters[FORWARD, 0]
    transit = bool(
        draft.virtuals
        or draft.snats
        or draft.global_policy
        or draft.global_rules
        or draft.domain_rules
    )
    transit = transit or packet_filter(draft) is not None or bool(draft.interfaces)
    where = draft.where(forward.line or 1)
    binding = Binding(FORWARD, 0, None, "forward", where, sees_translated=False)
    return Device(
        name=inputs.name,
        platform=inputs.platform,
        vendor="F5",
        os_version=draft.version,
        files=tuple(text.file for text in inputs.texts),
        interfaces=tuple(draft.interfaces.values()),
        filters=filters,
        bindings=(binding,) if transit else (),
        static_routes=RouteTable(
            source="config",
            file=draft.file,
            vrf=None,
            family=None,
            routes=tuple(draft.routes),
            complete=not draft.routes_doubt,
            not_understood=tuple(dict.fromkeys(draft.routes_doubt)),
        ),
        tables=read_tables(inputs),
        routing_sources=tuple(draft.sources),
        path_choices=(*draft.choices, _default_choice()),
        global_clamps=_clamps(draft),
        ptb_limits=_limits(draft),
        mss_raises=_raises(draft),
        df_cleared=_df(draft),
        recognised=(*draft.recognised, *_translations(draft), *_pooled(draft)),
        has_configuration=True,
        lines=LineCount(
            total=used + irrelevant + unread,
            used=used,
            irrelevant=irrelevant,
            not_understood=unread,
        ),
        not_understood=_unread(draft),
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


def _default_choice() -> PathChoice:
    return PathChoice(
        stage=Stage.ECMP,
        scope=Scope.DEVICE,
        spread=Spread.FLOW,
        statement="connection table",
        fields=FLOW,
        keeps=True,
        reason=PINNED,
    )


def _fast(draft: Draft, name: str) -> Fast:
    """A fastL4 profile with what it inherits; those supplied with the system set neither MSS nor DF."""
    found = Fast()
    seen: set[str] = set()
    while name in draft.fast and name not in seen:
        seen.add(name)
        own = draft.fast[name]
        found.mss = found.mss or own.mss
        found.df = found.df or own.df
        name = own.parent or SUPPLIED
    return found


def _forwarding(draft: Draft, family: int) -> list[tuple[str, Fast]]:
    """The virtual servers that forward packets of a family, with their fastL4 profile."""
    found = []
    for virtual in draft.virtuals.values():
        place = destination(virtual.destination)
        six = place is not None and ":" in place.address
        if six != (family == 6) and virtual.criteria is None:
            continue
        if outcome_of(draft, virtual).action is Action.DENY:
            continue
        profiles = [name for name in virtual.profiles if name in draft.fast]
        found.append((virtual.name, _fast(draft, profiles[0] if profiles else SUPPLIED)))
    return found


def _clamps(draft: Draft) -> tuple[MssClamp, ...]:
    """The MSS that every forwarding virtual server of a family puts into SYN and SYN+ACK; where one of them
    has none, sessions may pass unclamped and no clamp counts."""
    clamps = []
    for family in (4, 6):
        values = [fast.mss for _, fast in _forwarding(draft, family)]
        if values and all(value is not None and value[0] > 0 for value in values):
            value, line = max(v for v in values if v is not None)
            clamps.append(MssClamp(family=family, value=value, where=draft.where(line)))
    return tuple(clamps)


def _raises(draft: Draft) -> tuple[MssRaise, ...]:
    """`mss-override` puts its number into the option; whether also in place of a smaller one the reference does
    not say."""
    lines = {
        fast.mss[1]: fast.mss[0]
        for family in (4, 6)
        for _, fast in _forwarding(draft, family)
        if fast.mss is not None and fast.mss[0] > 0
    }
    return tuple(
        MssRaise(
            value=value, certain=False, where=draft.where(line), reason=f"mss-override {value}"
        )
        for line, value in lines.items()
    )


def _df(draft: Draft) -> tuple[Sourced[str], ...]:
    cleared = {
        fast.df[1]: fast.df[0]
        for family in (4, 6)
        for _, fast in _forwarding(draft, family)
        if fast.df is not None and fast.df[0] == "clear"
    }
    return tuple(
        Sourced[str](value="ip-df-mode clear", where=draft.where(line)) for line in cleared
    )


def _limits(draft: Draft) -> tuple[PtbLimit, ...]:
    """`max-icmp-rate`: ICMP errors a second of the whole box, 100 as shipped."""
    word, line = draft.traffic.get("max-icmp-rate", draft.db.get("tm.maxicmprate", ("", 0)))
    if not word.isdecimal() or int(word) == 0:
        return ()
    return tuple(
        PtbLimit(
            family=family,
            per_second=float(word),
            where=draft.where(line),
            reason="max-icmp-rate of the whole box",
        )
        for family in (4, 6)
    )


def _translations(draft: Draft) -> tuple[Sourced[str], ...]:
    return tuple(
        Sourced[str](
            value="nat",
            where=virtual.translation,
            note=f"virtual server {virtual.name} translates sources",
        )
        for virtual in draft.virtuals.values()
        if virtual.translation is not None
    )


def _pooled(draft: Draft) -> tuple[Sourced[str], ...]:
    """Virtual servers that forward to the members of a pool instead of along the routes."""
    return tuple(
        Sourced[str](
            value="policy-route",
            where=draft.where(virtual.line),
            note=f"virtual server {virtual.name} forwards to pool {virtual.pool}",
        )
        for virtual in draft.virtuals.values()
        if virtual.pool is not None and not virtual.translate_address and virtual.enabled
    )
