"""JSON of mtr, dublin-traceroute and scamper, broken ones included.

Forms: mtr's report/json.c; dublin-traceroute's results; scamper's sc_warts2json for `trace` and `tracelb`. Some
versions of the last write a comma before a closing bracket, and a tool that was stopped leaves its text without an end:
what is there is read, and said to be incomplete.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from auditor.diagnosis.traces import Answer, Flows, Trace

_COMMA = re.compile(r",(\s*[\]}])")
_DEEPEST = 200


def loads(text: str) -> tuple[Any, str | None]:
    """The value of JSON text, mended where need be, and a remark on what was wrong.

    Raises ValueError if nothing can be read.
    """
    try:
        return json.loads(text), None
    except (ValueError, RecursionError):
        mended = _COMMA.sub(r"\1", text)
    try:
        return json.loads(mended), "a comma stands before a closing bracket"
    except RecursionError:
        raise ValueError("brackets are nested too deeply") from None
    except ValueError:
        value = json.loads(_closed(mended))
    return value, "the text ends early; what is there was read"


def _closed(text: str) -> str:
    """Text that ends early, cut after its last complete value, with all brackets closed."""
    stack: list[str] = []
    quoted = escaped = False
    best, closing = 0, ""
    for place, sign in enumerate(text):
        if quoted:
            if escaped:
                escaped = False
            elif sign == "\\":
                escaped = True
            elif sign == '"':
                quoted = False
            continue
        if sign == '"':
            quoted = True
        elif sign in "{[":
            stack.append("}" if sign == "{" else "]")
            if len(stack) > _DEEPEST:
                raise ValueError("brackets are nested too deeply")
        elif sign in "}]":
            if not stack or stack.pop() != sign:
                break
            best, closing = place + 1, "".join(reversed(stack))
    if not best:
        raise ValueError("no complete part is in it")
    return text[:best] + closing


def traces_of(value: object) -> Iterator[Trace]:
    """The traces in a JSON value; none if it is of no known form. Raises nothing for odd contents."""
    match value:
        case {"report": {"hubs": list(hubs), **report}}:
            yield _mtr(report.get("mtr"), hubs)
        case {"flows": dict(flows)}:
            yield _dublin(flows)
        case {"type": "trace", "hops": list(hops), **trace}:
            yield _scamper(trace, hops)
        case {"type": "tracelb", **trace}:
            yield _tracelb(trace)
        case list(items):
            for item in items:
                yield from traces_of(item)


def _number(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _mtr(head: object, hubs: list[object]) -> Trace:
    found = []
    for place, hub in enumerate(hubs, 1):
        if isinstance(hub, dict):
            host = _text(hub.get("host"))
            address, name = address_and_name(host or "")
            silent = host is None or host.startswith("???")
            ttl = _number(hub.get("count")) or place
            found.append(Answer(ttl, None if silent else address, name=name))
    target = _text(head.get("dst")) if isinstance(head, dict) else None
    return Trace("mtr --json", "icmp or as asked", target, "varies", tuple(found))


def address_and_name(text: str) -> tuple[str, str]:
    """`name (address)` taken apart; a lone word is both."""
    found = re.fullmatch(r"(\S+)\s*[(\[]([0-9A-Fa-f:.]+)[)\]]", text.strip())
    return (found[2], found[1]) if found else (text.strip(), "")


def _dublin(flows: dict[str, object]) -> Trace:
    found, target = [], None
    for flow, probes in flows.items():
        for probe in probes if isinstance(probes, list) else ():
            if not isinstance(probe, dict):
                continue
            sent, received = probe.get("sent"), probe.get("received")
            ttl = _number(_inside(sent, "ip", "ttl"))
            if ttl is None:
                continue
            target = target or _text(_inside(sent, "ip", "dst"))
            kind, code = (
                _number(_inside(received, "icmp", "type")),
                _number(_inside(received, "icmp", "code")),
            )
            mtu = _number(_inside(received, "icmp", "mtu"))
            address = _text(_inside(received, "ip", "src"))
            found.append(
                Answer(
                    ttl,
                    address,
                    str(flow),
                    _mark(kind, code),
                    mtu or None,
                    str(probe.get("name") or ""),
                )
            )
            if probe.get("is_last"):
                break
    return Trace("dublin-traceroute", "udp", target, "known", tuple(found))


def _inside(value: object, *keys: str) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _mark(kind: int | None, code: int | None) -> str:
    """What an ICMP error says, as traceroute prints it."""
    if kind == 3 and code is not None:
        return {0: "N", 1: "H", 2: "P", 3: "D", 4: "F", 9: "X", 10: "X", 13: "X"}.get(
            code, str(code)
        )
    return "D" if kind in (0, 129) else ""


def _scamper(trace: dict[Any, Any], hops: list[object]) -> Trace:
    method = str(trace.get("method") or "")
    found = []
    for hop in hops:
        if not isinstance(hop, dict):
            continue
        ttl = _number(hop.get("probe_ttl"))
        if ttl is not None:
            kind, code = _number(hop.get("icmp_type")), _number(hop.get("icmp_code"))
            mtu = _number(hop.get("icmp_nhmtu"))
            mark = "R" if "tcp_flags" in hop else _mark(kind, code)
            found.append(
                Answer(
                    ttl, _text(hop.get("addr")), "", mark, mtu or None, str(hop.get("name") or "")
                )
            )
    # scamper keeps the ports of TCP probes too; it changes them for plain UDP, and the checksum for plain ICMP
    flows: Flows = "same" if "paris" in method or method.startswith("tcp") else "varies"
    return Trace("scamper trace", method, _text(trace.get("dst")), flows, tuple(found))


def _tracelb(trace: dict[Any, Any]) -> Trace:
    """Links are listed node by node; each probe says its flow, TTL and time, and its link what answered. A node's own
    `q_ttl` is the TTL in the packet that it quoted, which is 1 at every hop: its hop is one less than its probes'."""
    found: list[tuple[float, Answer]] = []
    hops: dict[str, int] = {}
    nodes = trace.get("nodes")
    for node in nodes if isinstance(nodes, list) else ():
        if not isinstance(node, dict):
            continue
        links = list(_links(node))
        told = [ttl - depth for depth, link in links for ttl in _ttls(link)]
        address = _text(node.get("addr"))
        first = (_number(trace.get("firsthop")) or 1) if not hops else None
        near = min(told) if told else hops.get(address or "", first)
        if near is not None:
            if near not in hops.values():  # a hop that probes led to has its answers already
                found.append((0, Answer(near, address, "?")))
            hops[address or ""] = near
        for depth, link in links:
            found += _link(link, None if near is None else near + depth, hops)
    found.sort(key=lambda item: item[0])
    answers = tuple(answer for _, answer in found)
    method = str(trace.get("method") or "")
    return Trace("scamper tracelb", method, _text(trace.get("dst")), "known", answers)


def _links(node: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The links of a node, with how many hops lie between it and what is at their end."""
    layers = node.get("links")
    for depth, layer in enumerate(layers if isinstance(layers, list) else (), 1):
        for link in layer if isinstance(layer, list) else ():
            if isinstance(link, dict):
                yield depth, link


def _probes(link: dict[str, Any]) -> list[dict[str, Any]]:
    probes = link.get("probes")
    return [p for p in probes if isinstance(p, dict)] if isinstance(probes, list) else []


def _ttls(link: dict[str, Any]) -> Iterator[int]:
    for probe in _probes(link):
        ttl = _number(probe.get("ttl"))
        if ttl is not None:
            yield ttl


def _link(
    link: dict[str, Any], near: int | None, hops: dict[str, int]
) -> Iterator[tuple[float, Answer]]:
    address = _text(link.get("addr"))
    address = None if address == "*" else address
    told = False
    for probe in _probes(link):
        ttl = _number(probe.get("ttl"))
        if ttl is not None:
            told = True
            kind, code = _icmp(probe)
            hops.setdefault(address or "", ttl)
            yield (
                _sent(probe.get("tx")),
                Answer(ttl, address, str(probe.get("flowid")), _mark(kind, code)),
            )
    if not told and near is not None:
        hops.setdefault(address or "", near)
        yield 0, Answer(near, address, "?")


def _icmp(probe: dict[str, Any]) -> tuple[int | None, int | None]:
    """Type and code of the first answer to a probe."""
    replies = probe.get("replies")
    first = replies[0] if isinstance(replies, list) and replies else None
    return _number(_inside(first, "icmp_type")), _number(_inside(first, "icmp_code"))


def _sent(time: object) -> float:
    """When a probe was sent, in seconds; 0 where that is not told."""
    seconds, fraction = _number(_inside(time, "sec")), _number(_inside(time, "usec"))
    return (seconds or 0) + (fraction or 0) / 1e6
