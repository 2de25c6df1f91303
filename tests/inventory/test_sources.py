"""Devices and their texts, found by the shape of folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inventory.errors import NoDevices, SourceNotFound
from inventory.router_db import rows_of
from inventory.sources import Sources, find_sources

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def tree(root: Path, *files: str, **contents: str) -> Path:
    """A folder with `files`, each with a line of text or what `contents` has for it."""
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(contents.get(path.name.replace(".", "_"), "hostname x\n"))
    return root


def shape(sources: Sources) -> dict[str, list[tuple[str, str | None]]]:
    """Each device with the labels and commands of its texts."""
    return {
        device.name: [(file.label, file.command) for file in device.files]
        for device in sources.devices
    }


def reasons(sources: Sources) -> dict[str, str]:
    """Why each file was not used."""
    return {entry.label: entry.reason for entry in sources.skipped}


def test_a_single_file_is_a_device_whatever_its_name(tmp_path: Path) -> None:
    tree(tmp_path, "README.md", "core1.example.net", "r1.cfg")
    assert shape(find_sources(tmp_path / "README.md")) == {
        "README.md": [("README.md", "running-config")]
    }
    assert shape(find_sources(tmp_path / "core1.example.net")) == {
        "core1.example.net": [("core1.example.net", "running-config")]
    }
    assert shape(find_sources(tmp_path / "r1.cfg")) == {"r1": [("r1.cfg", "running-config")]}


def test_a_configuration_of_a_snapshot_goes_by_its_folder(tmp_path: Path) -> None:
    tree(tmp_path, "r1/running-config.txt")
    assert list(shape(find_sources(tmp_path / "r1" / "running-config.txt"))) == ["r1"]


def test_flat_folder(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "r2.cfg",
        "r1.conf",
        "r3.example.net",
        "README.md",
        "BUILD.bazel",
        "map.png",
        ".hidden",
        "r2.cfg.bak",
    )
    sources = find_sources(tmp_path)
    assert shape(sources) == {
        "r1": [("r1.conf", "running-config")],
        "r2": [("r2.cfg", "running-config")],
        "r3.example.net": [("r3.example.net", "running-config")],
    }
    assert reasons(sources) == {
        ".hidden": "hidden",
        "BUILD.bazel": "belongs to the repository, not to a device",
        "README.md": "belongs to the repository, not to a device",
        "map.png": "a picture or document",
        "r2.cfg.bak": "a backup or temporary copy",
    }


def test_oxidized_groups_and_git(tmp_path: Path) -> None:
    tree(tmp_path, ".git/config", "access/sw1", "access/sw2", "core/r1", "core/sw1")
    sources = find_sources(tmp_path)
    assert shape(sources) == {
        "access/sw1": [("access/sw1", "running-config")],
        "core/sw1": [("core/sw1", "running-config")],
        "r1": [("core/r1", "running-config")],
        "sw2": [("access/sw2", "running-config")],
    }
    assert reasons(sources) == {".git": "hidden"}


def test_a_bare_repository_is_to_be_cloned(tmp_path: Path) -> None:
    tree(tmp_path, "HEAD", "objects/00/1234", "refs/heads/main")
    with pytest.raises(NoDevices, match="git clone"):
        find_sources(tmp_path)


def test_rancid(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "wan/router.db", "wan/routers.up", "wan/configs/edge.example.net",
        "wan/configs/old", "wan/configs/x.new",
        "lan/configs/sw1", "CVS/Root",
        router_db="edge.example.net;cisco-nx;up\nold;juniper;down;broken\nnever;arista;up\n"
        "gone;cisco;down\n# comment\n",
    )  # fmt: skip
    sources = find_sources(tmp_path)
    assert shape(sources) == {
        "edge.example.net": [("wan/configs/edge.example.net", "running-config")],
        "never": [],
        "old": [("wan/configs/old", "running-config")],
        "sw1": [("lan/configs/sw1", "running-config")],
    }
    assert {device.name: (device.platform_hint, device.note) for device in sources.devices} == {
        "edge.example.net": ("cisco_nxos", ""),
        "never": ("arista_eos", "in router.db, but never collected"),
        "old": ("juniper_junos", "router.db says down: this may be old"),
        "sw1": (None, ""),
    }
    assert reasons(sources)["wan/configs/x.new"] == "a backup or temporary copy"
    assert "CVS" in reasons(sources)


def test_router_db_of_both_rancids() -> None:
    assert rows_of("a;cisco;up;note\n") == rows_of("a:cisco:up\n")
    assert rows_of("2001:db8::1;junos;up")["2001:db8::1"].platform == "juniper_junos"
    assert rows_of("a:cisco:up\n\nbroken\n")["a"].platform is None


def test_snapshot(tmp_path: Path) -> None:
    hosts = {
        "r1": {"platform": "cisco_ios", "status": "ok", "error": None},
        "r2": {"platform": "linux", "status": "failed", "error": "timed out"},
    }
    tree(
        tmp_path,
        "snapshot.json", "r1/show_ip_route.txt", "r1/running-config.txt",
        "r1/show_running-config.txt",
        "fw/iptables-save.txt", "fw/ip_-j_route.txt", "fw/vtysh_show_running-config.txt",
        snapshot_json=json.dumps({"schema_version": "1", "hosts": hosts}),
    )  # fmt: skip
    sources = find_sources(tmp_path)
    assert shape(sources) == {
        "fw": [
            ("fw/ip_-j_route.txt", "ip -j route"),
            ("fw/iptables-save.txt", "iptables-save"),
            ("fw/vtysh_show_running-config.txt", "vtysh show running-config"),
        ],
        "r1": [
            ("r1/running-config.txt", "running-config"),
            ("r1/show_ip_route.txt", "show ip route"),
        ],
        "r2": [],
    }
    assert [(d.platform_hint, d.note) for d in sources.devices] == [
        (None, ""),
        ("cisco_ios", ""),
        ("linux", "collection failed: timed out"),
    ]
    assert reasons(sources) == {
        "r1/show_running-config.txt": "the configuration is read from running-config.txt"
    }


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"hosts": 5}', '{"hosts": {"r1": 5}}', "[" * 100_000]
)
def test_a_broken_list_of_a_snapshot_is_recorded(tmp_path: Path, text: str) -> None:
    tree(tmp_path, "snapshot.json", "r1/config.txt", snapshot_json=text)
    sources = find_sources(tmp_path)
    assert shape(sources) == {"r1": [("r1/config.txt", "running-config")]}
    assert ("snapshot.json" in reasons(sources)) == ("r1" not in text)


def test_snapshot_without_its_list(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "r1/config.txt",
        "r2/r2.cfg",
        "r2/show_version.txt",
        "r3/show_ip_interface_|_json.json",
    )
    assert shape(find_sources(tmp_path)) == {
        "r1": [("r1/config.txt", "running-config")],
        "r2": [("r2/r2.cfg", "running-config"), ("r2/show_version.txt", "show version")],
        "r3": [("r3/show_ip_interface_|_json.json", "show ip interface | json")],
    }
    assert list(shape(find_sources(tmp_path / "r2"))) == ["r2"]


def test_batfish(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "configs/R1.cfg", "configs/r2/show_running-config.txt",
        "configs/r3/r3", "batfish/layer1_topology.json",
        "show/r1/show_ip_route.txt", "show/r1/show_running-config.txt",
        "show/r9/show_version.txt", "show/host_nos.txt",
        "hosts/h1.json", "hosts/h2.json", "hosts/h3.json",
        "iptables/one.iptables", "iptables/h4.iptables",
        h1_json=json.dumps({"hostname": "web", "iptablesFile": "iptables/one.iptables"}),
        h2_json=json.dumps({"hostname": "idle"}),
        h3_json=json.dumps({"hostname": "evil", "iptablesFile": "../../etc/passwd"}),
    )  # fmt: skip
    sources = find_sources(tmp_path)
    assert shape(sources) == {
        "R1": [
            ("configs/R1.cfg", "running-config"),
            ("show/r1/show_ip_route.txt", "show ip route"),
        ],
        "h4": [("iptables/h4.iptables", "iptables-save")],
        "r2": [("configs/r2/show_running-config.txt", "running-config")],
        "r3": [("configs/r3/r3", "running-config")],
        "r9": [("show/r9/show_version.txt", "show version")],
        "web": [("iptables/one.iptables", "iptables-save")],
    }
    assert {d.name: d.platform_hint for d in sources.devices if d.platform_hint} == {
        "h4": "linux",
        "web": "linux",
    }
    assert {d.name: d.note for d in sources.devices if d.note} == {
        "r9": "only outputs of show commands, no configuration"
    }
    assert reasons(sources) == {
        "batfish": "beside `configs`, where the configurations are",
        "hosts/h2.json": "names no iptables file",
        "hosts/h3.json": "names ../../etc/passwd, which is not in `iptables`",
        "show/host_nos.txt": "beside the hosts' folders",
        "show/r1/show_running-config.txt": "the configuration is read from `configs`",
    }


def test_links_do_not_lead_out_nor_double(tmp_path: Path) -> None:
    outside = tree(tmp_path / "outside", "secret.cfg")
    inside = tree(tmp_path / "inside", "r1.cfg", ".data/r2.cfg")
    (inside / "out.cfg").symlink_to(outside / "secret.cfg")
    (inside / "out").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "same.cfg").symlink_to(inside / "r1.cfg")
    (inside / "r2.cfg").symlink_to(inside / ".data" / "r2.cfg")
    (inside / "dead.cfg").symlink_to(inside / "nothing")
    sources = find_sources(inside)
    assert list(shape(sources)) == ["r1", "r2"]
    assert reasons(sources) == {
        ".data": "hidden",
        "dead.cfg": "a link to nothing",
        "loop": "a link to a folder",
        "out": "a link that leads out of the folder",
        "out.cfg": "a link that leads out of the folder",
        "same.cfg": "a link to r1.cfg, which is read there",
    }


def test_devices_that_are_called_almost_like_commands(tmp_path: Path) -> None:
    tree(tmp_path, "wan/ip_core1", "wan/ip_core2", "wan/get_out.cfg", "wan/infoblox1")
    assert list(shape(find_sources(tmp_path))) == ["get_out", "infoblox1", "ip_core1", "ip_core2"]


def test_one_name_twice(tmp_path: Path) -> None:
    tree(tmp_path, "r1.cfg", "r1.txt")
    assert list(shape(find_sources(tmp_path))) == ["r1.cfg", "r1.txt"]


def test_nothing_found_says_what_was_looked_for(tmp_path: Path) -> None:
    tree(tmp_path, "README.md", "a.png", "b.png")
    with pytest.raises(NoDevices) as caught:
        find_sources(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path} holds no device: looked for configuration files, for DIR/<host>/<command>.txt "
        "(a snapshot), and for a folder `configs` (RANCID, Batfish); not used: 2 a picture or "
        "document, 1 belongs to the repository, not to a device"
    )


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="No such file"):
        find_sources(tmp_path / "nothing")


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project")
class TestCorpus:
    def test_the_batfish_example(self) -> None:
        sources = find_sources(CORPUS / "networks" / "example-live")
        assert len(sources.devices) == 15
        assert [d.name for d in sources.devices if d.platform_hint == "linux"] == ["host1", "host2"]
        assert sources.skipped == ()

    @pytest.mark.parametrize("lab", sorted(path.name for path in (CORPUS / "labs").glob("*")))
    def test_each_lab_has_a_configuration_for_each_host(self, lab: str) -> None:
        folder = CORPUS / "labs" / lab
        configured = {path.name for path in (folder / "configs").iterdir()}
        sources = find_sources(folder)
        assert {
            d.name for d in sources.devices if d.files and d.files[0].command == "running-config"
        } == configured

    def test_every_file_is_used_or_has_a_reason(self) -> None:
        sources = find_sources(CORPUS / "labs")
        used = {file.label for device in sources.devices for file in device.files}
        folders = tuple(f"{entry.label}/" for entry in sources.skipped)
        skipped = {entry.label for entry in sources.skipped}
        everything = {
            path.relative_to(CORPUS / "labs").as_posix()
            for path in (CORPUS / "labs").rglob("*")
            if path.is_file()
        }
        assert {
            p for p in everything if p not in used | skipped and not p.startswith(folders)
        } == set()
        assert not used & skipped
