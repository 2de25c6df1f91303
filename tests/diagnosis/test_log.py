"""Logs as they come: coloured, stamped, in other encodings, broken, huge; and what may not leave them."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.__main__ import main
from auditor.diagnosis.log import LogReader, LogReading
from auditor.diagnosis.patterns import table
from auditor.diagnosis.report import schema
from auditor.diagnosis.secrets import clean
from auditor.errors import UsageError

RESET = "fatal: unable to access 'https://bitbucket.org/ws/r.git/': Recv failure: Connection reset by peer"


def read(data: bytes) -> LogReading:
    return LogReader(table()).read(io.BytesIO(data), "log")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["diagnose", "log", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def write(folder: Path, data: bytes, name: str = "job.log") -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


# what is found


def test_lines_are_numbered_and_counted() -> None:
    noise = "step\n" * 50_000  # more than one block of reading, with the next
    reading = read(f"{noise}{RESET}\n{noise * 5}{RESET}\nend".encode())
    assert reading.lines == 300_003
    (seen,) = reading.seen
    assert (seen.times, seen.last) == (2, 300_002)
    assert [line.number for line in seen.examples] == [50_001, 300_002]


def test_general_messages_belong_to_the_specific_one_beside_them() -> None:
    reading = read(
        f"fatal: early EOF\nfatal: the remote end hung up unexpectedly\n{RESET}\n".encode()
    )
    assert [(s.pattern.id, s.follows) for s in reading.seen] == [
        ("recv-failure", False), ("early-eof", True), ("hung-up", True),
    ]  # fmt: skip


def test_general_messages_far_from_any_specific_one_count_themselves() -> None:
    far = "ok\n" * 40
    reading = read(f"fatal: early EOF\n{far}{RESET}\n{far}fatal: early EOF\n".encode())
    assert [(s.pattern.id, s.times, s.follows) for s in reading.seen] == [
        ("early-eof", 2, False), ("recv-failure", 1, False),
    ]  # fmt: skip


def test_progress_lines_with_carriage_returns() -> None:
    text = "Receiving objects: 1%\rReceiving objects: 2%\r" + RESET + "\rReceiving"
    (seen,) = read(text.encode()).seen
    assert seen.examples[0].text == RESET


def test_the_moved_host_name_is_no_cause_before_its_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = "ssh: connect to host bitbucket.org port 22: Connection refused\n"
    for stamp, first in (
        ("2026-11-11 10:00:00", "ACL"),
        ("2026-11-13 10:00:00", "HOST"),
        ("", "HOST"),
    ):
        file = write(tmp_path, f"{stamp} {refused}".encode())
        code, out, _ = run(capsys, file, "--format", "json")
        causes = [cause["code"] for cause in json.loads(out)["causes"]]
        assert (code, causes[0]) == (1, first)
        assert ("HOST" in causes) == (first == "HOST")


def test_anycast_shift_never_leads_without_proof(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, b"client_loop: send disconnect: Broken pipe\n" * 9)
    causes = [c["code"] for c in json.loads(run(capsys, file, "--format", "json")[1])["causes"]]
    assert causes.index("ANY") >= 2


def test_a_retired_address_speaks_for_a_pinned_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, b"Connection reset by 18.205.93.1 port 22\n")
    report = json.loads(run(capsys, file, "--format", "json")[1])
    assert report["causes"][0]["code"] == "PIN"
    assert report["logs"][0]["symptoms"][0]["addresses"] == [
        "18.205.93.1: in a range that is no longer published"
    ]


# the outside


def test_json_keeps_its_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, f"{RESET}\nfatal: early EOF\nfatal: no such thing\n".encode())
    code, out, _ = run(capsys, file, "--format", "json")
    jsonschema.validate(json.loads(out), json.loads(schema()))
    assert code == 1
    assert main(["schema", "diagnosis"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(schema())


def test_codes_say_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, write(tmp_path, b"all is well\n"))[0] == 0
    assert run(capsys, write(tmp_path, RESET.encode()))[0] == 1
    code, out, _ = run(capsys, write(tmp_path, b"fatal: a thing that no table knows\n"))
    assert code == 3
    assert "not known" in out


def test_other_languages_are_said_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "fatal : impossible d'accéder\nConnexion ré-initialisée par le correspondant\n"
    code, out, _ = run(capsys, write(tmp_path, text.encode()))
    assert code == 3
    assert "French" in out
    assert "LC_ALL=C" in out


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RESET.encode())))
    assert run(capsys, "-")[0] == 1


# broken and hostile


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xd4\xc3\xb2\xa1" + b"\0" * 40, "auditor diagnose capture"),
        (b"\n\r\r\n\x1c\0\0\0", "auditor diagnose capture"),
        (b"PK\x03\x04....", "a zip archive; unpack it first"),
        (b"\x28\xb5\x2f\xfd....", "packed with zstd; unpack it first"),
        (b"\xfd7zXZ\0....", "packed with xz; unpack it first"),
        (b"BZh91AY&SY", "packed with bzip2; unpack it first"),
        (b"\x7fELF\x01\x02\x03\0\0\0\0\0\0\0\0\0\0", "binary data"),
        (b"\x1f\x8bnot gzip", "gzip"),
    ],
)
def test_what_is_no_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, said: str
) -> None:
    file = write(tmp_path, data)
    code, _, err = run(capsys, file)
    assert code == 2
    assert file in err
    assert said in err


def test_missing_files_and_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, str(tmp_path / "none.log"))[0] == 2
    assert run(capsys, str(tmp_path))[0] == 2


def test_truncated_gzip_keeps_what_came_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = gzip.compress(RESET.encode() + b"\n" + bytes(range(32, 127)) * 30_000)
    code, out, _ = run(capsys, write(tmp_path, packed[:-200], "job.log.gz"))
    assert code == 1
    assert "ends early" in out
    assert "recv-failure" in out


def test_what_powershell_and_cmd_write_is_read_and_not_called_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`git fetch *> job.log` in Windows PowerShell: UTF-16 with a mark; an odd byte at the end, where it was cut."""
    text = "".join(f"git.exe : line {n} of Übertragung\r\n" for n in range(40_000)) + RESET + "\r\n"
    for tail in (b"", b"\x41"):
        file = write(tmp_path, text.encode("utf-16") + tail)
        code, out, _ = run(capsys, file, "--format", "json")
        (log,) = json.loads(out)["logs"]
        assert (code, log["symptoms"][0]["pattern"], log["symptoms"][0]["last_line"]) == (
            1, "recv-failure", 40_001,
        )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1"])
def test_encodings(encoding: str) -> None:
    text = f"café\r\n{RESET}\r\n"
    data = b"\xfe\xff" + text.encode(encoding) if encoding == "utf-16-be" else text.encode(encoding)
    (seen,) = read(data).seen
    assert (seen.pattern.id, seen.last) == ("recv-failure", 2)


def test_a_line_without_an_end() -> None:
    reading = read(b"x" * 3_000_000 + RESET.encode() + b"y" * 3_000_000)
    assert [seen.pattern.id for seen in reading.seen] == ["recv-failure"]
    assert len(reading.seen[0].examples[0].text) <= 400


@given(st.binary(max_size=600))
def test_no_bytes_raise_anything_but_a_plain_error(data: bytes) -> None:
    try:
        read(data)
    except UsageError as error:
        assert "log" in str(error)


def test_a_short_packed_log_that_was_cut_is_read_up_to_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = gzip.compress(f"{RESET}\n{'ok, and more of it '.join(map(str, range(4000)))}".encode())
    code, out, _ = run(capsys, write(tmp_path, packed[: len(packed) // 2], "job.log.gz"))
    assert code == 1
    assert "recv-failure" in out


# secrets


SECRETS = (
    "https://ann:s3cr3tpw@bitbucket.org/ws/r.git",
    "https://x-token-auth:ATCTT3xFfGN0s3cr3tpw@bitbucket.org/ws/r.git",
    "Authorization: Bearer s3cr3tpwAAAA",
    "Proxy-Authorization: Basic s3cr3tpw==",
    "Cookie: session=s3cr3tpw; a=b",
    "GET /download?X-Amz-Signature=s3cr3tpw&x=1",
    "BITBUCKET_APP_PASSWORD=s3cr3tpw",
    "export CLIENT_SECRET: 's3cr3tpw'",
    "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzM2NyM3Rwdw.s3cr3tpw",
    "using ATBBs3cr3tpwABCDEFGH to log in",
    "curl --url https://s3cr3tpwABCDEF@bitbucket.org/",
)


@pytest.mark.parametrize("line", SECRETS)
def test_secrets_do_not_leave_a_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    file = write(tmp_path, f"{line} {RESET}\nfatal: unheard of: {line}\n".encode())
    for kind in ("json", "terminal"):
        code, out, err = run(capsys, file, "--format", kind)
        assert code == 1
        assert "s3cr3tpw" not in out + err
    assert "Recv failure" in clean(f"{RESET} {line}")


def test_no_control_characters_reach_a_terminal() -> None:
    assert clean("a\x1b]0;evil\x07b\u202ec\x9bd") == "a]0;evilbcd"
