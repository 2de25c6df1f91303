"""The connector that speaks through NAPALM, where its driver can be given a connection of ours.

NAPALM's drivers for IOS, NX-OS (SSH) and EOS (SSH) stand on netmiko: they get the gated connection, so that nothing but
the list is sent, and host keys are checked. Others are refused (`OTHERS` says why): netmiko serves there.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from typing import Any

from auditor.connectors import terminal
from auditor.connectors.errors import CollectError, Strange
from auditor.connectors.netmiko_errors import reason_of
from auditor.connectors.netmiko_ssh import NetmikoConnector, NetmikoSession
from auditor.connectors.protocol import Clock, Target

DRIVERS = {
    "arista_eos": "eos",
    "cisco_ios": "ios",
    "cisco_nxos": "nxos_ssh",
    "cisco_xe": "ios",
}
"""Platforms of which a driver can work on our connection. EOS and NX-OS are asked by SSH: the drivers' own way is
HTTPS, with certificates that they do not check."""
OTHERS = {
    "juniper_junos": "NAPALM's driver opens NETCONF with PyEZ, which checks no host key",
    "cisco_xr": "NAPALM's driver iosxr opens a session for XML that checks no host key, and iosxr_netconf runs no "
    "commands",
}
"""Why a driver that there is gets no password of ours."""


class NapalmConnector:
    """Opens sessions by SSH with NAPALM's drivers."""

    def open(self, target: Target, clock: Clock) -> NapalmSession:
        """Logs in. Raises CollectError."""
        name = DRIVERS.get(target.platform)
        if name is None:
            raise Strange(
                f"the connector napalm is not used for {target.platform}: "
                + OTHERS.get(target.platform, "NAPALM has no driver of its own for it")
                + "; nothing was sent. Use the connector netmiko"
            )
        try:
            driver_class = importlib.import_module("napalm").get_network_driver(name)
        except ImportError:
            raise Strange(
                "napalm is not installed: pip install 'session-path-auditor[napalm]'"
            ) from None
        shell = NetmikoConnector().open(target, clock)
        try:
            return NapalmSession(_driver(driver_class, target, shell), shell, target, clock)
        except Exception as error:
            shell.close()
            raise reason_of(error, target) from None


def _driver(driver_class: Any, target: Target, shell: NetmikoSession) -> Any:
    """The driver, with our connection where it would have opened its own."""
    driver = driver_class(
        hostname=target.way.address,
        username=target.user,
        password="",
        optional_args={"transport": "ssh", "force_no_enable": True, "port": target.way.port},
    )
    connection = shell.connection
    connection.set_base_prompt()
    driver.device = connection
    driver._netmiko_device = _Watched(connection)
    return driver


class _Watched:
    """The connection as the driver for EOS uses it; that driver takes the words of a refusal out of
    what it gives, so they are kept here."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.refused = ""

    def send_command(self, command: str) -> str:
        """What the device prints."""
        text = str(self._connection.send_command(command))
        self.refused = text if terminal.refusal(text) else ""
        return text


class NapalmSession:
    """One device, asked through NAPALM's driver."""

    def __init__(self, driver: Any, shell: NetmikoSession, target: Target, clock: Clock) -> None:
        self._driver, self._shell = driver, shell
        self._target, self._clock = target, clock

    def run(self, command: str) -> Iterator[str]:
        """What the device prints, as the driver gives it. Raises CollectError."""
        self._clock.check()
        try:
            printed = self._driver.cli([command])[command]
        except Exception as error:
            said = str(error)
            if not isinstance(error, CollectError) and terminal.refusal(said):
                # the driver makes an exception of a refusal; here it is an output like others
                yield f"{said.strip()}\n"
                return
            raise reason_of(error, self._target) from None
        text = self._driver._netmiko_device.refused or str(printed)
        yield text if text.endswith("\n") or not text else f"{text}\n"

    def close(self) -> None:
        """Closes the connection; sends nothing."""
        with contextlib.suppress(Exception):
            self._shell.close()
