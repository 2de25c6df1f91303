"""The options of `auditor diagnose`; what they call loads when it is called."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from auditor.commands.help_of import help_of
from auditor.settings.options import add_settings


def add_diagnose(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `diagnose` with its kinds of input."""
    group = commands.add_parser(
        "diagnose",
        help="read what clients see: logs, paths, captures, hosts files",
        description="Reads what clients see and leads from there to the router. Exit codes: 0 nothing wrong was "
        "seen, 1 something was, 2 unreadable input, 3 not all could be read or understood.",
    )
    kinds = group.add_subparsers(title="inputs", metavar="INPUT")
    log = kinds.add_parser("log", help="error messages of git, curl, SSH and CI jobs")
    log.add_argument("files", nargs="+", metavar="FILE", help="log, may be gzipped, or - for stdin")
    add_settings(log, "diagnose")
    log.set_defaults(call=_lazy("log"))

    capture = kinds.add_parser("capture", help="packet captures: who reset, who dropped, which way")
    capture.add_argument(
        "files", nargs="+", metavar="FILE",
        help="pcap or pcapng, may be gzipped, or -; captures of two links prove spreading",
    )  # fmt: skip
    add_settings(capture, "diagnose")
    capture.set_defaults(call=_lazy("capture"))

    path = kinds.add_parser(
        "path", help="mtr, traceroute, tracert, paris, dublin, scamper: which way"
    )
    path.add_argument(
        "files", nargs="+", metavar="FILE", help="what the path tool printed, text or JSON, or -"
    )
    path.add_argument(
        "--audit", metavar="PATH",
        help="configurations, a snapshot, or an audit's JSON report: names the devices on the path",
    )  # fmt: skip
    add_settings(path, "diagnose")
    path.set_defaults(call=_lazy("path"))

    hosts = kinds.add_parser("hosts", help="hosts files: entries that override the service's names")
    hosts.add_argument("files", nargs="+", metavar="FILE", help="hosts file, or -")
    _names(hosts, "the service's domain; repeatable (default: those of the profile)")
    add_settings(hosts, "diagnose")
    hosts.set_defaults(call=_lazy("hosts"))
    group.set_defaults(call=help_of(group))


def add_doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `doctor` and `bundle`, which put the steps together."""
    doctor = commands.add_parser(
        "doctor",
        help="one ranked story from logs, paths, captures and configurations",
        description="Reads whatever is given, finds out what it is, and tells one ranked story across it, with what "
        "is missing to be sure.",
    )
    doctor.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="log, path, capture, folder of configurations, report",
    )
    doctor.add_argument("--audit", metavar="PATH", help="configurations, snapshot or JSON report")
    add_settings(doctor, "doctor")
    doctor.set_defaults(call=_lazy("doctor"))
    bundle = commands.add_parser(
        "bundle",
        help="a support bundle from an audit's JSON report",
        description="Writes a zip for support: makes, models, versions, statements, paths, evidence, and what was "
        "ruled out. Secrets are removed; --anonymise replaces addresses and names as well.",
    )
    bundle.add_argument("report", metavar="REPORT.json", help="JSON report of auditor audit")
    bundle.add_argument("--output", required=True, metavar="FILE.zip", help="the bundle to write")
    bundle.add_argument(
        "--device",
        action="append",
        dest="devices",
        metavar="NAME",
        help="only this device; repeatable",
    )
    bundle.add_argument(
        "--evidence", "--capture", "--log", "--path", action="append", dest="evidence", metavar="FILE",
        help="log, path or capture whose diagnosis goes along; repeatable",
    )  # fmt: skip
    bundle.add_argument(
        "--anonymise", action="store_true",
        help="replace addresses (prefixes preserved) and names; the key stays beside the bundle",
    )  # fmt: skip
    add_settings(bundle, "bundle")
    bundle.set_defaults(call=_lazy("bundle"))


def add_hosts(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `hosts`, which prints the work-around."""
    entry = commands.add_parser(
        "hosts",
        help="print a dated hosts-file work-around and its removal",
        description="Prints an entry that pins names of the service to an address that is not anycast, marked and "
        "dated, and how to remove it. It changes nothing by itself.",
    )
    entry.add_argument(
        "--address", required=True, metavar="ADDRESS",
        help="published address that is not anycast; ask the service's support for one",
    )  # fmt: skip
    _names(entry, "name to pin; repeatable (default ssh.bitbucket.org)")
    entry.add_argument(
        "--form", choices=("hosts", "ansible", "salt", "docker"), default="hosts", metavar="FORM",
        help="hosts, ansible, salt or docker (default hosts)",
    )  # fmt: skip
    add_settings(entry, "hosts")
    entry.set_defaults(call=_lazy("hosts_entry"))


def _names(parser: argparse.ArgumentParser, told: str) -> None:
    parser.add_argument("--name", action="append", dest="names", metavar="NAME", help=told)


def _lazy(name: str) -> Callable[[argparse.Namespace], int]:
    def call(options: argparse.Namespace) -> int:
        from auditor.commands import diagnose

        found: Callable[[argparse.Namespace], int] = getattr(diagnose, name)
        return found(options)

    return call
