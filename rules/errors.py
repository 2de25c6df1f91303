"""Errors of this room.

    RuleError (ValueError)
    ├── UnknownFilter     a filter that the device's table does not hold
    ├── BadPacket         a packet that cannot exist (an address of the wrong family, port 70000)
    ├── ServiceError      a service profile that says too little or something impossible
    └── UnknownRule       a rule code that no module has

What a device *says* never raises: what cannot be decided is an `unknown` outcome with its reason.
"""


class RuleError(ValueError):
    """The root of what this room raises."""


class UnknownFilter(RuleError):
    """A filter key that the table does not hold for the family asked."""


class BadPacket(RuleError):
    """A packet whose fields contradict each other; the message names the field."""


class ServiceError(RuleError):
    """A service profile that cannot be used; the message names the place and the remedy."""


class UnknownRule(RuleError):
    """A rule code that is not in the registry."""
