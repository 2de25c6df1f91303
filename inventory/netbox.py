"""NetBox: the devices of its REST API, page by page.

Described by a YAML file with the keys of Ansible's NetBox inventory plugin:

    plugin: netbox.netbox.nb_inventory
    api_endpoint: https://netbox.example.net
    query_filters: [{status: active}, {role: router}]

The token comes from the environment (NETBOX_TOKEN, NETBOX_API_KEY) or from `token`. Only GET is sent, to that one
server; redirections and pages elsewhere are refused, because the token would go along.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from inventory.describe import host_of, mapping_of, text_of, yes
from inventory.errors import BadInventory, SourceOfTruthFailed
from inventory.host import Host
from inventory.secret import Secret
from inventory.yaml_file import parse_json, read_yaml

PLUGINS = ("netbox.netbox.nb_inventory", "netbox", "nb_inventory")
PAGE = 200
SECONDS = 30.0
MOST_PAGES = 10_000
MOST_BYTES = 64 * 1024 * 1024
"""Of one page."""


def read_netbox(path: Path) -> tuple[Host, ...]:
    """The devices that the NetBox of a description file lists."""
    said = mapping_of(read_yaml(path), str(path))
    endpoint = text_of(said.get("api_endpoint")) or os.environ.get("NETBOX_API", "")
    token = os.environ.get("NETBOX_TOKEN") or os.environ.get("NETBOX_API_KEY")
    token = token or text_of(said.get("token"))
    filters = list(_filters(said.get("query_filters"), f"{path}: query_filters"))
    filters += _filters(said.get("device_query_filters"), f"{path}: device_query_filters")
    check = said.get("validate_certs")
    box = NetBox(endpoint, Secret(token) if token else None, check is None or yes(check))
    return tuple(_host(device, endpoint) for device in box.devices(filters))


def _filters(value: object, where: str) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if not isinstance(value, list):
        raise BadInventory(f"{where} should be a list of name: value")
    for entry in value:
        for name, wanted in mapping_of(entry, where).items():
            for one in wanted if isinstance(wanted, list) else [wanted]:
                yield name, text_of(one) or ""


class NetBox:
    """A NetBox server. `check` is whether its certificate must be valid."""

    def __init__(self, endpoint: str, token: Secret | None, check: bool = True) -> None:
        self.base: SplitResult = urlsplit(endpoint.rstrip("/") + "/")
        if self.base.scheme not in ("http", "https") or not self.base.hostname:
            raise BadInventory(
                f"api_endpoint: {endpoint!r} is no address such as https://netbox.example.net"
            )
        if (
            self.base.scheme == "http"
            and token is not None
            and not _is_loopback(self.base.hostname)
        ):
            raise BadInventory(f"{endpoint}: the token would be sent in the clear; use https")
        self.token = token
        self.context = ssl.create_default_context()
        if not check:
            self.context.check_hostname = False
            self.context.verify_mode = ssl.CERT_NONE

    def devices(self, filters: list[tuple[str, str]]) -> Iterator[Mapping[str, object]]:
        """Each device that the filters leave. Raises SourceOfTruthFailed."""
        page: str | None = "api/dcim/devices/?" + urlencode([*filters, ("limit", str(PAGE))])
        for _ in range(MOST_PAGES):
            if page is None:
                return
            found = mapping_of(self._get(page), "NetBox's answer")
            results = found.get("results")
            if not isinstance(results, list):
                raise SourceOfTruthFailed(
                    f"{self.base.geturl()}: the answer has no results; is this NetBox?"
                )
            for device in results:
                yield mapping_of(device, "a device of NetBox")
            page = self._next(text_of(found.get("next")))
        raise SourceOfTruthFailed(
            f"{self.base.geturl()}: more than {MOST_PAGES} pages; does it repeat itself?"
        )

    def _next(self, link: str | None) -> str | None:
        if link is None:
            return None
        there = urlsplit(urljoin(self.base.geturl(), link))
        if (there.hostname, there.port) != (self.base.hostname, self.base.port):
            raise SourceOfTruthFailed(
                f"{self.base.geturl()}: the next page is on another server, {there.netloc}"
            )
        return urlsplit(link)._replace(scheme="", netloc="").geturl()

    def _get(self, page: str) -> object:
        address = urlsplit(urljoin(self.base.path, page))
        connection = self._connection()
        try:
            connection.request("GET", address.geturl(), headers=self._headers())
            answer = connection.getresponse()
            body = answer.read(MOST_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise SourceOfTruthFailed(
                f"{self.base.geturl()}: {error or type(error).__name__}"
            ) from None
        finally:
            connection.close()
        if answer.status != 200:
            raise SourceOfTruthFailed(f"{self.base.geturl()}: {_refusal(answer.status, body)}")
        if len(body) > MOST_BYTES:
            raise SourceOfTruthFailed(
                f"{self.base.geturl()}: a page of more than {MOST_BYTES} bytes"
            )
        return parse_json(body.decode("utf-8", "replace"), self.base.geturl())

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self.base.hostname or "", self.base.port
        if self.base.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=self.context)
        return http.client.HTTPConnection(host, port, timeout=SECONDS)

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if self.token is not None:
            text = self.token.reveal()
            # the second kind of tokens, since NetBox 4.5
            kind = "Bearer" if text.startswith("nbt_") else "Token"
            headers["Authorization"] = f"{kind} {text}"
        return headers


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _refusal(status: int, body: bytes) -> str:
    if status in (401, 403):
        return f"HTTP {status}: the token is missing or may not read devices (set NETBOX_TOKEN)"
    if 300 <= status < 400:
        return f"HTTP {status}: it redirects; give the final address as api_endpoint"
    if status == 400:
        return f"HTTP 400: a filter is wrong: {body[:200].decode('utf-8', 'replace')}"
    return f"HTTP {status}"


def _host(device: Mapping[str, object], where: str) -> Host:
    name = text_of(device.get("name")) or f"device-{text_of(device.get('id'))}"
    custom = _inner(device, "custom_fields")
    ours = _inner(_inner(device, "config_context"), "auditor")
    address = text_of(_inner(device, "primary_ip").get("address"))
    platform = _inner(device, "platform")
    role = _inner(device, "role") or _inner(device, "device_role")
    said = {
        "address": address.partition("/")[0] if address else None,
        "platform": custom.get("auditor_platform") or platform.get("slug") or platform.get("name"),
        "groups": [
            slug for part in (_inner(device, "site"), role) if (slug := text_of(part.get("slug")))
        ],
        "realm": _inner(device, "site").get("slug"),
        **{k: ours[k] for k in ("port", "user", "jump", "realm", "connector", "legacy", "platform")
           if k in ours},
    }  # fmt: skip
    if address is None:
        said["problem"] = "NetBox has no primary address for it"
    return host_of(name, said, where)


def _inner(device: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = device.get(key)
    return mapping_of(found, key) if isinstance(found, Mapping) else {}
