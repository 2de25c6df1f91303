"""`auditor filter search`: the exact permitted, denied and undecided packets of the flow spaces."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from auditor import profile
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from auditor.pipeline import AuditOptions, DeviceFailed, parse_device
from auditor.sources import networks, open_path, platform_name
from parsers.model.addresses import AddressTerm
from parsers.model.device import Device
from parsers.model.filters import Filter
from rules.blocking import blocked_list, deciding_words, in_words, service_side
from rules.meetings import OUTBOUND, PTB_IN, PTB_OUT, RETURN
from rules.packets import spaces
from rules.packets.evaluate import evaluate
from rules.packets.sets import PacketSet
from rules.packets.verdicts import Outcome, Verdicts
from rules.service import Service

SPACES = (OUTBOUND, RETURN, PTB_IN, PTB_OUT)


def filter_search(options: argparse.Namespace) -> int:
    """Prints the parts of every space for the filters that the options name."""
    service = profile.load(options.service)
    chosen = AuditOptions(
        service=service,
        platform=platform_name(options.platform),
        sources=networks(options.sources),
    )
    devices, read = open_path(options.path)
    rows: list[dict[str, object]] = []
    failed = 0
    for source in devices:
        try:
            device, _, _ = parse_device(source, chosen, read)
        except DeviceFailed as error:
            sys.stderr.write(f"auditor: {source.name}: {error}\n")
            failed += 1
            continue
        rows.extend(_device_rows(device, chosen, options.filter_name))
    if options.filter_name and not rows and not failed:
        raise UsageError(f"no filter is called {options.filter_name!r} there")
    if options.format == "json":
        sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(_text(row) for row in rows))
    return int(ExitCode.INCOMPLETE if failed else ExitCode.CLEAN)


def _device_rows(
    device: Device, options: AuditOptions, name: str | None
) -> Iterator[dict[str, object]]:
    bound = {(b.key, b.family) for b in device.bindings}
    for key, found in sorted(device.filters.items()):
        named = name is not None and name in (found.key, *found.names)
        if not (named or (name is None and (key in bound or found.kind == "zone-policy"))):
            continue
        for family in (found.family,) if found.family else (4, 6):
            for space in SPACES:
                packets = _packets(options, family, space)
                if packets:
                    verdicts = evaluate(device.filters, found.key, found.family or family, packets)
                    yield _row(device, found, family, space, verdicts)


def _packets(options: AuditOptions, family: int, space: str) -> PacketSet:
    inside = tuple(
        AddressTerm(family, int(n.network_address), int(n.netmask))
        for n in options.sources
        if n.version == family
    )
    return space_packets(options.service, family, space, inside or None)


def space_packets(
    service: Service, family: int, space: str, inside: tuple[AddressTerm, ...] | None
) -> PacketSet:
    """The packets of a flow space; `inside` None is anywhere."""
    terms, ports = service.terms(family), service.port_numbers()
    inside = spaces.ANYWHERE if inside is None else inside
    if space == OUTBOUND:
        return spaces.outbound(inside, terms, ports)
    if space == RETURN:
        return spaces.return_(inside, terms, ports)
    if space == PTB_IN:
        return spaces.ptb_in(inside).restrict(family)
    return spaces.ptb_out(terms, inside)


def _row(
    device: Device, found: Filter, family: int, space: str, verdicts: Verdicts
) -> dict[str, object]:
    row: dict[str, object] = {
        "device": device.name,
        "filter": found.names[0] if found.names else found.key,
        "family": family,
        "space": space,
    }
    for outcome, word in (
        (Outcome.PERMIT, "permitted"),
        (Outcome.DENY, "denied"),
        (Outcome.UNKNOWN, "undecided"),
    ):
        pieces = [piece for piece in verdicts.pieces if piece.outcome is outcome]
        packets = verdicts.part(outcome)
        row[word] = {
            "packets": [b._asdict() for b in blocked_list(service_side(packets, space))],
            "lines": sorted({p.decision.line for p in pieces if p.decision.line is not None}),
            "words": f"{in_words(packets, space, found)}, by {deciding_words(pieces)}"
            if packets
            else "",
        }
    return row


def _text(row: dict[str, object]) -> str:
    lines = [f"{row['device']}  {row['filter']}  IPv{row['family']}  {row['space']}"]
    for word in ("permitted", "denied", "undecided"):
        part = row[word]
        said = part["words"] if isinstance(part, dict) else ""
        lines.append(f"    {word}: {said or 'nothing'}")
    return "\n".join(lines) + "\n"
