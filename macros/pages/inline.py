"""Macros in hand-written pages: ``{{ cards("bases", level="provincial") }}`` and the like.

What a macro gives enters the Markdown as an opaque token and is put in after Markdown ran; otherwise a record named
``[x](javascript:…)`` would become a live link. Pages know expressions only: statements would bring loops and names that no
check could follow.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from jinja2 import StrictUndefined, TemplateAssertionError, TemplateSyntaxError, Undefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from macros.pages.handwritten import HandwrittenPage
from macros.pages.page_macros import MacroError, PageMacro, PageMacros, UnreadRecord, usages
from macros.records.model.terms import near, shorten
from macros.records.problems import Problem, ProblemsFound
from macros.text import prose

_OPENING = re.compile(r"\{\{|\{%|\{#(?=\s)")
_EXPRESSION = re.compile(r"""\{\{((?:"[^"\n]*"|'[^'\n]*'|[^"'{}]|\}(?!\}))*)\}\}""")
_TAG = re.compile(r"""<(script|style)\b.*?</\1>|<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
_IN_ATTRIBUTE = re.compile(
    r"(?:\]\([^()\s]*|!\[[^\[\]\n]*|<[a-zA-Z][^<>]*|^ {0,3}(?:#{1,6}[ \t]|\[[^\]\n]+\]:).*)\Z", re.MULTILINE
)
_IN_ATTRIBUTE_MESSAGE = '宏不能写在标题、网址或属性里；请把它写在正文里，要链接到记录就写 {{ link("id") }}'
_FIGURE = re.compile(r"<(figure|svg)\b.*?</\1>", re.DOTALL)
_BLOCK = re.compile(r"\s*<(?:article|div|dl|figure|h[1-6]|ol|p|section|table|ul)\b")


@dataclass(frozen=True)
class Expansion:
    """A page's Markdown with tokens in place of macros.

    Attributes:
        page: the page.
        markdown: its Markdown with tokens.
        outputs: token → HTML.
        places: token → line and column of its macro in the file, from 1.
    """

    page: HandwrittenPage
    markdown: str
    outputs: Mapping[str, Markup]
    places: Mapping[str, tuple[int, int]]

    def fill(self, html: str) -> str:
        """Put the macros' output into the HTML that Markdown made.

        Raises:
            ProblemsFound: a macro stands inside an address or an attribute, where HTML would break out, or in a
                heading, whose anchor would change with it.
        """
        if not self.outputs:
            return html
        token = re.compile("|".join(self.outputs))
        if inside := [name for tag in _TAG.finditer(html) for name in token.findall(tag[0])]:
            raise ProblemsFound(map(self._in_attribute, inside))
        # One pass, so that what a macro gave is never searched for tokens again.
        return re.sub(rf"<p>(?P<alone>(?:\s|{token.pattern})+)</p>|{token.pattern}", self._output, html)

    def _output(self, match: re.Match[str]) -> str:
        if match["alone"] is None:
            return str(self.outputs[match[0]])
        outputs = [str(self.outputs[token]) for token in match["alone"].split()]
        together = "\n".join(outputs)
        return together if all(map(_BLOCK.match, outputs)) else f"<p>{together}</p>"

    def _in_attribute(self, token: str) -> Problem:
        return Problem(self.page.path, *self.places[token], _IN_ATTRIBUTE_MESSAGE, "macro-in-attribute")


def expand(page: HandwrittenPage, macros: PageMacros) -> Expansion:
    """Work out every macro of a page.

    Args:
        page: the page.
        macros: gives the functions for it.

    Raises:
        ProblemsFound: with every macro that failed, at the file's true line.
    """
    if not page.uses_macros:
        return Expansion(page, page.body, {}, {})
    work = _Work(page, macros, macros.functions(page.planned), {}, {}, [])
    markdown = "".join(work.pieces())
    if work.problems:
        raise ProblemsFound(work.problems)
    return Expansion(page, markdown, work.outputs, work.places)


class _Sandbox(SandboxedEnvironment):
    """An environment in which nothing but a macro can be called."""

    def is_safe_callable(self, obj: object) -> bool:
        return isinstance(obj, PageMacro | Undefined)  # What is undefined says so itself when it is called.


def _environment() -> SandboxedEnvironment:
    """Return an environment that knows the macros alone: a filter such as ``safe`` would undo the escaping."""
    environment = _Sandbox(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


_ENVIRONMENT = _environment()


@dataclass(frozen=True)
class _Work:
    """One pass over a page's body."""

    page: HandwrittenPage
    macros: PageMacros
    functions: Mapping[str, Any]
    outputs: dict[str, Markup]
    places: dict[str, tuple[int, int]]
    problems: list[Problem]

    def pieces(self) -> Iterator[str]:
        body, position = self.page.body, 0
        while opening := _OPENING.search(body, position):
            yield body[position : opening.start()]
            closing = _EXPRESSION.match(body, opening.start()) if opening[0] == "{{" else None
            if closing and self._stands_in_attribute(opening.start()):
                self._report(opening.start(), _IN_ATTRIBUTE_MESSAGE, "macro-in-attribute")
            elif closing:
                yield self._evaluate(closing)
            else:
                self._report(opening.start(), *_UNREADABLE[opening[0]])
            position = (closing or opening).end()
        yield body[position:]

    def _stands_in_attribute(self, position: int) -> bool:
        """Tell whether Markdown will make an attribute of a place; what this misses, `Expansion.fill` refuses."""
        paragraph = self.page.body.rfind("\n\n", 0, position) + 1
        return _IN_ATTRIBUTE.search(self.page.body[paragraph:position]) is not None

    def _evaluate(self, match: re.Match[str]) -> str:
        expression = match[1].strip()
        try:
            value = _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)(**self.functions)
            return self._token(self.macros.show(value), match.start())
        except UnreadRecord:
            pass  # What is wrong with the record's file is reported already.
        except Exception as error:
            self._report(match.start(), *self._complaint(error, expression))
        return ""

    def _complaint(self, error: Exception, expression: str) -> tuple[str, str]:
        written = shorten(expression, 60)
        if isinstance(error, MacroError):
            return str(error), error.rule
        if isinstance(error, TemplateAssertionError):
            return f"宏 “{written}” 里不能用 “|” 和 is；请去掉，只写宏和字段", "macro-syntax"
        if isinstance(error, TemplateSyntaxError):
            return f"宏 “{written}” 写法不对；请检查括号、引号和逗号，要用半角", "macro-syntax"
        if isinstance(error, UndefinedError):
            return self._unknown(expression), "unknown-macro"
        return f"宏 “{written}” 算不出来；请对照写法改正：{usages()}", "macro-failed"

    def _unknown(self, expression: str) -> str:
        name = re.match(r"\w*", expression)
        word = name[0] if name else expression
        if word in self.functions:
            return f"“{shorten(expression, 60)}” 里有不存在的字段；请对照字段表改正"
        close = near(word, self.functions)
        hint = f"相近的有：{'、'.join(close)}；" if close else ""
        return f"没有 “{word[:40]}” 这个宏；{hint}可以用：{usages()}"

    def _token(self, html: Markup, position: int) -> str:
        # Letters and digits only, so that Markdown leaves it alone; the hash keeps an author's text from being one.
        digest = hashlib.sha256(self.page.body.encode()).hexdigest()[:16]
        token = f"kepu{digest}n{len(self.outputs)}e"
        self.outputs[token] = html
        self.places[token] = self._place(position)
        return token

    def _report(self, position: int, message: str, rule: str) -> None:
        self.problems.append(Problem(self.page.path, *self._place(position), message, rule))

    def _place(self, position: int) -> tuple[int, int]:
        body = self.page.body
        return body.count("\n", 0, position) + self.page.body_line, position - body.rfind("\n", 0, position)


_UNREADABLE = {
    "{{": ("“{{” 没有成对的 “}}”，或里面的引号没有成对；请补上，要原样显示就在页面开头写 macros: 否", "unclosed-macro"),
    "{%": ("页面里不能用 “{%”；只能用 {{ 宏 }}，要原样显示就在页面开头写 macros: 否", "statement"),
    "{#": ("页面里不能用 “{# #}”；注释请写成 <!-- … -->，要原样显示就在页面开头写 macros: 否", "statement"),
}


def text_of(expansion: Expansion) -> str:
    """Return the text of a page without marks and drawings, for search."""
    html = _FIGURE.sub(" ", expansion.fill(expansion.markdown))
    return prose.plain(unescape(_TAG.sub(" ", html)))
