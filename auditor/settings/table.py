"""The one table of settings."""

from __future__ import annotations

from auditor.reports.formats import FORMATS
from auditor.settings.setting import Kind, Place, Setting

SEVERITIES = ("critical", "high", "medium", "low", "info")
TWO_FORMATS = ("terminal", "json")
DIFF_FORMATS = ("terminal", "json", "markdown")
CONNECTORS = ("netmiko", "napalm")

JUDGING = ("audit", "pre-commit")
READING = (*JUDGING, "filter search", "blame")
LIVE = ("audit", "collect")
REACHING = (*LIVE, "inventory check")
DIAGNOSING = ("diagnose", "doctor")

SETTINGS = (
    Setting(
        "service", Kind.TEXT, (*READING, *DIAGNOSING, "bundle", "hosts"), "service profile",
        default="bitbucket", metavar="NAME_OR_FILE", place=Place.PROFILE,
    ),
    Setting(
        "platform", Kind.TEXT, READING, "platform of all inputs",
        default_words="detected", metavar="TYPE",
    ),
    Setting(
        "from", Kind.TEXTS, READING, "where clients are",
        default_words="from the interfaces", metavar="PREFIX", dest="sources",
    ),
    Setting(
        "format", Kind.CHOICES, ("audit",),
        f"formats of the reports: {', '.join(FORMATS)}", choices=FORMATS,
        default_words="terminal", metavar="FORMAT", dest="targets",
        option_help=f"{', '.join(FORMATS)} (default terminal); repeatable, each with its --output",
    ),
    Setting(
        "output", Kind.TEXTS, ("audit",),
        "files of the reports, one for each format, in the same order; - is standard output",
        default_words="standard output", metavar="FILE", place=Place.FILE_OR_STDOUT, dest="targets",
        option_help="write the report of the --format before it to FILE; one format may go to stdout",
    ),
    Setting(
        "select", Kind.CODES, JUDGING, "only these rules: ACL,MTU001",
        default_words="all", metavar="CODES",
    ),
    Setting(
        "ignore", Kind.CODES, JUDGING, "all but these rules", default_words="none", metavar="CODES"
    ),
    Setting(
        "fail-on", Kind.CHOICE, (*JUDGING, "diff"),
        "exit 1 for findings at or above this severity", default="high", choices=SEVERITIES,
        metavar="SEVERITY",
    ),
    Setting(
        "baseline", Kind.TEXT, JUDGING, "leave out findings that this report has already",
        default_words="none", metavar="REPORT.json", place=Place.FILE,
    ),
    Setting(
        "waivers", Kind.TEXT, JUDGING,
        "accepted findings, each with reason, owner, ticket and last day",
        default_words="none", metavar="FILE.yaml", place=Place.FILE,
    ),
    Setting(
        "inline-waivers", Kind.FLAG, JUDGING,
        "take notice of `! auditor: ignore[CODE] until=… reason=…` in configurations",
        default=True, negative=True, dest="no_inline_waivers",
    ),
    Setting(
        "prove", Kind.FLAG, JUDGING,
        "carry each remedy out on the text, judge it again, and say what it opens", default=False,
    ),
    Setting(
        "jobs", Kind.WHOLE, JUDGING, "worker processes",
        default_words="one for each processor", metavar="N", least=1,
    ),
    Setting(
        "executor", Kind.TEXT, (*JUDGING, "collect"),
        "local, or dask://HOST:PORT for the workers of a Dask cluster",
        default="local", metavar="WHERE", guarded=True,
    ),
    Setting(
        "cache-dir", Kind.TEXT, JUDGING, "where results are kept between runs",
        default_words="the cache folder of this system's user", metavar="DIR", place=Place.FILE,
        guarded=True,  # whoever fills the folder decides what results are
    ),
    Setting(
        "cache", Kind.FLAG, JUDGING, "keep results between runs, and use those that are kept",
        default=True, negative=True, dest="no_cache",
    ),
    Setting("quiet", Kind.FLAG, JUDGING, "no progress, no terminal report", default=False),
    Setting("verbose", Kind.FLAG, JUDGING, "notes in full", default=False),
    Setting(
        "limit", Kind.TEXTS, REACHING, "only devices, or groups, whose name matches",
        default_words="all", metavar="PATTERN",
    ),
    Setting(
        "user", Kind.TEXT, REACHING, "who logs in, where nothing else says",
        default_words="who runs this", metavar="NAME",
    ),
    Setting(
        "password-from", Kind.TEXTS, REACHING,
        "env, inventory, netrc[:FILE], keyring[:NAME], command:PROGRAM, prompt, asked in this order; keys "
        "and agents are always tried first",
        default_words="env, inventory, netrc", metavar="SOURCE", place=Place.NETRC, guarded=True,
    ),
    Setting(
        "connector", Kind.CHOICE, REACHING,
        "netmiko or napalm; the inventory may choose by device",
        default_words="netmiko", choices=CONNECTORS, metavar="NAME",
    ),
    Setting(
        "ssh-config", Kind.TEXT, REACHING, "SSH configuration; none for none",
        default_words="~/.ssh/config", metavar="FILE", place=Place.FILE_OR_NONE, guarded=True,
    ),
    Setting(
        "known-hosts", Kind.TEXTS, REACHING, "files of host keys",
        default_words="those that SSH is configured with", metavar="FILE", place=Place.FILE,
        guarded=True,
    ),
    Setting(
        "workers", Kind.WHOLE, LIVE, "devices at a time", default=20, metavar="N", least=1
    ),
    Setting(
        "per-realm", Kind.WHOLE, LIVE, "of these with one AAA realm", default=10, metavar="N", least=1
    ),
    Setting(
        "connect-timeout", Kind.NUMBER, LIVE, "for connecting and logging in",
        default=20.0, metavar="SECONDS", above=0,
    ),
    Setting(
        "command-timeout", Kind.NUMBER, LIVE, "for a command to print something more",
        default=60.0, metavar="SECONDS", above=0,
    ),
    Setting(
        "device-timeout", Kind.NUMBER, (*JUDGING, "collect"), "for all of a device",
        default_words="1800 to collect it, 300 to judge it", metavar="SECONDS", above=0,
    ),
    Setting(
        "retries", Kind.WHOLE, LIVE,
        "further tries where the network failed; never after a refused login",
        default=1, metavar="N", least=0,
    ),
    Setting(
        "fresh", Kind.FLAG, LIVE, "collect again what an earlier run has collected", default=False
    ),
    Setting(
        "format", Kind.CHOICE, ("diff",), ", ".join(DIFF_FORMATS), section="diff",
        default="terminal", choices=DIFF_FORMATS, metavar="FORMAT",
    ),
    Setting(
        "format", Kind.CHOICE, ("filter search",), "terminal or json", section="filter-search",
        default="terminal", choices=TWO_FORMATS, metavar="FORMAT",
    ),
    Setting(
        "format", Kind.CHOICE, DIAGNOSING, "terminal or json", section="diagnose",
        default="terminal", choices=TWO_FORMATS, metavar="FORMAT",
    ),
    Setting(
        "output", Kind.TEXT, DIAGNOSING, "file to write to", section="diagnose",
        default_words="standard output", metavar="FILE", place=Place.FILE,
    ),
)  # fmt: skip

SECTIONS = tuple(dict.fromkeys(row.section for row in SETTINGS if row.section))


def of_command(command: str) -> tuple[Setting, ...]:
    """The settings that `command` has, in the table's order."""
    return tuple(row for row in SETTINGS if command in row.commands)
