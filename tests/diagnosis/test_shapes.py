"""Lines that are like others are counted without being looked at: the result is that of looking at each."""

from __future__ import annotations

import io
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.diagnosis import log, text_input
from auditor.diagnosis.log import LogReader, LogReading
from auditor.diagnosis.patterns import table
from auditor.diagnosis.shapes import _decides, _loosened, shape, shapes_of

WORDS = (
    "fatal: unable to access 'https://bitbucket.org/r#/': Recv failure: Connection reset by peer",
    "fatal: unable to access 'https://bitbucket.org/r#/': The requested URL returned error: 4##",
    "The requested URL returned error: 40#", "error: RPC failed; curl #8 transfer closed", "curl: (5#) what",
    "fatal: the remote end hung up unexpectedly", "fatal: early EOF", "fatal: no such thing as #",
    "ssh: connect to host ssh.bitbucket.org port 22: Connection timed out",
    "2026-11-1#T10:11:12Z ssh: connect to host bitbucket.org port ##: Connection timed out",
    "10:11:#2.#### fatal: early EOF\r", "ssh: connect to host 192.0.2.# port 22: Connection refused",
    "Failed to connect to bitbucket.org port 443 after ##### ms: Could not connect to server",
    "git fetch returned status code 12#", "curl: (35) x\rcurl: (5#) y", "fatal: early EOF\rReceiving #\rRecv failure: Connection reset by peer", "HTTP/# stream 1 was not closed cleanly",
    "Connection reset by 18.205.93.# port 22", "all is well # times", "", "\r", "Schwerwiegend: #", "café fatal: \xa0#",
    "OpenSSL SSL_read: Connection was reset, errno 1005#", "nothing to see", "x" * 300 + "fatal: early EOF",
)  # fmt: skip


def filled(form: str, digits: list[int]) -> str:
    turn = iter(digits * 40)
    return re.sub("#", lambda _: str(next(turn)), form)


def turned(line: str, by: int) -> str:
    return re.sub(r"[0-9]", lambda m: str((int(m[0]) + by) % 10), line)


LINES = st.builds(
    filled, st.sampled_from(WORDS), st.lists(st.integers(0, 9), min_size=5, max_size=5)
)


def read(data: bytes, comparing: bool, block: int) -> LogReading:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "FIRST", 0 if comparing else 10**9)
        patch.setattr(log, "NEW", 0)
        patch.setattr(log, "KEPT", 1)
        patch.setattr(log, "LONG", 200)
        patch.setattr(text_input, "BLOCK", block)
        return LogReader(table()).read(io.BytesIO(data), "log")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(LINES, max_size=5),
    st.lists(st.sampled_from([0, 0, 1, 2, 3, 4]), max_size=120),
    st.integers(200, 2000),
)
def test_the_result_is_that_of_looking_at_each_line(
    lines: list[str], order: list[int], block: int
) -> None:
    chosen = [lines[n % len(lines)] for n in order] if lines else []
    varied = [turned(line, n) for n, line in enumerate(chosen)]
    quiet = ["ok"] * (log.NEAR + 1)
    data = (
        "\n".join([*chosen, *varied, *quiet, *varied, *chosen, *quiet, *chosen]).encode() or b"\n"
    )
    assert read(data, True, block) == read(data, False, block)


def test_like_lines_are_counted_without_being_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    original = LogReader._line

    def counting(self: LogReader, number: int, text: str) -> None:
        nonlocal looked
        looked += 1
        original(self, number, text)

    monkeypatch.setattr(LogReader, "_line", counting)
    monkeypatch.setattr(text_input, "BLOCK", 4096)
    form = "2026-11-20T10:11:12.{:06}Z fatal: unable to access 'https://x/r{:04}/': Recv failure: Connection reset by peer\n"
    data = "".join(form.format(n, n) for n in range(9000)).encode()
    (seen,) = LogReader(table()).read(io.BytesIO(data), "log").seen
    assert (seen.times, seen.last, len(seen.examples)) == (9000, 9000, 5)
    assert looked < 200


def test_a_log_full_of_failures_is_read_quickly() -> None:
    """Twice the time of few failures would do; looking at each line takes twenty times as long."""
    form = "10:11:12.{:06} fatal: unable to access 'https://x/r{}/': Recv failure: Connection reset by peer\n"
    full = "".join(form.format(n * 7919 % 999983, n) for n in range(60_000)).encode()
    few = full.replace(b"fatal: unable", b"notes: unable").replace(
        b"failure: Connection reset", b"success- Connection kept-"
    )
    took = []
    for data in (full, few):
        start = time.process_time()
        LogReader(table()).read(io.BytesIO(data), "log")
        took.append(time.process_time() - start)
    assert took[0] < 8 * took[1]


@pytest.mark.parametrize(
    ("pattern", "decides"),
    [
        (r"error: 401", True), (r"curl \d+ [\w.]{2,3}", False), (r"(?P<h2x>\S+) port \d+", False),
        (r"[0-4]", True), (r"(a)\1", True), (r"(?P<a>x)(?P=a)", True), (r"[+-:]", False), (r"\x31", True),
    ],
)  # fmt: skip
def test_whether_digits_decide(pattern: str, decides: bool) -> None:
    assert _decides(re.compile(pattern)) == decides


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_loosened_expressions_take_any_digits(one: int, two: int) -> None:
    for pattern in (
        r"errno (?:32|104|1005[34])\b",
        r"a{2} (?:4\d\d|500)",
        r"(\d)\1",
        r"(?!401)\d{3}",
        r"[^4]\d",
    ):
        regex = re.compile(pattern)
        for text in (f"errno {one}", f"aa {one:03}", f"{one:04}"):
            like = re.sub(r"\d", "7", text)
            if regex.search(text):
                assert _loosened(regex).search(like), (pattern, text)
    assert (shape(b"%04d" % one) == shape(b"%04d" % two)) is True


def test_the_tables_own_expressions_are_loosened_and_not_given_up() -> None:
    assert all(regex.pattern for regex in shapes_of(table()).deciding)


@pytest.mark.parametrize(
    "form",
    [
        "2026-11-{:02} 10:00:00 ssh: connect to host bitbucket.org port 22: Connection timed out",
        "fatal: early EOF\rReceiving {}\rRecv failure: Connection reset by peer",
    ],
)
def test_a_day_that_decides_and_a_line_of_several_parts(form: str) -> None:
    lines = [form.format(10 + n % 5) for n in (4, 4, 3, 0, 1, 2, 3, 4, 0)]
    data = "\n".join(lines * 3).encode()
    assert read(data, True, 4000) == read(data, False, 4000)
