"""The budget in a finding: a table of hops with their sizes, and the number that decides."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.model.interfaces import Interface, MssClamp
from rules import pmtud
from rules.finding import Budget, Hop
from rules.narrow import Narrow
from rules.view import View

MESSAGE = {4: "Frag-Needed", 6: "Packet Too Big"}


def hop(
    view: View, interface: Interface, role: str, family: int, needs: int | None, does: str
) -> Hop:
    """The row of an interface. `role` is `in` or `out` as the big packets pass, or `underneath`."""
    size = pmtud.effective_mtu(view, interface, family)
    return Hop(interface.name, role, size.value, size.assumed, size.why, size.overhead, needs, does)


def of_narrow(view: View, narrow: Narrow, does: str, verdict: str) -> Budget:
    """The budget of packets that do not fit: `does` is what the device does at the narrow interface, `verdict`
    the words about clamps or limits that decide."""
    family = narrow.crossing.family
    hops = []
    if narrow.way_in is not None:
        hops.append(hop(view, narrow.way_in, "in", family, narrow.arriving, "lets them in"))
    hops.append(hop(view, narrow.way_out, "out", family, narrow.arriving, does))
    hops.extend(underneath(view, narrow.way_out, narrow.size.value))
    return Budget(
        family=family,
        direction="up" if narrow.upload else "down",
        packet=narrow.arriving,
        fits=narrow.size.value,
        segment=narrow.needed,
        hops=tuple(hops),
        decides=f"{MESSAGE[family]} needed above {narrow.size.value}; {verdict}",
    )


def underneath(view: View, interface: Interface, inner: int) -> list[Hop]:
    """The carrier of a tunnel, with what it must take for the tunnel's largest packet."""
    carrier = pmtud.carrier_of(view, interface)
    if interface.tunnel is None or carrier is None:
        return []
    overhead = interface.tunnel.overhead
    needs = None if overhead is None else inner + overhead
    return [hop(view, carrier, "underneath", 4, needs, f"carries {interface.tunnel.mode}")]


def clamp_words(clamps: Iterable[MssClamp], need: int) -> str:
    """The clamps against the MSS that fits: `clamp 1380 > 1360`."""
    words = []
    for clamp in clamps:
        if clamp.value is None:
            words.append("clamp to the path MTU")
        else:
            words.append(f"clamp {clamp.value} {'<=' if clamp.value <= need else '>'} {need}")
    return ", ".join(dict.fromkeys(words)) or f"no clamp of {need} or less"


def of_message(
    view: View,
    sides: tuple[Interface | None, Interface | None],
    family: int,
    upload: bool,
    dropped_at: tuple[str, str],
    clamps: Iterable[MssClamp],
) -> Budget:
    """The budget where a filter drops the message of somebody else. `sides` are the inside and the outside;
    `dropped_at` is an interface's name and what is dropped there. The narrow link is beyond this device, so
    the least size that the service promises to take counts, and the device's own links."""
    order = sides if upload else sides[::-1]
    present = [interface for interface in order if interface is not None]
    sizes = [pmtud.effective_mtu(view, interface, family).value for interface in present]
    least = min([view.service.takes, *sizes])
    need = least - pmtud.HEADERS[family]
    packet = min([view.service.mss + pmtud.HEADERS[4], *sizes[:1]])
    hops = []
    for interface, role in zip(order, ("in", "out"), strict=True):
        if interface is not None:
            does = dropped_at[1] if interface.name == dropped_at[0] else "lets them pass"
            hops.append(hop(view, interface, role, family, packet, does))
    if dropped_at[0] not in {interface.name for interface in present}:
        hops.append(Hop(dropped_at[0], "filter", None, True, "", None, packet, dropped_at[1]))
    return Budget(
        family=family,
        direction="up" if upload else "down",
        packet=packet,
        fits=least,
        segment=need,
        hops=tuple(hops),
        decides=f"{MESSAGE[family]} needed wherever a link beyond is below {packet}; "
        f"{clamp_words(clamps, need)}",
    )
