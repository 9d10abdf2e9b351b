"""The code as the tests of the house read it: every module with its syntax tree; nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support import ROOT

PACKAGE = ROOT / "macros"


def name_of(path: Path) -> str:
    """Return a module's dotted name below the package; empty for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
SUBFOLDERS = {name_of(path) for path in PACKAGE.glob("*/*/__init__.py")}


@cache
def tree(module: str) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(MODULES[module].read_text("utf-8"))


def imported(module: str) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, also within functions."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner.removeprefix("macros.") in MODULES else node.module or ""


@cache
def own_imports(module: str) -> set[str]:
    """Return the modules of this project that a module imports, as in `MODULES`."""
    return {name.removeprefix("macros.") for name in imported(module) if name.startswith("macros.")}


def folder(module: str) -> str:
    """Return the folder of the first level that a module lies in."""
    return module.split(".")[0]


def subfolder(module: str) -> str:
    """Return the folder of the second level that a module lies in; empty for one beside these."""
    name = ".".join(module.split(".")[:2])
    return name if name in SUBFOLDERS else ""


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
