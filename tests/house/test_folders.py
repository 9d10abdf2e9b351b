"""The order of the folders, and the size of things: held by reading the code, not by running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from statistics import median

import pytest

from macros.records import laws
from tests.house.code import MODULES, PACKAGE, SUBFOLDERS, folder, functions, imported, own_imports, subfolder, tree

# Lowest first. A folder may import what its row names, and itself; what is not named here does not exist.
BELOW_LIBRARY = {"text", "records"}
BELOW_WINGS = BELOW_LIBRARY | {"library", "addresses"}
WINGS = {"pages", "search", "exports", "editing"}
MAY_IMPORT = {
    "text": set(),
    "media": set(),
    "records": {"text"},
    "library": BELOW_LIBRARY,
    "addresses": BELOW_LIBRARY | {"library"},
    "spreadsheets": set(),
    "pages": BELOW_WINGS | {"media"},
    "search": BELOW_WINGS,
    "exports": BELOW_WINGS | {"spreadsheets"},
    "editing": BELOW_WINGS | {"spreadsheets"},
    "publishing": set(),
    "site": BELOW_WINGS | WINGS | {"media", "spreadsheets", "publishing"},
    "hub": BELOW_WINGS | WINGS | {"publishing", "site"},
    "preview": BELOW_WINGS | WINGS | {"media", "spreadsheets", "publishing", "site"},
    "editor": BELOW_WINGS | WINGS | {"media", "spreadsheets", "publishing", "site", "preview"},
    "project": BELOW_WINGS | WINGS | {"site"},
    "cli": BELOW_WINGS | WINGS | {"media", "spreadsheets", "publishing", "site", "preview", "editor", "hub", "project"},
}
# Within a folder: its subfolders, lowest first, each with what it may import of the modules beside them.
WITHIN = {
    "records": {
        "yaml": {"problems", "reading"},
        "model": set(),
        "hours": set(),
        "laws": {"collection", "problems", "region", "scan"},
    },
    "pages": {"plan": {"cards", "finder"}, "portable": {"cards", "inline", "render", "site_settings"}},
    "editing": {
        "source": set(),
        "fix": set(),
        "guide": set(),
        "excel": {"new", "workbook"},
        "questionnaire": {"announcing", "diff", "quality"},
        "inspection": {"quality"},
    },
    "publishing": {"crawl": set(), "release": set()},
}
LONGEST_MODULE = 320
LONGEST_MEDIAN_FUNCTION = 15


def test_every_module_lies_in_a_folder_that_has_its_place() -> None:
    assert {folder(module) for module in MODULES} - {"", "__main__"} == MAY_IMPORT.keys()
    assert {f"{outer}.{inner}" for outer, rows in WITHIN.items() for inner in rows} == SUBFOLDERS
    beside = {path.name for path in PACKAGE.iterdir() if path.is_file()}
    assert beside == {"__init__.py", "__main__.py"}


def test_folders_import_only_downward() -> None:
    assert [
        f"{module} → {other}" for module in MODULES for other in own_imports(module) if goes_up(module, other)
    ] == []


def goes_up(module: str, other: str) -> bool:
    """Tell whether an import leads to a folder that stands above or beside the one that it stands in."""
    if folder(module) not in MAY_IMPORT or (folder(module) == "publishing" and other == "records.problems"):
        return False
    return folder(other) not in MAY_IMPORT[folder(module)] | {folder(module)}


def test_subfolders_import_only_downward() -> None:
    pairs = [(module, other) for module in MODULES if subfolder(module) for other in own_imports(module)]
    assert [f"{module} → {other}" for module, other in pairs if goes_up_within(module, other)] == []


def goes_up_within(module: str, other: str) -> bool:
    """Tell whether an import leads from a subfolder to a later one of its folder, or to a module beside it not named above."""
    outer, inner = subfolder(module).split(".")
    if folder(other) != outer or subfolder(other) == subfolder(module):
        return False
    rows = list(WITHIN[outer])
    if subfolder(other):
        return rows.index(subfolder(other).split(".")[1]) > rows.index(inner)
    return other.split(".")[1] not in WITHIN[outer][inner]


def test_the_engine_is_known_to_the_plugin_alone() -> None:
    engine = ("mkdocs", "material", "properdocs")
    knowing = {module for module in MODULES if any(name.split(".")[0] in engine for name in imported(module))}
    assert knowing == {"site.plugin"}


def test_the_pure_core_writes_nothing_and_looks_at_no_clock() -> None:
    core = {"text", "media", "records", "library", "addresses", "pages", "search", "exports"}
    # What Python itself would keep beside its bytecode is no output.
    pure = [module for module in MODULES if folder(module) in core and module != "text.compiled_cache"]
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
    assert {module: length for module, length in lengths.items() if length > LONGEST_MODULE} == {}


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
    defining = [m for m in MODULES if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree(m).body)]
    assert [module for module in defining if "__future__" not in set(imported(module))] == []


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
