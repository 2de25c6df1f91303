"""Plain lists are read late, and read the same."""

from __future__ import annotations

import pickle

import pytest

from parsers.cisco_asa import lazy
from tests.audit_text import device_of
from tests.cisco_asa.flows import BASE

PLAIN = BASE + (
    "object network O\n host 104.192.141.1\n"
    "access-list IN remark first\n"
    "access-list IN extended permit tcp any object O eq https log \n"
    "access-list IN extended deny udp 10.0.0.0 255.0.0.0 eq domain host 192.0.2.1 range 1 9\n"
    "access-list IN extended permit icmp any4 any4\n"
)


def test_the_same_entries_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    found = device_of("cisco_asa", PLAIN).filters["IN", 0]
    assert isinstance(found.entries, lazy.LazyEntries)
    monkeypatch.setattr("parsers.cisco_asa.filters.is_plain", lambda raw, reader: False)
    slow = device_of("cisco_asa", PLAIN).filters["IN", 0]
    assert isinstance(slow.entries, tuple)
    assert found == slow
    assert [e.label for e in found.entries] == ["session", "2", "3", "4"]
    assert pickle.loads(pickle.dumps(found)) == slow  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "line",
    [
        "permit tcp any any eq 70000",
        "permit tcp any host 256.0.0.1",
        "permit ip any object NOSUCH",
        "permit ip any any inactive",
        "permit udp any any eq https",
        "permit tcp any any eq https time-range T",
        "permit ip any any eq 80",
    ],
)
def test_other_lines_are_read_at_once(line: str) -> None:
    config = PLAIN + f"access-list IN extended {line}\n"
    assert isinstance(device_of("cisco_asa", config).filters["IN", 0].entries, tuple)
