"""The walk that finds lines agrees with `tomllib` about which keys there are."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.settings.toml_lines import key_lines

LINES = [
    ("a = 1\n\n# b = 2\nb = 3\n", {("a",): 1, ("b",): 4}),
    ('a = """\nb = 1\n"""\nb = 2', {("a",): 1, ("b",): 4}),
    ("a = '''\n[b]\n'''\r\n[b]\r\nc = 1\r\n", {("a",): 1, ("b",): 4, ("b", "c"): 5}),
    ('a = [ # ]\n "x]", \'#\',\n 3,\n]\nb=1', {("a",): 1, ("a", 0): 2, ("a", 1): 2, ("a", 2): 3, ("b",): 5}),
    ("[x.y]\nz.\"w v\" = 1", {("x",): 1, ("x", "y"): 1, ("x", "y", "z"): 2, ("x", "y", "z", "w v"): 2}),
    ("a = {b = 1, c = {d = [1]}}", {("a",): 1, ("a", "b"): 1, ("a", "c"): 1, ("a", "c", "d"): 1, ("a", "c", "d", 0): 1}),
    ("[[t]]\na=1\n[[t]]\na=2\n[t.u]\nb=1", {("t",): 1, ("t", 0): 1, ("t", 0, "a"): 2, ("t", 1): 3, ("t", 1, "a"): 4,
     ("t", 1, "u"): 5, ("t", 1, "u", "b"): 6}),
    ('a = "\\"\\\\" # "\nb = """x""""" \nc = 1979-05-27 07:32:00 # d = 1\n"\\u00e9" = 1',
     {("a",): 1, ("b",): 2, ("c",): 3, ("é",): 4}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines(text: str, expected: dict[tuple[str | int, ...], int]) -> None:
    tomllib.loads(text)  # it is TOML
    assert key_lines(text) == expected


KEYS = st.sampled_from(["a", "b-c", '"d e"', "'f.g'", '"h\\"="', "i.j", "k . l", "1"])
BLANKS = st.sampled_from(["", "\n", "# c = [ \" '\n", "  \n\t", "\r\n"])
ATOMS = st.sampled_from(
    [
        "1",
        "-0.5e3",
        "true",
        '"x # = [ ]"',
        "'\\'",
        '"""\n[t]\na = 1\n"""',
        "'''\n'x'\n'''",
        '"\\"]"',
        *["1979-05-27T07:32:00Z", "07:32:00", "inf", '"""a""""', '""', "''", '"""\\"""" """'],
    ]
)


def _array(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joints = st.sampled_from([", ", ",\n", ", # ]\n "])
    return st.tuples(st.lists(inner, max_size=3), joints).map(lambda p: f"[{p[1].join(p[0])}\n]")


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(KEYS, inner), max_size=2, unique_by=lambda p: p[0])
    return pairs.map(lambda ps: "{ " + ", ".join(f"{k} = {v}" for k, v in ps) + " }")


VALUES = st.recursive(ATOMS, lambda inner: _array(inner) | _inline(inner), max_leaves=6)
PAIRS = st.tuples(KEYS, VALUES).map(lambda p: f"{p[0]} = {p[1]} # x\n")
HEADS = st.tuples(KEYS, st.booleans()).map(lambda p: f"[[{p[0]}]]\n" if p[1] else f"[ {p[0]} ]\n")


def paths(value: object, here: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {here} if here else set()
    if isinstance(value, dict):
        for key, below in value.items():
            found |= paths(below, (*here, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            found |= paths(below, (*here, number))
    return found


@given(st.lists(PAIRS | HEADS | BLANKS, max_size=8).map("".join))
def test_the_keys_are_those_of_tomllib(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert set(lines) == paths(document)
    rows = text.replace("\r\n", "\n").split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str):
            word = path[-1].replace('"', '\\"')
            assert word in rows[line - 1], (path, line)
