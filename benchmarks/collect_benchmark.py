"""How long a fleet takes, compared with bare netmiko with as many threads, and how much memory.

    PYTHONPATH=. python benchmarks/collect_benchmark.py [DEVICES] [WORKERS]
    PYTHONPATH=. python benchmarks/collect_benchmark.py routes [ROUTES]

The devices run in a process of their own (asyncssh on loopback); ten of every thousand are faulty. Prints wall time of
both, the ratio, and the peak memory of the collection. With `routes`: one device whose table has that many routes
(a million), beside one with a thousand; the peak memory of each says what of the output is held.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

from parsers.registry import platform
from tests.collect.device import PASSWORD, USER, Device, fleet

PLATFORM = "cisco_ios"
ROOT = Path(__file__).resolve().parent.parent
COMMANDS = [command.text for command in platform(PLATFORM).commands]


def serve(folder: str, count: int, pipe: Connection) -> None:
    text = "".join(
        f"interface Gi0/{n}\n ip address 10.0.{n % 250}.1 255.255.255.0\n!\n" for n in range(200)
    )
    outputs = dict.fromkeys(COMMANDS, text)
    with fleet(Path(folder)) as devices:
        ports = []
        for number in range(count):
            faulty = number % 100 == 99
            device = Device(outputs=outputs, password="x" if faulty else PASSWORD)
            ports.append((devices.add(device).port, faulty))
        pipe.send(ports)
        pipe.recv()


def table(routes: int) -> str:
    return "".join(
        f"B        {n >> 16 & 255}.{n >> 8 & 255}.{n & 255}.0/24 [20/0] via 192.0.2.{n % 250}, 00:01:02\n"
        for n in range(routes)
    )


def serve_routes(folder: str, routes: int, pipe: Connection) -> None:
    outputs = dict.fromkeys(COMMANDS, "version 15.7\n") | {"show ip route": table(routes)}
    with fleet(Path(folder)) as devices:
        pipe.send([(devices.add(Device(outputs=outputs)).port, False)])
        pipe.recv()


def collected(folder: str, ports: list[tuple[int, bool]], workers: int) -> tuple[float, int, int]:
    """Wall time, peak memory in kB and the exit code of a collection from the devices on `ports`."""
    rows = [
        f"r{n},127.0.0.1,{port},{USER},{PLATFORM},realm{n % 4}" for n, (port, _) in enumerate(ports)
    ]
    inventory = Path(folder) / "inv.csv"
    inventory.write_text("\n".join(["name,address,port,user,platform,realm", *rows, ""]))
    command = [
        sys.executable, "-m", "auditor", "collect", "--inventory", str(inventory), "--output",
        f"{folder}/snapshot", "--ssh-config", "none", "--known-hosts", f"{folder}/known_hosts",
        "--workers", str(workers), "--retries", "0",
    ]  # fmt: skip
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"AUDITOR_PASSWORD": PASSWORD}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - started, usage.ru_maxrss, process.returncode


def large_table(routes: int) -> None:
    for count in (1000, routes):
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = multiprocessing.Pipe()
            server = multiprocessing.Process(target=serve_routes, args=(folder, count, theirs))
            server.start()
            wall, peak, code = collected(folder, ours.recv(), 1)
            size = Path(folder, "snapshot", "r0", "show_ip_route.txt").stat().st_size
            ours.send("stop")
            server.join()
        print(
            f"{count} routes, {size / 1e6:.1f} MB: exit {code}, {wall:.1f} s, peak {peak / 1024:.0f} MB"
        )


def bare(port: int) -> int:
    from netmiko import ConnectHandler

    with ConnectHandler(
        device_type=PLATFORM, host="127.0.0.1", port=port, username=USER, password=PASSWORD
    ) as connection:
        return sum(len(connection.send_command(command)) for command in COMMANDS)


def main() -> None:
    if sys.argv[1:2] == ["routes"]:
        large_table(int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = multiprocessing.Pipe()
        server = multiprocessing.Process(target=serve, args=(folder, count, theirs))
        server.start()
        ports: list[tuple[int, bool]] = ours.recv()
        wall, peak, code = collected(folder, ports, workers)
        hosts = json.loads(Path(folder, "snapshot", "snapshot.json").read_text())["hosts"]
        good = sum(entry["status"] == "collected" for entry in hosts.values())
        started = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(bare, [port for port, faulty in ports if not faulty]))
        netmiko = time.perf_counter() - started
        ours.send("stop")
        server.join()
    print(
        f"{count} devices, {workers} workers, {len(COMMANDS)} commands: exit {code}, {good} collected"
    )
    print(
        f"auditor {wall:.1f} s, netmiko {netmiko:.1f} s, ratio {wall / netmiko:.2f}, peak {peak / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
