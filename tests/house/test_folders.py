"""The order of the folders (docs/dev/architecture.md), and the size of things: held by reading the code, not by running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

from macros.records import laws
from tests.support import ROOT
from tests.support.looping import failures

PACKAGE = ROOT / "macros"
# Lowest first. A folder may import what its row names, and itself; what is not named here does not exist.
BELOW_LIBRARY = {"text", "records"}
BELOW_WINGS = BELOW_LIBRARY | {"library", "addresses"}
WINGS = {"pages", "search", "exports", "editing"}
MAY_IMPORT = {
    "text": set(),
    "records": {"text"},
    "library": BELOW_LIBRARY,
    "addresses": BELOW_LIBRARY | {"library"},
    "spreadsheets": set(),
    "pages": BELOW_WINGS,
    "search": BELOW_WINGS,
    "exports": BELOW_WINGS | {"spreadsheets"},
    "editing": BELOW_WINGS | {"spreadsheets"},
    "publishing": set(),
    "site": BELOW_WINGS | WINGS | {"spreadsheets", "publishing"},
    "preview": BELOW_WINGS | WINGS | {"spreadsheets", "publishing", "site"},
    "cli": BELOW_WINGS | WINGS | {"spreadsheets", "publishing", "site", "preview"},
}
# Within a folder: subfolders that may not import the ones after them, nor, but for `records.problems`, what lies beside them.
ORDER_WITHIN = {
    "records": ("yaml", "model", "laws"),
    "editing": ("source", "fix", "guide", "excel"),
    "publishing": ("crawl", "release"),
}
LONGEST_MODULE = 320
LONGEST_MEDIAN_FUNCTION = 15


def name_of(path: Path) -> str:
    """Return a module's dotted name below the package; empty for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


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


def own_imports(module: str) -> set[str]:
    """Return the modules of this project that a module imports, as in `MODULES`."""
    return {name.removeprefix("macros.") for name in imported(module) if name.startswith("macros.")}


def wing(module: str) -> str:
    """Return the wing that a module belongs to."""
    return module.split(".")[0]


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_module_belongs_to_a_wing() -> None:
    assert {wing(module) for module in MODULES} - {"", "__main__"} == MAY_IMPORT.keys()


def test_wings_import_only_downward() -> None:
    def looks_down(module: str) -> None:
        allowed = MAY_IMPORT[wing(module)] | {wing(module)}
        foreign = {name for name in own_imports(module) if wing(name) not in allowed}
        if wing(module) == "publishing":
            foreign -= {"records.problems"}
        assert not foreign

    assert failures(looks_down, [module for module in MODULES if wing(module) in MAY_IMPORT]) == []


def test_the_engine_is_known_to_the_plugin_alone() -> None:
    engine = ("mkdocs", "material", "properdocs")
    knowing = {module for module in MODULES if any(name.split(".")[0] in engine for name in imported(module))}
    assert knowing == {"site.plugin"}


def test_the_pure_core_writes_nothing_and_looks_at_no_clock() -> None:
    pure = [
        module for module in MODULES if wing(module) in {"text", "records", "library", "pages", "search", "exports"}
    ]
    forbidden = {"write_text", "write_bytes", "mkdir", "unlink", "rmtree", "now", "today", "utcnow", "time_ns"}
    for module in pure:
        called = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
        assert not called & forbidden, module
        assert not {"time", "random", "subprocess", "socket", "urllib.request"} & set(imported(module)), module


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: own_imports(module) - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_no_module_is_long() -> None:
    lengths = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: lines for module, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    lengths = [(node.end_lineno or node.lineno) - node.lineno + 1 for module in MODULES for node in functions(module)]
    assert median(lengths) < LONGEST_MEDIAN_FUNCTION


def undocumented(node: ast.AST, path: str) -> Iterator[str]:
    """Yield the public classes and functions below a node that say nothing of themselves."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if child.name.startswith("_"):
            continue
        here = f"{path}.{child.name}"
        if not ast.get_docstring(child):
            yield here
        if isinstance(child, ast.ClassDef):
            yield from undocumented(child, here)


def test_what_is_public_is_documented() -> None:
    assert [module for module in MODULES if not ast.get_docstring(tree(module))] == []
    assert [name for module in MODULES for name in undocumented(tree(module), module)] == []


def test_annotations_are_not_evaluated() -> None:
    written = [module for module in MODULES if any(map(is_definition, tree(module).body))]
    assert [module for module in written if "__future__" not in set(imported(module))] == []


def is_definition(node: ast.stmt) -> bool:
    """Tell whether a statement defines a function or a class."""
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


def test_every_law_is_registered_and_states_itself() -> None:
    written = {
        f"macros.{module}.{node.name}"
        for module in MODULES
        if module.startswith("records.laws.")
        for node in tree(module).body
        if isinstance(node, ast.FunctionDef) and takes_the_collection(node)
    }
    assert written == {f"{law.__module__}.{law.__name__}" for law in laws.LAWS}
    assert all(law.__doc__ and law.__doc__.strip().endswith(".") for law in laws.LAWS)


def takes_the_collection(node: ast.FunctionDef) -> bool:
    """Tell whether a function has the form of a law, or is made one."""
    arguments = [ast.unparse(argument.annotation) for argument in node.args.args if argument.annotation]
    returned = ast.unparse(node.returns) if node.returns else ""
    is_made = any(ast.unparse(decorator).startswith("of_one(") for decorator in node.decorator_list)
    is_law = is_made or arguments == ["Collection"]
    return is_law and returned == "Iterator[Problem]" and not node.name.startswith("_")
