"""The connector that speaks through netmiko: its classes log in, our lists say what is sent, outputs are streamed."""

from __future__ import annotations

import codecs
import contextlib
import time
from collections.abc import Iterator

import paramiko

from auditor.connectors import terminal
from auditor.connectors.errors import LoginRefused, Strange, TooSlow, Unreachable
from auditor.connectors.gate import Gate
from auditor.connectors.netmiko_errors import reason_of
from auditor.connectors.netmiko_login import Quiet, connect
from auditor.connectors.protocol import Clock, Target
from auditor.connectors.reading import Reader, clean, without_header

MOST_GREETING = 1_000_000
"""Characters before the first prompt; more is a flood."""
QUIET = 0.02
"""Seconds of silence after which a prompt at the end is believed to be the prompt."""
SETTLE = 0.15
"""The same before the device's own prompt is known."""
NUDGE = 3.0
"""Seconds without a prompt after which an empty line asks for one."""
POLL = 0.5
GATHER = 0.01
"""Seconds in which small packets are gathered."""
BLOCK = 65536


class NetmikoConnector:
    """Opens sessions by SSH with netmiko."""

    def open(self, target: Target, clock: Clock) -> NetmikoSession:
        """Logs in and makes the terminal ready. Raises CollectError."""
        setup = terminal.SETUP.get(target.platform, ())
        enable = target.enable is not None and target.platform in terminal.ENABLE
        gate = Gate(
            (*target.commands, *setup, *(("enable",) if enable else ())),
            terminal.ANSWERS,
        )
        connection = None
        try:
            connection = connect(target, gate, clock.limits)
            session = NetmikoSession(connection, gate, target, clock)
            session.prepare(setup)
        except Exception as error:
            if connection is not None:
                connection.disconnect()
            # the cause is left out: its traceback may show what was being sent
            raise reason_of(error, target) from None
        return session


class NetmikoSession:
    """One shell on one device."""

    def __init__(self, connection: Quiet, gate: Gate, target: Target, clock: Clock) -> None:
        self.connection, self._gate = connection, gate
        self._target, self._clock = target, clock
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._prompt = ""
        channel = connection.remote_conn
        if not isinstance(channel, paramiko.Channel):
            raise Strange("netmiko gave no SSH channel")
        self._channel = channel

    # the session

    def prepare(self, setup: tuple[str, ...]) -> None:
        """Finds the prompt, gets privileges where they are asked for, turns the pager off."""
        self._greet()
        if self._target.enable is not None and self._prompt.endswith(">"):
            self._enable()
        for command in setup:
            self._set_up(command)

    def run(self, command: str) -> Iterator[str]:
        """What the device prints, in blocks of whole lines. Raises CollectError."""
        try:
            header = terminal.HEADERS.get(self._target.platform)
            yield from without_header(self._output(command), header)
        except Exception as error:
            raise reason_of(error, self._target) from None

    def close(self) -> None:
        """Closes the connection; sends nothing."""
        with contextlib.suppress(Exception):  # a connection that is gone cannot be closed better
            self.connection.disconnect()

    # writing and reading

    def _send(self, text: str) -> None:
        self.connection.channel.write_channel(text)

    def _receive(self, seconds: float) -> str | None:
        """What comes within `seconds`, None if nothing does. Raises where the device has ended."""
        self._channel.settimeout(seconds)
        try:
            data = self._channel.recv(BLOCK)
        except TimeoutError:
            return None
        if data and len(data) < BLOCK:
            # what comes in many small packets is taken up at once: threads that wake for each of
            # them cost more than the reading
            time.sleep(GATHER)
            while self._channel.recv_ready() and len(data) < BLOCK:
                data += self._channel.recv(BLOCK)
        if not data:
            raise Unreachable(f"{self._target.way.address}: the device closed the connection")
        return self._decoder.decode(data)

    def _greet(self) -> None:
        """Reads until the device waits for commands; its prompt is the last line then."""
        seen, last = "", time.monotonic()
        started, nudged = last, False
        while True:
            self._clock.check()
            text = self._receive(SETTLE)
            now = time.monotonic()
            if text is not None:
                seen, last = seen + text, now
                if len(seen) > MOST_GREETING:
                    raise Strange(f"more than {MOST_GREETING} characters before the first prompt")
            elif self._settled(seen):
                return
            elif not nudged and now - last > NUDGE:
                self._send("\n")
                nudged = True
            if now - started > self._clock.limits.connect:
                raise TooSlow(f"no prompt within {self._clock.limits.connect:g} s of the login")

    def _settled(self, seen: str) -> bool:
        """Whether the greeting has ended with a prompt; answers the questions before it."""
        plain = clean(terminal.ESCAPES.sub("", seen))
        for greeting in terminal.GREETINGS:
            if greeting.pattern.search(plain):
                self._send(greeting.answer)
                return False
        if terminal.MORE.search(plain):
            self._send(terminal.NEXT_PAGE)
            return False
        found = terminal.PROMPT.search(plain)
        if found is None:
            return False
        self._prompt = found[0].strip()
        return True

    def _set_up(self, command: str) -> None:
        """Sends a command for the terminal; the prompt may be another afterwards."""
        self._send(f"{command}\n")
        seen, started, same = "", time.monotonic(), False
        while True:
            self._clock.check()
            text = self._receive(QUIET if same else SETTLE)
            if text is not None:
                seen += text
                plain = clean(terminal.ESCAPES.sub("", seen))
                found = terminal.PROMPT.search(plain)
                same = found is not None and found[0].strip() == self._prompt and "\n" in plain
                continue
            plain = clean(terminal.ESCAPES.sub("", seen))
            if "\n" in plain and (found := terminal.PROMPT.search(plain)):
                self._prompt = found[0].strip()
                return
            if _since(started) > self._clock.limits.connect:
                raise TooSlow(f"{command}: no prompt within {self._clock.limits.connect:g} s")

    def _enable(self) -> None:
        self._send("enable\n")
        seen, started = "", time.monotonic()
        secret = self._target.enable
        while True:
            self._clock.check()
            seen += self._receive(POLL) or ""
            plain = clean(seen)
            if secret is not None and plain.rstrip().lower().endswith("password:"):
                self._gate.allow_once(secret)
                self._send(secret.reveal() + "\n")
                secret, seen = None, ""
            elif (found := terminal.PROMPT.search(plain)) and found[0].strip().endswith("#"):
                self._prompt = found[0].strip()
                return
            elif (secret is None and (found or "assword" in plain)) or _since(started) > 15:
                raise LoginRefused("`enable` is refused; look at AUDITOR_ENABLE or the inventory")

    def _output(self, command: str) -> Iterator[str]:
        if self._channel.recv_ready():
            raise Strange(
                "the device went on printing after its prompt; outputs cannot be told apart"
            )
        reader = Reader(command, self._prompt)
        self._send(f"{command}\n")
        last = time.monotonic()
        while True:
            self._clock.check()
            ready = reader.at_prompt()
            text = self._receive(QUIET if ready else min(POLL, self._clock.limits.command))
            if text is not None:
                last = time.monotonic()
                lines = reader.feed(text)
                if lines:
                    yield lines
                self._turn_page(reader)
            elif ready:
                return
            elif time.monotonic() - last > self._clock.limits.command:
                raise TooSlow(
                    f"{command}: nothing more for {self._clock.limits.command:g} s (--command-timeout)"
                )

    def _turn_page(self, reader: Reader) -> None:
        """Asks for the next page where a pager waits at the end of what has come."""
        tail = reader.raw_tail
        if len(tail) > 200:
            return
        if terminal.MORE.search(tail):
            reader.forget_pager()
            self._send(terminal.NEXT_PAGE)
        elif terminal.DISPLAY_ALL.search(tail):
            reader.forget_pager()
            self._send(terminal.YES)


def _since(started: float) -> float:
    return time.monotonic() - started
