"""What Python lacks on Windows is asked for nowhere, or behind a question for the system."""

from __future__ import annotations

import ast
import re
import sys
from typing import TypeGuard

import pytest

from macros.site import pool
from tests.house.code import MODULES, tree

POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "fork",
    "getuid",
    "geteuid",
    "getgid",
    "killpg",
    "mkfifo",
    "sched_getaffinity",
    "SIGKILL",
    "SIGHUP",
    "statvfs",
}


def is_placed(node: ast.AST) -> TypeGuard[ast.stmt | ast.expr]:
    """Tell whether a node stands on a line."""
    return isinstance(node, ast.stmt | ast.expr)


def guarded(module: str) -> set[int]:
    """Return the lines of a module that run only where a condition asked for the system."""
    lines: set[int] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.If | ast.IfExp) and re.search(r"sys\.platform|os\.name", ast.unparse(node.test)):
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def is_of_posix(node: ast.AST) -> bool:
    """Tell whether a node asks for what Windows lacks."""
    named = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
    named |= {node.module} if isinstance(node, ast.ImportFrom) and node.module else set()
    return bool(named & POSIX_MODULES) or (isinstance(node, ast.Attribute) and node.attr in POSIX_NAMES)


def test_nothing_that_windows_lacks_is_needed() -> None:
    found = []
    for module in MODULES:
        asking = [node for node in filter(is_placed, ast.walk(tree(module))) if is_of_posix(node)]
        allowed = guarded(module)
        found += [f"{module}:{node.lineno}: {ast.unparse(node)}" for node in asking if node.lineno not in allowed]
    assert found == []


def test_files_are_read_as_utf_8_whatever_the_code_page() -> None:
    for module in MODULES:
        for node in filter(is_placed, ast.walk(tree(module))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr
            if called in ("read_text", "write_text"):
                assert re.search("utf-8|ascii|encoding", ast.unparse(node)), f"{module}:{node.lineno}"


def test_one_processor_does_where_nothing_can_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    assert pool.processors() == 1
