"""From what an inventory says of a device, in its own words, to a host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from inventory.errors import BadInventory
from inventory.host import Host
from inventory.platforms import mapped
from inventory.secret import Secret

YES = frozenset({"true", "yes", "on", "1"})

_NAME = re.compile(r"[^/\\\x00-\x1f\x7f]{1,255}")
_ADDRESS = re.compile(r"[A-Za-z0-9_.:%-]+")


def mapping_of(value: object, what: str) -> Mapping[str, object]:
    """`value` as a mapping with names as keys; None is an empty one.

    Raises BadInventory, saying `what` should have been one.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise BadInventory(f"{what} should be a mapping of names, and is {_kind(value)}")
    return {str(key): entry for key, entry in value.items()}


def text_of(value: object) -> str | None:
    """A scalar as text; None for nothing, for an empty text, and for what is no scalar."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value).strip() or None
    return None


def yes(value: object) -> bool:
    """Whether a scalar says yes, in the words of YAML, INI and CSV."""
    return (text_of(value) or "").lower() in YES


def secret_of(value: object) -> Secret | None:
    """A secret that stands in the inventory, as it stands there; None where there is none."""
    if isinstance(value, Secret):
        return value
    found = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return Secret(found) if found else None


def host_of(name: str, said: Mapping[str, object], where: str, notes: tuple[str, ...] = ()) -> Host:
    """The host that `said` describes with the names of `Host`'s fields; `platform` in the
    inventory's own word. What is wrong with it becomes its `problem`."""
    address = text_of(said.get("address")) or name
    platform = text_of(said.get("platform"))
    port = text_of(said.get("port"))
    groups = said.get("groups")
    password = secret_of(said.get("password"))
    found = mapped(platform) if platform else None
    host = Host(
        name=name,
        address=address,
        port=int(port) if port and port.isdecimal() else None,
        platform=found.platform if found else None,
        device_type=found.device_type if found else None,
        user=text_of(said.get("user")),
        password=password,
        enable=secret_of(said.get("enable")),
        secret_source=where if password else "",
        key_file=text_of(said.get("key_file")),
        jump=text_of(said.get("jump")),
        groups=tuple(str(group) for group in groups) if isinstance(groups, list | tuple) else (),
        realm=text_of(said.get("realm")),
        connector=text_of(said.get("connector")),
        legacy=yes(said.get("legacy")),
        notes=notes,
        problem=text_of(said.get("problem")) or "",
    )
    return replace(host, problem=host.problem or _problem(host, platform, port))


def _problem(host: Host, platform: str | None, port: str | None) -> str:
    if not _NAME.fullmatch(host.name) or host.name.strip(". ") == "" or host.name.startswith("-"):
        return f"the name {host.name!r} cannot be a folder's name; rename it"
    if not _ADDRESS.fullmatch(host.address) or host.address.startswith("-"):
        return f"the address {host.address!r} is neither a name nor an IP address"
    if port and not (port.isdecimal() and 0 < int(port) < 65536):
        return f"the port {port!r} is not a number from 1 to 65535"
    if host.user is not None and (host.user.startswith("-") or not host.user.isprintable()):
        return f"the user {host.user!r} is not a name to log in with"
    if platform is None:
        return "the inventory names no platform; add one, for instance cisco_ios"
    if host.platform is None:
        return _unmapped(platform)
    return ""


def _unmapped(platform: str) -> str:
    if platform.lower().endswith(("_telnet", "_serial")):
        return f"{platform}: only SSH is used; give the device type without its suffix"
    if platform.lower() == "autodetect":
        return "autodetect would try commands on the device; name its platform instead"
    return (
        f"the platform {platform!r} is not known here; use a netmiko device type that "
        "`auditor platforms` lists"
    )


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return "a text" if isinstance(value, str) else f"a {type(value).__name__}"
