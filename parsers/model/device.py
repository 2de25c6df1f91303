"""The whole device: the only thing that passes from parsers to rules."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SkipValidation

from parsers.model.balancing import PathChoice
from parsers.model.filters import Binding, FilterTable
from parsers.model.interfaces import Interface, MssClamp
from parsers.model.routes import RouteTable
from parsers.model.source import Frozen, Sourced, Where


class LineCount(Frozen):
    """The ledger's sums over the configuration files of a device; they add up to `total`."""

    total: int = 0
    used: int = 0
    irrelevant: int = 0
    not_understood: int = 0


class UnreadLine(Frozen):
    """A line that no handler knew. `topic` is `filter`, `interface`, `route` or `other`;
    `subject` names the filter or interface that it stands in."""

    where: Where
    text: str
    topic: str = "other"
    subject: str | None = None


class PtbLimit(Frozen):
    """A device-wide limit on sending Frag-Needed or PTB. `per_second` None is unlimited."""

    family: int
    per_second: float | None
    where: Where | None = None
    reason: str = ""


class MssRaise(Frozen):
    """A statement that can make the MSS in transit larger, up to `value` bytes. `certain` is False where no
    document says whether the platform also raises or only lowers."""

    value: int
    certain: bool = True
    where: Where | None = None
    reason: str = ""


class Missing(Frozen):
    """A text that was not collected and that a verdict needs. `topic` is filters, interfaces or routes;
    `command` would give it; `family` 0 stands for both."""

    topic: str
    command: str
    family: int = 0


class Device(Frozen):
    """What one device's texts say. Tuples keep the order of the text.

    `routing_sources` are processes that may install routes the configuration does not show (bgp,
    ospf, dhcp …). `tables` are RIB and FIB outputs. `global_clamps` act on all transit. `mss_raises` can make
    segments larger. `df_cleared` marks statements that clear DF, `note` is the route map that they stand in,
    if any. `recognised` are things seen and not modelled that could change a verdict: NAT, policy routing,
    zone policy; `value` is nat, policy-route, zone-policy, urpf, inspect, flowspec, l2-filter, qos-drop,
    crypto-map, …; `note` begins with the interface's name and a colon where it acts on one interface.
    `missing` names texts that verdicts need and that are not there.
    """

    name: str
    platform: str
    vendor: str
    model: str | None = None
    os_version: str | None = None
    files: tuple[str, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    filters: Annotated[FilterTable, SkipValidation] = Field(default_factory=dict)
    bindings: Annotated[tuple[Binding, ...], SkipValidation] = ()
    static_routes: RouteTable | None = None
    tables: tuple[RouteTable, ...] = ()
    routing_sources: tuple[Sourced[str], ...] = ()
    path_choices: tuple[PathChoice, ...] = ()
    global_clamps: tuple[MssClamp, ...] = ()
    ptb_limits: tuple[PtbLimit, ...] = ()
    mss_raises: tuple[MssRaise, ...] = ()
    df_cleared: tuple[Sourced[str], ...] = ()
    recognised: tuple[Sourced[str], ...] = ()
    missing: tuple[Missing, ...] = ()
    has_configuration: bool = False
    is_host: bool = False
    lines: LineCount = LineCount()
    not_understood: tuple[UnreadLine, ...] = ()
