"""Devices of many makes behind a real SSH server (asyncssh) on loopback, which records every byte it is sent."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh

USER, PASSWORD = "netops", "Correct-Horse-7"


@dataclass
class Device:
    """What a device shows. `outputs` by command; others get `error`. `fault` names how it misbehaves."""

    prompt: str = "r1#"
    outputs: dict[str, str] = field(default_factory=dict)
    error: str = "% Invalid input detected at '^' marker."
    banner: str = ""
    echo: bool = True
    page: int = 0
    """Lines of a page; 0 is no pager."""
    more: str = " --More-- "
    wipe: str = "\r          \r"
    line_end: str = "\r\n"
    pager_off: str = ""
    """The command that turns the pager off."""
    enable: str = ""
    """What `enable` asks for; "" is none."""
    fault: str = ""
    password: str = PASSWORD
    port: int = 0
    received: bytearray = field(default_factory=bytearray)
    logins: int = 0
    attempts: int = 0
    """Passwords that it was shown."""
    ran: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """What was typed, line by line; pagers' answers are in front of what follows them."""
        return self.received.decode().replace("\r", "\n").split("\n")


class _Server(asyncssh.SSHServer):
    def __init__(self, device: Device, connections: set[asyncssh.SSHServerConnection]) -> None:
        self.device, self.connections = device, connections

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.connections.add(conn)
        self.connection = conn

    def connection_lost(self, exc: Exception | None) -> None:
        self.connections.discard(self.connection)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self.device.attempts += 1
        good = username.partition("+")[0] == USER and password == self.device.password
        self.device.logins += good
        return good


class _Shell:
    """One session on a device."""

    def __init__(self, device: Device, process: asyncssh.SSHServerProcess[bytes]) -> None:
        self.device, self.process = device, process
        self.paging = device.page > 0
        self.prompt = device.prompt
        self.typed = b""

    def show(self, text: str) -> None:
        self.process.stdout.write(text.replace("\n", self.device.line_end).encode())

    async def key(self) -> bytes:
        while not self.typed:
            self.typed = await self.process.stdin.read(4096)
            if not self.typed:
                raise EOFError
            self.device.received += self.typed
        found, self.typed = self.typed[:1], self.typed[1:]
        return found

    async def line(self) -> str:
        found = b""
        while (char := await self.key()) not in (b"\n", b"\r"):
            found += char
            if self.device.echo:
                self.show(char.decode("latin-1"))
        self.show("\n")
        return found.decode("latin-1")

    async def serve(self) -> None:
        device = self.device
        if device.fault == "flood":
            for _ in range(400):
                self.show("Unauthorised access is prohibited. " * 200 + "\n")
                await asyncio.sleep(0)
            await asyncio.sleep(60)
        if device.fault == "silent":
            await asyncio.sleep(60)
        self.show(device.banner)
        while True:
            self.show(self.prompt)
            await self.obey((await self.line()).strip())

    async def obey(self, command: str) -> None:
        device = self.device
        if not command:
            return
        if command == device.pager_off:
            self.paging = False
            return
        if command == "enable" and device.enable:
            self.show("Password: ")
            typed = b""
            while (char := await self.key()) not in (b"\n", b"\r"):
                typed += char
            self.show("\n")
            if typed.decode() == device.enable:
                self.prompt = self.prompt.replace(">", "#")
            else:
                self.show("% Access denied\n")
            return
        device.ran.append(command)
        text = device.outputs.get(command)
        if text is None:
            self.show(f"{device.error}\n")
        elif self.paging:
            await self.paged(text)
        else:
            await self.whole(text)

    async def whole(self, text: str) -> None:
        if self.device.fault == "hang":
            self.show(text[: len(text) // 2])
            await asyncio.sleep(60)
        if self.device.fault == "drop":
            self.show(text[: len(text) // 2])
            await self.process.stdout.drain()
            self.process.channel.get_connection().abort()
            raise EOFError
        if self.device.fault == "slow":
            for line in text.splitlines(keepends=True):
                self.show(line)
                await asyncio.sleep(0.02)
            return
        for start in range(0, len(text), 1 << 16):
            self.show(text[start : start + (1 << 16)])
            await self.process.stdout.drain()

    async def paged(self, text: str) -> None:
        for number, line in enumerate(text.splitlines(keepends=True), 1):
            self.show(line)
            if number % self.device.page == 0:
                self.process.stdout.write(self.device.more.encode())
                while (answer := await self.key()) not in (b" ", b"q"):
                    pass
                self.process.stdout.write(self.device.wipe.encode())
                if answer == b"q":
                    return


class Fleet:
    """Devices that listen, each on a port of its own, in a thread of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.other_key = asyncssh.generate_private_key("ssh-ed25519")
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.known_hosts = folder / "known_hosts"
        self.known_hosts.write_text("")
        self.listeners: list[asyncssh.SSHAcceptor] = []
        self.connections: set[asyncssh.SSHServerConnection] = set()

    def add(self, device: Device, pinned: bool = True, **options: object) -> Device:
        """Starts a device and pins its key."""
        found = asyncio.run_coroutine_threadsafe(self._listen(device, options), self.loop)
        listener = found.result(30)
        self.listeners.append(listener)
        device.port = listener.get_port()
        if pinned:
            key = self.key.export_public_key().decode().strip()
            with self.known_hosts.open("a") as file:
                file.write(f"[127.0.0.1]:{device.port} {key}\n")
        return device

    async def _listen(self, device: Device, options: dict[str, object]) -> asyncssh.SSHAcceptor:
        async def serve(process: asyncssh.SSHServerProcess[bytes]) -> None:
            try:
                await _Shell(device, process).serve()
            except (EOFError, asyncssh.Error, OSError):
                process.exit(0)

        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=lambda: _Server(device, self.connections),
            server_host_keys=[self.other_key if device.fault == "changed key" else self.key],
            process_factory=serve,
            encoding=None,
            line_editor=False,
            **options,
        )

    def close(self) -> None:
        """Stops all devices."""

        async def stop() -> None:
            for listener in self.listeners:
                listener.close()
            for connection in list(self.connections):
                connection.abort()
                await connection.wait_closed()
            tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(stop(), self.loop).result(30)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


@contextmanager
def fleet(folder: Path) -> Iterator[Fleet]:
    """A fleet that is stopped at the end."""
    found = Fleet(folder)
    found.thread.start()
    try:
        yield found
    finally:
        found.close()
