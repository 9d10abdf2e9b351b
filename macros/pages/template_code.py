"""What Jinja makes of our templates: Python with the work left out that our templates never need.

A page prints some 300 values, reads 430 attributes and calls 240 functions, most of them macros. Jinja goes through a function
of its own for each, which asks what ours never are: sandboxed, asynchronous, in want of the context. Jinja's place for other
code is `Environment.code_generator_class`. What a template says stays the same, errors with their lines too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from keyword import iskeyword
from types import FunctionType
from typing import Any

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.utils import missing
from markupsafe import Markup

as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Make HTML of a text, without asking what else it could be."""
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""Escape a text; the answer is a text too, since pieces are joined to one anyway."""

_OWN = f"from {__name__} import as_markup, call_by_name, escape, escape_text, plain_macro"


def escape(value: Any) -> str:
    """Return what a template prints for a value: HTML as it is, everything else escaped.

    Args:
        value: text, HTML (``__html__``), or anything that has a text.
    """
    if type(value) is str:
        return escape_text(value)
    if hasattr(value, "__html__"):
        html: str = value.__html__()
        return html
    return escape_text(str(value))


def plain_macro(function: FunctionType, *parameters: str) -> FunctionType:
    """Return a macro that is called as any function is: each argument may be left out.

    Args:
        function: made of the macro; takes its arguments by place.
        parameters: their names, as the template knows them.
    """
    function.__defaults__ = (missing,) * function.__code__.co_argcount
    function.__dict__["parameters"] = parameters
    return function


def call_by_name(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Call a function with arguments by name, of which a macro knows only the place.

    Raises:
        TypeError: a macro has no argument of a name.
    """
    parameters = getattr(function, "parameters", None)
    if parameters is None:
        return function(*arguments, **named)
    places = [named.pop(name, missing) for name in parameters[len(arguments) :]]
    return function(*arguments, *places, **named)


class DirectCode(CodeGenerator):
    """Generates the code of a template."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Generate a module; what is ours is imported at its end, since errors tell lines by their number in it."""
        super().visit_Template(node, frame)
        self.writeline(_OWN)

    def write_commons(self) -> None:
        """Begin a function of a template."""
        super().write_commons()
        self.writeline("shared = environment.globals")

    def enter_frame(self, frame: Frame) -> None:
        """Look names up that all templates share where they are, and not first in the context, where they never stand."""
        loads = frame.symbols.loads
        shared = [
            (target, name)
            for target, (action, name) in loads.items()
            if action == VAR_LOAD_RESOLVE and name in self.environment.globals
        ]
        for target, name in shared:
            self.writeline(f"{target} = shared[{name!r}]")
            del loads[target]
        super().enter_frame(frame)
        loads.update({target: (VAR_LOAD_RESOLVE, name) for target, name in shared})

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        """Read or set a name; one that all templates share can't be set, since it is never looked for in the context."""
        if node.ctx != "load" and node.name in self.environment.globals:
            self.fail(f"{node.name!r} is what all templates share; choose another name", node.lineno)
        super().visit_Name(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Call what is called."""
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(argument.key) for argument in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        by_name = bool(node.kwargs or forward_caller)
        self.write("call_by_name(" if by_name else "")
        self.visit(node.node, frame)
        self.write(", " if by_name else "(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Read an attribute; where there is none, look into a mapping, and else let Jinja refuse what is not there."""
        name = repr(node.attr)
        self.write("(_value if (_value := getattr((_owner := ")
        self.visit(node.node, frame)
        self.write(f"), {name}, missing)) is not missing else ")
        self.write(
            f"_owner[{name}] if _owner.__class__ is dict and {name} in _owner else environment.getattr(_owner, {name}))"
        )

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(_piece if (_kind := (_piece := (")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")).__class__) is Markup else escape_text(_piece) if _kind is str else escape(_piece))")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Return what a macro printed as HTML."""
        if force_unescaped:
            self.writeline(f"return as_markup(concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Make a macro of the function that was generated for it."""
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            super().macro_def(macro_ref, frame)
            return
        names = [argument.name for argument in macro_ref.node.args]
        names += ["caller"] if macro_ref.accesses_caller and "caller" not in names else []
        self.write(f"plain_macro({', '.join(['macro', *map(repr, names)])})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.imported(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
