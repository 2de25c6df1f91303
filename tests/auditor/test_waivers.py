"""Waivers: what they cover, when they end, what is said about those that do nothing."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from auditor.__main__ import main
from auditor.errors import WaiverError
from auditor.waivers.file import load
from auditor.waivers.inline import inline_waivers
from parsers.platform import CONFIGURATION, Text
from tests.auditor.test_cli import FAULTY

FULL = "reason: accepted, owner: ops, ticket: T-1, expires: 2026-12-31"


@pytest.fixture(autouse=True)
def fixed_date(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = int(datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC).timestamp())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))


def report(
    tmp_path: Path, config: str = FAULTY, waivers: str | None = None, *more: str
) -> tuple[int, Any]:
    (tmp_path / "configs").mkdir(exist_ok=True)
    (tmp_path / "configs" / "faulty.cfg").write_text(config, encoding="utf-8")
    arguments = ["audit", str(tmp_path / "configs"), *more]
    if waivers is not None:
        (tmp_path / "w.yaml").write_text(waivers, encoding="utf-8")
        arguments += ["--waivers", str(tmp_path / "w.yaml")]
    target = tmp_path / "report.json"
    code = main([*arguments, "--format", "json", "--output", str(target)])
    return code, json.loads(target.read_text("utf-8"))


def identity(tmp_path: Path) -> str:
    return str(report(tmp_path)[1]["findings"][0]["id"])


# (scope, dates) -> exit code, waived findings, states of the waivers
TABLE = [
    ("id: ID", "2026-12-31", 0, 1, ["used"]),
    ("id: ID", "2026-11-25", 0, 1, ["used"]),  # the last day is a day on which it holds
    ("id: ID", "2026-11-24", 1, 0, ["expired"]),
    ("id: 0123456789abcdef", "2026-12-31", 1, 0, ["unmatched"]),
    ("code: ACL001", "2026-12-31", 0, 1, ["used"]),
    ("code: 'ACL001, MTU001'", "2026-12-31", 0, 1, ["used"]),
    ("code: MTU001", "2026-12-31", 1, 0, ["unmatched"]),
    ("device: faulty", "2026-12-31", 0, 1, ["used"]),
    ("device: 'faul*'", "2026-12-31", 0, 1, ["used"]),
    ("device: clean", "2026-12-31", 1, 0, ["unmatched"]),
    ("{code: ACL001, device: clean}", "2026-12-31", 1, 0, ["unmatched"]),
    ("{code: ACL001, subject: 'A in on GigabitEthernet0/0*'}", "2026-12-31", 0, 1, ["used"]),
    ("{code: ACL001, subject: 'B in*'}", "2026-12-31", 1, 0, ["unmatched"]),
]


@pytest.mark.parametrize(("scope", "until", "code", "waived", "states"), TABLE)
def test_scope_and_date(
    scope: str, until: str, code: int, waived: int, states: list[str], tmp_path: Path
) -> None:
    scope = scope.strip("{}").replace("ID", identity(tmp_path))
    text = f"waivers:\n- {{{scope}, {FULL.replace('2026-12-31', until)}}}\n"
    found, data = report(tmp_path, FAULTY, text)
    assert found == code
    assert [w["state"] for w in data["waivers"]] == states
    assert len([f for f in data["findings"] if f["waived"]]) == waived
    assert len(data["findings"]) == 1, "waived is listed, never hidden"
    summary = data["summary"]["findings"]
    assert (summary["waived"], summary["high"]) == (waived, 1 - waived)
    assert data["waivers"][0]["source"].endswith("w.yaml:2")


def test_every_format_lists_waived_and_shouts_about_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("code: ACL001, EXPIRES", "code: LB001, EXPIRES", "device: nobody, OLD")
    text = "waivers:\n" + "".join(f"- {{{row}}}\n" for row in rows)
    text = text.replace("EXPIRES", FULL).replace("OLD", FULL.replace("2026", "2025"))
    report(tmp_path, FAULTY, text)
    arguments = ["audit", str(tmp_path / "configs"), "--waivers", str(tmp_path / "w.yaml")]
    for name in ("terminal", "markdown", "csv", "junit", "sarif", "html"):
        capsys.readouterr()
        assert main([*arguments, "--format", name]) == 0
        out = " ".join(capsys.readouterr().out.replace("\\", "").split())
        assert "waived by ops until 2026-12-31, T-1: accepted" in out, name
        assert "matches no finding" in out, name
        assert "expired on 2025-12-31" in out, name
        if name in ("terminal", "markdown"):
            assert out.index("expired on") < out.index("waived by ops"), "louder comes first"


def test_waivers_for_rules_that_did_not_run_are_not_unmatched(tmp_path: Path) -> None:
    text = f"waivers:\n- {{code: LB001, {FULL}}}\n"
    assert report(tmp_path, FAULTY, text, "--select", "ACL")[1]["waivers"] == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("waivers: [", 1, "not YAML"),
        ("- a", 1, "mapping"),
        ("waiver: []", 1, "no key 'waiver'"),
        ("waivers: {}", 1, "no list"),
        ("waivers:\n- {id: 1234567890abcdef}", 2, "reason, owner, ticket, expires"),
        (f"waivers:\n- {{{FULL}}}", 2, "scope"),
        (f"waivers:\n- {{subject: x, {FULL}}}", 2, "scope"),
        (f"waivers:\n- {{id: xyz, {FULL}}}", 2, "no id of a finding"),
        (f"waivers:\n\n- {{code: ACL999, {FULL}}}", 3, "no rule is called 'ACL999'"),
        ("waivers:\n- id: 1234567890abcdef\n  reason: ''\n", 3, "reason must be a text"),
        ("waivers:\n- id: 1234567890abcdef\n  id: 1234567890abcdef\n", 3, "given twice"),
        ("waivers:\n- id: 1234567890abcdef\n  until: x\n", 3, "no key 'until'"),
        (f"waivers:\n- {{code: ACL001, {FULL.replace('2026-12-31', 'soon')}}}", 2, "no date"),
    ],
)
def test_a_broken_file_names_file_line_and_remedy(
    text: str, line: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "w.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WaiverError, match=words) as caught:
        load(str(file))
    assert str(caught.value).startswith(f"{file}:{line}: ")
    assert main(["audit", "--waivers", str(file)]) == 2
    assert words in capsys.readouterr().err


def test_an_empty_or_missing_file(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("# none yet\n", encoding="utf-8")
    assert load(str(tmp_path / "w.yaml")) == ()
    with pytest.raises(WaiverError, match="cannot be read"):
        load(str(tmp_path / "none.yaml"))


# comments in configurations

DENY = " deny tcp any any eq 22"
GOOD = "auditor: ignore[ACL001] until=2026-12-31 reason=accepted"


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("hostname faulty", f"! {GOOD}\nhostname faulty", "used"),  # above all: the whole file
        (DENY, f" ! {GOOD}\n{DENY}", "used"),
        (DENY, f" remark {GOOD}\n{DENY}", "used"),
        ("ip access-list extended A", f"! {GOOD}\nip access-list extended A", "used"),
        ("ip access-list extended A", f"!\n! {GOOD}\n!\n\nip access-list extended A", "used"),
        (" permit ip any any", f" ! {GOOD}\n permit ip any any", "unmatched"),
        ("interface GigabitEthernet0/1", f"! {GOOD}\ninterface GigabitEthernet0/1", "unmatched"),
        ("interface GigabitEthernet0/0", f"! {GOOD}\ninterface GigabitEthernet0/0", "used"),
        ("end\n", f"end\n! {GOOD}\n", "unmatched"),
        (DENY, f" ! {GOOD.replace('ACL001', 'MTU001')}\n{DENY}", "unmatched"),
        (DENY, f" ! {GOOD.replace('ACL001', 'MTU001, ACL001')}\n{DENY}", "used"),
        (DENY, f" ! {GOOD.replace('2026-12', '2026-10')}\n{DENY}", "expired"),
        (DENY, f" ! {GOOD.replace('until=2026-12-31 ', '')}\n{DENY}", "broken"),
        (DENY, f" ! {GOOD.replace('reason=accepted', '')}\n{DENY}", "broken"),
        (DENY, f" ! {GOOD.replace('ACL001', 'ACL999')}\n{DENY}", "broken"),
        (DENY, f" ! {GOOD.replace('[ACL001]', '')}\n{DENY}", "broken"),
        (DENY, f" ! {GOOD.replace('[ACL001]', '[]')}\n{DENY}", "broken"),
        (DENY, f" ! auditor: Jane Doe, 2025\n{DENY}", None),
    ],
)  # fmt: skip
def test_comments(old: str, new: str, state: str | None, tmp_path: Path) -> None:
    code, data = report(tmp_path, FAULTY.replace(old, new, 1))
    assert [w["state"] for w in data["waivers"]] == ([state] if state else [])
    assert code == (0 if state == "used" else 1)
    assert len(data["findings"]) == 1
    if state == "used":
        assert data["findings"][0]["waived"]
        assert report(tmp_path, FAULTY.replace(old, new, 1), None, "--no-inline-waivers")[0] == 1


def test_a_comment_speaks_for_no_finding_elsewhere(tmp_path: Path) -> None:
    """A second fault of the same kind in the same file is not covered."""
    second = FAULTY.replace(
        " ip address 203.0.113.1 255.255.255.252",
        " ip address 203.0.113.1 255.255.255.252\n ip access-group B out",
    ).replace(
        "end\n", "ip access-list extended B\n deny tcp any any eq 443\n permit ip any any\nend\n"
    )
    code, data = report(tmp_path, second.replace(DENY, f" ! {GOOD}\n{DENY}"))
    assert code == 1
    assert [(f["code"], bool(f["waived"])) for f in data["findings"]] == [
        ("ACL001", True),
        ("ACL001", False),
    ]


def test_the_fields_of_a_comment() -> None:
    lines = [
        "system {",
        '    /* auditor: ignore[LB003] until=2027-01-31 owner="the core team" ticket=N-7 reason=as is */',
        "    services;",
        "    ports { console; }  # auditor: ignore[ACL001] until=2027-01-31 reason='a b' owner=c",
        "}",
    ]
    found = list(inline_waivers([Text("r1.cfg", CONFIGURATION, lines)]))
    assert [(w.source, w.reason, w.owner, w.ticket, str(w.until), w.codes) for w in found] == [
        ("r1.cfg:2", "as is", "the core team", "N-7", "2027-01-31", ("LB003",)),
        ("r1.cfg:4", "a b", "c", None, "2027-01-31", ("ACL001",)),
    ]
    assert [(w.cover.first, w.cover.last) for w in found if w.cover] == [(3, 3), (4, 4)]


def test_comments_are_no_place_for_escapes() -> None:
    line = "! auditor: ignore[ACL001] until=2027-01-31 reason=\u202e<script>"
    found = next(inline_waivers([Text("r1.cfg", CONFIGURATION, [line])]))
    assert found.reason == r"\u202e<script>"


def test_a_bad_date_of_today_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(["audit"]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err
