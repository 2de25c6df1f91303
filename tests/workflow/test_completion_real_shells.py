"""Completion in the real shells: what they offer at the end of a line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_files import ROOT

# auditor's own PATH entry: the program under its name
LINES = [
    ("auditor au", {"audit"}, {"rules"}),
    ("auditor audit --fail", {"--fail-on"}, {"--from"}),
    ("auditor audit --fail-on ", {"critical", "high", "medium", "low", "info"}, {"--jobs"}),
    ("auditor audit --no-pr", {"--no-prove"}, {"--prove"}),
    ("auditor audit --platform cisco_x", {"cisco_xe", "cisco_xr"}, {"cisco_ios"}),
    ("auditor audit --select ACL001,LB00", {"ACL001,LB001", "ACL001,LB002"}, {"LB001"}),
    ("auditor rule MTU", {"MTU001"}, {"ACL001"}),
    ("auditor platform vy", {"vyos"}, set()),
    ("auditor diagnose ", {"log", "capture", "path", "hosts"}, {"audit"}),
    ("auditor audit r", {"router.cfg"}, set()),
]

ASK = {
    "bash": r"""
source <("$1" completion bash)
COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=9
read -ra COMP_WORDS <<<"$2"
[[ $2 == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
spec=$(complete -p auditor) || exit 9
[[ $spec == *'-F _python_argcomplete'* ]] || exit 8
_python_argcomplete auditor "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}" 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}"
# what the function leaves to bash: files
(( ${#COMPREPLY[@]} )) || compgen -f -- "${COMP_WORDS[-1]}"
""",
    "fish": r"""
auditor completion fish | source
complete --do-complete "$argv[2]" | string replace -r '\t.*' ''; true
""",
}


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder with a router's file, and an environment in which `auditor` is this project."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "router.cfg").write_text("hostname r1\n")
    program = tmp_path / "bin" / "auditor"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m auditor "$@"\n')
    program.chmod(0o755)
    environment = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
    }
    return tmp_path, environment


@pytest.mark.parametrize("shell", ["bash", "fish"])
@pytest.mark.parametrize(("line", "offered", "absent"), LINES, ids=[row[0] for row in LINES])
def test_offers(
    shell: str, line: str, offered: set[str], absent: set[str], place: tuple[Path, dict[str, str]]
) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    folder, environment = place
    flags = ["--norc", "-c"] if shell == "bash" else ["--no-config", "-c"]
    done = subprocess.run(
        [program, *flags, ASK[shell], *(["bash"] if shell == "bash" else []), "auditor", line],
        cwd=folder / "work", env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    found = {word.strip().replace("\\", "") for word in done.stdout.splitlines()}
    assert offered <= found, done.stderr
    assert not absent & found


ZSH = r"""
zmodload zsh/zpty
zpty z zsh -f -i
wait_for() { local out all=; while zpty -r z out "$1"; do all+=$out; [[ $all == ${~1} ]] && break; done; print -r -- "$all" }
zpty -w z 'PS1=; LISTMAX=0; autoload -U compinit; compinit -u -D; source <(auditor completion zsh); zstyle ":completion:*" list-prompt ""; print rea""dy'
wait_for '*ready*' >/dev/null
zpty -n -w z "$1"$'\t\t'
sleep 3
zpty -n -w z $'\x15print en""ded\n'
wait_for '*ended*'
zpty -d z
"""


def test_zsh(place: tuple[Path, dict[str, str]]) -> None:
    """Typed into an interactive zsh, with the tabulator."""
    program = shutil.which("zsh")
    if program is None:
        pytest.skip("zsh is not installed")
    folder, environment = place
    environment |= {"TERM": "xterm"}
    for line, offered in (("auditor audit --fail-o", "--fail-on"), ("auditor rule LB0", "LB006")):
        done = subprocess.run(
            [program, "-f", "-c", ZSH, "zsh", line],
            cwd=folder / "work", env=environment, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        assert offered in done.stdout, (done.stdout, done.stderr)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_syntax_of_their_shells(shell: str, place: tuple[Path, dict[str, str]]) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    folder, environment = place
    done = subprocess.run(
        ["auditor", "completion", shell],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    file = folder / "script"
    file.write_text(done.stdout)
    subprocess.run([program, "-n", str(file)], check=True, capture_output=True)
