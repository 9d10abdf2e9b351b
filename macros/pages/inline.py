"""Macros in hand-written pages: ``{{ cards("bases", level="provincial") }}`` and the like.

What a macro gives enters the Markdown as an opaque token and is put in after Markdown ran; otherwise a record named
``[x](javascript:…)`` would become a live link. Pages know expressions only: statements would bring loops and names that no
check could follow.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from jinja2 import StrictUndefined, TemplateAssertionError, TemplateSyntaxError, Undefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from macros.pages.handwritten import HandwrittenPage
from macros.pages.page_macros import MacroError, PageMacro, PageMacros, UnreadRecord, usages
from macros.records.model.terms import near, shorten
from macros.records.problems import Problem, ProblemsFound
from macros.text import page_markup, paragraphs

MOST_MACROS = 500
"""Number of macros that one page may have."""

_LONGEST_EXPRESSION, _LARGEST_NUMBER = 1000, 10**15
_OPENING = re.compile(r"\{\{|\{%|\{#(?=\s)")
_COMMENT = re.compile(r"\{#(?=\s).*?#\}", re.DOTALL)
_LINE_END = re.compile(r"[ \t]*\n")
_EXPRESSION = re.compile(r"""\{\{((?:"[^"\n]*"|'[^'\n]*'|[^"'{}]|\}(?!\}))*)\}\}""")
_TAG = re.compile(r"""<(script|style)\b.*?</\1>|<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
_IN_ATTRIBUTE = re.compile(
    r"(?:\]\([^()\s]*|!\[[^\[\]\n]*|<[a-zA-Z][^<>]*|^ {0,3}(?:#{1,6}[ \t]|\[[^\]\n]+\]:).*)\Z", re.MULTILINE
)
IN_ATTRIBUTE_MESSAGE = '宏不能写在标题、网址或属性里；请把它写在正文里，要链接到记录就写 {{ link("id") }}'
_BLOCK = re.compile(r"\s*<(?:article|div|dl|figure|h[1-6]|ol|p|section|table|ul)\b")


Offsets = tuple[tuple[int, int], ...]
"""Pairs of offsets, growing: what begins at the first in one text begins at the second in another."""


def _moved(offsets: Offsets, offset: int) -> int:
    inside, outside = offsets[max(bisect_right(offsets, offset, key=itemgetter(0)) - 1, 0)]
    return outside + offset - inside


@dataclass(frozen=True)
class Expansion:
    """A page's Markdown with tokens in place of macros.

    Attributes:
        page: the page.
        markdown: its Markdown with tokens.
        outputs: token → HTML.
        places: token → line and column of its macro in the file, from 1.
        pieces: where each piece of the body begins that stands in the Markdown as it was written: offset in the Markdown,
            offset in the body.
        lines: where its lines begin, as far as they were changed to read as their editor meant them: offset in the Markdown,
            offset before the change, which `pieces` is about.
    """

    page: HandwrittenPage
    markdown: str
    outputs: Mapping[str, Markup]
    places: Mapping[str, tuple[int, int]]
    pieces: Offsets = ((0, 0),)
    lines: Offsets = ((0, 0),)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column in the file, from 1, of what stands at an offset of the Markdown."""
        return self.page.place(_moved(self.pieces, _moved(self.lines, offset)))

    @property
    def token(self) -> re.Pattern[str]:
        """Matches each of the tokens, of which there is at least one."""
        return re.compile(next(iter(self.outputs)).rpartition("n")[0] + r"n\d+e")

    def fill(self, html: str) -> str:
        """Put the macros' output into the HTML that Markdown made.

        Raises:
            ProblemsFound: a macro stands inside an address or an attribute, where HTML would break out, or in a
                heading, whose anchor would change with it.
        """
        if not self.outputs:
            return html
        token = self.token
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
        return Problem(self.page.path, *self.places[token], IN_ATTRIBUTE_MESSAGE, "macro-in-attribute")


def expand(page: HandwrittenPage, macros: PageMacros) -> Expansion:
    """Work out every macro of a page.

    Args:
        page: the page.
        macros: gives the functions for it.

    Raises:
        ProblemsFound: with every macro that failed, at the file's true line.
    """
    work = _Work(page, macros, macros.functions(page.planned) if page.uses_macros else {}, {}, {}, [])
    pieces = list(work.pieces())
    if work.problems:
        raise ProblemsFound(work.problems)
    places, length = [], 0
    for text, offset in pieces:
        if offset is not None:
            places.append((length, offset))
        length += len(text)
    prepared = paragraphs.prepare("".join(text for text, _ in pieces))
    return Expansion(page, prepared.text, work.outputs, work.places, tuple(places), prepared.lines)


class _Sandbox(SandboxedEnvironment):
    """An environment in which nothing but a macro can be called, and whole numbers alone are reckoned with."""

    intercepted_binops = frozenset(SandboxedEnvironment.default_binop_table)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Add, subtract or multiply two whole numbers, so that no expression grows beyond what was written."""
        if operator in _OPERATORS and all(type(one) is int and abs(one) < _LARGEST_NUMBER for one in (left, right)):
            return super().call_binop(context, operator, left, right)
        raise TypeError(operator)

    def is_safe_callable(self, obj: object) -> bool:
        return isinstance(obj, PageMacro | Undefined)  # What is undefined says so itself when it is called.


_OPERATORS = frozenset("+-*")


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

    @cached_property
    def digest(self) -> str:
        """What no other page's tokens hold."""
        return hashlib.sha256(self.page.body.encode("utf-8", "replace")).hexdigest()[:16]

    def pieces(self) -> Iterator[tuple[str, int | None]]:
        """Yield what the Markdown is made of: text with its offset in the body, and what stands in place of another."""
        position = 0
        for start, end in self.comments():
            yield from self.with_tokens(position, start)
            # What is left makes Markdown read the rest as it did; it never comes into the page.
            yield "<!-- -->", None
            position = end
        yield from self.with_tokens(position, len(self.page.body))

    def comments(self) -> Iterator[tuple[int, int]]:
        """Yield where comments of HTML begin and end."""
        body = self.page.body
        for start, end in sorted(page_markup.comments(body)):
            if body.endswith("-->", start, end) and end - start > 4:
                yield start, end
            else:
                self._report(
                    start,
                    "注释 “<!--” 没有写完，它会显示出来，或者盖住后面的内容；请在注释末尾补上 -->",
                    "unclosed-comment",
                )

    def with_tokens(self, position: int, end: int) -> Iterator[tuple[str, int | None]]:
        """Yield a part of the body with tokens in place of macros, and without comments of templates."""
        body = self.page.body
        while self.functions and (opening := _OPENING.search(body, position, end)):
            comment = _COMMENT.match(body, opening.start(), end) if opening[0] == "{#" else None
            closing = _EXPRESSION.match(body, opening.start(), end) if opening[0] == "{{" else None
            before = body[position : opening.start()]
            if (
                comment
                and not before.rpartition("\n")[2].strip(" \t")
                and (line := _LINE_END.match(body, comment.end(), end))
            ):
                # The whole line goes, so that what stands above and below stays together.
                yield before[: before.rfind("\n") + 1], position
                position = line.end()
                continue
            yield before, position
            if closing and self._is_too_much(closing):
                return
            if closing and self._stands_in_attribute(opening.start()):
                self._report(opening.start(), IN_ATTRIBUTE_MESSAGE, "macro-in-attribute")
            elif closing:
                yield self._evaluate(closing), None
            elif not comment:
                self._report(opening.start(), *_UNREADABLE[opening[0]])
            position = (comment or closing or opening).end()
        yield body[position:end], position

    def _is_too_much(self, macro: re.Match[str]) -> bool:
        if len(self.outputs) >= MOST_MACROS:
            self._report(
                macro.start(),
                f"这一页的宏超过 {MOST_MACROS} 个；请分成几页，或用 cards、table 一次列出",
                "too-many-macros",
            )
            return True
        return False

    def _stands_in_attribute(self, position: int) -> bool:
        """Tell whether Markdown will make an attribute of a place; what this misses, `Expansion.fill` refuses."""
        paragraph = self.page.body.rfind("\n\n", 0, position) + 1
        return _IN_ATTRIBUTE.search(self.page.body[paragraph:position]) is not None

    def _evaluate(self, match: re.Match[str]) -> str:
        expression = match[1].strip()
        try:
            if len(expression) > _LONGEST_EXPRESSION:
                raise MacroError(f"宏有 {len(expression)} 个字，太长；最多 {_LONGEST_EXPRESSION} 个", "macro-syntax")
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
        token = f"kepu{self.digest}n{len(self.outputs)}e"
        self.outputs[token] = html
        self.places[token] = self.page.place(position)
        return token

    def _report(self, position: int, message: str, rule: str) -> None:
        self.problems.append(Problem(self.page.path, *self.page.place(position), message, rule))


_UNREADABLE = {
    "{{": ("“{{” 没有成对的 “}}”，或里面的引号没有成对；请补上，要原样显示就在页面开头写 macros: 否", "unclosed-macro"),
    "{%": ("页面里不能用 “{%”；只能用 {{ 宏 }}，要原样显示就在页面开头写 macros: 否", "statement"),
    "{#": ("注释 “{#” 没有写完；请在注释末尾补上 “#}”，要原样显示就在页面开头写 macros: 否", "statement"),
}
