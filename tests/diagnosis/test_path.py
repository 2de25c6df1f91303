"""Path tools' outputs, each in its own form; what several hosts at a hop mean depends on the tool's flows."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.__main__ import main
from auditor.diagnosis.report import Diagnosis, schema
from auditor.diagnosis.trace_json import loads, traces_of
from auditor.diagnosis.trace_text import traces_in
from auditor.diagnosis.traces import Answer, Trace

LINUX = """traceroute to bitbucket.org (104.192.141.1), 30 hops max, 60 byte packets
 1  gw.example.net (10.20.0.1)  0.412 ms  0.398 ms  0.381 ms
 2  203.0.113.1 (203.0.113.1)  1.2 ms 203.0.113.5 (203.0.113.5)  1.3 ms 203.0.113.1 (203.0.113.1)  1.1 ms
 3  * * *
 4  198.51.100.9 (198.51.100.9)  8.1 ms !X * 198.51.100.9 (198.51.100.9)  8.3 ms !X
"""
NUMERIC = """traceroute to 104.192.141.1 (104.192.141.1), 30 hops max, 60 byte packets
 1  10.20.0.1  0.412 ms  0.398 ms  0.381 ms
 2  104.192.141.1  9.8 ms  9.7 ms  9.9 ms
"""
WITH_MTU = """traceroute to bitbucket.org (104.192.141.1), 30 hops max, 65000 byte packets
 1  10.20.0.1  0.4 ms F=1500  0.3 ms  0.3 ms
 2  203.0.113.1  1.0 ms F=1400  1.1 ms  1.0 ms
 3  104.192.141.1  9.8 ms  9.7 ms  9.9 ms
"""
WINDOWS = """
Tracing route to bitbucket.org [104.192.141.1]
over a maximum of 30 hops:

  1    <1 ms    <1 ms    <1 ms  10.20.0.1
  2     2 ms     1 ms     2 ms  edge.example.net [203.0.113.1]
  3     *        *        *     Request timed out.
  4    12 ms    11 ms    12 ms  104.192.141.1

Trace complete.
"""
GERMAN = """
Routenverfolgung zu bitbucket.org [104.192.141.1]
über maximal 30 Hops:

  1    <1 ms    <1 ms    <1 ms  10.20.0.1
  2     *        *        *     Zeitüberschreitung der Anforderung.
"""
PARIS = """traceroute [(10.20.0.9:33456) -> (104.192.141.1:443)], protocol tcp, algo hopbyhop, duration 18 s
 1  10.20.0.1 (10.20.0.1)  2.946 ms   0.553 ms   0.559 ms
 2  203.0.113.1 (203.0.113.1)  1.2 ms  203.0.113.5 (203.0.113.5)  1.3 ms  203.0.113.1 (203.0.113.1)  1.1 ms
   MPLS Label 24703 TTL=254
 3  104.192.141.1 (104.192.141.1)  9.2 ms   9.1 ms   9.3 ms
"""
MTR_TEXT = """Start: 2026-11-20T10:00:00+0000
HOST: build7                      Loss%   Snt   Last   Avg  Best  Wrst StDev
  1.|-- 10.20.0.1                  0.0%    10    0.4   0.4   0.3   0.6   0.1
  2.|-- 203.0.113.1                0.0%    10    1.2   1.3   1.0   2.0   0.3
        |  `|-- 203.0.113.5
  3.|-- ???                       100.0    10    0.0   0.0   0.0   0.0   0.0
"""


def text(output: str) -> Trace:
    traces, strange, refused = traces_in(output.splitlines())
    assert not strange
    assert not refused
    (trace,) = traces
    return trace


def hosts(trace: Trace) -> dict[int, list[str | None]]:
    found: dict[int, list[str | None]] = {}
    for answer in trace.answers:
        found.setdefault(answer.ttl, []).append(answer.address)
    return found


def test_traceroute() -> None:
    trace = text(LINUX)
    assert (trace.target, trace.flows) == ("104.192.141.1", "varies")
    assert hosts(trace) == {
        1: ["10.20.0.1"] * 3, 2: ["203.0.113.1", "203.0.113.5", "203.0.113.1"], 3: [None] * 3,
        4: ["198.51.100.9", None, "198.51.100.9"],
    }  # fmt: skip
    assert trace.answers[0].name == "gw.example.net"
    assert [a.mark for a in trace.answers if a.ttl == 4] == ["X", "", "X"]


def test_traceroute_without_names() -> None:
    assert hosts(text(NUMERIC)) == {1: ["10.20.0.1"] * 3, 2: ["104.192.141.1"] * 3}


def test_traceroute_with_mtu() -> None:
    assert {a.ttl: a.mtu for a in text(WITH_MTU).answers if a.mtu} == {1: 1500, 2: 1400}


def test_fragmentation_needed_with_a_size() -> None:
    line = " 2  203.0.113.1  1.0 ms !F-1400 *  1.1 ms"
    assert text(line).answers[0] == Answer(2, "203.0.113.1", mark="F", mtu=1400)


@pytest.mark.parametrize(("output", "last"), [(WINDOWS, "104.192.141.1"), (GERMAN, None)])
def test_tracert(output: str, last: str | None) -> None:
    trace = text(output)
    assert (trace.tool, trace.target) == ("tracert", "104.192.141.1")
    assert trace.answers[0] == Answer(1, "10.20.0.1")
    assert trace.answers[-1].address == last


def test_paris_traceroute() -> None:
    trace = text(PARIS)
    assert (trace.tool, trace.probe, trace.flows) == ("paris-traceroute", "tcp", "same")
    assert hosts(trace)[2] == ["203.0.113.1", "203.0.113.5", "203.0.113.1"]


def test_mtr_report() -> None:
    trace = text(MTR_TEXT)
    assert trace.tool == "mtr"
    assert hosts(trace) == {1: ["10.20.0.1"], 2: ["203.0.113.1", "203.0.113.5"], 3: [None]}


def test_several_traces_in_one_file() -> None:
    traces, _, _ = traces_in((LINUX + NUMERIC + PARIS).splitlines())
    assert [t.tool for t in traces] == ["traceroute", "traceroute", "paris-traceroute"]


# JSON

MTR = {"report": {"mtr": {"src": "build7", "dst": "bitbucket.org", "tests": 10, "psize": "64"}, "hubs": [
    {"count": "1", "host": "gw.example.net (10.20.0.1)", "Loss%": 0.0, "Snt": 10},
    {"count": 2, "host": "???", "Loss%": 100.0, "Snt": 10}, {"count": 3, "host": "104.192.141.1", "Loss%": 0.0}]}}  # fmt: skip


def dublin_probe(
    ttl: int, address: str | None, last: bool = False, code: int = 0
) -> dict[str, object]:
    received = {
        "icmp": {"type": 3 if code else 11, "code": code},
        "ip": {"src": address, "ttl": 60},
    }
    return {
        "flowhash": 1, "is_last": last, "name": "", "nat_id": 0, "rtt_usec": 800,
        "sent": {"ip": {"dst": "104.192.141.1", "src": "10.20.0.9", "ttl": ttl}, "udp": {"dport": 33434, "sport": 12345}},
        "received": None if address is None else received, "zerottl_forwarding_bug": False,
    }  # fmt: skip


def scamper(method: str, *addresses: str) -> str:
    hops = [
        {
            "addr": a,
            "probe_ttl": 2,
            "probe_id": n,
            "probe_size": 60,
            "rtt": 1.0,
            "icmp_type": 11,
            "icmp_code": 0,
        }
        for n, a in enumerate(addresses)
    ]
    return json.dumps(
        {"type": "trace", "version": "0.1", "method": method, "dst": "104.192.141.1", "hops": hops}
    )


def tracelb(flows: list[tuple[int, str, int]]) -> str:
    """Probes to hop 2: flow, what answered, when."""
    links = [
        {
            "addr": address,
            "probes": [
                {
                    "tx": {"sec": when, "usec": 0},
                    "replyc": 1,
                    "ttl": 2,
                    "attempt": 0,
                    "flowid": flow,
                }
            ],
        }
        for flow, address, when in flows
    ]
    node = {"addr": "10.20.0.1", "q_ttl": 1, "linkc": len(links), "links": [links]}
    return json.dumps(
        {"type": "tracelb", "method": "udp-sport", "dst": "104.192.141.1", "nodes": [node]}
    )


def run(
    capsys: pytest.CaptureFixture[str], folder: Path, content: str, *more: str
) -> tuple[int, Diagnosis]:
    file = folder / "trace"
    file.write_text(content, encoding="utf-8")
    code = main(["diagnose", "path", str(file), "--format", "json", *more])
    out = json.loads(capsys.readouterr().out)
    jsonschema.validate(out, json.loads(schema()))
    assert main(["diagnose", "path", str(file), *more]) == code
    capsys.readouterr()
    return code, Diagnosis.model_validate(out)


def within(found: Diagnosis) -> list[str | None]:
    return [hop.within_flow for path in found.paths for hop in path.hops]


def test_mtr_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = run(capsys, tmp_path, json.dumps(MTR, indent=4))
    (path,) = found.paths
    assert [[host.address for host in hop.hosts] for hop in path.hops] == [
        ["10.20.0.1"],
        [],
        ["104.192.141.1"],
    ]
    assert path.hops[0].hosts[0].name == "gw.example.net"


def test_dublin_traceroute(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows = {
        "33434": [dublin_probe(1, "10.20.0.1"), dublin_probe(2, "203.0.113.1"), dublin_probe(3, "104.192.141.1", True, 3)],
        "33435": [dublin_probe(1, "10.20.0.1"), dublin_probe(2, "203.0.113.5"), dublin_probe(3, None)],
    }  # fmt: skip
    code, found = run(capsys, tmp_path, json.dumps({"flows": flows}))
    assert code == 0
    assert found.paths[0].reached
    assert [len(hop.hosts) for hop in found.paths[0].hops] == [1, 2, 1]
    assert within(found) == [None, None, None]
    assert any("asked each flow once" in note for note in found.notes)
    again = {flow: [*probes, *probes] for flow, probes in flows.items()}
    again["33434"] = [probe for probe in again["33434"] if not probe["is_last"]]
    _, found = run(capsys, tmp_path, json.dumps({"flows": again}))
    assert any("balanced by flow" in note for note in found.notes)


MDA = PARIS.replace("hopbyhop", "mda")
LB_TEXT = """tracelb from 10.1.0.2 to 10.99.141.1, 2 nodes, 1 links, 13 probes, 95%
10.1.0.1 -> (10.1.1.2, 10.1.2.2) -> 10.99.141.1
"""


@pytest.mark.parametrize("content", [MDA, LB_TEXT])
def test_multipath_text_without_flows_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    file = tmp_path / "trace"
    file.write_text(content, encoding="utf-8")
    assert main(["diagnose", "path", str(file)]) == 2
    said = capsys.readouterr().err
    assert "does not say which flow" in said
    assert "scamper (-O json -c tracelb)" in said
    code, found = run(capsys, tmp_path, NUMERIC + content)
    assert (code, len(found.paths), found.complete) == (3, 1, False)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (scamper("udp-paris", "203.0.113.1", "203.0.113.5", "203.0.113.1"), "evidence"),
        (scamper("icmp-paris", "203.0.113.1", "203.0.113.1", "203.0.113.5"), "compatible"),
        (scamper("udp", "203.0.113.1", "203.0.113.5", "203.0.113.1"), None),
        (tracelb([(1, "203.0.113.1", 1), (1, "203.0.113.1", 3), (1, "203.0.113.5", 2)]), "evidence"),
        (tracelb([(1, "203.0.113.1", 1), (2, "203.0.113.5", 2), (1, "203.0.113.1", 3)]), None),
    ],
)  # fmt: skip
def test_within_one_flow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, expected: str | None
) -> None:
    _, found = run(capsys, tmp_path, content)
    assert [hop.within_flow for hop in found.paths[0].hops if hop.ttl == 2] == [expected]
    assert [c.level for c in found.causes if c.code == "ANY"] == ([expected] if expected else [])


def test_commas_before_brackets_and_ends_that_miss() -> None:
    whole = tracelb([(1, "203.0.113.1", 1), (1, "203.0.113.5", 2)])
    value, remark = loads(whole.replace("]]", ",]]").replace("}]", "},]"))
    assert remark is not None
    assert len(list(traces_of(value))) == 1
    for end in range(len(whole) - 1, len(whole) // 2, -7):
        try:
            value, remark = loads(whole[:end])
        except ValueError:
            continue
        assert remark == "the text ends early; what is there was read"


def test_broken_json_keeps_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = '{"type":"cycle-start", "list_name":"/tmp/x", "id":1}\n'
    good = scamper("udp-paris", "203.0.113.1", "203.0.113.5", "203.0.113.1")
    code, found = run(capsys, tmp_path, f"{start}{good}\n{good[:-60]}\n{{nonsense\n")
    assert code == 1
    assert len(found.paths) == 2
    assert not found.complete
    assert any("line 3" in note for note in found.notes)
    assert any("line 4" in note for note in found.notes)


@pytest.mark.parametrize(
    "content",
    ["", "hello\n", "{}", "[1, 2]", '{"report": {"hubs": []}}', "[" * 5000, '{"flows": {"1": 3}}'],
)
def test_what_is_no_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    file = tmp_path / "trace"
    file.write_text(content, encoding="utf-8")
    assert main(["diagnose", "path", str(file)]) == 2
    assert str(file) in capsys.readouterr().err


@given(st.text(max_size=200))
def test_no_text_raises(content: str) -> None:
    traces_in(content.splitlines())
    try:
        value, _ = loads(content)
    except ValueError:
        return
    list(traces_of(value))


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
    st.sampled_from(["type", "hops", "nodes", "links", "probes", "addr", "probe_ttl", "q_ttl", "flows", "report", "hubs", "sent", "ip", "ttl"]),
    inner | st.sampled_from(["trace", "tracelb"]), max_size=5), max_leaves=30))  # fmt: skip
def test_no_value_raises(value: object) -> None:
    list(traces_of(value))


# what it means


def test_meaning_of_marks_and_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = run(capsys, tmp_path, LINUX)
    assert (found.causes[0].code, found.causes[0].level) == ("ACL", "evidence")
    assert any("changes its flow with every probe" in note for note in found.notes)
    _, found = run(capsys, tmp_path, LINUX.replace("!X", "!N"))
    assert (found.causes[0].code, found.causes[0].level) == ("ROUTE", "evidence")
    _, found = run(capsys, tmp_path, WITH_MTU)
    assert [c.code for c in found.causes] == ["PMTU"]
    code, found = run(capsys, tmp_path, NUMERIC)
    assert (code, found.causes) == (0, ())
    _, found = run(capsys, tmp_path, GERMAN)
    assert found.causes[0].level == "compatible"


CONFIG = """hostname edge1
version 15.7
ip cef
interface GigabitEthernet0/0
 ip address 10.20.0.1 255.255.255.0
interface GigabitEthernet0/1
 ip address 203.0.113.2 255.255.255.252
 ip load-sharing per-packet
interface GigabitEthernet0/2
 ip address 203.0.113.6 255.255.255.252
 ip load-sharing per-packet
ip route 0.0.0.0 0.0.0.0 203.0.113.1
ip route 0.0.0.0 0.0.0.0 203.0.113.5
end
"""


def test_hops_are_joined_with_the_audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configs = tmp_path / "configs"
    configs.mkdir()
    (configs / "edge1.cfg").write_text(CONFIG, encoding="utf-8")
    code, found = run(capsys, tmp_path, PARIS, "--audit", str(configs))
    assert code == 1
    first, second, _ = found.paths[0].hops
    assert (first.hosts[0].device, first.hosts[0].interface) == ("edge1", "GigabitEthernet0/0")
    assert (second.split_by, second.within_flow) == ("edge1", "evidence")
    assert (found.causes[0].code, found.causes[0].level) == ("ANY", "proved")
    (device,) = found.devices
    assert any("per-packet" in line.text for f in device.findings for line in f.evidence)
    report = tmp_path / "report.json"
    main(["audit", str(configs), "--format", "json", "--output", str(report)])
    capsys.readouterr()
    _, found = run(capsys, tmp_path, PARIS, "--audit", str(report))
    assert found.paths[0].hops[1].split_by == "edge1"
    assert found.causes[0].level == "proved"


def test_a_report_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, trace = tmp_path / "other.json", tmp_path / "trace"
    other.write_text("{}", encoding="utf-8")
    trace.write_text(PARIS, encoding="utf-8")
    assert main(["diagnose", "path", str(trace), "--audit", str(other)]) == 2
    assert "auditor audit" in capsys.readouterr().err
