"""Why a device gave nothing, each with what to do about it.

CollectError (Exception)
├── Unreachable       the network: nobody there, refused, closed in the middle; may be tried again
├── NameUnknown       the name does not resolve
├── HostKeyProblem    its key is not pinned, or another than the pinned one
├── LoginRefused      user, password or key is not accepted; never tried again
├── NoCommonAlgorithm the two sides share no SSH algorithm
├── TooSlow           a time limit
├── Strange           it speaks SSH and behaves like no device that we know
└── NotAllowed        something that is on no list was about to be sent: our bug, nothing was sent
"""

from __future__ import annotations


class CollectError(Exception):
    """The root of what connectors raise; the message is what the user reads."""


class Unreachable(CollectError):
    """The network, or the device, ended it."""


class NameUnknown(CollectError):
    """No address for this name."""


class HostKeyProblem(CollectError):
    """The host key is not the pinned one, or none is pinned."""


class LoginRefused(CollectError):
    """The device refuses who logs in."""


class NoCommonAlgorithm(CollectError):
    """Key exchange, host key, cipher or MAC: nothing in common."""


class TooSlow(CollectError):
    """A limit of time was reached."""


class Strange(CollectError):
    """Output that cannot be followed: no prompt, a flood."""


class NotAllowed(CollectError):
    """Text that no list allows; it was not sent."""
