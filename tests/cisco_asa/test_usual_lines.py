"""The lines of a list that are read in one go mean what the slow reader makes of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.cisco_asa.draft import AsaDraft
from parsers.cisco_asa.entries import Known, Reader, _Ace
from parsers.cisco_style.entries import NotUnderstood
from parsers.cisco_style.groups import NO_GROUPS
from parsers.ledger import Ledger
from parsers.model.filters import Action, Entry, Symptom

NAMES = {"SRV": "192.0.2.7", "1SRV": "192.0.2.8"}
OCTET = st.integers(0, 257).map(str)
ADDRESS = st.lists(OCTET, min_size=4, max_size=4).map(".".join)
SIDE = st.one_of(
    st.sampled_from(["any", "any4", "any6", "object O", "object 10.0.0.1", "host SRV", "host ::1", "1SRV 255.0.0.0"]),
    ADDRESS.map(lambda a: f"host {a}"),
    st.tuples(ADDRESS, ADDRESS).map(" ".join),
    ADDRESS.map(lambda a: f"{a}/24"),
)  # fmt: skip
PORT = st.one_of(
    st.sampled_from(["", "", "range 1 9", "eq https", "gt 5", "log", "inactive", "eq 000080"]),
    st.integers(0, 70000).map(lambda n: f"eq {n}"),
)
NEARLY = st.tuples(
    st.sampled_from(["permit", "deny"]),
    st.sampled_from(["ip", "tcp", "udp"]),
    st.sampled_from(
        ["any", "host 10.0.0.1", "10.0.0.0 255.0.255.0", "host SRV", "object 10.0.0.1"]
    ),
    st.sampled_from(["any", "host 10.0.0.1", "any4", "interface 10.0.0.1", "1SRV 255.0.0.0"]),
    PORT,
).map(" ".join)
LINE = NEARLY | st.tuples(
    st.sampled_from(["permit", "deny", "trust", "x"]),
    st.sampled_from(["ip", "tcp", "udp", "icmp", "gre", "6"]),
    SIDE, PORT, SIDE, PORT,
).map(" ".join)  # fmt: skip


def _draft() -> AsaDraft:
    draft = AsaDraft("r1.cfg", [], Ledger(0))
    draft.names = NAMES
    return draft


@settings(max_examples=800)
@given(LINE, st.sampled_from([0, 0, 0, 4, 6]))
def test_a_line_taken_in_one_go_means_the_same(line: str, family: int) -> None:
    known = Known(_draft(), NO_GROUPS, {}, {})
    tokens = line.split()
    match = Reader(known, family, Symptom.TIMEOUT)._usual(tokens)
    if match is None:
        return
    slow = _Ace(Reader(known, family, Symptom.TIMEOUT), tokens)
    slow.action = Action.PERMIT if tokens[0] == "permit" else Action.DENY
    try:
        slow.extended()
    except (NotUnderstood, ValueError, IndexError) as error:
        raise AssertionError(f"{line}: {error!r}") from error
    assert slow.finish(3, "1") == (
        Entry(3, slow.action, (match,), None, None, Symptom.TIMEOUT, "1"),
    )


def test_the_usual_line_is_taken_in_one_go() -> None:
    reader = Reader(Known(_draft(), NO_GROUPS, {}, {}), 0, Symptom.TIMEOUT)
    words = ["permit", "tcp", "host", "10.0.0.1", "172.16.0.0", "255.255.0.0", "eq", "443"]
    assert reader._usual(words) is not None
