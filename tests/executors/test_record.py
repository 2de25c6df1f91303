"""Records: what a worker hands over is what the JSON report prints."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.record import RecordError, encode, head_of, text_of
from auditor.reports.clean import clean
from auditor.reports.json_report import indented
from auditor.reports.model import DevicePart, FindingPart, Line, Lines
from auditor.waivers.waiver import Cover, Waiver

TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)


def device(name: str, error: str | None = None) -> DevicePart:
    return DevicePart(
        name=name,
        platform="cisco_ios",
        vendor=None,
        model=None,
        os_version=None,
        status="audited",
        error=error,
        files=(),
        lines=Lines(total=0, used=0, irrelevant=0, not_understood=0),
        not_understood=(),
        paths=(),
    )


def finding(subject: str, evidence: str) -> FindingPart:
    return FindingPart(
        id="0123456789abcdef",
        code="ACL001",
        title="blocked",
        severity="high",
        outcome="fail",
        device="r1",
        subject=subject,
        message="no",
        evidence=(Line(file="r1.cfg", line=3, text=evidence),),
        witness=None,
        blocked=None,
        remediation=(),
        references=(),
    )


@given(TEXTS, TEXTS)
def test_a_part_is_written_as_json_writes_it_and_clean(name: str, evidence: str) -> None:
    for part in (device(name, evidence), finding(name, evidence)):
        assert text_of(part) == indented(clean(part).model_dump(mode="json"), 2)


@pytest.mark.parametrize(
    "text", ["\x00", "\x08", "\x0c", "\r", "\x1b[31m", "\x7f", "\x9b", "\u202e", "\udcff", "\\u0041", "\\b"]
)  # fmt: skip
def test_what_a_screen_would_obey_is_visible(text: str) -> None:
    written = json.loads(text_of(finding("A", f"a{text}b")))["evidence"][0]["text"]
    assert written == clean(finding("A", f"a{text}b")).evidence[0].text
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\udcff" for c in written)


@given(st.lists(TEXTS, max_size=4), st.lists(st.sampled_from(["A", "B"]), max_size=2))
def test_the_head_counts_what_the_record_holds(subjects: list[str], reasons: list[str]) -> None:
    findings = [finding(subject, "deny") for subject in subjects]
    waivers = [Waiver("r1.cfg:1", reason, cover=Cover("r1.cfg", 1, 9)) for reason in reasons]
    record = encode(device("r1"), findings, waivers)
    head, start = head_of(record)
    assert (head.device, head.status, list(head.waivers)) == ("r1", "audited", waivers)
    place = start + head.size
    for entry, part in zip(head.entries, findings, strict=True):
        assert record[place : place + entry.size].decode() == text_of(part)
        assert entry.subject == clean(part).subject
        place += entry.size
    assert place == len(record)


@pytest.mark.parametrize("cut", [0, 3, 10, -1])
def test_bytes_that_are_no_record_are_refused(cut: int) -> None:
    record = encode(device("r1"), [finding("A", "deny")])
    with pytest.raises(RecordError):
        head_of(record[:cut])
    with pytest.raises(RecordError):
        head_of(record + b" ")
