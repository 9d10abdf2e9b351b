"""Join modules along their imports: one file for each module that a page, a worker or ``import()`` asks for.

What imports `export function b() {}` as `import { b as c }` becomes, with what it imports before it:

    const $0 = (() => {
    function b() {}
    return { b };
    })();
    const { b: c } = $0;

Each module keeps its own scope. No more of the language is known than our modules use: named imports, and exports that stand
before what they export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath, relpath

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_LATER = re.compile(r'\b(import\(|new URL\()"(\.[^"]+)"')
_WORKER = re.compile(r'new URL\("\.[^"]+", import\.meta\.url\)')
_OTHER = re.compile(r"^(?:import|export)\b(?! *\().*", re.MULTILINE)


def entries(modules: Mapping[str, str], pages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the modules that files are made of: those that pages name, and those that modules ask for later.

    Args:
        modules: path of each module → its source.
        pages: what pages name.
    """
    waiting = list(pages)
    for entry in waiting:
        later = dict.fromkeys(other for module in imports(entry, modules) for other in _later(module, modules))
        waiting += [module for module in later if module not in waiting]
    return tuple(dict.fromkeys(waiting))


def _later(module: str, modules: Mapping[str, str]) -> Iterator[str]:
    return (_resolved(module, found[2]) for found in _LATER.finditer(modules[module]))


def joined(entry: str, modules: Mapping[str, str]) -> str:
    """Return one module with the exports of an entry and all that it imports.

    Args:
        entry: path of a module.
        modules: path of each module → its source.

    Raises:
        ValueError: modules import each other, or use what is not known here.
    """
    *others, _ = order = imports(entry, modules)
    names = {module: f"${number}" for number, module in enumerate(order)}
    return "".join(_enclosed(module, entry, modules, names) for module in others) + _body(entry, entry, modules, names)


def imports(entry: str, modules: Mapping[str, str]) -> tuple[str, ...]:
    """Return all modules that an entry imports, directly or not, each behind those that it imports itself; the entry is the last."""
    return tuple(_walk(entry, modules, (), set()))


def _walk(module: str, modules: Mapping[str, str], above: tuple[str, ...], seen: set[str]) -> Iterator[str]:
    if module in above:
        raise ValueError(f"modules import each other: {' → '.join((*above, module))}")
    if module in seen:
        return
    for found in _IMPORT.finditer(modules[module]):
        yield from _walk(_resolved(module, found[2]), modules, (*above, module), seen)
    seen.add(module)
    yield module


def _enclosed(module: str, entry: str, modules: Mapping[str, str], names: Mapping[str, str]) -> str:
    exports = ", ".join(_EXPORT.findall(modules[module]))
    body = _EXPORT.sub("", _body(module, entry, modules, names))
    return f"const {names[module]} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"


def _body(module: str, entry: str, modules: Mapping[str, str], names: Mapping[str, str]) -> str:
    source = modules[module]
    if other := _OTHER.search(_EXPORT.sub("", _IMPORT.sub("", source))):
        raise ValueError(f"{module}: {other[0]}")

    def bind(found: re.Match[str]) -> str:
        return f"const {{{found[1].replace(' as ', ': ')}}} = {names[_resolved(module, found[2])]};\n"

    def place(found: re.Match[str]) -> str:
        return f'{found[1]}"./{relpath(_resolved(module, found[2]), dirname(entry) or ".")}"'

    return _LATER.sub(place, _IMPORT.sub(bind, source))


def classic(name: str, module: str) -> str:
    """Return a joined module as a classic script, for pages that are opened from a folder, where browsers load no modules.

    ``export function openSearch() {}`` in ``search/open.js`` becomes

        "use strict";
        kepuBundle.module("search/open.js", ({ $load, fetch }, Worker) => {
        function openSearch() {}
        return { openSearch };
        });

    and ``import("./session.js")`` becomes ``$load("search/session.js")`` (``bundle/runtime.js``). No worker starts in a folder either: its address
    becomes an object without one.

    Args:
        name: of the module, relative to the folder of scripts.
        module: what `joined` returned for it.
    """
    exports = ", ".join(_EXPORT.findall(module))

    def place(found: re.Match[str]) -> str:
        return f'$load("{_resolved(name, found[2])}"' if found[1] == "import(" else found[0]

    body = _LATER.sub(place, _WORKER.sub("({})", _EXPORT.sub("", module)))
    start = f'"use strict";\nkepuBundle.module("{name}", ({{ $load, fetch }}, Worker) => {{\n'
    return f"{start}{body}return {{ {exports} }};\n}});\n"


def _resolved(module: str, address: str) -> str:
    return normpath(join(dirname(module), address))
