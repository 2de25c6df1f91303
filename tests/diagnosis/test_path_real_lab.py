"""What real path tools print, over one way, over two by flow and by packet, a narrow hop and a filter."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.diagnosis.report import Diagnosis, PathPart
from tests.diagnosis.path_lab import NARROW, SCENES, TARGET, TOOLS
from tests.diagnosis.test_capture_real_lab import why_not
from tests.house_files import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.lab]

REFUSED = {"tracelb.txt"}
"""Text that does not say which flow saw which host."""
ONE_FLOW = ("scamper-paris.json", "scamper-icmp.json", "scamper-tcp.json")
SHOWS_ALL = ("mtr-report.txt", "mtr-wide.txt", "traceroute.txt", "scamper-udp.json")
TELLS_MTU = ("traceroute-mtu.txt", "tracepath.txt", "tracepath-both.txt")
TELLS_FILTER = (
    "traceroute.txt",
    "traceroute-tcp.txt",
    "traceroute-icmp.txt",
    "scamper-paris.json",
    "scamper.txt",
    "tracelb.json",
)
NAMED = ("mtr-names.json", "mtr-wide.txt", "traceroute-names.txt", "tracepath-both.txt")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reason = why_not("mtr", "traceroute", "tracepath", "scamper", "dublin-traceroute", "tcpdump")
    if reason is not None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("paths")
    parts = [
        subprocess.Popen(
            ["unshare", "-nm", "--propagation", "private", sys.executable, "-m", "tests.diagnosis.path_lab", str(folder), scene],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for scene in SCENES
    ]  # fmt: skip
    for part in parts:
        said, _ = part.communicate(timeout=240)
        assert part.returncode == 0, said
    return folder


def diagnosed(capsys: pytest.CaptureFixture[str], file: Path, *more: str) -> tuple[int, Diagnosis]:
    code = main(["diagnose", "path", str(file), "--format", "json", *more])
    out, err = capsys.readouterr()
    assert out, err
    return code, Diagnosis.model_validate(json.loads(out))


def path_of(capsys: pytest.CaptureFixture[str], file: Path) -> PathPart:
    _, found = diagnosed(capsys, file)
    assert found.complete, found.notes
    (path,) = found.paths
    return path


def ways(path: PathPart, ttl: int) -> set[str]:
    return {host.address for hop in path.hops if hop.ttl == ttl for host in hop.hosts}


@pytest.mark.parametrize("tool", sorted(TOOLS.keys() - REFUSED))
def test_every_tool_is_read(lab: Path, capsys: pytest.CaptureFixture[str], tool: str) -> None:
    path = path_of(capsys, lab / f"one-way.{tool}")
    assert [ways(path, ttl) for ttl in (1, 2, 3)] == [{"10.1.0.1"}, {"10.1.1.2"}, {TARGET}]
    assert len(path.hops) == 3
    assert path.reached or path.target is None
    assert path.tool.replace(" --json", "").split()[0] == TOOLS[tool].split()[0]
    if tool in NAMED:
        assert [hop.hosts[0].name for hop in path.hops] == ["r.lab", "one.lab", "service.lab"]


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_multipath_text_is_refused(
    lab: Path, capsys: pytest.CaptureFixture[str], scene: str
) -> None:
    assert main(["diagnose", "path", str(lab / f"{scene}.tracelb.txt")]) == 2
    assert "does not say which flow" in capsys.readouterr().err


@pytest.mark.parametrize("tool", sorted(TOOLS.keys() - REFUSED))
def test_what_is_said_of_flows_is_what_the_tool_sent(
    lab: Path, capsys: pytest.CaptureFixture[str], tool: str
) -> None:
    """tcpdump saw the ports of all probes."""
    text = (lab / f"one-way.{tool}.probes").read_text("utf-8")
    flows = set(re.findall(r"IP (\S+\.\d+ > \S+\.\d+): (?:tcp|UDP)", text))
    path = path_of(capsys, lab / f"one-way.{tool}")
    if path.flows == "same":
        assert len(flows) <= 1  # none: ICMP has no ports
    elif flows and path.flows == "varies" and tool != "scamper.txt":
        assert len(flows) > 3
    elif flows and path.flows == "known":
        assert 1 < len(flows) < text.count("UDP")


@pytest.mark.parametrize("tool", ONE_FLOW)
def test_only_packets_that_are_spread_vary_within_a_flow(
    lab: Path, capsys: pytest.CaptureFixture[str], tool: str
) -> None:
    code, found = diagnosed(capsys, lab / f"per-packet.{tool}")
    assert code == 1
    assert [hop.within_flow for hop in found.paths[0].hops] == [None, "evidence", None]
    assert ways(found.paths[0], 2) == {"10.1.1.2", "10.1.2.2"}
    assert [(c.code, c.level) for c in found.causes] == [("ANY", "evidence")]
    code, found = diagnosed(capsys, lab / f"per-flow.{tool}")
    assert (code, found.causes) == (0, ())
    assert len(ways(found.paths[0], 2)) == 1


@pytest.mark.parametrize("scene", ["per-packet", "per-flow"])
@pytest.mark.parametrize("tool", SHOWS_ALL)
def test_several_hosts_of_changing_flows_prove_nothing(
    lab: Path, capsys: pytest.CaptureFixture[str], tool: str, scene: str
) -> None:
    code, found = diagnosed(capsys, lab / f"{scene}.{tool}")
    assert (code, found.causes, found.complete) == (0, (), True)
    if scene == "per-packet":  # by flow, all probes may hash to one way
        assert ways(found.paths[0], 2) == {"10.1.1.2", "10.1.2.2"}
        assert any("balancing by flow looks like" in note for note in found.notes)


@pytest.mark.parametrize("scene", ["per-packet", "per-flow"])
@pytest.mark.parametrize("tool", ["tracelb.json", "dublin.json"])
def test_flows_that_are_asked_once_show_no_balancing_by_flow(
    lab: Path, capsys: pytest.CaptureFixture[str], tool: str, scene: str
) -> None:
    code, found = diagnosed(capsys, lab / f"{scene}.{tool}")
    assert (code, found.causes) == (0, ())
    assert not any("balanced by flow" in note for note in found.notes)
    if len(ways(found.paths[0], 2)) > 1:
        assert any("asked each flow once" in note for note in found.notes)


def test_json_of_mtr_says_what_it_lacks(lab: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = diagnosed(capsys, lab / "per-packet.mtr.json")
    assert len(ways(found.paths[0], 2)) == 1
    assert any("names one host of each hop" in note for note in found.notes)


@pytest.mark.parametrize("tool", TELLS_MTU)
def test_a_narrow_hop(lab: Path, capsys: pytest.CaptureFixture[str], tool: str) -> None:
    _, found = diagnosed(capsys, lab / f"narrow.{tool}")
    assert [(c.code, c.level) for c in found.causes] == [("PMTU", "compatible")]
    assert any(f"from 1500 to {NARROW}" in reason for reason in found.causes[0].because)
    _, found = diagnosed(capsys, lab / f"one-way.{tool}")
    assert found.causes == ()


@pytest.mark.parametrize("tool", TELLS_FILTER)
def test_a_filter_that_says_so(lab: Path, capsys: pytest.CaptureFixture[str], tool: str) -> None:
    code, found = diagnosed(capsys, lab / f"forbidden.{tool}")
    assert code == 1
    assert (found.causes[0].code, found.causes[0].level) == ("ACL", "evidence")
    assert not found.paths[0].reached


def test_tracepath_cannot_tell_a_filter_from_a_missing_route(
    lab: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = diagnosed(capsys, lab / "forbidden.tracepath.txt")
    assert {(c.code, c.level) for c in found.causes} == {
        ("ACL", "compatible"),
        ("ROUTE", "compatible"),
    }
    assert "U" in found.paths[0].hops[-1].marks
