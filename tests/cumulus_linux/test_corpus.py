"""Real texts of the shared corpus: nothing raises, all are told, and next to nothing is left unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.cumulus_linux import PLATFORM
from parsers.detection import detect
from parsers.model.device import Device
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.text import lines_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project"),
]


def files() -> list[Path]:
    found = [
        p
        for name in ("cumulus_linux", "cumulus_nclu")
        for p in (CORPUS / "configs" / name).iterdir()
    ]
    found += [
        *CORPUS.glob("labs/cumulus*/configs/*/*.cfg"),
        *CORPUS.glob("labs/onug*/configs/*/*.cfg"),
    ]
    return sorted(p for p in found if p.name != "BUILD.bazel")


def read(file: Path) -> Device:
    lines = lines_of(file.read_bytes())
    return PLATFORM.parse(Inputs("", "cumulus_linux", (Text(file.name, CONFIGURATION, lines),)))


def test_every_text_is_told() -> None:
    assert [
        p.name for p in files() if detect(lines_of(p.read_bytes())).platform != "cumulus_linux"
    ] == []


def test_what_is_left_unread() -> None:
    unread = [line.text for file in files() for line in read(file).not_understood]
    assert unread == ["unrecognized line 1", "unrecognized line 2"]


def test_names_and_interfaces() -> None:
    found = read(CORPUS / "labs/cumulusfrr_bgp_community/configs/cumulusfrr1/cumulusfrr1.cfg")
    assert found.name == "cumulusfrr1"
    assert {i.name for i in found.interfaces} == {"lo", "eth0", "swp1", "swp6"}
    assert [source.value for source in found.routing_sources] == ["bgp", "dhcp"]


def test_tables_of_the_labs() -> None:
    for file in CORPUS.glob("labs/cumulus*/show/*/*show_ip_route_vrf_all_json*"):
        text = Text(file.name, "vtysh -c 'show ip route vrf all json'", lines_of(file.read_bytes()))
        (table,) = PLATFORM.parse(Inputs("", "cumulus_linux", (text,))).tables
        assert table.complete
        assert table.routes
