"""The list of promises names tests that exist, and no file of tests is left out."""

from __future__ import annotations

import ast
import re

from tests.support import ROOT

TESTS = ROOT / "tests"
HELD_BY = re.findall(r"\| `([\w/]+\.py)::(\w+)` \|$", (ROOT / "docs/dev/promises.md").read_text("utf-8"), re.MULTILINE)


def functions(path: str) -> set[str]:
    """Return the names of a file's functions; none if there is no such file."""
    file = TESTS / path
    tree = ast.parse(file.read_text("utf-8") if file.is_file() else "")
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_held_by_a_test_that_exists() -> None:
    assert len(HELD_BY) > 100
    assert [f"{path}::{name}" for path, name in HELD_BY if name not in functions(path)] == []


def test_every_file_of_tests_holds_a_promise() -> None:
    files = {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
    assert sorted(files - {path for path, _ in HELD_BY}) == [], "say in docs/dev/promises.md what it holds"
