"""The lists of promises and of faults name tests that exist, and no file of tests is left out."""

from __future__ import annotations

import ast
import re

from tests.support import ROOT
from tests.support.looping import failures
from tests.support.projects import EXPECTED

TESTS = ROOT / "tests"
FAULTS = re.findall(r"^\| (\w+) \| .+ \| (`.+`) \|$", (ROOT / "docs/dev/faults.md").read_text("utf-8"), re.MULTILINE)
HELD_BY = re.findall(r"\| `([\w/]+\.py)::(\w+)` \|$", (ROOT / "docs/dev/promises.md").read_text("utf-8"), re.MULTILINE)


def functions(path: str) -> set[str]:
    """Return the names of a file's functions; none if there is no such file."""
    file = TESTS / path
    tree = ast.parse(file.read_text("utf-8") if file.is_file() else "")
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_held_by_a_test_that_exists() -> None:
    assert len(HELD_BY) > 100
    assert [f"{path}::{name}" for path, name in HELD_BY if name not in functions(path)] == []


def test_every_fault_is_held_by_tests_that_exist() -> None:
    def check(fault: tuple[str, str]) -> None:
        for held_by in fault[1].strip("`").split("`, `"):
            path, _, name = held_by.partition("::")
            assert name in functions(path) if name else (TESTS / path / EXPECTED).is_file(), held_by

    assert {number for number, _ in FAULTS} >= {f"R{number}" for number in range(1, 22)}
    assert len(FAULTS) > 65
    assert failures(check, FAULTS) == []


def test_every_file_of_tests_holds_a_promise() -> None:
    files = {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
    assert sorted(files - {path for path, _ in HELD_BY}) == [], "say in docs/dev/promises.md what it holds"
