"""The environment of our own templates: Jinja's, with the work left out that our templates never need.

Jinja's compiled templates ask at every call whether the function wants the context, and make a `Markup` of every piece
that is printed, though the pieces are joined to one text at once. Our templates print some 290 values a page and make
200 calls. Each name here is one trick, and what rendering takes more without it: `QuickContext` two fifths, `make_globals` a
fifth, `escape` with `QuickMacro` a fifth. They may go when Jinja learns to do the same; nothing else changes then.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial
from importlib.metadata import version
from typing import Any

import markupsafe
from jinja2 import BaseLoader, Environment, StrictUndefined, nodes, runtime
from jinja2.utils import missing
from markupsafe import Markup

from macros.text.compiled_cache import cached, program_digest

_as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
_compiled: dict[tuple[Any, ...], Any] = {}
_OWN = f"; from {__name__} import QuickMacro as Macro, escape\n"


def escape(value: Any) -> str:
    """Return what a template prints for a value: HTML as it is, everything else escaped.

    Args:
        value: text, HTML (``__html__``), or anything that has a text.
    """
    if type(value) is str:
        return _escape_text(value)
    if hasattr(value, "__html__"):
        html: str = value.__html__()
        return html
    return _escape_text(str(value))


class QuickMacro(runtime.Macro):
    """A macro that is called without ado if it gets nothing but its arguments in their order."""

    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self._plain = not (self.caller or self.catch_kwargs or self.catch_varargs)
        self._left_out = tuple([missing] * self._argument_count)

    def __call__(self, *arguments: Any, **named: Any) -> str:
        """Return the macro's output as HTML."""
        count = len(arguments)
        if self._plain and not named and count <= self._argument_count:
            return _as_markup(self._func(*arguments, *self._left_out[count:]))
        return super().__call__(*arguments, **named)


class QuickContext(runtime.Context):
    """A context that calls functions as they are: none of ours asks for it."""

    def call(
        self,
        function: Callable[..., Any],
        /,
        *arguments: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **named: Any,
    ) -> Any:
        """Call a function from a template."""
        return function(*arguments, **named)


def _kept(name: str, filename: str | None, source: str, compile_anew: Callable[[], Any]) -> Any:
    """Return a compiled template from an earlier run; our own code, and filters of constants, have a hand in it."""
    versions = (program_digest(), version("jinja2"), version("markupsafe"))
    return cached(f"template {name}", (*versions, filename or "", source), compile_anew)


class TemplateEnvironment(Environment):
    """Escapes everything, refuses unknown names, and never looks at a template's file twice.

    Args:
        loader: where the templates are.
    """

    context_class = QuickContext

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def compile(
        self, source: Any, name: Any = None, filename: Any = None, raw: Any = False, defer_init: Any = False
    ) -> Any:
        """Compile a template once for all environments: the preview opens one after each edit."""
        key = (source, name, filename, raw, defer_init)
        if key not in _compiled:
            compile_anew = partial(super().compile, source, name, filename, raw, defer_init)
            _compiled[key] = _kept(name, filename, source, compile_anew) if name and not raw else compile_anew()
        return _compiled[key]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a template's globals as one plain mapping: each import compares their names, on every page."""
        return {**self.globals, **(d or {})}

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        # On the line of Jinja's own imports, since errors tell lines by their number in the generated code.
        return super()._generate(source, name, filename, defer_init).replace("\n", _OWN, 1)
