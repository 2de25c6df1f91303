"""Lines become commands: menus, continuation, quotes, `find`, and text that is not whole."""

from __future__ import annotations

from parsers.ledger import Ledger
from parsers.mikrotik_routeros.statements import Statement, statements


def read(text: str) -> list[Statement]:
    lines = text.splitlines()
    return list(statements(lines, Ledger(len(lines))))


def test_a_menu_holds_until_the_next() -> None:
    one, two = read(
        "/ip firewall filter\nadd chain=forward\n# comment\n/ip route\nadd gateway=192.0.2.1\n"
    )
    assert (one.menu, one.verb, one.words, one.first) == (
        "ip firewall filter",
        "add",
        {"chain": "forward"},
        2,
    )
    assert (two.menu, two.words, two.first) == ("ip route", {"gateway": "192.0.2.1"}, 5)


def test_forms_of_menus() -> None:
    for text in (
        "/ip firewall filter add chain=forward",
        "/ip/firewall/filter add chain=forward",
        "/ip/firewall/filter/add chain=forward",
        "/ip firewall\nfilter add chain=forward",
    ):
        (found,) = read(text)
        assert (found.menu, found.verb, found.words, found.bad) == (
            "ip firewall filter", "add", {"chain": "forward"}, None,
        )  # fmt: skip


def test_continuation_inside_words_names_and_quotes() -> None:
    (found,) = read(
        '/ip firewall filter\nadd action=drop chain=forward comment="a rule about\\\n    '
        ' things" \\\n    dst-address=\\\n    192.0.2.0/24\n'
    )
    assert found.words == {
        "action": "drop", "chain": "forward", "comment": "a rule about things",
        "dst-address": "192.0.2.0/24",
    }  # fmt: skip
    assert (found.first, found.last, found.bad) == (2, 5, None)


def test_escapes() -> None:
    (found,) = read(r"/system script" + "\n" + r'add name=a\_b source="x=\"1\"\r\n\$y \F0\9F\\"')
    assert found.words["source"] == 'x="1"\r\n$y \u00f0\u009f\\'


def test_items() -> None:
    texts = {
        "set [ find default-name=ether1 ] name=WAN": "default-name=ether1",
        "set ether1 mtu=1400": "ether1",
        "set 0 name=serial0": "0",
        "set (unknown) name=request-only": "(unknown)",
        "set *FFFFFFFE use-upnp=yes": "*FFFFFFFE",
        "set servers=192.0.2.1": None,
    }
    for text, item in texts.items():
        (found,) = read(f"/x\n{text}")
        assert (found.item, found.bad) == (item, None), text


def test_flags() -> None:
    (found,) = read(
        "/ip route\nadd blackhole disabled=no !check-gateway dst-address=192.0.2.0/24\n"
    )
    assert found.flags == ("blackhole", "!check-gateway")
    assert (found.words, found.bad) == ({"disabled": "no", "dst-address": "192.0.2.0/24"}, None)


def test_what_is_not_understood_says_so() -> None:
    for text in (
        "add chain=forward action=",
        'add chain=forward comment="open',
        "add chain=forward dst-address=[/ip address get 0]",
        "add chain=forward src-address={{ clients }}",
        "add chain=forward chain=input",
        "add chain=forward action=drop \\",
        "add chain=forward action=drop \\\nadd chain=forward",
        "axdd chain=forward",
        ":if (1) do={",
    ):
        first = read(f"/ip firewall filter\n{text}")[0]
        assert first.bad is not None, text


def test_a_lost_continuation_does_not_swallow_the_next_menu() -> None:
    one, two = read("/ip pool\nadd name=a \\\n/ip route\nadd gateway=192.0.2.1\n")
    assert one.bad is not None
    assert (two.menu, two.bad) == ("ip route", None)
