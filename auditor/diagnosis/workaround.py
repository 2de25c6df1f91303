"""The hosts-file work-around: a dated, marked entry, its removal, and the same for Ansible, Salt and Docker."""

from __future__ import annotations

import datetime
from typing import Literal

from auditor.diagnosis.addresses import WORDS, address_of, place_of
from auditor.diagnosis.hosts import MARK
from auditor.errors import UsageError
from rules.service import Service

Form = Literal["hosts", "ansible", "salt", "docker"]
FORMS: tuple[Form, ...] = ("hosts", "ansible", "salt", "docker")
DAYS = 30
"""Days after which the entry asks to be removed."""

WARNING = (
    "This entry ages: the service moves, and then the entry breaks what it was to mend. Use it until the router is "
    "mended, remove it by the date in it, and let `auditor diagnose hosts /etc/hosts` watch over it."
)


def workaround(
    service: Service, names: tuple[str, ...], address: str, form: Form, today: datetime.date
) -> str:
    """The work-around in one form, with the warning that belongs to it.

    Raises UsageError unless the address is a published one of the service that is not anycast.
    """
    found = address_of(address)
    if found is None or place_of(found, service) != "regional":
        reason = "is no address" if found is None else f"is {WORDS[place_of(found, service)]}"
        raise UsageError(
            f"--address {address}: {reason}; a work-around for anycast shift needs an address that is published "
            "and not anycast: ask the service's support for one"
        )
    until = today + datetime.timedelta(days=DAYS)
    mark = f"{MARK}, added {today}, remove by {until}"
    body = _FORMS[form](str(found), names, mark)
    return f"# {WARNING}\n{body}"


def _hosts(address: str, names: tuple[str, ...], mark: str) -> str:
    return (
        f"# add to /etc/hosts:\n{address} {' '.join(names)} # {mark}\n\n"
        f"# remove:\n# sed -i '/{MARK}/d' /etc/hosts\n"
    )


def _ansible(address: str, names: tuple[str, ...], mark: str) -> str:
    task = (
        "- name: Work-around for an anycast service ({state})\n  ansible.builtin.lineinfile:\n    path: /etc/hosts\n"
        "    regexp: '{pattern}'\n{line}    state: {state}\n"
    )
    line = f"    line: '{address} {' '.join(names)} # {mark}'\n"
    add = task.format(state="present", pattern=MARK, line=line)
    return f"# add:\n{add}\n# remove:\n{task.format(state='absent', pattern=MARK, line='')}"


def _salt(address: str, names: tuple[str, ...], mark: str) -> str:
    listed = "".join(f"      - {name}\n" for name in names)
    return (
        f"# {mark}\n# add:\nanycast_workaround:\n  host.present:\n    - ip: {address}\n    - names:\n{listed}\n"
        f"# remove:\nanycast_workaround_gone:\n  host.absent:\n    - ip: {address}\n    - names:\n{listed}"
    )


def _docker(address: str, names: tuple[str, ...], mark: str) -> str:
    options = " ".join(f"--add-host {name}:{address}" for name in names)
    listed = "".join(f'      - "{name}:{address}" # {mark}\n' for name in names)
    return (
        f"# add to docker run:\n{options}\n\n# or to a service of docker-compose:\n    extra_hosts:\n{listed}\n"
        "# remove: take these out and create the containers anew\n"
    )


_FORMS = {"hosts": _hosts, "ansible": _ansible, "salt": _salt, "docker": _docker}
