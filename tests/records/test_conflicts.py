"""Conflicts of git are found whatever stands in them, and what is none stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.records import conflicts
from macros.records.problems import ProblemsFound
from tests.support.steps import steps

LINES = st.lists(
    st.sampled_from(["甲\n", "乙: 1\n", "\n", "======\n", "> > x\n", "<<<<<<<x\n", "========\n"]), max_size=5
)
PIECES = st.lists(
    st.tuples(LINES, LINES, LINES, st.booleans(), st.sampled_from(["", " HEAD", " 1a2b (改)"])), max_size=5
)
MARKERS = st.sampled_from(["<<<<<<< HEAD\n", "=======\n", ">>>>>>> main\n", "||||||| 1a2b\n", "甲\n", "<<<<<<<\n"])


def marked(before: list[str], ours: list[str], theirs: list[str], with_base: bool, name: str) -> str:
    base = "||||||| 1a2b\n原来的\n" if with_base else ""
    return "".join([*before, f"<<<<<<<{name}\n", *ours, base, "=======\n", *theirs, f">>>>>>>{name}\n"])


@given(PIECES)
def test_both_versions_come_back(pieces: list[tuple[list[str], list[str], list[str], bool, str]]) -> None:
    text = "".join(marked(*piece) for piece in pieces) + "尾\n"
    found = conflicts.find(text)
    assert [(one.ours, one.theirs) for one in found] == [("".join(p[1]), "".join(p[2])) for p in pieces]
    upper = "".join("".join([*p[0], *p[1]]) for p in pieces) + "尾\n"
    assert conflicts.replaced(text, lambda _, one: one.ours) == upper
    assert [text.split("\n")[one.line - 1][:7] for one in found] == ["<<<<<<<"] * len(pieces)


@given(st.lists(MARKERS, max_size=12))
def test_no_marker_is_passed_over_and_none_is_told_twice(lines: list[str]) -> None:
    text = "".join(lines)
    standing = {number for number, line in enumerate(lines, 1) if line != "甲\n"}
    inside = {line for one in conflicts.find(text) for line in range(one.line + 1, text.count("\n", 0, one.end) + 1)}
    try:
        conflicts.refuse("a.yml", text)
        told = []
    except ProblemsFound as found:
        told = [problem.line for problem in found.problems]
    assert sorted(told) == sorted(standing - inside)


@pytest.mark.parametrize(
    "text",
    ["甲\n=======\n", "甲\n\n=======\n乙\n", "    <<<<<<< HEAD\n", "<<<<<<<HEAD\n", "|||||||\n", "<<<<<<<< HEAD\n"],
)
def test_what_is_no_conflict_stays_text(text: str) -> None:
    conflicts.refuse("content/a.md", text)


def test_many_markers_take_few_steps() -> None:
    def refuse(count: int) -> None:
        with pytest.raises(ProblemsFound):
            conflicts.refuse("a.md", "<<<<<<< HEAD\n=======\n" * count)

    assert steps(lambda: refuse(4000)) < 5 * steps(lambda: refuse(1000))
