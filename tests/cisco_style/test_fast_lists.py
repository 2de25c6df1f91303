"""The fast way through access lists reads exactly what the slow way reads."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.cisco_ios.filters import DIALECT
from parsers.cisco_style.entries import Reader
from parsers.cisco_style.fast_lists import LazyEntries, is_fast
from parsers.cisco_style.groups import NO_GROUPS
from parsers.model.filters import Symptom

OCTETS = st.integers(0, 260)
ADDRESS = st.tuples(OCTETS, OCTETS, OCTETS, OCTETS).map(lambda o: ".".join(map(str, o)))
SIDE = st.one_of(
    st.just("any"),
    ADDRESS.map(lambda a: f"host {a}"),
    st.tuples(ADDRESS, ADDRESS).map(" ".join),
)
PORT = st.one_of(
    st.just(""),
    st.tuples(
        st.sampled_from(["eq", "gt", "lt", "neq", "range"]),
        st.one_of(st.integers(0, 70000).map(str), st.sampled_from(["www", "0", "65535", "x"])),
    ).map(lambda p: f" {p[0]} {p[1]}"),
)
TAIL = st.sampled_from(
    ["", " established", " log", " established log", " log-input", " foo", " ack"]
)
LINE = st.tuples(
    st.sampled_from(["permit", "deny", "remark"]),
    st.sampled_from(["ip", "ipv4", "tcp", "udp", "icmp", "gre", "47", "ospf"]),
    SIDE, PORT, SIDE, PORT, TAIL,
).map(lambda p: f"{p[0]} {p[1]} {p[2]}{p[3]} {p[4]}{p[5]}{p[6]}")  # fmt: skip


@settings(max_examples=600)
@given(LINE)
def test_a_line_taken_fast_means_the_same(line: str) -> None:
    lines = ["ip access-list extended A", f" {line}"]
    if not is_fast(lines, 2, 2, prefixes=False):
        return
    slow = Reader(DIALECT, 4, NO_GROUPS).entries(line.split(), 2, "10")
    assert tuple(LazyEntries(lines, 2, 2, False, Symptom.TIMEOUT)) == slow


@given(st.lists(LINE, min_size=1, max_size=6))
def test_every_line_of_a_block_is_checked(block: list[str]) -> None:
    lines = ["x", *(f" {line}" for line in block)]
    alone = [is_fast(["x", f" {line}"], 2, 2, prefixes=False) for line in block]
    assert is_fast(lines, 2, len(lines), prefixes=False) == all(alone)


def test_numbers_must_rise_and_be_complete() -> None:
    permit = "permit ip any any"
    assert is_fast([f"10 {permit}", f"20 {permit}"], 1, 2, prefixes=False)
    assert not is_fast([f"20 {permit}", f"10 {permit}"], 1, 2, prefixes=False)
    assert not is_fast([f"10 {permit}", f"10 {permit}"], 1, 2, prefixes=False)
    assert not is_fast([f"10 {permit}", permit], 1, 2, prefixes=False)


def test_ordinary_lines_go_the_fast_way() -> None:
    lines = [
        " permit tcp any host 104.192.136.1 eq 443",
        " deny   udp 10.0.0.0 0.255.255.255 gt 1023 any lt 1024 log",
        " permit tcp any any established",
    ]
    assert is_fast(lines, 1, 3, prefixes=False)
    entries = LazyEntries(lines, 1, 3, False, Symptom.TIMEOUT)
    assert len(entries) == 3
    assert [entry.line for entry in entries] == [1, 2, 3]
    assert [entry.label for entry in entries] == ["10", "20", "30"]


@given(st.lists(LINE, min_size=1, max_size=6), st.booleans())
def test_addresses_told_without_entries_are_those_of_the_entries(
    block: list[str], numbered: bool
) -> None:
    lines = ["x"]
    for line in block:
        if is_fast(["x", f" {line}"], 2, 2, prefixes=False):
            lines.append(f" {len(lines)} {line}" if numbered else f" {line}")
    if len(lines) == 1:
        return
    made = LazyEntries(lines, 2, len(lines), False, Symptom.TIMEOUT)
    alone = LazyEntries(lines, 2, len(lines), False, Symptom.TIMEOUT)
    assert [alone[place] for place in range(len(alone))] == list(made)
    for side in ("src", "dst"):
        specs = [getattr(entry.matches[0], side) for entry in made]
        terms = [spec.terms[0][1:] if spec is not None else (0, 0) for spec in specs]
        assert list(alone.hulls(side)) == terms
