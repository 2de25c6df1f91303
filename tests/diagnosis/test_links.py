"""Paths that change within a session: from TTLs, and from captures of two links."""

from __future__ import annotations

from tests.diagnosis.test_capture import Packets, kind, reading, talk
from tests.diagnosis.wire import ACK, handshake, segment


def test_changing_paths_of_the_server() -> None:
    data = [
        (1000.1 + n / 100, segment(False, 1501 + n * 100, 501, ACK, 100, ttl=55 + n % 2))
        for n in range(8)
    ]
    assert kind([*handshake(), *talk(), *data]) == "path-varies"
    once = [
        (1000.1 + n / 100, segment(False, 1501 + n * 100, 501, ACK, 100, ttl=55 + n // 4))
        for n in range(8)
    ]
    assert kind([*handshake(), *talk(), *once]) == "clean"


def spread(links: int, runs: int) -> list[Packets]:
    """Data of one session, in runs, over links in turn."""
    found: list[Packets] = [[] for _ in range(links)]
    for n in range(24):
        found[n // runs % links].append(
            (1000.1 + n / 1000, segment(True, 501 + n * 100, 1501, ACK, 100))
        )
    return found


def test_two_links_prove_a_split() -> None:
    found = reading(*spread(2, 1)).shared
    assert len(found) == 1
    assert found[0].sharing.split
    assert (found[0].sharing.first, found[0].sharing.second) == (12, 12)


def test_a_session_that_moved_once_is_not_split() -> None:
    (found,) = reading(*spread(2, 12)).shared
    assert found.sharing.moved
    assert not found.sharing.split


def test_one_link_behind_the_other_is_not_split() -> None:
    (packets,) = spread(1, 1)
    nearer = [(time + 0.0001, data) for time, data in packets]
    assert not reading(packets, nearer).shared
    assert not reading(packets, nearer[::2]).shared  # a capture that lost some


def test_a_device_that_rewrites_sequence_numbers_is_not_a_split() -> None:
    (packets,) = spread(1, 1)
    behind = [
        (1000.1001 + n / 1000, segment(True, 3_000_000_501 + n * 100, 1501, ACK, 100))
        for n in range(24)
    ]
    assert not reading(packets, behind).shared
