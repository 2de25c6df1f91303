"""The service whose sessions are at stake: prefixes, ports, and which prefixes are anycast."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from parsers.model.addresses import AddressTerm, prefix_term
from rules.errors import ServiceError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ServicePort(NamedTuple):
    """A transport protocol and a port, `tcp` only so far."""

    protocol: str
    port: int


class Service(NamedTuple):
    """A service profile. Prefixes are collapsed and sorted, IPv4 first.

    `published` is the feed's date as printed, None for a profile with literal prefixes. `mss` is the
    TCP MSS that the service announces, in bytes. `former` are ranges that were published once and are not
    any more. `least_mss` is the smallest MSS that its documents name: sessions fit a path that carries it if
    the service announces that one.
    """

    name: str
    title: str
    source: str
    published: str | None
    prefixes: tuple[Network, ...]
    anycast: tuple[Network, ...]
    ports: tuple[ServicePort, ...]
    references: tuple[str, ...] = ()
    mss: int = 1460
    former: tuple[Network, ...] = ()
    least_mss: int = 1460

    @property
    def takes(self) -> int:
        """The packet size in bytes over IPv4 that the service promises to take."""
        return self.least_mss + 40

    def of_family(self, family: int) -> tuple[Network, ...]:
        """The prefixes of one family."""
        return tuple(prefix for prefix in self.prefixes if prefix.version == family)

    def terms(self, family: int) -> tuple[AddressTerm, ...]:
        """The prefixes of one family as address terms."""
        return tuple(prefix_term(str(prefix)) for prefix in self.of_family(family))

    def port_numbers(self) -> tuple[int, ...]:
        """The ports, in the profile's order."""
        return tuple(port.port for port in self.ports)

    def is_anycast(self, prefix: Network) -> bool:
        """Whether any address of `prefix` is anycast."""
        return any(prefix.version == a.version and prefix.overlaps(a) for a in self.anycast)


def network_of(family: int, value: int, length: int) -> Network:
    """The network of an address as an integer, without host bits, and a prefix length."""
    if family == 4:
        return ipaddress.IPv4Network((value, length))
    return ipaddress.IPv6Network((value, length))


def collapse(networks: Iterable[Network]) -> tuple[Network, ...]:
    """The fewest prefixes for the same addresses, IPv4 before IPv6, in order of address."""
    v4 = [n for n in networks if isinstance(n, ipaddress.IPv4Network)]
    v6 = [n for n in networks if isinstance(n, ipaddress.IPv6Network)]
    return (*ipaddress.collapse_addresses(v4), *ipaddress.collapse_addresses(v6))


def service_from(
    profile: object, place: str, read_feed: Callable[[str], str] | None = None
) -> Service:
    """The service of a parsed profile (CONTRACT.md, service profile). `place` names it in errors;
    `read_feed` gives the text of the feed file that the profile names.

    Raises ServiceError with what is wrong and how to put it right.
    """
    if not isinstance(profile, Mapping):
        raise ServiceError(f"{place}: a service profile is a mapping with name, prefixes and ports")
    name = profile.get("name")
    if not isinstance(name, str) or not name:
        raise ServiceError(f"{place}: 'name' is missing; give the service a short name")
    known = {
        "name",
        "title",
        "prefixes",
        "anycast",
        "ports",
        "feed",
        "references",
        "mss",
        "former",
        "least_mss",
    }
    for key in profile:
        if key not in known:
            raise ServiceError(f"{place}: unknown key {key!r}; use {', '.join(sorted(known))}")
    ports = _ports(profile.get("ports"), place)
    mss = profile.get("mss", 1460)
    if not isinstance(mss, int) or not 500 <= mss <= 9000:
        raise ServiceError(f"{place}: 'mss' must be a number of bytes from 500 to 9000")
    least = profile.get("least_mss", mss)
    if not isinstance(least, int) or not 500 <= least <= mss:
        raise ServiceError(f"{place}: 'least_mss' must be a number of bytes from 500 to 'mss'")
    references = tuple(str(item) for item in profile.get("references") or ())
    title = str(profile.get("title") or name)
    former = collapse(_networks(profile.get("former") or [], "former", place))
    if "feed" in profile:
        found = _from_feed(profile["feed"], name, title, ports, references, mss, place, read_feed)
        return found._replace(former=former, least_mss=least)
    prefixes = collapse(_networks(profile.get("prefixes"), "prefixes", place))
    if not prefixes:
        raise ServiceError(f"{place}: 'prefixes' is empty; list the service's networks, or a feed")
    anycast = profile.get("anycast")
    chosen = prefixes if anycast is None else collapse(_networks(anycast, "anycast", place))
    return Service(
        name, title, place, None, prefixes, chosen, ports, references, mss, former, least
    )


def _networks(value: object, key: str, place: str) -> list[Network]:
    if not isinstance(value, list | tuple):
        raise ServiceError(f"{place}: {key!r} must be a list of prefixes, such as [192.0.2.0/24]")
    found: list[Network] = []
    for item in value:
        try:
            found.append(ipaddress.ip_network(str(item)))
        except ValueError as error:
            raise ServiceError(f"{place}: {key!r} holds {item!r}: {error}") from None
    return found


def _ports(value: object, place: str) -> tuple[ServicePort, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ServiceError(f"{place}: 'ports' is missing; use [{{protocol: tcp, port: 443}}]")
    found = []
    for item in value:
        if not isinstance(item, Mapping):
            raise ServiceError(f"{place}: 'ports' holds {item!r}; use {{protocol: tcp, port: 443}}")
        port, protocol = item.get("port"), item.get("protocol", "tcp")
        if protocol != "tcp":
            raise ServiceError(f"{place}: protocol {protocol!r} has no sessions; use tcp")
        if not isinstance(port, int) or not 1 <= port <= 65535:
            raise ServiceError(f"{place}: port {port!r} is not a number from 1 to 65535")
        found.append(ServicePort("tcp", port))
    return tuple(found)


def _from_feed(
    feed: object,
    name: str,
    title: str,
    ports: tuple[ServicePort, ...],
    references: tuple[str, ...],
    mss: int,
    place: str,
    read_feed: Callable[[str], str] | None,
) -> Service:
    if not isinstance(feed, Mapping) or not isinstance(feed.get("file"), str) or read_feed is None:
        raise ServiceError(f"{place}: 'feed' needs 'file', the saved copy of the published list")
    try:
        data = json.loads(read_feed(feed["file"]))
        items = data["items"]
        rows = [item for item in items if _selected(item, feed)]
        networks = [ipaddress.ip_network(item["cidr"]) for item in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise ServiceError(f"{place}: the feed {feed['file']} cannot be read: {error}") from None
    if not networks:
        raise ServiceError(f"{place}: the feed {feed['file']} lists nothing for this product")
    region = feed.get("anycast_region")
    # an aggregate lists every region: only the most specific items say what is anycast
    anycast = [n for n, item in zip(networks, rows, strict=True) if item.get("region") == [region]]
    return Service(
        name,
        title,
        str(feed.get("url") or feed["file"]),
        str(data.get("creationDate") or "") or None,
        collapse(networks),
        collapse(anycast),
        ports,
        references,
        mss,
    )


def _selected(item: Mapping[str, object], feed: Mapping[str, object]) -> bool:
    """The client-side rule of the published list: product, direction, and the commercial perimeter.

    Older shapes of the feed have no perimeter, and lists may be missing (then they are empty)."""
    products, directions = item.get("product") or (), item.get("direction") or ()
    perimeter = item.get("perimeter")
    return (
        isinstance(products, list)
        and feed.get("product") in products
        and isinstance(directions, list)
        and feed.get("direction") in directions
        and perimeter in (None, feed.get("perimeter", "commercial"))
    )
