"""The Dockerfile's steps, carried out word for word in a copy-on-write view of this machine, as docker would.

There is no docker daemon where this is tested: each stage gets an overlay over `/`, COPY takes what `.dockerignore`
leaves, RUN is run by a shell in it, and the entry point by the user and in the folder that the file names. The base
image is not tested so, nor how large the image is.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.auditor.test_cli import FAULTY
from tests.house_files import files, text_of
from tests.workflow.steps import project_in

pytestmark = pytest.mark.slow

TEMPORARY = "tmp"
DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
KNOWN = ("FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT", "CMD")


def instructions() -> list[tuple[str, str]]:
    """Each instruction with its words, continued lines joined."""
    lines = [line for line in text_of("Dockerfile").splitlines() if line.strip() and line[0] != "#"]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in joined.splitlines()]


def kept(name: str) -> bool:
    """Whether `.dockerignore` leaves a file to the build."""
    rules = [line for line in text_of(".dockerignore").splitlines() if line and line[0] != "#"]
    assert rules[0] == "*"
    return any(name == r[1:] or name.startswith(f"{r[1:]}/") for r in rules if r[0] == "!")


def test_the_file_is_what_it_promises() -> None:
    found = instructions()
    assert {name for name, _ in found} <= set(KNOWN)
    last = [name for name, _ in found[max(i for i, (n, _) in enumerate(found) if n == "FROM") :]]
    assert last.index("RUN") < last.index("USER") < last.index("ENTRYPOINT")
    installs = [words for name, words in found if name == "RUN" and "pip install" in words]
    assert all("--require-hashes" in w or "--no-deps" in w for w in installs)
    assert len(installs) == 2
    users = [words for name, words in found if name == "USER"]
    assert users == ["10001"]
    assert not [n for n in files() if kept(n) and n.startswith(("tests/", "fixtures/", ".git"))]
    assert kept("requirements.lock")
    assert kept("docs/auditor.1")


def script(context: Path, place: Path) -> str:
    """A shell script that carries the file out below `place`, a folder in memory."""
    lines = ["set -euo pipefail", f"mount -t tmpfs none {place}"]
    stage, root, folder, variables = -1, place, "/", {"PATH": DEFAULT_PATH}
    names: dict[str, Path] = {}
    for name, words in instructions():
        if name == "FROM":
            stage, folder = stage + 1, "/"
            variables = {"PATH": DEFAULT_PATH}
            root = place / f"s{stage}"
            names[words.partition(" AS ")[2] or str(stage)] = root
            upper, work = place / f"u{stage}", place / f"w{stage}"
            lines += [
                f"mkdir {root} {upper} {work}",
                f"mount -t overlay overlay -o lowerdir=/,upperdir={upper},workdir={work} {root}",
                f"for d in dev proc; do mount --bind /$d {root}/$d; done; mount -t tmpfs none {root}/{TEMPORARY}",
            ]
        elif name == "WORKDIR":
            folder = words
            lines.append(f"mkdir -p {root}{folder}")
        elif name == "COPY":
            *sources, target = words.split()
            source = context
            if sources[0].startswith("--from="):
                source = names[sources.pop(0).removeprefix("--from=")]
                sources = [s.lstrip("/") for s in sources]
            goal = f"{root}{target}" if target.startswith("/") else f"{root}{folder}/{target}"
            if len(sources) == 1 and (source == context and sources[0] == "."):
                sources[0] = "./."
            elif target.startswith("/"):
                sources[0] += "/."
            lines.append(f"mkdir -p {goal}; cd {source}; cp -a {' '.join(sources)} {goal}")
        elif name == "ENV":
            for pair in shlex.split(words):
                key, _, value = pair.partition("=")
                variables[key] = value.replace("$PATH", variables["PATH"])
        elif name == "RUN":
            lines.append(_inside(root, folder, variables, "", f"/bin/sh -c {shlex.quote(words)}"))
    user = dict(instructions())["USER"]
    drop = f"setpriv --reuid={user} --regid=65534 --clear-groups --no-new-privs "
    lines.append(f"cp {context.parent}/faulty.cfg {root}/configs/; chmod 755 {place} {root}")
    for arguments in ("audit faulty.cfg --no-config", "--version", "completion bash"):
        lines.append(
            "code=0; "
            + _inside(root, folder, variables, drop, f"auditor {arguments}")
            + " || code=$?; echo code=$code"
        )
    lines.append(
        f"echo pip=$(ls {root}/opt/auditor/bin | grep -c ^pip || true) size=$(du -sm {root}/opt/auditor | cut -f1)"
    )
    return "\n".join(lines)


def _inside(root: Path, folder: str, variables: dict[str, str], drop: str, command: str) -> str:
    pairs = " ".join(shlex.quote(f"{k}={v}") for k, v in variables.items())
    inner = f"cd {folder} && exec env {pairs} {drop}{command}"
    return f"chroot {root} /bin/sh -c {shlex.quote(inner)}"


def test_the_steps(tmp_path: Path) -> None:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("needs root and unshare, for mounts of its own")
    whole = project_in(tmp_path / "whole")
    context = tmp_path / "context"
    for name in (n for n in files() if kept(n)):
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(whole / name, context / name)
    (tmp_path / "faulty.cfg").write_text(FAULTY, "utf-8")
    place = tmp_path / "image"
    place.mkdir()
    done = subprocess.run(
        ["unshare", "--mount", "bash", "-c", script(context, place)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "ACL001" in done.stdout
    assert re.findall(r"code=(\d)", done.stdout) == ["1", "0", "0"], (
        done.stdout[-800:] + done.stderr
    )
    size = re.search(r"pip=0 size=(\d+)", done.stdout)
    assert size is not None, done.stdout[-300:]
    assert int(size[1]) < 200
