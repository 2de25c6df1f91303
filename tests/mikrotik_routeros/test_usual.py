"""Commands and rules that are read in one go mean what the slow readers make of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.mikrotik_routeros.firewall import _any_rule
from parsers.mikrotik_routeros.lists import AddressLists, InterfaceLists
from parsers.mikrotik_routeros.matchers import Context
from parsers.mikrotik_routeros.statements import _command
from parsers.mikrotik_routeros.usual import entry_of, words_of

CONTEXT = Context(AddressLists(), InterfaceLists(), frozenset(), {}, (), frozenset(), False, False)
OCTET = st.integers(0, 257).map(str)
ADDRESS = st.lists(OCTET, min_size=4, max_size=4).map(".".join)
SIDE = st.one_of(
    ADDRESS,
    st.tuples(ADDRESS, st.sampled_from(["0", "8", "21", "32", "33", "", "255.255.0.0"])).map(
        "/".join
    ),
    st.sampled_from(["!10.0.0.0/8", "10.0.0.1-10.0.0.9", "2001:db8::/32", "x", ""]),
)
PORT = st.sampled_from(["80", "0", "65535", "65536", "22,443", "100-200", "!25", "x", ""])
PROPERTY = st.one_of(
    st.sampled_from(["accept", "drop", "reject", "jump", "log", "x"]).map(lambda v: f"action={v}"),
    st.just("chain=forward"),
    SIDE.map(lambda v: f"src-address={v}"),
    SIDE.map(lambda v: f"dst-address={v}"),
    st.sampled_from(["tcp", "udp", "icmp", "6", "!tcp", "gre", "0", "x"]).map(lambda v: f"protocol={v}"),
    PORT.map(lambda v: f"dst-port={v}"),
    PORT.map(lambda v: f"src-port={v}"),
    st.sampled_from(['comment="a b"', "comment=a\\20b", "disabled=no", "log=yes", "!dst-port", "tcp-flags=syn"]),
)  # fmt: skip
NEARLY = st.fixed_dictionaries(
    {"chain": st.just("forward")},
    optional={
        "action": st.sampled_from(["accept", "drop", "reject"]),
        "protocol": st.sampled_from(["tcp", "udp", "gre"]),
        "dst-port": PORT,
        "src-port": PORT,
        "dst-address": st.sampled_from(
            ["10.0.0.1", "10.0.0.9/8", "10.0.0.0/", "2001:db8::/32", "10.0.0.256"]
        ),
    },
).map(lambda words: " ".join(["add", *(f"{name}={value}" for name, value in words.items())]))
LINE = NEARLY | st.lists(PROPERTY, min_size=1, max_size=6).map(
    lambda parts: " ".join(["add", *parts])
)


@settings(max_examples=500)
@given(LINE)
def test_the_words_are_those_of_the_slow_reader(text: str) -> None:
    words = words_of(text)
    slow = _command(text, 0, "ip firewall filter", 7, 7)
    assert words is None or (slow.bad, slow.flags, slow.item) == (None, (), None)
    assert words is None or words == slow.words


@settings(max_examples=800)
@given(LINE, st.sampled_from([4, 6]), st.sampled_from(["filter", "raw", "mangle"]))
def test_the_entry_is_that_of_the_slow_reader(text: str, family: int, table: str) -> None:
    statement = _command(text, 0, f"ip firewall {table}", 7, 7)
    if statement.bad is not None or statement.flags:
        return
    usual = entry_of(statement.words, family, 7)
    if usual is not None:
        slow = _any_rule(statement, family, table, CONTEXT)
        assert (slow.entries, slow.odd) == ((usual,), ())


def test_the_usual_line_is_taken_in_one_go() -> None:
    words = words_of(
        "add action=drop chain=forward dst-address=172.16.27.116/32 dst-port=25 protocol=udp"
    )
    assert words is not None
    assert entry_of(words, 4, 1) is not None
