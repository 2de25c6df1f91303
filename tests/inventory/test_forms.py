"""Inventories in the forms that engineers have; what each should say is written by hand from its owner's manual."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inventory.errors import BadInventory, InventoryError, SourceNotFound
from inventory.host import Host
from inventory.hosts import read_hosts
from inventory.secret import Secret

NORNIR_HOSTS = """\
r1: {hostname: 10.0.0.1, groups: [edge], data: {auditor: {realm: tacacs-eu, legacy: true}}}
r2: {hostname: 10.0.0.2, port: 2222, username: own, groups: [core, edge]}
r3: {hostname: 10.0.0.3, platform: huawei_vrpv8, password: own secret}
"""
NORNIR_GROUPS = """\
edge: {platform: ios, groups: [all-sites]}
core: {platform: iosxr, username: core-user, connection_options: {netmiko: {port: 2022, extras: {secret: up}}}}
all-sites: {username: site-user}
"""
NORNIR_DEFAULTS = "{username: default-user, password: default-secret}\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def read(path: Path) -> dict[str, Host]:
    return {host.name: host for host in read_hosts(path).hosts}


def test_nornir_inherits_as_nornir_does(tmp_path: Path) -> None:
    write(
        tmp_path,
        hosts__yaml=NORNIR_HOSTS,
        groups__yaml=NORNIR_GROUPS,
        defaults__yaml=NORNIR_DEFAULTS,
    )
    found = read(tmp_path)
    assert (found["r1"].platform, found["r1"].user, found["r1"].realm, found["r1"].legacy) == (
        "cisco_ios", "site-user", "tacacs-eu", True,
    )  # fmt: skip
    assert found["r1"].groups == ("edge", "all-sites")
    # the host before its groups, the first group before the second
    assert (found["r2"].platform, found["r2"].user) == ("cisco_xr", "own")
    # options of the connection win over the host's plain port: nornir's ConnectionOptions
    assert (found["r2"].port, found["r2"].enable) == (2022, Secret("up"))
    assert (found["r3"].platform, found["r3"].device_type) == ("huawei_vrp", "huawei_vrpv8")
    assert (found["r3"].password, found["r1"].password) == (
        Secret("own secret"),
        Secret("default-secret"),
    )
    assert not any(host.problem for host in found.values())


def test_nornir_by_its_configuration_file(tmp_path: Path) -> None:
    (tmp_path / "inv").mkdir()
    write(tmp_path / "inv", h__yaml="r1: {platform: eos}\n")
    config = "inventory: {plugin: SimpleInventory, options: {host_file: inv/h.yaml}}\n"
    write(tmp_path, config__yaml=config)
    assert read(tmp_path / "config.yaml")["r1"].platform == "arista_eos"
    write(tmp_path, config__yaml="inventory: {plugin: MyOwn}\n")
    with pytest.raises(BadInventory, match="MyOwn is not run"):
        read(tmp_path / "config.yaml")


def test_nornir_a_typo_or_a_cycle_costs_only_its_hosts(tmp_path: Path) -> None:
    hosts = "good: {platform: ios, groups: [ok]}\ntypo: {groups: [egde]}\nloop: {groups: [a]}\nlow: {groups: [c]}\n"
    groups = "ok: {username: u}\na: {groups: [b]}\nb: {groups: [a]}\nc: {groups: [gone]}\n"
    write(tmp_path, hosts__yaml=hosts, groups__yaml=groups)
    found = read(tmp_path)
    assert (found["good"].user, found["good"].problem) == ("u", "")
    assert found["typo"].problem == "the inventory has no group egde; is it a typo?"
    assert found["loop"].problem == "group a is its own ancestor"
    assert found["low"].problem == "group c names the group gone, which groups.yaml has not"


ANSIBLE_INI = """\
jump1 ansible_host=10.0.0.9 ansible_connection=local
[edge]
r[01:03].example.net:2222 ansible_network_os=ios
b-[a:c] ansible_password="p#q w" ansible_user='x'
[core]
r01.example.net
c1 ansible_host=10.0.0.1 ansible_user=hostline
[routers:children]
edge
core
[routers:vars]
ansible_user = routers # not a comment
ansible_network_os=junipernetworks.junos.junos
[core:vars]
ansible_user=core
[edge:vars]
ansible_user="edge" # c
"""
ANSIBLE_YAML = """\
all:
  vars: {ansible_network_os: eos}
  children:
    routers:
      children:
        leafs: {hosts: {"leaf[1:2]": {}}, vars: {ansible_user: leafs}}
    first: {vars: {ansible_user: first, ansible_group_priority: 0}, hosts: {leaf1: }}
"""


def test_ansible_folder_has_the_precedence_of_ansible(tmp_path: Path) -> None:
    """Compared once with what `ansible-inventory --list` of ansible-core 2.19 says of these files."""
    write(tmp_path, hosts=ANSIBLE_INI, zz__yml=ANSIBLE_YAML)
    (tmp_path / "group_vars").mkdir()
    (tmp_path / "host_vars").mkdir()
    write(tmp_path / "group_vars", all__yml="ansible_port: 99\n", leafs__yml="ansible_port: 77\n")
    write(tmp_path / "host_vars", leaf2__yml="ansible_user: of-the-host\n")
    found = read(tmp_path)
    assert {n: (h.address, h.port, h.user, h.platform) for n, h in found.items()} == {
        "b-a": ("b-a", 99, "x", "juniper_junos"),
        "b-b": ("b-b", 99, "x", "juniper_junos"),
        "b-c": ("b-c", 99, "x", "juniper_junos"),
        "c1": ("10.0.0.1", 99, "hostline", "juniper_junos"),
        "jump1": ("10.0.0.9", 99, None, "arista_eos"),
        "leaf1": ("leaf1", 77, "leafs", "juniper_junos"),
        "leaf2": ("leaf2", 77, "of-the-host", "juniper_junos"),
        "r01.example.net": ("r01.example.net", 2222, "edge", "cisco_ios"),
        "r02.example.net": ("r02.example.net", 2222, "edge", "cisco_ios"),
        "r03.example.net": ("r03.example.net", 2222, "edge", "cisco_ios"),
    }
    assert found["b-a"].password == Secret("p#q w")
    assert found["r01.example.net"].groups == ("edge", "core", "routers")
    assert found["jump1"].problem == "ansible_connection is local, not SSH"


def test_ansible_list_is_read(tmp_path: Path) -> None:
    data = {
        "_meta": {"hostvars": {"r1": {"ansible_host": "10.1.1.1", "ansible_network_os": "cisco.iosxr.iosxr"}}},
        "all": {"children": ["ungrouped", "pe"]},
        "pe": {"hosts": ["r1", "r2"]},
    }  # fmt: skip
    (tmp_path / "inv.json").write_text(json.dumps(data))
    found = read(tmp_path / "inv.json")
    assert (found["r1"].address, found["r1"].platform, found["r1"].groups) == (
        "10.1.1.1",
        "cisco_xr",
        ("pe",),
    )
    assert found["r2"].problem == "the inventory names no platform; add one, for instance cisco_ios"


def test_ansible_templates_vaults_and_jumps(tmp_path: Path) -> None:
    text = """\
routers:
  vars:
    ansible_network_os: ios
    ansible_user: "{{ who }}"
    ansible_host: "{{ inventory_hostname }}.mgmt.example.net"
    ansible_ssh_common_args: '-o ProxyJump=hop1,hop2:2222 -o X=y'
  hosts:
    r1: {who: "{{ other }}", other: netops, ansible_password: !vault "$ANSIBLE_VAULT;1.1;AES256"}
    r2: {who: "{{ lookup('env', 'WHO') }}"}
    r3: {who: "{{ who }}", auditor_jump: hop9}
"""
    write(tmp_path, inv__yml=text)
    found = read(tmp_path / "inv.yml")
    assert (found["r1"].user, found["r1"].address) == ("netops", "r1.mgmt.example.net")
    assert found["r1"].notes == ("password is encrypted by ansible-vault and not used",)
    assert found["r1"].jump == "hop1,hop2:2222"
    assert found["r2"].user is None
    assert found["r2"].notes == ("user is a template that only Ansible can fill in; not used",)
    assert (found["r3"].jump, found["r3"].user) == ("hop9", None)


def test_ansible_programs_are_not_run(tmp_path: Path) -> None:
    write(tmp_path, hosts="r1 ansible_network_os=ios\n", dynamic="#!/bin/sh\ntouch /tmp/never\n")
    (tmp_path / "dynamic").chmod(0o755)
    found = read_hosts(tmp_path)
    assert [host.name for host in found.hosts] == ["r1"]
    assert [(s.label, s.reason[:30]) for s in found.skipped] == [
        ("dynamic", "a program: it is not run; give")
    ]


def test_ansible_groups_that_contain_one_another(tmp_path: Path) -> None:
    write(tmp_path, hosts="[a]\nr1\n[a:children]\nb\n[b:children]\na\n[c]\nr2\n")
    found = read(tmp_path / "hosts")
    assert found["r1"].problem == "the groups a, b contain one another"
    assert "contain" not in found["r2"].problem


def test_netmiko_file(tmp_path: Path) -> None:
    text = """\
__meta__: {encryption: true, encryption_type: fernet}
rtr1: {device_type: cisco_xe, host: 10.2.0.1, username: u, password: __encrypt__AAAA, secret: up}
sw1: {device_type: arista_eos_telnet, host: 10.2.0.2}
any: {device_type: autodetect, ip: 10.2.0.3}
edge: [rtr1, sw1, gone]
"""
    write(tmp_path, __netmiko__yml=text)
    found = read(tmp_path)
    assert (found["rtr1"].platform, found["rtr1"].password, found["rtr1"].enable) == (
        "cisco_xe",
        None,
        Secret("up"),
    )
    assert found["rtr1"].groups == ("edge",)
    assert found["rtr1"].notes == ("password is encrypted by netmiko-tools and not used",)
    assert found["sw1"].problem.startswith("arista_eos_telnet: only SSH is used")
    assert found["any"].problem.startswith("autodetect would try commands")
    assert found["gone"].problem == "group edge names it, but .netmiko.yml does not describe it"


def test_csv_tables(tmp_path: Path) -> None:
    table = (
        "Device Name;Mgmt IP;OS;Username;Password;Groups;Port\n"
        "\n# the old ones\n"
        'r1;10.3.0.1;NX-OS;admin;"se;cret ";dc west;22\n'
        "r2;10.3.0.2;;;;;99999\n"
        ";10.3.0.3;junos;;;;\n"
    )
    write(tmp_path, t__csv="\ufeff" + table)
    found = read(tmp_path / "t.csv")
    assert (found["r1"].platform, found["r1"].password, found["r1"].groups) == (
        "cisco_nxos",
        Secret("se;cret "),
        ("dc", "west"),
    )
    assert found["r1"].secret_source == f"{tmp_path / 't.csv'}:4"
    assert found["r2"].problem == "the port '99999' is not a number from 1 to 65535"
    assert found["10.3.0.3"].platform == "juniper_junos"
    write(tmp_path, t__csv="foo,bar\n1,2\n")
    with pytest.raises(BadInventory, match="the first line should name the columns"):
        read(tmp_path / "t.csv")


def test_router_db(tmp_path: Path) -> None:
    write(tmp_path, router__db="r1:ios\nr2:cisco\nr3;junos;down\nr4;nokia_sros;up\n")
    found = read_hosts(tmp_path)
    by_name = {host.name: host for host in found.hosts}
    assert (by_name["r1"].platform, by_name["r4"].platform) == ("cisco_ios", "nokia_sros")
    assert "IOS, IOS-XE or ASA" in by_name["r2"].problem
    assert [s.label for s in found.skipped] == ["r3"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("../up,10.0.0.1,ios", "cannot be a folder's name"),
        ("..,10.0.0.1,ios", "cannot be a folder's name"),
        ("r1,-oProxyCommand=sh,ios", "neither a name nor an IP address"),
        ("r1,10.0.0.1 x,ios", "neither a name nor an IP address"),
        ("r1,10.0.0.1,plan9", "the platform 'plan9' is not known here"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, said: str, problem: str) -> None:
    write(tmp_path, t__csv=f"name,address,platform\n{said}\n")
    (host,) = read_hosts(tmp_path / "t.csv").hosts
    assert problem in host.problem


def test_two_devices_of_one_name(tmp_path: Path) -> None:
    write(tmp_path, t__csv="name,platform\nr1,ios\nR1,ios\nr2,ios\n")
    problems = {host.name: host.problem for host in read_hosts(tmp_path / "t.csv").hosts}
    assert problems == {
        "r1": "the inventory has several devices of this name",
        "R1#2": "the inventory has several devices of this name",
        "r2": "",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yml", "a: [b"),
        ("a.yml", "- just\n- a list\n"),
        ("a.yml", "all: {hosts: [r1]}\n"),
        ("a.yml", "plugin: aws_ec2\n"),
        ("a.json", '{"all": '),
        ("hosts", "[broken\nr1\n"),
        ("hosts", "r[5:1]\n"),
        ("hosts", "r[0:99999999]\n"),
        ("hosts", 'r1 x="open\n'),
        ("a.csv", "name\n"),
        ("hosts", ""),
    ],
)
def test_bad_files_say_where(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InventoryError, match=name):
        read_hosts(tmp_path / name)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        read_hosts(tmp_path / "gone")


def test_a_secret_is_not_shown(tmp_path: Path) -> None:
    write(tmp_path, t__csv="name,platform,password\nr1,ios,hunter2\n")
    (host,) = read_hosts(tmp_path / "t.csv").hosts
    assert "hunter2" not in repr(host)
    assert "hunter2" not in f"{host.password} {host}"
    with pytest.raises(TypeError):
        host.password.__reduce__()  # what pickle and copy use
    write(tmp_path, t__yml="r1: {password: hunter2: 3}\n")
    with pytest.raises(BadInventory) as error:
        read(tmp_path / "t.yml")
    assert "hunter2" not in str(error.value)
