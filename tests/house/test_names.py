"""One name for one thing, and the field's word for it: held by reading the code."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.house.code import MODULES, tree
from tests.support import ROOT

# Words that say nothing without their story, where the field has one: input, cached, retired, check, fix, bind …
PRIVATE_WORDS = {"given", "told", "known", "kept", "judge", "mend", "settle", "remembered", "moved"}
WELL_KNOWN = {"Path": "pathlib", "Markup": "markupsafe"}


def test_no_two_modules_have_one_name() -> None:
    """A command of the command line may be called as what it does, and a module as the folder that it makes up."""
    parts = [module.split(".") for module in MODULES if not MODULES[module].name.startswith("__")]
    names = Counter(names[-1] for names in parts if names[0] != "cli" and names[-1] != names[-2])
    assert {name for name, count in names.items() if count > 1} == set()


def test_no_two_public_classes_have_one_name() -> None:
    classes = (node for module in MODULES for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef))
    names = Counter(node.name for node in classes if not node.name.startswith("_"))
    assert {name for name, count in names.items() if count > 1} == set()


def test_no_public_name_is_a_private_word() -> None:
    names = {name for module in MODULES for name in (module, *public_names(tree(module), module))}
    assert {name for name in names if name.rpartition(".")[2] in PRIVATE_WORDS} == set()


def public_names(node: ast.AST, path: str) -> Iterator[str]:
    """Yield what modules, classes and functions offer to others: what they define, and the arguments that they take."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Assign | ast.AnnAssign):
            targets = child.targets if isinstance(child, ast.Assign) else [child.target]
            yield from (f"{path}.{target.id}" for target in targets if isinstance(target, ast.Name))
        elif isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith(
            "_"
        ):
            yield f"{path}.{child.name}"
            yield from within(child, f"{path}.{child.name}")


def within(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, path: str) -> Iterator[str]:
    """Yield the public names of a class, or the arguments of a function."""
    if isinstance(node, ast.ClassDef):
        yield from public_names(node, path)
        constructors = (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__")
        yield from (name for one in constructors for name in within(one, path))
    else:
        yield from (f"{path}.{one.arg}" for one in ast.walk(node.args) if isinstance(one, ast.arg))


def test_the_generator_names_no_place_of_its_first_site() -> None:
    """Which district a site is about is configuration; the table of provinces and the list of divisions name them all."""
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ("macros", "overrides")
        for path in sorted((ROOT / folder).rglob("*.*"))
        if path.suffix in {".py", ".html", ".js", ".css", ".yml", ".svg", ".txt"}
        and re.search("蓬江|江门|广东|粤港|五邑|绿源环保|江府函", path.read_text("utf-8"))
    ]
    assert found == ["macros/records/region.py"]


def test_nothing_shadows_what_everybody_knows() -> None:
    assert {module for module in MODULES if set(own_names(module)) & WELL_KNOWN.keys()} == set()


def own_names(module: str) -> Iterator[str]:
    """Yield each name that a module defines, or imports from elsewhere than where everybody knows it from."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            names = {alias.asname or alias.name for alias in node.names}
            yield from (name for name in names if WELL_KNOWN.get(name) != node.module)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
