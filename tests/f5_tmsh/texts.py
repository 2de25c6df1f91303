"""Pieces of BIG-IP configurations, and the addresses of the knowledge pages' cases."""

from __future__ import annotations

HEAD = "#TMSH-VERSION: 15.1.8\n\n"
NETWORK = """\
net vlan /Common/inside {
    interfaces {
        1.1 { }
    }
    tag 10
}
net vlan /Common/outside {
    interfaces {
        1.2 { }
    }
    tag 20
}
net self /Common/self_inside {
    address 10.20.1.1/24
    allow-service all
    vlan /Common/inside
}
net self /Common/self_outside {
    address 203.0.113.2/30
    vlan /Common/outside
}
net route /Common/default_gw {
    gw 203.0.113.1
    network default
}
"""
CLIENT, SERVICE, OTHER = "10.20.1.5", "104.192.136.10", "185.166.140.10"
GLOBAL = "security firewall global-rules {\n    enforced-policy /Common/P\n}\n"


def virtual(name: str = "out", body: str = "ip-forward", destination: str = "0.0.0.0:0") -> str:
    """A virtual server; wildcard and forwarding if nothing else is said."""
    mask = "    mask any\n" if destination.startswith("0.") else ""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return (
        f"ltm virtual /Common/{name} {{\n    destination /Common/{destination}\n{lines}{mask}}}\n"
    )


def policy(*rules: str, name: str = "P", kind: str = "policy") -> str:
    """A firewall policy (or rule list)."""
    return f"security firewall {kind} /Common/{name} {{\n    rules {{\n{''.join(rules)}    }}\n}}\n"


def rule(name: str, *statements: str) -> str:
    """A rule; a statement `destination addresses 10.0.0.0/8` becomes the block that tmsh prints."""
    body = ""
    sides: dict[str, str] = {}
    for statement in statements:
        side, _, rest = statement.partition(" ")
        if side in ("source", "destination"):
            kind, _, members = rest.partition(" ")
            inner = "".join(f"                    {m} {{ }}\n" for m in members.split())
            sides[side] = (
                sides.get(side, "") + f"                {kind} {{\n{inner}                }}\n"
            )
        else:
            body += f"            {statement}\n"
    for side, inner in sides.items():
        body += f"            {side} {{\n{inner}            }}\n"
    return f"        {name} {{\n{body}        }}\n"
