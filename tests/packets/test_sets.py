"""What sets say about themselves: addresses, ports, words, witnesses."""

from __future__ import annotations

import pytest

from parsers.model.addresses import AddressTerm, prefix_term, range_terms, wildcard_term
from parsers.model.filters import State, TcpFlag
from rules.errors import BadPacket
from rules.packets.packet import Packet, packet
from rules.packets.printing import Service
from rules.packets.sets import EMPTY, PacketSet, between, only, universe
from rules.packets.spaces import (
    outbound,
    outbound_segments,
    outbound_syn,
    ptb_in,
    ptb_out,
    return_,
)

INSIDE = (prefix_term("10.20.0.0/16"), prefix_term("2001:db8:20::/48"))
SERVICE = (prefix_term("104.192.136.0/21"), prefix_term("2401:1d80:3000::/36"))


def to(*terms: AddressTerm) -> PacketSet:
    return between(None, terms)


def test_addresses_are_the_fewest_prefixes() -> None:
    halves = to(prefix_term("192.0.2.0/25"), prefix_term("192.0.2.128/25"))
    assert halves.addresses("dst") == ("192.0.2.0/24",)
    assert to(*range_terms("192.0.2.1", "192.0.2.4")).addresses("dst") == (
        "192.0.2.1/32",
        "192.0.2.2/31",
        "192.0.2.4/32",
    )


def test_a_wildcard_with_few_holes_is_written_as_prefixes() -> None:
    assert to(wildcard_term("185.166.140.0", "0.0.2.255")).addresses("dst") == (
        "185.166.140.0/24",
        "185.166.142.0/24",
    )


def test_a_wildcard_with_many_holes_stays_a_wildcard() -> None:
    assert to(wildcard_term("104.0.0.143", "0.255.255.0")).addresses("dst") == (
        "104.0.0.143/0.255.255.0",
    )


def test_ports_and_services() -> None:
    space = outbound(INSIDE[:1], SERVICE[:1], (22, 443))
    assert space.ports("dst") == ((22, 22), (443, 443))
    assert space.ports("src") == ((1024, 65535),)
    assert space.services() == (Service("104.192.136.0/21", "TCP", "22, 443"),)


def test_words() -> None:
    assert EMPTY.describe() == "no packets"
    assert outbound_syn(INSIDE[:1], SERVICE[:1], (443,)).describe() == (
        "TCP from 10.20.0.0/16 to 104.192.136.0/21, source port 1024-65535, "
        "destination port 443, SYN, state new"
    )
    assert ptb_in(INSIDE[:1]).describe() == (
        "ICMP type 3 code 4 (fragmentation needed) from any IPv4 to 10.20.0.0/16, state related"
    )


def test_witnesses_look_like_packets() -> None:
    syn = outbound(INSIDE, SERVICE, (443,)).witness()
    assert syn == packet("10.20.0.1", "104.192.136.1")
    answer = return_(INSIDE[1:], SERVICE[1:], (22,)).witness()
    assert answer == packet(
        "2401:1d80:3000::1",
        "2001:db8:20::1",
        src_port=22,
        dst_port=50000,
        flags=int(TcpFlag.SYN | TcpFlag.ACK),
        state=State.ESTABLISHED,
    )
    stall = ptb_out(SERVICE[:1], INSIDE[:1]).witness()
    assert stall is not None
    assert (stall.protocol, stall.icmp_type, stall.icmp_code) == (1, 3, 4)
    assert EMPTY.witness() is None


def test_a_witness_is_no_network_address_if_there_is_another() -> None:
    found = to(prefix_term("192.0.2.0/32"), prefix_term("192.0.2.9/32")).witness()
    assert found is not None
    assert found.dst_text == "192.0.2.9"
    alone = to(prefix_term("192.0.2.0/32")).witness()
    assert alone is not None
    assert alone.dst_text == "192.0.2.0"


def test_a_witness_from_anywhere_is_an_example_address() -> None:
    found = ptb_in(INSIDE[:1]).witness()
    assert found is not None
    assert (found.src_text, found.dst_text) == ("192.0.2.1", "10.20.0.1")


def test_the_parts_of_a_session() -> None:
    first = outbound_syn(INSIDE, SERVICE, (443,))
    rest = outbound_segments(INSIDE, SERVICE, (443,))
    assert (first & rest).is_empty
    assert first | rest == outbound(INSIDE, SERVICE, (443,))
    for flags in (TcpFlag.SYN, TcpFlag.SYN | TcpFlag.ACK):
        one = packet("10.20.1.5", "104.192.141.1", flags=int(flags), state=State.ESTABLISHED)
        assert not rest.contains(one)
    lone = packet("104.192.141.1", "10.20.1.5", src_port=443, dst_port=50000)
    assert not return_(INSIDE, SERVICE, (443,)).contains(lone._replace(state=State.ESTABLISHED))


def test_packets_differ_only_in_fields_that_they_have() -> None:
    ping = packet("10.0.0.1", "10.0.0.2", 1, icmp=(8, 0))
    assert only(ping) == only(ping._replace(dst_port=80, flags=18))
    later = packet("10.0.0.1", "10.0.0.2", later_fragment=True)
    assert only(later) == only(later._replace(dst_port=80, flags=18))
    assert only(later) != only(later._replace(later_fragment=False))


def test_impossible_packets() -> None:
    with pytest.raises(BadPacket):
        packet("10.0.0.1", "2001:db8::1")
    with pytest.raises(BadPacket):
        packet("10.0.0.300", "10.0.0.1")
    with pytest.raises(BadPacket):
        only(Packet(4, 1, 2, 6, 70000, 443))
    with pytest.raises(BadPacket):
        only(Packet(4, 1, 2, 300))


def test_restrict() -> None:
    space = universe().restrict(4, src=INSIDE, dst=SERVICE)
    assert space.families == (4,)
    assert space.addresses("src") == ("10.20.0.0/16",)
    assert space.addresses("dst") == ("104.192.136.0/21",)


def test_holes_are_not_in_the_set() -> None:
    (box, *_) = between(INSIDE[:1], SERVICE[:1]).boxes
    host = packet("10.20.0.1", "104.192.136.1")
    (hole,) = to(prefix_term("104.192.136.0/29")).restrict(4).boxes[:1]
    holed = PacketSet(holed=[(box, (hole,))])
    assert not holed.contains(host)
    witness = holed.witness()
    assert witness is not None
    assert holed.contains(witness)
    assert holed == PacketSet([box]) - PacketSet([hole])
    assert holed.describe().endswith("without 1 parts")
