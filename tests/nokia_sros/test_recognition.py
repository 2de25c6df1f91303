"""Which texts are told to be SR OS without a header."""

from __future__ import annotations

import pytest

from parsers.detection import detect


@pytest.mark.parametrize(
    "text",
    [
        "exit all\nconfigure\n    filter\n        ip-filter 10 create\n            default-action drop\n"
        "        exit\n    exit\nexit all\n",
        "    router Base\n        static-route-entry 0.0.0.0/0\n            next-hop 192.0.2.1\n"
        "                no shutdown\n            exit\n        exit\n    exit\n",
        '/configure router "Base" interface "lan" ingress filter ip "F"\n',
        'configure {\n    filter {\n        ip-filter "F" {\n        }\n    }\n}\n',
        "configure filter ip-filter 10 entry 10 action drop\n",
    ],
)
def test_sros(text: str) -> None:
    assert detect(text.splitlines()).platform == "nokia_sros"
