"""What sessions leave in a text: pagers of the vendors, prompts, escapes. Line numbers stay."""

from __future__ import annotations

import pytest

from parsers.text import lines_of

BS = "\b"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        # IOS: nine backspaces, eight blanks, nine backspaces, on the line of the next statement
        (
            f" --More-- {BS * 9}        {BS * 9} ip address 10.0.0.1 255.0.0.0",
            " ip address 10.0.0.1 255.0.0.0",
        ),
        (f"{BS * 9}        {BS * 9}interface Gi0/1", "interface Gi0/1"),
        (" --More--          ip access-group A in", " ip access-group A in"),
        # NX-OS and EOS: the pager is overwritten after a carriage return
        ("--More--\r        \r  vrf member A", "  vrf member A"),
        ("--More--\x1b[K\rvlan 10", "vlan 10"),
        # Junos
        ("---(more)---\r            \rset system host-name r1", "set system host-name r1"),
        ("---(more 12%)---\r                 \rset system host-name r1", "set system host-name r1"),
        # ASA
        (
            "<--- More --->\r              \raccess-list A extended permit ip any any",
            "access-list A extended permit ip any any",
        ),
        # Comware and VRP move the cursor left instead
        (f"  ---- More ----\x1b[42D{' ' * 42}\x1b[42D acl number 3000", " acl number 3000"),
        # ProCurve, FastIron
        ("-- MORE --, next page: Space, next line: Enter, quit: Control-C\r\x1b[Kvlan 1", "vlan 1"),
        (
            "--More--, next page: Space, next line: Return key, quit: Control-c\r  \rvlan 1",
            "vlan 1",
        ),
        # less
        ("lines 1-23 \x1b[K", ""),
        ("lines 24-46/120 (END)", ""),
        # what only looks like one
        ("description --More-- bandwidth", "description --More-- bandwidth"),
        ("   description lines 1-2", "   description lines 1-2"),
        ("remark press any key to continue", "remark press any key to continue"),
    ],
)
def test_pagers_leave_the_statement(line: str, shown: str) -> None:
    text = f"hostname r1\r\n{line}\r\nend\r\n"
    assert lines_of(text.encode()) == ["hostname r1", shown, "end"]


def test_a_pager_that_ends_the_text_stays() -> None:
    assert lines_of(b"hostname r1\n --More-- ") == ["hostname r1", " --More-- "]


def test_ios_session() -> None:
    text = (
        "r1#terminal length 0\nr1#show running-config\nBuilding configuration...\n\n"
        "Current configuration : 1234 bytes\n!\nversion 15.2\nhostname r1\nend\n\nr1#exit\nr1#\n"
    )
    lines = lines_of(text.encode())
    assert lines == ["", "", "", "", "", "!", "version 15.2", "hostname r1", "end", "", "", ""]


@pytest.mark.parametrize(
    "echo",
    [
        "r1#sh run",
        "core-1.example.net# show running-config",
        "RP/0/RSP0/CPU0:pe1#show running-config",
        "user@mx1> show configuration | display set",
        "{master:0}[edit]",
        "switch(config)# show running-config | no-more",
        "admin@PA-220(active)> show config running",
        "<HUAWEI>display current-configuration",
        "[~HUAWEI]display current-configuration",
        "root@fw1:~# iptables-save",
        "[root@fw1 ~]# nft list ruleset",
        "[admin@MikroTik] > /export",
        "Wed Apr  7 16:22:27.123 UTC",
        "Using 1234 out of 262136 bytes",
    ],
)
def test_the_echoed_command_is_no_statement(echo: str) -> None:
    if echo == "{master:0}[edit]":
        echo = "{master:0}\n[edit]"
    if echo.endswith("/export"):
        echo = echo.replace("/export", "export")
    lines = lines_of(f"{echo}\nsnmp-server location x\nlast statement\n".encode())
    assert lines[-2:] == ["snmp-server location x", "last statement"]
    assert not any(lines[:-2])


@pytest.mark.parametrize(
    "end", ["r1#", "r1# exit", "user@mx1>", "{master:0}", "logout", "Connection to r1 closed."]
)
def test_what_follows_the_output_is_no_statement(end: str) -> None:
    assert lines_of(f"hostname r1\nend\n\n{end}\n".encode()) == ["hostname r1", "end", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "#RANCID-CONTENT-TYPE: juniper\nset system host-name r1",
        "!Command: show running-config\nhostname nx",
        "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT",
        '<config version="9.0.0">\n</config>',
        "hostname r1\n!\nbanner motd #\nr1# show version\n#",
        "ip route add default via 10.0.0.1\nip rule show table 5",
        "vrf context A\n  ip route 0.0.0.0/0 10.0.0.1\n  exit",
    ],
)
def test_statements_that_look_like_a_session_stay(text: str) -> None:
    assert "\n".join(lines_of(text.encode())) == text
