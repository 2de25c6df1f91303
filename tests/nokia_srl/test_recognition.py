"""Which texts are told to be SR Linux."""

from __future__ import annotations

import pytest

from parsers.detection import detect


@pytest.mark.parametrize(
    "text",
    [
        "set / acl acl-filter F type ipv4 entry 10 action drop\n",
        "    interface ethernet-1/1 {\n        admin-state enable\n        subinterface 0 {\n        }\n    }\n",
        "    acl {\n        acl-filter F type ipv4 {\n        }\n    }\n",
        "--{ running }--[  ]--\nA:leaf1# info\n    system {\n    }\n",
        '{\n  "srl_nokia-acl:acl": {\n    "acl-filter": [\n    ]\n  }\n}\n',
    ],
)
def test_srl(text: str) -> None:
    assert detect(text.splitlines()).platform == "nokia_srl"
