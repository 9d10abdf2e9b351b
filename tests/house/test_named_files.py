"""Whoever follows a comment finds what it names: every file and module named in a comment or docstring exists."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.code import MODULES, tree
from tests.support import ROOT

FOLDERS = ("macros", "tests", "overrides")
HOMES = (*FOLDERS, "benchmarks", "docs", "content", "data", ".ci", ".github", ".vscode", ".workflow")
COMMENTS = {
    ".js": re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL),
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
    ".html": re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL),
}
# A name in capitals stands for any: `data/terms/NAME.yml`.
FILE = re.compile(
    r"(?<![\w./*<>{}-])((?:[\w.-]+/)*(?![A-Z]+\.yml)[\w-]+\.(?:py|md|css|js|toml|yml|html|cmd))(?![\w/*-])"
)
MODULE = re.compile(r"(?<![\w.])macros((?:\.\w+)+)")
IN_DOCUMENT = re.compile(r"`([\w./-]+\.(?:py|js|cjs|html|css|toml|md|yml|txt))`")
MADE = {"screenshots/index.html", "postings/N.txt", "data/terms/NAME.yml", "bases/index.md"}
NO_FILES = {"Node.js", "bases/index.md", "hub.yml"}


def comments(path: Path) -> Iterator[str]:
    """Yield the comments and docstrings of a file."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        yield from COMMENTS[path.suffix].findall(text)
        return
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    yield from (token.string for token in tokens if token.type == tokenize.COMMENT)
    documented = (node for node in ast.walk(ast.parse(text)) if isinstance(node, DOCUMENTED))
    yield from filter(None, map(ast.get_docstring, documented))


DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@cache
def all_comments() -> list[tuple[Path, str]]:
    """Return the comments of every file of the program, each with its file."""
    found = (path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.suffix in {".py", *COMMENTS})
    files = sorted(path for path in found if path.is_file() and not {"expected", "node_modules"} & set(path.parts))
    return [(path, comment) for path in files for comment in comments(path)]


def test_every_file_named_in_a_comment_exists() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, comment in all_comments()
        for name in FILE.findall(comment)
        if name not in NO_FILES and not exists(name)
    }
    assert missing == set()


def test_every_file_named_in_a_document_exists() -> None:
    documents = [ROOT / "HACKING.md", *sorted((ROOT / "docs/dev").glob("*.md"))]
    missing = {
        f"{document.relative_to(ROOT)}: {name}"
        for document in documents
        for name in IN_DOCUMENT.findall(document.read_text("utf-8"))
        if name not in MADE and not exists(name)
    }
    assert missing == set()


def exists(name: str) -> bool:
    """Tell whether there is a file of this name, alone or with some of the folders before it."""
    return re.sub(r"^(\.\.?/)+", "", name) in _ends()


@cache
def _ends() -> frozenset[str]:
    paths = [path.relative_to(ROOT).as_posix() for home in HOMES for path in (ROOT / home).rglob("*")]
    names = [path.split("/") for path in (*paths, *(path.name for path in ROOT.iterdir()))]
    return frozenset("/".join(steps[start:]) for steps in names for start in range(len(steps)))


def test_every_module_named_in_a_comment_exists() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: macros{name}"
        for path, comment in all_comments()
        for name in MODULE.findall(comment)
        if not is_defined(name.removeprefix("."))
    }
    assert missing == set()


def is_defined(name: str) -> bool:
    """Tell whether a dotted name is a module or folder, or the first thing after one is defined there."""
    if name in MODULES:
        return True
    module, _, rest = name.rpartition(".")
    while module and module not in MODULES:
        module, _, last = module.rpartition(".")
        rest = f"{last}.{rest}"
    return rest.split(".")[0] in defined(module)


def defined(module: str) -> set[str]:
    """Return the names that a module defines at its top."""
    body = tree(module).body
    named = {node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    return named | {target.id for target in targets if isinstance(target, ast.Name)}
