"""One story across all sources, and the bundle for support."""

from __future__ import annotations

import ipaddress
import json
import zipfile
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.__main__ import main
from auditor.diagnosis.anonymise import Anonymiser
from auditor.diagnosis.report import Diagnosis, schema
from auditor.profile import load
from tests.diagnosis.test_capture import more_data, reset, talk
from tests.diagnosis.test_path import CONFIG, PARIS
from tests.diagnosis.wire import handshake, pcap

LOG = "fatal: unable to access 'https://bitbucket.org/ws/r.git/': Recv failure: Connection reset by peer\n"
SECRET = CONFIG.replace(
    "end\n",
    "enable secret 5 $1$abcd$s3cr3tHASHs3cr3tHASH\nsnmp-server community s3cr3tword RO\nend\n",
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "edge1.cfg").write_text(SECRET, encoding="utf-8")
    (tmp_path / "job.log").write_text(LOG, encoding="utf-8")
    (tmp_path / "trace.txt").write_text(PARIS, encoding="utf-8")
    packets = [*handshake(), *talk(), *reset(at=1000.12, ttl=55), *more_data(1000.2)]
    (tmp_path / "client.pcap").write_bytes(pcap(packets))
    return tmp_path


def doctor(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Diagnosis, str]:
    code = main(["doctor", *arguments, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    jsonschema.validate(report, json.loads(schema()))
    assert main(["doctor", *arguments]) == code
    return code, Diagnosis.model_validate(report), capsys.readouterr().out


def test_the_router_and_the_statement_are_named(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("job.log", "trace.txt", "client.pcap", "configs")
    code, report, text = doctor(capsys, *(str(case / name) for name in names))
    assert code == 1
    first = report.story[0]
    assert (first.code, first.level) == ("ANY", "proved")
    assert first.log == ("recv-failure",)
    assert first.capture == ("anycast-shift",)
    assert any("hop 2" in said for said in first.path)
    assert first.audit[0].startswith("edge1: LB")
    assert any("per-packet" in line.text for line in first.statements)
    assert not report.missing
    assert "ip load-sharing per-packet" in text


def test_what_is_missing_is_said(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, report, text = doctor(capsys, str(case / "job.log"))
    assert len(report.missing) == 3
    assert report.story[0].level == "compatible"
    assert report.story[0].code == "ACL"
    assert "Missing to be surer" in text


def test_an_audit_alone_is_evidence_not_proof(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, report, _ = doctor(capsys, str(case / "job.log"), "--audit", str(case / "configs"))
    first = report.story[0]
    assert (first.code, first.level) == ("ANY", "evidence")


def test_nothing_wrong(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case / "fine.log").write_text("all is well\n", encoding="utf-8")
    code, _, text = doctor(capsys, str(case / "fine.log"))
    assert code == 0
    assert "Nothing that was given shows a fault" in text


def test_two_audits_are_wrong_usage(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(case / "configs")
    assert main(["doctor", folder, "--audit", folder]) == 2
    assert "audit already" in capsys.readouterr().err


# the bundle


@pytest.fixture
def report(case: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    file = case / "report.json"
    main(["audit", str(case / "configs"), "--format", "json", "--output", str(file)])
    capsys.readouterr()
    return file


def contents(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_the_bundle_has_what_support_asks_for(case: Path, report: Path) -> None:
    target = case / "b.zip"
    evidence = ["--log", str(case / "job.log"), "--capture", str(case / "client.pcap")]
    assert (
        main(["bundle", str(report), "--output", str(target), "--device", "edge1", *evidence]) == 0
    )
    files = contents(target)
    assert set(files) == {"README.md", "bundle.json", "diagnosis.txt"}
    assert "| edge1 | Cisco |" in files["README.md"]
    assert "15.7" in files["README.md"]
    assert "ip load-sharing per-packet" in files["README.md"]
    assert "## Ruled out" in files["README.md"]
    assert "ANY [proved]" in files["diagnosis.txt"]
    assert "edge1: LB001" in files["diagnosis.txt"]
    assert "the routers' configurations" not in files["diagnosis.txt"]
    assert not any("s3cr3t" in text for text in files.values())
    assert json.loads(files["bundle.json"])["devices"][0]["name"] == "edge1"


def test_the_anonymous_bundle_keeps_the_key_outside(case: Path, report: Path) -> None:
    target = case / "b.zip"
    assert main(["bundle", str(report), "--output", str(target), "--anonymise"]) == 0
    files = contents(target)
    for text in files.values():
        assert "edge1" not in text
        assert "203.0.113." not in text
        assert "10.20.0." not in text
    assert "104.192.136.0/21" in files["bundle.json"]
    key = Path(f"{target}.key.json")
    assert key.stat().st_mode & 0o077 == 0
    assert json.loads(key.read_text("utf-8"))["names"] == {"edge1": "device-1"}
    assert key.name not in files


@pytest.mark.parametrize("content", ["", "{}", "[]", "nonsense", '{"schema_version": "1"}'])
def test_a_report_that_is_none(
    case: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    file = case / "other.json"
    file.write_text(content, encoding="utf-8")
    assert main(["bundle", str(file), "--output", str(case / "b.zip")]) == 2
    assert str(file) in capsys.readouterr().err
    assert not (case / "b.zip").exists()


def test_wrong_devices_and_folders(
    case: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bundle", str(report), "--output", str(case / "b.zip"), "--device", "x"]) == 2
    assert main(["bundle", str(report), "--output", str(case / "no" / "b.zip")]) == 2
    assert "cannot be written" in capsys.readouterr().err


SERVICE = load("bitbucket")
ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))


def shared(one: str, other: str) -> int:
    a, b = ipaddress.ip_address(one), ipaddress.ip_address(other)
    if a.version != b.version:
        return -1
    return a.max_prefixlen - (int(a) ^ int(b)).bit_length()


class Everything(Anonymiser):
    """Keeps no address, so that no result is walked away from: the map alone."""

    def _stays(self, address: object) -> bool:
        return False


@given(ADDRESSES, ADDRESSES, st.binary(min_size=1, max_size=8))
def test_prefixes_are_preserved_to_the_bit(one: object, other: object, key: bytes) -> None:
    chosen = Everything(key, (), ())
    first, second = chosen.address(str(one)), chosen.address(str(other))
    assert shared(first, second) == shared(str(one), str(other))


@given(ADDRESSES, ADDRESSES)
def test_no_two_addresses_become_one(one: object, other: object) -> None:
    chosen = Anonymiser(b"key", SERVICE.prefixes, ())
    first, second = chosen.address(str(one)), chosen.address(str(other))
    assert (first == second) == (one == other)


def test_a_network_keeps_its_shape() -> None:
    chosen = Anonymiser(b"key", SERVICE.prefixes, ("edge1",))
    hosts = [chosen.address(f"10.20.1.{n}") for n in (1, 2, 200)]
    assert len(set(hosts)) == 3
    assert all(shared(hosts[0], host) >= 24 for host in hosts)
    text = "permit ip 10.20.1.0 0.0.0.255 host 104.192.141.1 ! edge1, EDGE1, edge10; mask 255.255.255.0"
    said = chosen.text(text)
    assert "0.0.0.255 host 104.192.141.1 ! device-1, device-1, edge10; mask 255.255.255.0" in said
    assert "10.20.1." not in said
    assert Anonymiser(b"key", (), ()).address("10.9.8.7") == Anonymiser(b"key", (), ()).address(
        "10.9.8.7"
    )
    assert Anonymiser(b"other", (), ()).address("10.9.8.7") != Anonymiser(b"key", (), ()).address(
        "10.9.8.7"
    )


def test_times_and_versions_are_no_addresses() -> None:
    chosen = Anonymiser(b"key", (), ())
    for text in ("at 12:34:56 o'clock", "version 15.7.3", "ab:cd", "1.2.3.4.5", "a::b::c"):
        assert chosen.text(text) == text
    assert chosen.text("[2001:db8::1]:443") != "[2001:db8::1]:443"


def test_names_that_cannot_be_printed_and_pipes(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = case / "a\udcff.log"
    odd.write_text(LOG, encoding="utf-8")
    for kind in ("log", "path", "capture", "hosts"):
        assert main(["diagnose", kind, str(odd)]) == 2
    assert main(["doctor", str(odd)]) == 2
    assert main(["doctor", "-"]) == 2
    assert "rename the file" in capsys.readouterr().err
