"""Bytes to lines: encodings, line ends, what is no text, and signs that a text is cut."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parsers.errors import EmptyText, UnreadableText
from parsers.text import lines_of, remarks

CONFIG = "hostname r1\n!\ninterface Gi0/1\n\tip address 10.0.0.1 255.255.255.0\nend"
LINES = ["hostname r1", "!", "interface Gi0/1", "\tip address 10.0.0.1 255.255.255.0", "end"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(CONFIG.encode(), id="utf-8"),
        pytest.param(CONFIG.encode() + b"\n", id="last-line-end"),
        pytest.param(CONFIG.encode("utf-8-sig"), id="utf-8-mark"),
        pytest.param(CONFIG.encode("utf-16"), id="utf-16-mark"),
        pytest.param(b"\xfe\xff" + CONFIG.encode("utf-16-be"), id="utf-16-be-mark"),
        pytest.param(CONFIG.encode("utf-16-le"), id="utf-16-le-without-mark"),
        pytest.param(CONFIG.encode("utf-16-be"), id="utf-16-be-without-mark"),
        pytest.param(CONFIG.encode("utf-32"), id="utf-32-mark"),
        pytest.param(CONFIG.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(CONFIG.replace("\n", "\r\r\n").encode(), id="serial-console"),
        pytest.param(CONFIG.replace("\n", "\r").encode(), id="cr-only"),
        pytest.param(CONFIG.replace("hostname", "host\0name").encode(), id="stray-nul"),
        pytest.param(CONFIG.replace("\n", "\n\0\0").encode(), id="telnet-padding"),
        pytest.param(b"\x1b[0m" + CONFIG.encode() + b"\x1b[K", id="colour"),
    ],
)
def test_one_text_in_many_forms(data: bytes) -> None:
    assert lines_of(data) == LINES


def test_a_line_in_another_encoding_leaves_the_others_alone() -> None:
    data = "description Zürich".encode() + b"\ndescription Gen\xe8ve\n"
    assert lines_of(data) == ["description Zürich", "description Genève"]


def test_line_separators_of_unicode_end_no_line() -> None:
    data = "description a\u2028b\x0cc\x85d\nend".encode()
    assert lines_of(data) == ["description a\u2028b\x0cc\x85d", "end"]


def test_a_lone_carriage_return_loses_no_statement() -> None:
    data = b"access-list 1 permit any\raccess-list 1 deny any\nend\n"
    assert lines_of(data) == ["access-list 1 permit any", "access-list 1 deny any", "end"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(64), "ELF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\x1f\x8b\x08rest", "gunzip"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd4\xc3\xb2\xa1\x02\x00", "capture"),
        (b"r1.cfg" + bytes(251) + b"ustar\x0000", "tar"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00\x00\x00\x07text" * 40, "binary"),
    ],
)
def test_what_is_no_text_says_what_it_is(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableText, match=says) as caught:
        lines_of(data)
    assert not isinstance(caught.value, EmptyText)
    assert ";" in str(caught.value), "the remedy follows what it holds"


@pytest.mark.parametrize("data", [b"", b"\n\r\n  \t", bytes(5000), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_an_empty_text(data: bytes) -> None:
    with pytest.raises(EmptyText, match="collect"):
        lines_of(data)


def test_banners_with_control_characters_are_text() -> None:
    assert lines_of(b"banner motd \x03\nhello\x07\n\x03\nend\n") == [
        "banner motd \x03",
        "hello\x07",
        "\x03",
        "end",
    ]


@given(st.binary(max_size=600))
@example(b"\x1b[9999999999D--More--")
@example(b"\x08\x08\x08")
@example(b"\xff\xfe\x00")
@example(b"\r")
def test_any_bytes_give_lines_or_say_why_not(data: bytes) -> None:
    try:
        lines = lines_of(data)
    except UnreadableText as error:
        assert str(error)
        return
    assert all("\n" not in line and "\0" not in line and "\r" not in line for line in lines)
    assert all(1 <= line <= max(1, len(lines)) and reason for line, reason in remarks(lines))


@given(st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)))
def test_printable_lines_between_statements_keep_their_numbers(body: list[str]) -> None:
    text = "\n".join(["hostname r1", *body, "end"])
    assert len(lines_of(text.encode())) == len(body) + 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version 15.2\nhostname r1\nend", []),
        ("version 15.2\nhostname r1", [2]),
        ("version 9.2(3)\nhostname nx", []),
        ("version 15.2\nhostname r1\n --More-- ", [3]),
        ("hostname r1\n --More-- \n", [2]),
        ("% Invalid input detected at '^' marker.\n", [1]),
        ("Command authorization failed.\n", [1]),
        ("bash: iptables-save: command not found\n", [1]),
        ("system {\n    host-name r1;\n}\n", []),
        ("system {\n    host-name r1;\n    services {\n        ssh;\n    }\n", [1]),
        ("system {\n    host-name r1;\n} ## x\n", []),
        ("*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n*nat\n:OUTPUT ACCEPT [0:0]\n", [4]),
        ("*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n", []),
        ("r1#show version\nCisco IOS Software\nr1#show running-config\nhostname r1\n", [3]),
        ("hostname r1\nbanner motd #r1# shows nothing#\n", []),
        ('{\n  "a": {\n  }, "b": 1}\n', []),
    ],
)
def test_signs_of_a_cut_text(text: str, expected: list[int]) -> None:
    assert [line for line, _ in remarks(lines_of(text.encode()))] == expected


def test_remarks_on_nothing() -> None:
    assert remarks([]) == ((1, "nothing but blanks"),)
    assert remarks(["", " "]) == ((1, "nothing but blanks"),)


@pytest.mark.slow
def test_a_hundred_megabytes_are_read() -> None:
    line = b" permit tcp 10.1.2.0 0.0.0.255 any eq 443 log\r\n"
    assert len(lines_of(line * (100_000_000 // len(line)))) == 100_000_000 // len(line)
