"""How long a fleet takes, compared with bare netmiko with as many threads, and how much memory.

    PYTHONPATH=. python benchmarks/collect_benchmark.py [DEVICES] [WORKERS]

The devices run in a process of their own (asyncssh on loopback); ten of every thousand are faulty. Prints wall time of
both, the ratio, and the peak memory of the collection.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
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


def bare(port: int) -> int:
    from netmiko import ConnectHandler

    with ConnectHandler(
        device_type=PLATFORM, host="127.0.0.1", port=port, username=USER, password=PASSWORD
    ) as connection:
        return sum(len(connection.send_command(command)) for command in COMMANDS)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = multiprocessing.Pipe()
        server = multiprocessing.Process(target=serve, args=(folder, count, theirs))
        server.start()
        ports: list[tuple[int, bool]] = ours.recv()
        rows = [
            f"r{n},127.0.0.1,{port},{USER},{PLATFORM},realm{n % 4}"
            for n, (port, _) in enumerate(ports)
        ]
        inventory = Path(folder) / "inv.csv"
        inventory.write_text("\n".join(["name,address,port,user,platform,realm", *rows, ""]))
        command = [
            sys.executable, "-m", "auditor", "collect", "--inventory", str(inventory), "--output",
            f"{folder}/snapshot", "--ssh-config", "none", "--known-hosts", f"{folder}/known_hosts",
            "--workers", str(workers), "--retries", "0",
        ]  # fmt: skip
        started = time.perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | {"AUDITOR_PASSWORD": PASSWORD}, capture_output=True,
            check=False,
        )  # fmt: skip
        wall = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        hosts = json.loads(Path(folder, "snapshot", "snapshot.json").read_text())["hosts"]
        good = sum(entry["status"] == "collected" for entry in hosts.values())
        started = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(bare, [port for port, faulty in ports if not faulty]))
        netmiko = time.perf_counter() - started
        ours.send("stop")
        server.join()
    print(
        f"{count} devices, {workers} workers, {len(COMMANDS)} commands: exit {done.returncode}, {good} collected"
    )
    print(
        f"auditor {wall:.1f} s, netmiko {netmiko:.1f} s, ratio {wall / netmiko:.2f}, peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
