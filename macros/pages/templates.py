"""The environment of our own templates: Jinja's, with the work left out that our templates never need.

The code of a template is `macros.pages.template_code`'s. Each name here is one trick besides: they may go when Jinja learns to
do the same; nothing else changes then.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache, partial
from importlib.metadata import version
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template

from macros.pages.template_code import DirectCode
from macros.text.compiled_cache import cached, program_digest

_compiled: dict[tuple[Any, ...], Any] = {}


def _kept(name: str, made_by: tuple[str, ...], source: str, compile_anew: Callable[[], CodeType]) -> CodeType:
    """Return a compiled template from an earlier run; our own code, and filters of constants, have a hand in it."""
    code: CodeType = cached(f"template {name} {made_by}", (*_versions(), source), compile_anew)
    return code


@cache
def _versions() -> tuple[str, ...]:
    return program_digest(), version("jinja2"), version("markupsafe")


def _placed(code: CodeType, filename: str) -> CodeType:
    """Return code as compiled from that file: projects that share a template share what was compiled."""
    if code.co_filename == filename:
        return code
    inner = (_placed(one, filename) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(inner))


class TemplateEnvironment(Environment):
    """Escapes everything, refuses unknown names, and never looks at a template's file twice.

    Args:
        loader: where the templates are.
    """

    code_generator_class = DirectCode

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._imported: dict[str, Any] = {}

    def compile(
        self, source: Any, name: Any = None, filename: Any = None, raw: Any = False, defer_init: Any = False
    ) -> Any:
        """Compile a template once for all environments: the preview opens one after each edit."""
        made_by = (self.code_generator_class.__name__, *sorted(self.globals))
        key = (source, name, filename, raw, defer_init, made_by)
        if key not in _compiled:
            compile_anew = partial(super().compile, source, name, filename, raw, defer_init)
            is_kept = name and filename and not raw and not defer_init
            kept = _kept(name, made_by, source, compile_anew) if is_kept else compile_anew()
            _compiled[key] = _placed(kept, filename) if is_kept else kept
        return _compiled[key]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a template's globals as one plain mapping: each import compares their names, on every page."""
        return {**self.globals, **(d or {})}

    def imported(self, name: str | Template, parent: str | None) -> Any:
        """Return a template's macros; they know nothing of a page, so they are made once.

        Args:
            name: of the template, or the template.
            parent: name of the template that imports it.
        """
        if not isinstance(name, str):
            return name._get_default_module()
        if name not in self._imported:
            self._imported[name] = self.get_template(name, parent)._get_default_module()
        return self._imported[name]
