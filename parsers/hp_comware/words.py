"""What Comware's access lists have beside the common keywords."""

from __future__ import annotations

from parsers.vrp_style.dialect import Dialect

DIALECT = Dialect(
    harmless={"logging": 0, "counting": 0},
    uncertain={
        "dscp": 1, "tos": 1, "precedence": 1, "time-range": 1, "flow-label": 1, "ttl": -1, "reflective": 0,
        "routing": -2, "hop-by-hop": -2, "qos-local-id": 1, "vxlan": -2, "inner": -2, "packet-length": -1,
        "source-mac": -2, "interface": -2, "user-group": -2, "cos": 1,
    },
    lengths=False,
    first_id=0,
    fold=True,
)  # fmt: skip
