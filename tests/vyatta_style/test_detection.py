"""VyOS and EdgeOS print nearly the same texts: what tells one from the other."""

from __future__ import annotations

import pytest

from parsers.detection import detect


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        (
            "set interfaces ethernet eth0 address '192.0.2.1/24'\nset system host-name 'vyos'\n"
            "set service ssh port '22'\n",
            "vyos",
        ),
        (
            "interfaces {\n    ethernet eth0 {\n        address 192.0.2.1/24\n"
            "        hw-id 00:53:00:00:00:01\n    }\n}\nsystem {\n"
            "    config-management {\n        commit-revisions 100\n    }\n    host-name vyos\n"
            "}\n",
            "vyos",
        ),
        ("interfaces {\n}\n// Release version: 1.4.0\n", "vyos"),
        ('/* === vyatta-config-version: "firewall@5:nat@4" === */\n', "vyos"),
        (
            "set firewall name WAN_IN default-action drop\nset interfaces ethernet eth0 address dhcp\n"
            "set service nat rule 5010 type masquerade\nset system offload hwnat enable\n",
            "ubiquiti_edgerouter",
        ),
        (
            "interfaces {\n    ethernet eth0 {\n        address dhcp\n    }\n    switch switch0 {\n"
            "        address 192.168.1.1/24\n    }\n}\n"
            '/* === vyatta-config-version: "firewall@5:ubnt-util@1" === */\n'
            "/* Release version: v2.0.9.5568012.220505.1420 */\n",
            "ubiquiti_edgerouter",
        ),
    ],
)
def test_which_of_the_two(text: str, platform: str) -> None:
    assert detect(text.splitlines()).platform == platform
