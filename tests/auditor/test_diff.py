"""`auditor diff` and `--baseline`: what appeared, is gone, changed, or is lost from sight."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.__main__ import main
from tests.auditor.test_cli import CLEAN, FAULTY

WORSE = FAULTY.replace("ip route 0.0.0.0 0.0.0.0 203.0.113.2\n", "")
"""Without the route nothing shows the way to the service: the same filter, medium."""
MOVED = FAULTY.replace("version 15.7\n", "version 15.7\n!\n!\n")
OTHER = FAULTY.replace("deny tcp any any eq 22", "deny tcp any any range 22 23")
STRANGE = "lorem ipsum\ndolor sit amet\n"


def audited(folder: Path, name: str, config: str | None, *more: str) -> Path:
    configs = folder / "configs"
    configs.mkdir(exist_ok=True)
    (configs / "other.cfg").write_text(CLEAN, encoding="utf-8")
    (configs / "r1.cfg").unlink(missing_ok=True)
    if config is not None:
        (configs / "r1.cfg").write_text(config, encoding="utf-8")
    target = folder / f"{name}.json"
    main(["audit", str(configs), "--format", "json", "--output", str(target), *more])
    return target


@pytest.mark.parametrize(
    ("old", "new", "code", "states", "same"),
    [
        (CLEAN, FAULTY, 1, ["appeared"], 0),
        (FAULTY, CLEAN, 0, ["gone"], 0),
        (FAULTY, FAULTY, 0, [], 1),
        (FAULTY, MOVED, 0, [], 1),
        (FAULTY, OTHER, 0, ["changed"], 0),
        (WORSE, FAULTY, 1, ["worse"], 0),
        (FAULTY, WORSE, 0, ["better"], 0),
        (FAULTY, None, 3, ["lost"], 0),
        (FAULTY, STRANGE, 3, ["lost"], 0),
        (STRANGE, FAULTY, 1, ["appeared"], 0),
    ],
)
def test_states(
    old: str, new: str | None, code: int, states: list[str], same: int,
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    before, after = audited(tmp_path, "old", old), audited(tmp_path, "new", new)
    assert main(["diff", str(before), str(after), "--format", "json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert [change["state"] for change in found["changes"]] == states
    assert found["same"] == same


def test_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = audited(tmp_path, "old", FAULTY), audited(tmp_path, "new", OTHER)
    assert main(["diff", str(before), str(after)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "0 new, 0 worse, 0 lost from sight, 0 better, 1 changed, 0 gone, 0 the same\n"
    )
    assert "evidence: - deny tcp any any eq 22; + deny tcp any any range 22 23" in out
    assert main(["diff", str(before), str(after), "--format", "markdown"]) == 0
    assert "**CHANGED** HIGH ACL001" in capsys.readouterr().out


def test_devices_that_are_lost_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = audited(tmp_path, "old", FAULTY), audited(tmp_path, "new", STRANGE)
    assert main(["diff", str(before), str(after)]) == 3
    assert "device r1 is not in the new report" not in capsys.readouterr().out
    assert main(["diff", str(after), str(before), "--fail-on", "critical"]) == 0
    assert "LOST" not in capsys.readouterr().out


def test_a_waived_finding_is_no_alarm_and_the_end_of_a_waiver_is(tmp_path: Path) -> None:
    comment = "! auditor: ignore[ACL001] until=2999-12-31 reason=accepted\n"
    clean, waived = audited(tmp_path, "a", CLEAN), audited(tmp_path, "b", comment + FAULTY)
    plain = audited(tmp_path, "c", FAULTY)
    assert main(["diff", str(clean), str(waived)]) == 0
    assert main(["diff", str(plain), str(waived)]) == 0
    assert main(["diff", str(waived), str(plain)]) == 1


@pytest.mark.parametrize(
    ("old", "new", "code", "numbers"),
    [
        (FAULTY, FAULTY, 0, (0, 1, 0)),
        (CLEAN, FAULTY, 1, (1, 0, 0)),
        (FAULTY, CLEAN, 0, (0, 0, 1)),
        (WORSE, FAULTY, 1, (1, 0, 0)),  # the same finding, but worse: not left out
    ],
)
def test_baseline(
    old: str, new: str, code: int, numbers: tuple[int, int, int], tmp_path: Path
) -> None:
    before = audited(tmp_path, "old", old)
    after = audited(tmp_path, "new", new, "--baseline", str(before))
    data = json.loads(after.read_text("utf-8"))
    found = data["baseline"]
    assert (found["new"], found["known"], found["gone"]) == numbers
    assert len(data["findings"]) == numbers[0]
    arguments = ["audit", str(tmp_path / "configs"), "--baseline", str(before), "--quiet"]
    assert main(arguments) == code


def test_what_is_no_report_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert main(["diff", str(tmp_path / "x.json"), str(tmp_path / "none.json")]) == 2
    assert "x.json: not a JSON report" in capsys.readouterr().err
