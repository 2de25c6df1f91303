"""What Huawei's access lists have beside the common keywords."""

from __future__ import annotations

from parsers.vrp_style.dialect import Dialect

DIALECT = Dialect(
    harmless={"logging": 0, "counting": 0, "log": 0},
    uncertain={
        "dscp": 1, "tos": 1, "precedence": 1, "ttl": -1, "ttl-expired": 0, "time-range": 1, "igmp-type": 1,
        "flow-label": 1, "traffic-class": 1, "ecn": 1, "packet-length": -1, "interface": 1, "any": 0,
        "vlan": 1, "inner-vlan": 1, "vni": 1, "gre-key": 1, "protocol-id": -2, "ip-option": -2,
        "content-length": -1, "vlan-id": 1, "pool": 1, "vxlan": -2, "source-mac": -2, "tnl": -2, "user": -2,
        "extension-type": -2, "udf": -2, "hop-by-hop": -2, "routing": -2, "exclude": -2,
    },
    lengths=True,
    first_id=None,
)  # fmt: skip
