"""`auditor diagnose`: from what clients see to the router."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from auditor import profile
from auditor.diagnosis.report import Diagnosis, as_json
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode


def log(options: argparse.Namespace) -> int:
    """Reads client logs."""
    from auditor.diagnosis.log import LogReader
    from auditor.diagnosis.log_diagnosis import diagnose_logs
    from auditor.diagnosis.patterns import table
    from auditor.diagnosis.text_input import opened

    service, symptoms = profile.load(options.service), table()
    readings = []
    for name in _files(options):
        with opened(name) as stream:
            readings.append((name, LogReader(symptoms).read(stream, name)))
    found = diagnose_logs(readings, symptoms, service)
    return _say(found, bool(found.causes), options)


def capture(options: argparse.Namespace) -> int:
    """Reads packet captures."""
    from auditor.diagnosis.capture import CaptureReader
    from auditor.diagnosis.capture_diagnosis import diagnose_capture, has_fault
    from auditor.diagnosis.patterns import table
    from auditor.diagnosis.text_input import opened

    reader = CaptureReader(profile.load(options.service), len(options.files) > 1)
    for name in _files(options):
        with opened(name) as stream:
            reader.read(stream, name)
    found = diagnose_capture(reader.finish(), table())
    return _say(found, has_fault(found), options)


def path(options: argparse.Namespace) -> int:
    """Reads the output of path tools."""
    from auditor.diagnosis.known import known_from
    from auditor.diagnosis.path_diagnosis import diagnose_paths
    from auditor.diagnosis.patterns import table
    from auditor.diagnosis.trace_file import read_traces

    known = known_from(options.audit, profile.load(options.service))
    found = diagnose_paths([read_traces(name) for name in _files(options)], known, table())
    return _say(found, bool(found.causes), options)


def hosts(options: argparse.Namespace) -> int:
    """Reads hosts files."""
    from auditor.diagnosis.hosts import read_hosts
    from auditor.diagnosis.hosts_diagnosis import diagnose_hosts, has_fault
    from auditor.diagnosis.patterns import table
    from auditor.today import today

    service = profile.load(options.service)
    domains = _domains(service.name, options.names)
    found = diagnose_hosts(
        [read_hosts(name, service, domains) for name in _files(options)], table(), today()
    )
    return _say(found, has_fault(found), options)


def hosts_entry(options: argparse.Namespace) -> int:
    """Prints a work-around and its removal."""
    from auditor.diagnosis.workaround import workaround
    from auditor.today import today

    service = profile.load(options.service)
    names = tuple(options.names or (f"ssh.{_domains(service.name, None)[0]}",))
    sys.stdout.write(workaround(service, names, options.address, options.form, today()))
    return int(ExitCode.CLEAN)


def doctor(options: argparse.Namespace) -> int:
    """Reads whatever is given and tells one story."""
    from auditor.diagnosis.doctor import examine, sort_out
    from auditor.diagnosis.patterns import table

    given = sort_out(_files(options), options.audit)
    found = examine(given, profile.load(options.service), table())
    return _say(found, bool(found.story), options)


def bundle(options: argparse.Namespace) -> int:
    """Writes a support bundle."""
    from auditor.diagnosis.bundle import Wanted, write_bundle
    from auditor.diagnosis.patterns import table
    from auditor.today import today

    wanted = Wanted(
        tuple(options.devices or ()), tuple(options.evidence or ()), options.anonymise, today()
    )
    said = write_bundle(
        options.report, options.output, wanted, profile.load(options.service), table()
    )
    sys.stdout.write(said)
    return int(ExitCode.CLEAN)


def _files(options: argparse.Namespace) -> list[str]:
    """The files' names, which must be text to stand in a report."""
    for name in options.files:
        if not name.isprintable():
            raise UsageError(f"{name!r}: a name that cannot be printed; rename the file")
    return list(options.files)


def _domains(service: str, names: list[str] | None) -> tuple[str, ...]:
    from auditor.diagnosis.hosts import NAMES

    domains = tuple(name.lower().rstrip(".") for name in names or NAMES.get(service, ()))
    if not domains:
        raise UsageError(
            f"the names of the service {service!r} are not known; give them with --name"
        )
    return domains


def _say(diagnosis: Diagnosis, found: bool, options: argparse.Namespace) -> int:
    """Prints the diagnosis and gives the exit code: 1 for something wrong, else 3 if not all was read."""
    from auditor.diagnosis.printing import as_text

    text = as_json(diagnosis) if options.format == "json" else as_text(diagnosis)
    if options.output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        try:
            Path(options.output).write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"--output {options.output}: cannot be written: {error.strerror}"
            ) from None
    if found:
        return int(ExitCode.FINDINGS)
    return int(ExitCode.CLEAN if diagnosis.complete else ExitCode.INCOMPLETE)
