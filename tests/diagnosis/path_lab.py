"""Paths as real tools see them: a client, a router with two ways, a network that routers of each way lead to.

Run as `unshare -nm --propagation private python -m tests.diagnosis.path_lab FOLDER [SCENE…]`; writes what each tool
prints to `<scene>.<tool>`. Nothing leaves the namespaces, which end with the process.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.diagnosis.lab import settle
from tests.lab.netns import create, inside, ip, run, set_all

TARGET, NAME = "10.99.141.1", "service.lab"
NARROW = 1300
HOSTS = (
    f"127.0.0.1 localhost\n{TARGET} {NAME}\n10.1.0.1 r.lab\n10.1.1.2 one.lab\n10.1.2.2 two.lab\n"
)
"""The names that the tools find; there is no resolver in the namespaces."""
_LINKS = (
    ("c", "eth0", "10.1.0.2", "r", "lan0", "10.1.0.1"), ("r", "wan1", "10.1.1.1", "one", "eth0", "10.1.1.2"),
    ("r", "wan2", "10.1.2.1", "two", "eth0", "10.1.2.2"), ("one", "eth1", "10.2.1.1", "s", "eth1", "10.2.1.2"),
    ("two", "eth1", "10.2.2.1", "s", "eth2", "10.2.2.2"),
)  # fmt: skip
_SPREAD = f'ip daddr {TARGET} iifname "lan0" meta mark set numgen inc mod 2 offset 1'
_FORBID = f"ip daddr {TARGET} reject with icmp type admin-prohibited"
SCENES: dict[str, tuple[str, str, str]] = {
    # name: the router's route to the service, its rules in prerouting, its rules in forward
    "one-way": ("via 10.1.1.2", "", ""),
    "per-flow": ("nexthop via 10.1.1.2 nexthop via 10.1.2.2", "", ""),
    "per-packet": ("via 10.1.1.2", _SPREAD, ""),
    "narrow": ("via 10.1.1.2", "", ""),
    "forbidden": ("via 10.1.1.2", "", _FORBID),
}
TOOLS: dict[str, str] = {
    "mtr.json": f"mtr --json -n -c 6 -i 0.1 {TARGET}",
    "mtr-names.json": f"mtr --json -b -c 6 -i 0.1 {NAME}",
    "mtr-tcp.json": f"mtr --json -n -T -P 443 -c 4 -i 0.1 {TARGET}",
    "mtr-report.txt": f"mtr -r -n -c 6 -i 0.1 {TARGET}",
    "mtr-wide.txt": f"mtr -rwb -c 6 -i 0.1 {NAME}",
    "traceroute.txt": f"traceroute -w 1 -n -q 6 {TARGET}",
    "traceroute-names.txt": f"traceroute -w 1 {NAME}",
    "traceroute-tcp.txt": f"traceroute -w 1 -T -p 443 -q 4 {TARGET}",
    "traceroute-icmp.txt": f"traceroute -w 1 -I {TARGET}",
    "traceroute-mtu.txt": f"traceroute -w 1 --mtu {TARGET}",
    "traceroute-as.txt": f"traceroute -w 1 -e --back {TARGET}",
    "tracepath.txt": f"tracepath -n {TARGET}",
    "tracepath-both.txt": f"tracepath -b {NAME}",
    "scamper-paris.json": f"scamper -O json -c 'trace -P udp-paris -q 4 -Q -w 1' -i {TARGET}",
    "scamper-udp.json": f"scamper -O json -c 'trace -P udp -q 4 -Q -w 1' -i {TARGET}",
    "scamper-icmp.json": f"scamper -O json -c 'trace -P icmp-paris -q 4 -Q -w 1' -i {TARGET}",
    "scamper-tcp.json": f"scamper -O json -c 'trace -P tcp -d 443 -q 4 -Q -w 1' -i {TARGET}",
    "scamper-mtu.json": f"scamper -O json -c 'trace -P udp-paris -M -w 1' -i {TARGET}",
    "scamper.txt": f"scamper -c 'trace -P udp-paris -w 1' -i {TARGET}",
    "tracelb.json": f"scamper -O json -c 'tracelb -P udp-sport -w 1' -i {TARGET}",
    "tracelb-icmp.json": f"scamper -O json -c 'tracelb -P icmp-echo -w 1' -i {TARGET}",
    "tracelb.txt": f"scamper -c 'tracelb -P udp-sport -w 1' -i {TARGET}",
    "dublin.json": f"dublin-traceroute -n 6 -T 4 -b {TARGET}",
}


def set_up() -> None:
    """The namespaces, their links, addresses and names."""
    hosts = Path("/run/hosts")
    create("c", "r", "one", "two", "s")
    hosts.write_text(HOSTS, encoding="utf-8")
    run("mount", "--bind", str(hosts), "/etc/hosts")
    for near, link, address, far, other, its in _LINKS:
        run(
            "ip",
            "link",
            "add",
            link,
            "netns",
            near,
            "type",
            "veth",
            "peer",
            "name",
            other,
            "netns",
            far,
        )
        ip(near, f"address add {address}/24 dev {link}", f"link set {link} up")
        ip(far, f"address add {its}/24 dev {other}", f"link set {other} up")
    ip("c", "route add default via 10.1.0.1")
    for way, number in (("one", 1), ("two", 2)):
        ip(way, f"route add default via 10.1.{number}.1", f"route add {TARGET} via 10.2.{number}.2")
        ip("r", f"route add 10.2.{number}.0/24 via 10.1.{number}.2")
        ip(
            "r",
            f"route add {TARGET} via 10.1.{number}.2 table {number}",
            f"rule add fwmark {number} lookup {number}",
        )
    ip("s", f"address add {TARGET}/32 dev lo", "route add default via 10.2.1.1")
    set_all("r", {"net.ipv4.fib_multipath_hash_policy": 1})


def play(folder: Path, scene: str) -> None:
    """Sets the router, and runs every tool that is installed."""
    route, before, between = SCENES[scene]
    ip("r", f"route replace {TARGET} {route}")
    for name, link in (("r", "wan1"), ("one", "eth0")):
        ip(name, f"link set {link} mtu {NARROW if scene == 'narrow' else 1500}")
    ip("c", "route flush cache")
    rules = (
        f"flush ruleset\ntable ip t {{\n chain p {{ type filter hook prerouting priority mangle; {before}; }}\n"
        f" chain f {{ type filter hook forward priority 0; {between}; }}\n}}\n"
    )
    with inside("r"):
        run("nft", "-f", "-", text=rules.replace("; ; }", "; }"))
    with inside("c"):
        for name, command in TOOLS.items():
            if shutil.which(command.split()[0]):
                ip("c", "route flush cache")  # what the tool before learned of the path's MTU
                with probes(folder / f"{scene}.{name}.probes", scene == "one-way"):
                    _record(folder, f"{scene}.{name}", command)


@contextmanager
def probes(file: Path, wanted: bool) -> Iterator[None]:
    """Writes what leaves for the target as tcpdump prints it."""
    if not wanted:
        yield
        return
    words = ["tcpdump", "-nn", "-q", "-l", "-i", "eth0", f"dst host {TARGET}"]
    with file.open("w", encoding="utf-8") as out:
        sniffer = subprocess.Popen(
            [*words, "--immediate-mode"], stdout=out, stderr=subprocess.PIPE, text=True
        )
        assert sniffer.stderr is not None
        while "listening on" not in sniffer.stderr.readline():
            assert sniffer.poll() is None
        try:
            yield
        finally:
            settle(file)
            sniffer.terminate()
            sniffer.communicate(timeout=10)


def _record(folder: Path, name: str, command: str) -> None:
    whole = f"cd {folder} && {command}"
    done = subprocess.run(
        ["sh", "-c", whole], capture_output=True, text=True, timeout=60, check=False
    )
    (folder / name).write_text(done.stdout, encoding="utf-8")
    if done.returncode or done.stderr:
        (folder / f"{name}.stderr").write_text(
            f"{done.returncode}\n{done.stderr}", encoding="utf-8"
        )
    made = folder / "trace.json"
    if made.exists():  # dublin-traceroute writes its JSON beside what it prints
        made.rename(folder / name)


def main() -> None:
    """Plays the scenes."""
    folder = Path(sys.argv[1])
    set_up()
    for scene in sys.argv[2:] or SCENES:
        play(folder, scene)


if __name__ == "__main__":
    main()
