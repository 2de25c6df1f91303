"""Sessions from raw packets: each fault, its nearest innocent neighbour, and what stays undecided."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import pytest

from auditor.__main__ import main
from auditor.diagnosis import capture
from auditor.diagnosis.capture import CaptureReader, CaptureReading, Judged
from auditor.diagnosis.report import schema
from auditor.profile import load
from tests.diagnosis.wire import (
    ACK,
    CLIENT,
    FIN,
    RST,
    SERVER,
    SYN,
    ethernet,
    handshake,
    ip4,
    mss,
    pcap,
    segment,
)  # fmt: skip

Packets = list[tuple[float, bytes]]
SERVICE = load("bitbucket")


def reading(*captures: Packets) -> CaptureReading:
    reader = CaptureReader(SERVICE, len(captures) > 1)
    for number, packets in enumerate(captures):
        reader.read(io.BytesIO(pcap(packets)), f"{number}.pcap")
    return reader.finish()


def judged(packets: Packets) -> Judged:
    (found,) = reading(packets).sessions
    return found


def kind(packets: Packets) -> str:
    return judged(packets).verdict.kind


def talk(at: float = 1000.03) -> Packets:
    """A request of 400 bytes, its answer."""
    return [
        (at, segment(True, 101, 501, ACK, 400)),
        (at + 0.02, segment(False, 501, 501, ACK, 1000, ttl=55)),
        (at + 0.021, segment(True, 501, 1501, ACK)),
    ]


END: Packets = [
    (1000.1, segment(True, 501, 1501, ACK | FIN)),
    (1000.12, segment(False, 1501, 502, ACK | FIN, ttl=55)),
]


def test_a_whole_session_is_clean() -> None:
    found = judged([*handshake(), *talk(), *END])
    assert found.verdict.kind == "clean"
    assert found.verdict.reasons == ("MSS 1460 from the client, 1436 from the server",)
    assert (found.flow.sides[0].sent, found.flow.sides[1].sent) == (400, 1000)
    assert found.flow.rtt == 20_000_000


def test_a_reset_after_the_end_is_no_fault() -> None:
    assert (
        kind([*handshake(), *talk(), *END, (1000.2, segment(False, 1502, 0, RST, ttl=55))])
        == "clean"
    )


# who sent the reset


def reset(seq: int = 1501, flags: int = RST, at: float = 1000.13, ttl: int = 64) -> Packets:
    """The client sends again at 1000.1, and a reset comes."""
    return [
        (1000.1, segment(True, 501, 1501, ACK, 300)),
        (at, segment(False, seq, 801 if flags & ACK else 0, flags, ttl=ttl)),
    ]


def more_data(at: float) -> Packets:
    return [(at + n / 10, segment(False, 1501, 801, ACK, 1000, ttl=55)) for n in range(3)]


def test_another_edge() -> None:
    """No state, as far away as the server, and the server goes on."""
    found = judged([*handshake(), *talk(), *reset(at=1000.12, ttl=55), *more_data(1000.2)])
    assert (found.verdict.kind, found.verdict.level) == ("anycast-shift", "evidence")
    assert found.verdict.causes == ("ANY",)


def test_another_edge_farther_away() -> None:
    found = judged([*handshake(), *talk(), *reset(at=1000.12, ttl=50)])
    assert (found.verdict.kind, found.verdict.level) == ("anycast-shift", "compatible")


def test_a_regional_address_has_no_other_edge() -> None:
    server = "104.192.143.1"
    packets = [
        (1000.0, segment(True, 100, 0, SYN, server=server)),
        (1000.02, segment(False, 500, 101, SYN | ACK, ttl=55, server=server)),
        (1000.021, segment(True, 101, 501, ACK, 400, server=server)),
        (1000.041, segment(False, 501, 0, RST, ttl=50, server=server)),
    ]
    found = judged(packets)
    assert found.place == "regional"
    assert found.verdict.kind == "reset"
    assert "ANY" not in found.verdict.causes


def test_nothing_tells_the_server_from_another_edge() -> None:
    found = judged([*handshake(), *talk(), *reset(at=1000.12, ttl=55)])
    assert found.verdict.level == "compatible"
    assert found.verdict.kind in ("reset", "anycast-shift")


def test_a_device_between_is_nearer() -> None:
    found = judged([*handshake(), *talk(), *reset(at=1000.12, ttl=62)])
    assert found.verdict.kind == "reset-between"
    assert any("sent 2 hops away, the server is 9 hops away" in v.text for v in found.verdict.votes)


def test_a_device_between_answers_too_quickly() -> None:
    found = judged([*handshake(), *talk(), *reset(at=1000.101, ttl=55, flags=RST | ACK)])
    assert found.verdict.kind == "reset-between"
    assert any("no answer from the server can be so quick" in v.text for v in found.verdict.votes)


def test_a_made_up_sequence_number() -> None:
    found = judged([*handshake(), *talk(), *reset(seq=99_999, at=1000.101, ttl=55)])
    assert found.verdict.kind == "reset-between"
    assert any("made up" in v.text for v in found.verdict.votes)


def test_the_server_itself() -> None:
    found = judged([*handshake(), *talk(), *reset(at=1000.12, ttl=55, flags=RST | ACK)])
    assert found.verdict.kind == "reset-by-server"


def test_the_client_itself() -> None:
    assert kind([*handshake(), *talk(), (1000.2, segment(True, 501, 0, RST))]) == "reset-by-client"


def test_inspection_resets_at_the_same_byte_each_time() -> None:
    packets: Packets = []
    for port in range(40000, 40004):
        at = 1000.0 + port - 40000
        packets += handshake(port=port, at=at)
        packets.append((at + 0.03, segment(True, 101, 501, ACK, 517, port=port)))
        packets.append((at + 0.05, segment(False, 501, 618, RST | ACK, ttl=60, port=port)))
    found = reading(packets).sessions
    assert {s.verdict.kind for s in found} == {"reset-between"}
    assert {s.verdict.causes[0] for s in found} == {"IPS"}


# refused, forbidden, silent


def refused(ttl: int, port: int = 41000) -> Packets:
    return [
        (1010.0, segment(True, 100, 0, SYN, port=port)),
        (1010.02, segment(False, 0, 101, RST | ACK, ttl=ttl, port=port)),
    ]


def test_who_refuses_is_known_from_other_sessions() -> None:
    known = [*handshake(), *talk(), *END]
    for ttl, expected in ((60, "reset-between"), (55, "refused")):
        found = next(
            s for s in reading([*known, *refused(ttl)]).sessions if s.flow.client_port == 41000
        )
        assert (found.verdict.kind, found.verdict.level) == (expected, "evidence")
    assert judged(refused(60)).verdict.level == "compatible"
    assert kind(refused(64)) == "reset-between"


@pytest.mark.parametrize(
    ("code", "expected", "cause"),
    [(13, "prohibited", "ACL"), (3, "prohibited", "ACL"), (1, "unreachable", "ROUTE"), (0, "unreachable", "ROUTE")],
)  # fmt: skip
def test_icmp_errors_name_the_device(code: int, expected: str, cause: str) -> None:
    syn = segment(True, 100, 0, SYN)
    error = ip4("203.0.113.9", CLIENT, 1, bytes((3, code, 0, 0, 0, 0, 0, 0)) + syn[:28])
    found = judged([(1000.0, syn), (1000.1, error), (1001.0, syn)])
    assert (found.verdict.kind, found.verdict.causes) == (expected, (cause,))
    assert "203.0.113.9" in found.verdict.reasons[0]


def test_silence_is_a_fault_only_after_a_while() -> None:
    syn = segment(True, 100, 0, SYN)
    assert kind([(1000.0, syn), (1001.0, syn), (1003.0, syn)]) == "no-answer"
    assert kind([(1000.0, syn)]) == "unfinished"


def test_a_request_that_nobody_answers() -> None:
    packets = [
        *handshake(),
        (1000.1, segment(True, 101, 501, ACK, 100)),
        (1000.12, segment(False, 501, 201, ACK, ttl=55)),
    ]
    later = [(1010.0, segment(True, 1, 1, ACK, port=9))]
    (stall,) = [s for s in reading([*packets, *later]).sessions if s.flow.client_port == 40000]
    assert (stall.verdict.kind, stall.verdict.level) == ("stall", "compatible")


# packets that are too big


def pushed(sizes: list[int], at: float) -> Packets:
    return [(at + n / 5, segment(True, 501, 1501, ACK, size)) for n, size in enumerate(sizes)]


def too_big(mtu: int, at: float) -> tuple[float, bytes]:
    quoted = segment(True, 501, 1501, ACK, 1400)[:28]
    return at, ip4(
        "203.0.113.9", CLIENT, 1, bytes((3, 4, 0, 0, 0, 0)) + mtu.to_bytes(2, "big") + quoted
    )


def test_a_black_hole() -> None:
    found = judged([*handshake(), *talk(), *pushed([1400] * 5, 1000.1)])
    assert found.verdict.kind == "black-hole"
    assert "up to 400 bytes passed" in found.verdict.reasons[0]


def test_small_segments_that_are_lost_are_no_black_hole() -> None:
    assert kind([*handshake(), *talk(), *pushed([300] * 5, 1000.1)]) == "stall"


def test_a_large_segment_that_is_lost_once_is_nothing() -> None:
    packets = [
        *handshake(),
        *talk(),
        *pushed([1400] * 2, 1000.1),
        (1000.4, segment(False, 1501, 1901, ACK, ttl=55)),
    ]
    assert kind(packets) == "clean"


def test_large_segments_that_passed_before_are_no_black_hole() -> None:
    big = [
        (1000.05, segment(True, 501, 1501, ACK, 1400)),
        (1000.07, segment(False, 1501, 1901, ACK, ttl=55)),
    ]
    stuck = [(1000.1 + n, segment(True, 1901, 1501, ACK, 1400)) for n in range(5)]
    assert kind([*handshake(), *talk(), *big, *stuck]) == "stall"


def test_too_big_and_not_heeded() -> None:
    found = judged([*handshake(), *talk(), *pushed([1400] * 5, 1000.1), too_big(1300, 1001.9)])
    assert found.verdict.kind == "too-big-ignored"
    assert any("MTU 1300" in reason for reason in found.verdict.reasons)


def test_too_big_and_heeded() -> None:
    smaller = [
        (1000.2, segment(True, 501, 1501, ACK, 1248)),
        (1000.22, segment(False, 1501, 1749, ACK, ttl=55)),
    ]
    found = judged(
        [*handshake(), *talk(), *pushed([1400], 1000.1), too_big(1300, 1000.15), *smaller]
    )
    assert found.verdict.kind == "clean"
    assert "Path MTU Discovery works" in " ".join(found.verdict.reasons)


def test_large_answers_that_never_come() -> None:
    packets = [
        *handshake(), (1000.03, segment(True, 101, 501, ACK, 400)),
        (1000.05, segment(False, 501, 501, ACK, ttl=55)), (1000.06, segment(False, 3301, 501, ACK, 200, ttl=55)),
    ]  # fmt: skip
    found = judged(packets)
    assert (found.verdict.kind, found.verdict.level) == ("black-hole", "evidence")
    filled = [
        (1000.2, segment(False, 501, 501, ACK, 1400, ttl=55)),
        (1000.3, segment(False, 1901, 501, ACK, 1400, ttl=55)),
    ]
    assert kind([*packets, *filled]) == "clean"


# many, and the outside


def test_sessions_beyond_the_limit_are_judged_and_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "SESSIONS", 40)
    packets: Packets = []
    for port in range(40000, 40200):
        packets += handshake(port=port, at=float(port))
    found = reading(packets)
    assert sum(found.counts.values()) == 200


def test_a_port_that_is_used_again_is_a_new_session() -> None:
    again = [(time + 60, data) for time, data in [*handshake(), *talk(), *END]]
    assert len(reading([*handshake(), *talk(), *END, *again]).sessions) == 2


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["diagnose", "capture", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_codes_and_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, faulty, cut = (tmp_path / name for name in ("clean.pcap", "faulty.pcap", "cut.pcap"))
    whole = pcap([*handshake(), *talk(), *END])
    clean.write_bytes(whole)
    cut.write_bytes(whole[:-3])
    faulty.write_bytes(pcap([*handshake(), *talk(), *reset(at=1000.12, ttl=62)]))
    for file, expected in ((clean, 0), (faulty, 1), (cut, 3)):
        code, out, _ = run(capsys, str(file), "--format", "json")
        assert code == expected
        jsonschema.validate(json.loads(out), json.loads(schema()))
        assert run(capsys, str(file))[0] == expected
    assert run(capsys, str(tmp_path / "none.pcap"))[0] == 2
    assert "cut.pcap: at offset" in run(capsys, str(cut))[1]


def test_what_was_not_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    radio, pieces = tmp_path / "radio.pcap", tmp_path / "pieces.pcap"
    radio.write_bytes(pcap([(1.0, b"x" * 60)], link=105))
    code, out, _ = run(capsys, str(radio))
    assert code == 3
    assert "link type 105" in out
    cut = ip4(CLIENT, SERVER, 6, b"x" * 40, fragment=0x2010)
    pieces.write_bytes(
        pcap([(1.0, ethernet(cut)), *((t, ethernet(p)) for t, p in handshake())], link=1)
    )
    assert "fragments of TCP packets" in " ".join(run(capsys, str(pieces))[1].split())


def test_mss_of_both_sides_is_in_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.pcap"
    file.write_bytes(pcap(handshake()))
    report = json.loads(run(capsys, str(file), "--format", "json")[1])
    assert report["capture"]["sessions"][0]["mss"] == [1460, 1436]
    assert mss(1460) in pcap(handshake())
