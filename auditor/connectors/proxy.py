"""A command whose standard streams are the connection (ProxyCommand, `ssh -W`): one end of a pair of sockets."""

from __future__ import annotations

import socket
import subprocess


class ProxySocket(socket.socket):
    """Our end; closing it ends the command."""

    process: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        """Closes the connection and waits for the command to end."""
        super().close()
        process, self.process = self.process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def proxy_socket(command: tuple[str, ...]) -> ProxySocket:
    """Starts the command, and gives the socket that speaks through it."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 (from SSH's own configuration)
            command,
            stdin=theirs.fileno(),
            stdout=theirs.fileno(),
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    connection = ProxySocket(fileno=ours.detach())
    connection.process = process
    return connection
