"""SARIF, JUnit, CSV, Markdown: valid, deterministic, and harmless whatever a device prints."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from auditor.__main__ import main
from auditor.commands.targets import Target, targets
from auditor.errors import UsageError
from auditor.reports.clean import visible
from auditor.reports.csv_report import safe
from auditor.reports.formats import FORMATS, Style, written
from auditor.reports.json_report import load
from auditor.reports.markdown import fenced, text_of
from auditor.reports.model import Report
from tests.auditor.nasty import NASTY
from tests.auditor.published_schemas import published

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in every format, from one run."""
    folder = tmp_path_factory.mktemp("demo")
    pairs = [word for f in FORMATS for word in ("--format", f, "--output", str(folder / f))]
    assert main(["audit", *pairs]) == 1
    return folder


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on a device whose texts try to be something else."""
    folder = tmp_path_factory.mktemp("nasty")
    (folder / "r1.cfg").write_text(NASTY, encoding="utf-8")
    target = folder / "report.json"
    main(["audit", str(folder / "r1.cfg"), "--format", "json", "--output", str(target)])
    report = load(str(target))
    assert {f.code for f in report.findings} >= {"ACL001"}
    return report


def text(report: Report, name: str) -> str:
    return "".join(written(report, name, Style()))


# several at once


def test_one_run_writes_all_formats(demo: Path) -> None:
    assert sorted(path.name for path in demo.iterdir()) == sorted(FORMATS)
    assert all(path.stat().st_size > 1000 for path in demo.iterdir())


def test_formats_are_deterministic(demo: Path) -> None:
    report = load(str(demo / "json"))
    for name in FORMATS:
        assert text(report, name) == (demo / name).read_bytes().decode(), name


def test_json_is_written_as_if_in_one_piece(demo: Path) -> None:
    printed = (demo / "json").read_text("utf-8")
    assert printed == json.dumps(json.loads(printed), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "terminal:-"),
        ("output=a", "terminal:a"),
        ("format=json", "json:-"),
        ("format=json output=a format=csv output=b", "json:a csv:b"),
        ("output=a format=json output=b format=csv", "json:a csv:b"),
        ("format=json format=csv output=a output=b", "json:a csv:b"),
        ("format=terminal format=json output=a", "terminal:- json:a"),
        ("format=json output=a format=terminal", "json:a terminal:-"),
    ],
)
def test_outputs_belong_to_formats(given: str, expected: str) -> None:
    pairs = [tuple(item.split("=")) for item in given.split()]
    found = targets([(kind, value) for kind, value in pairs])
    words = [item.split(":") for item in expected.split()]
    assert found == [Target(name, None if file == "-" else file) for name, file in words]


@pytest.mark.parametrize(
    "given",
    ["format=json format=csv", "output=a output=b", "format=json output=a format=csv output=a",
     "format=json output=a output=b", "format=a format=b format=c output=x"],
)  # fmt: skip
def test_other_pairs_are_wrong_usage(given: str) -> None:
    pairs = [tuple(item.split("=")) for item in given.split()]
    with pytest.raises(UsageError, match="--output"):
        targets([(kind, value) for kind, value in pairs])


# SARIF


def test_sarif_is_valid(demo: Path, nasty: Report) -> None:
    schema = published(SARIF_SCHEMA)
    jsonschema.Draft7Validator.check_schema(schema)
    for printed in ((demo / "sarif").read_text("utf-8"), text(nasty, "sarif")):
        jsonschema.Draft7Validator(schema).validate(json.loads(printed))
    empty = nasty.model_copy(update={"findings": ()})
    jsonschema.Draft7Validator(schema).validate(json.loads(text(empty, "sarif")))


def test_sarif_says_what_the_report_says(demo: Path) -> None:
    report = json.loads((demo / "json").read_text("utf-8"))
    run = json.loads((demo / "sarif").read_text("utf-8"))["runs"][0]
    assert len(run["results"]) == len(report["findings"])
    for result, finding in zip(run["results"], report["findings"], strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding["code"]
        assert place["artifactLocation"]["uri"] == finding["evidence"][0]["file"]
        assert place["region"]["startLine"] == finding["evidence"][0]["line"]
        steps = (
            result["codeFlows"][0]["threadFlows"][0]["locations"] if "codeFlows" in result else []
        )
        assert len(steps) == (len(finding["evidence"]) if len(finding["evidence"]) > 1 else 0)
    levels = {
        f["severity"] + f["outcome"]: r["level"]
        for f, r in zip(report["findings"], run["results"], strict=True)
    }
    assert levels == {
        "criticalfail": "error",
        "highfail": "error",
        "highunknown": "warning",
        "mediumfail": "warning",
        "lowfail": "note",
        "infonote": "note",
    }


def test_sarif_fingerprints_outlive_moved_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def prints(config: str) -> list[dict[str, str]]:
        (tmp_path / "r1.cfg").write_text(config, encoding="utf-8")
        main(["audit", str(tmp_path / "r1.cfg"), "--format", "sarif"])
        run = json.loads(capsys.readouterr().out)["runs"][0]
        return [result["partialFingerprints"] for result in run["results"]]

    first = prints(NASTY)
    assert prints(NASTY.replace("version 15.7\n", "version 15.7\n!\n!\n")) == first
    assert len({fingerprint["primaryLocationLineHash"] for fingerprint in first}) == len(first)
    assert prints(NASTY.replace("any 104.192.136.0", "any   104.192.136.0")) == first


def test_sarif_keeps_the_limits(nasty: Report) -> None:
    one = next(f for f in nasty.findings if f.code == "ACL001")
    many = nasty.model_copy(update={"findings": (one,) * 25_003})
    run = json.loads(text(many, "sarif"))["runs"][0]
    assert len(run["results"]) == 25_000
    said = [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"]]
    assert [words for words in said if words.startswith("3 findings of least severity")]
    long = one.model_copy(update={"evidence": one.evidence * 5000})
    result = json.loads(text(nasty.model_copy(update={"findings": (long,)}), "sarif"))["runs"][0][
        "results"
    ][0]
    assert len(result["locations"]) == 1
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 1000


def test_sarif_names_files_from_where_the_program_was_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "my configs").mkdir()
    (tmp_path / "my configs" / "r1.cfg").write_text(NASTY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for path in ("my configs", "my configs/r1.cfg"):
        main(["audit", path, "--format", "sarif"])
        results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        places = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}
        assert places == {"my%20configs/r1.cfg"}


# JUnit

CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"classname", "name", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set(),
}
"""The elements of Jenkins' schema (xunit plugin, junit-10.xsd) that the report uses, and their attributes."""


def check_junit(printed: str) -> ElementTree.Element:
    root = ElementTree.fromstring(printed)  # noqa: S314 - what we wrote ourselves
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) == ATTRIBUTES[element.tag], element.tag
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
    for element in (root, *root.iter("testsuite")):
        cases = list(element.iter("testcase"))
        assert int(element.attrib["tests"]) == len(cases)
        for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(element.attrib[kind]) == sum(case.find(tag) is not None for case in cases)
    return root


def test_junit_is_valid_and_counts(demo: Path) -> None:
    root = check_junit((demo / "junit").read_text("utf-8"))
    report = load(str(demo / "json"))
    outcomes = [f.outcome for f in report.findings]
    assert root.attrib["failures"] == str(outcomes.count("fail"))
    assert root.attrib["errors"] == str(outcomes.count("unknown"))
    clean = next(s for s in root if s.attrib["name"] == "core-fra-1")
    assert [case.attrib["name"].split()[0] for case in clean] == ["ACL", "MTU", "LB", "RT"]


def test_junit_holds_anything(nasty: Report) -> None:
    root = check_junit(text(nasty, "junit"))
    assert "]]>" in "".join(root.itertext())


# CSV


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed, newline="")))


def test_csv_has_a_row_for_each_finding(demo: Path) -> None:
    found = rows((demo / "csv").read_bytes().decode())
    report = load(str(demo / "json"))
    assert [row["id"] for row in found] == [f.id for f in report.findings]
    acl = next(r for r in found if (r["device"], r["code"]) == ("edge-ams-1", "ACL001"))
    assert (acl["file"], acl["line"]) == ("edge-ams-1/running-config.txt", "31")
    assert acl["blocked"] == "tcp 104.192.136.0/21 ports 22"


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "|x", "%x"]
)
def test_no_cell_is_a_formula(start: str) -> None:
    assert safe(start) == f"'{start}"


def test_ordinary_cells_stay(nasty: Report) -> None:
    assert safe("10.0.0.1 = x") == "10.0.0.1 = x"
    for row in rows(text(nasty, "csv")):
        assert not [cell for cell in row.values() if cell.lstrip()[:1] in tuple("=+-@|%\t\r")]
        assert None not in row


# Markdown


def test_markdown_tables_and_blocks_hold(demo: Path, nasty: Report) -> None:
    for printed in ((demo / "markdown").read_text("utf-8"), text(nasty, "markdown")):
        table = [
            line for line in printed.splitlines() if line.startswith("|") and "MTU | LB" in line
        ]
        assert len(table) == 1
        outside = re.sub(r"^(`{3,})text\n.*?^\1$", "", printed, flags=re.MULTILINE | re.DOTALL)
        assert "<script" not in outside.lower()
        assert "](" not in outside.replace("\\]\\(", "")


def test_markdown_text_is_text() -> None:
    assert text_of("a*b_c|d\n# e") == r"a\*b\_c\|d \# e"
    assert text_of("<b>&amp;") == r"&lt;b\>&amp;amp;"
    assert text_of("[x](http://y)") == r"\[x\]\(http\:\/\/y\)"
    assert fenced(["a ```` b"]).startswith("`````text\n")


# what a screen would obey


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_steers_a_screen(name: str, nasty: Report) -> None:
    printed = text(nasty, name)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed)


def test_controls_become_codes() -> None:
    assert visible("a\x1b[31mb\x00\u202ec\ud800") == r"a\x1b[31mb\x00\u202ec\ud800"
    assert visible("tab\tline\nüñ漢") == "tab\tline\nüñ漢"


def test_a_report_from_elsewhere_is_made_harmless(demo: Path, tmp_path: Path) -> None:
    data = json.loads((demo / "json").read_text("utf-8"))
    data["devices"][0]["error"] = "\x1b[2J"
    (tmp_path / "r.json").write_text(json.dumps(data), encoding="utf-8")
    assert load(str(tmp_path / "r.json")).devices[0].error == r"\x1b[2J"


@pytest.mark.parametrize("data", ["{", "[]", '{"schema_version": "1"}', ""])
def test_what_is_no_report_is_said(data: str, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(data, encoding="utf-8")
    with pytest.raises(UsageError, match=r"r\.json: not a JSON report"):
        load(str(tmp_path / "r.json"))
