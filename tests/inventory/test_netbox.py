"""NetBox over HTTP: a server on loopback that pages, filters and refuses as NetBox does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from inventory.errors import BadInventory, InventoryError, SourceOfTruthFailed
from inventory.hosts import read_hosts
from inventory.netbox import PAGE, NetBox
from inventory.secret import Secret

TOKEN = "0123456789abcdef0123456789abcdef01234567"


def device(number: int) -> dict[str, object]:
    slug = ("ios-xe", "junos", "arista-eos")[number % 3]
    return {
        "id": number,
        "name": f"r{number}",
        "status": {"value": "active" if number % 10 else "offline"},
        "platform": {"slug": slug, "name": slug},
        "site": {"slug": f"site{number % 2}"},
        "role": {"slug": "edge"},
        "primary_ip": {"address": f"10.{number // 250}.0.{number % 250}/24"} if number else None,
        "custom_fields": {"auditor_platform": "cisco_xr"} if number == 3 else {},
        "config_context": {"auditor": {"port": 2022, "jump": "hop"}} if number == 4 else {},
    }


class Box(BaseHTTPRequestHandler):
    """The devices list of NetBox 4: `limit`, `offset`, `status`, `site`; a token in a header."""

    seen: tuple[list[str], list[str]]
    lead_away = False

    def do_GET(self) -> None:
        self.seen[0].append(self.path)
        self.seen[1].append(self.headers.get("Authorization", ""))
        asked = parse_qs(urlsplit(self.path).query)
        if self.headers.get("Authorization") != f"Token {TOKEN}":
            return self.answer(403, {"detail": "Invalid token"})
        if urlsplit(self.path).path != "/netbox/api/dcim/devices/":
            return self.answer(404, {"detail": "Not found."})
        if "colour" in asked:
            return self.answer(400, {"colour": ["not a filter"]})
        found = [device(n) for n in range(450)]
        if "status" in asked:
            found = [d for d in found if d["status"] in [{"value": v} for v in asked["status"]]]
        start, limit = int(asked.get("offset", ["0"])[0]), int(asked["limit"][0])
        more = {k: v for k, v in asked.items() if k != "offset"}
        more["offset"] = [str(start + limit)]
        there = "elsewhere.invalid" if self.lead_away else self.headers["Host"]
        link = f"http://{there}/netbox/api/dcim/devices/?{urlencode(more, doseq=True)}"
        page = found[start : start + limit]
        return self.answer(
            200,
            {
                "count": len(found),
                "next": link if start + limit < len(found) else None,
                "results": page,
            },
        )

    def answer(self, status: int, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def box() -> Iterator[tuple[type[Box], str]]:
    handler = type("OneBox", (Box,), {"seen": ([], [])})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield handler, f"http://127.0.0.1:{server.server_port}/netbox"
    server.shutdown()
    thread.join()
    server.server_close()


def describe(folder: Path, endpoint: str, more: str = "") -> Path:
    path = folder / "nb.yml"
    path.write_text(f"plugin: netbox.netbox.nb_inventory\napi_endpoint: {endpoint}\n{more}")
    return path


def test_all_pages_and_filters(
    box: tuple[type[Box], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, endpoint = box
    monkeypatch.setenv("NETBOX_TOKEN", TOKEN)
    found = {h.name: h for h in read_hosts(describe(tmp_path, endpoint)).hosts}
    assert len(found) == 450
    assert len(handler.seen[0]) == -(-450 // PAGE)
    assert (found["r1"].address, found["r1"].platform, found["r1"].groups) == (
        "10.0.0.1",
        "juniper_junos",
        ("site1", "edge"),
    )
    assert found["r1"].realm == "site1"
    assert (found["r6"].platform, found["r3"].platform) == ("cisco_xe", "cisco_xr")
    assert (found["r4"].port, found["r4"].jump) == (2022, "hop")
    assert found["r0"].problem == "NetBox has no primary address for it"
    some = read_hosts(
        describe(tmp_path, endpoint, "query_filters: [{status: offline}, {site: [site0, site1]}]")
    )
    assert len(some.hosts) == 45
    assert "status=offline&site=site0&site=site1" in handler.seen[0][-1]


def test_a_wrong_token_and_a_wrong_filter(
    box: tuple[type[Box], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, endpoint = box
    monkeypatch.delenv("NETBOX_TOKEN", raising=False)
    monkeypatch.setenv("NETBOX_API_KEY", "wrong-token")
    with pytest.raises(SourceOfTruthFailed, match="HTTP 403: the token is missing") as error:
        read_hosts(describe(tmp_path, endpoint))
    assert "wrong-token" not in str(error.value)
    monkeypatch.setenv("NETBOX_TOKEN", TOKEN)
    with pytest.raises(SourceOfTruthFailed, match="HTTP 400: a filter is wrong"):
        read_hosts(describe(tmp_path, endpoint, "query_filters: [{colour: red}]"))


def test_the_token_goes_nowhere_else(box: tuple[type[Box], str]) -> None:
    handler, endpoint = box
    handler.lead_away = True
    with pytest.raises(SourceOfTruthFailed, match="on another server"):
        list(NetBox(endpoint, Secret(TOKEN)).devices([]))
    assert len(handler.seen[0]) == 1
    with pytest.raises(BadInventory, match="in the clear"):
        NetBox("http://netbox.example.net", Secret(TOKEN))


@pytest.mark.parametrize("endpoint", ["", "netbox", "ftp://x", "http://"])
def test_no_address(tmp_path: Path, endpoint: str) -> None:
    with pytest.raises(InventoryError):
        read_hosts(describe(tmp_path, endpoint))


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(SourceOfTruthFailed, match=r"127\.0\.0\.1:9"):
        read_hosts(describe(tmp_path, "http://127.0.0.1:9"))
