"""The macros that hand-written pages may call, with their arguments checked.

`MACROS` lists them with the way they are written; CONTRIBUTING.md describes each, which a test holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from inspect import signature
from typing import Any

from jinja2 import TemplateError
from markupsafe import Markup, escape

from macros.library.agenda import SHOWN
from macros.library.library import Library
from macros.library.sorting import SORTS, newest_first
from macros.pages.filters import UNKNOWN
from macros.pages.plan import PlannedPage
from macros.pages.plan.agenda_pages import season_of
from macros.pages.programme import programme
from macros.pages.render import Renderer
from macros.records.laws.references import not_published
from macros.records.model.dates import PartialDate, Time
from macros.records.model.fields import Prose
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record, Target
from macros.records.model.periods import Period
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term, describe, near, shorten
from macros.text import prose

MACROS: dict[str, str] = {
    "cards": 'cards("bases", level="provincial", limit=6, sort="name")',
    "table": 'table("targets")',
    "count": 'count("bases", town="duruan")',
    "link": 'link("luyuan")',
    "record": 'record("luyuan").summary',
    "timeline": 'timeline("luyuan")',
    "progress": 'progress("gaoqi-2022")',
    "programme": 'programme("kechuang-beizeng")',
    "agenda": "agenda(6)",
    "season": 'season("2026-09")',
}


class MacroError(Exception):
    """Raised for a macro call that can't be answered; the message is Chinese and says what is allowed."""

    def __init__(self, message: str, rule: str) -> None:
        self.rule = rule
        super().__init__(message)


class UnreadRecord(Exception):
    """Raised for a record whose file is there but wrong, which is reported already."""


def usages() -> str:
    """Return how each macro is written, for messages."""
    return "、".join(MACROS.values())


@dataclass(frozen=True)
class PageMacros:
    """The macros, bound to what they tell about.

    Attributes:
        library: the records.
        renderer: renders ``overrides/pages/macros/*.html``.
    """

    library: Library
    renderer: Renderer

    def functions(self, page: PlannedPage) -> Mapping[str, Callable[..., Any]]:
        """Return the macros by name for one page, on which their links are relative to it."""
        functions: dict[str, Callable[..., Any]] = {
            "cards": partial(self._cards, page),
            "table": partial(self._table, page),
            "count": self._count,
            "link": partial(self._link, page),
            "record": self._record,
            "timeline": partial(self._timeline, page),
            "progress": partial(self._progress, page),
            "programme": partial(self._programme, page),
            "agenda": partial(self._agenda, page),
            "season": partial(self._season, page),
        }
        return {name: PageMacro(name, function) for name, function in functions.items()}

    def show(self, value: object) -> Markup:
        """Return what a macro gave as it stands in a text, escaped.

        Raises:
            MacroError: the value is nothing that can stand in a text, such as a whole record.
        """
        if isinstance(value, Markup):
            return value
        if isinstance(value, PageMacro):
            raise MacroError(f"“{value.name}” 后面少了括号；要写成 {MACROS[value.name]}", "macro-syntax")
        if isinstance(value, FieldGroup):
            allowed = "、".join(type(value).model_fields)
            raise MacroError(
                f'这里还要写到具体的一项，例如 record("luyuan").summary；可以写：{allowed}', "wrong-argument"
            )
        return escape(_text(value))

    def _cards(
        self, page: PlannedPage, kind: str, limit: int | None = None, sort: str = "name", **filters: str
    ) -> Markup:
        return self._list(page, "cards", kind, limit, sort, filters)

    def _table(
        self, page: PlannedPage, kind: str, limit: int | None = None, sort: str = "name", **filters: str
    ) -> Markup:
        return self._list(page, "table", kind, limit, sort, filters)

    def _count(self, kind: str, **filters: str) -> int:
        return len(self._chosen(kind, filters))

    def _link(self, page: PlannedPage, identifier: str) -> Markup:
        # A link to what is over leads to the page that says so.
        record = self.library.get(str(identifier), withdrawn=True) or self._record(identifier)
        return self._render(page, "link", record=record)

    def _timeline(self, page: PlannedPage, identifier: str) -> Markup:
        return self._render(page, "timeline", record=self._record(identifier))

    def _progress(self, page: PlannedPage, identifier: str) -> Markup:
        target = self._record(identifier)
        if not isinstance(target, Target):
            raise MacroError(
                f"progress 只能用于目标，“{identifier}” 不是；请写 data/targets/ 里的 id", "wrong-kind-of-reference"
            )
        return self._render(page, "progress", target=target)

    def _programme(self, page: PlannedPage, word: str) -> Markup:
        word = str(word)
        vocabulary = self.library.collection.vocabularies.get("programmes", ())
        term = next((term for term in vocabulary if word in (term.id, term.label)), None)
        if term is None:
            allowed = describe(vocabulary)
            hint = f"可以写：{allowed}" if allowed else "请先把它写进 data/terms/programmes.yml"
            raise MacroError(f"没有 “{shorten(word)}” 这个工程；{hint}", "unknown-term")
        return self._render(page, "programme", programme=programme(self.library, term))

    def _agenda(self, page: PlannedPage, limit: int = SHOWN) -> Markup:
        return self._render(page, "agenda", days=self.library.agenda(_limit(limit)))

    def _season(self, page: PlannedPage, first: str, last: str = "") -> Markup:
        try:
            begins, ends = (PartialDate.parse(str(date)) for date in (first, last or first))
        except ValueError:
            message = f'season 要写月份，或第一天和最后一天：{MACROS["season"]}、season("2026-09-12", "2026-09-20")'
            raise MacroError(message, "wrong-argument") from None
        season = season_of(self.library, begins.first_day, ends.last_day)
        return self._render(page, "season", season=season, first=begins, last=ends if last else None)

    def _record(self, identifier: str) -> Record:
        identifier = str(identifier)
        record = self.library.get(identifier)
        if record is None and identifier in self.library.collection.broken:
            raise UnreadRecord(identifier)
        if record is None:
            close = near(identifier, self.library.published)
            hint = f"；相近的有：{'、'.join(close)}" if close else ""
            draft = not_published(self.library.collection, identifier) or "没有这条记录"
            raise MacroError(f"引用的 “{shorten(identifier)}” 不能用，{draft}{hint}。请改正", "dangling-reference")
        if record.publish_until and not self.library.shows_all:
            # Told now, and not on the day after: then a build by night would break.
            until = f"“{shorten(identifier)}” 只发布到 {record.publish_until.iso}，以后这里就空了"
            raise MacroError(
                f'{until}；请改用 link("{shorten(identifier)}")，或去掉它的 publish_until', "reference-to-draft"
            )
        return record

    def _list(
        self, page: PlannedPage, name: str, kind: str, limit: int | None, sort: str, filters: Mapping[str, str]
    ) -> Markup:
        records = _sorted(self.library, self._chosen(kind, filters), sort)
        return self._render(page, name, records=records if limit is None else records[: _limit(limit)], kind=kind)

    def _chosen(self, kind: str, filters: Mapping[str, str]) -> tuple[Record, ...]:
        if kind not in KINDS:
            allowed = "、".join(f"{self.library.kind_label(name)}（{name}）" for name in KINDS)
            raise MacroError(f"没有 “{kind}” 这种记录；可以写：{allowed}", "unknown-kind")
        chosen = self.library.records(kind)
        for name, word in filters.items():
            chosen = self._filtered(kind, chosen, name, str(word))
        return chosen

    def _filtered(self, kind: str, records: tuple[Record, ...], name: str, word: str) -> tuple[Record, ...]:
        facets = {facet.name: facet for facet in self.library.facets(kind)}
        if name not in facets:
            allowed = "、".join([*facets, "limit", "sort"])
            raise MacroError(
                f"没有 “{name}” 这个筛选项；{self.library.kind_label(kind)}可以用：{allowed}", "unknown-filter"
            )
        used = {term for record in records for term in self.library.terms(record, facets[name])}
        allowed_terms = used | {term for term in self.library.vocabulary_of(facets[name]) if term.kind in ("", kind)}
        if not any(word in (term.id, term.label) for term in allowed_terms):
            raise MacroError(
                f"{facets[name].title}里没有 “{word}”；可以写：{describe(sorted(allowed_terms))}", "unknown-term"
            )
        return tuple(
            record
            for record in records
            if any(word in (term.id, term.label) for term in self.library.terms(record, facets[name]))
        )

    def _render(self, page: PlannedPage, name: str, **data: Any) -> Markup:
        template = f"pages/macros/{name}.html"
        try:
            return Markup(self.renderer.render(template, page, data).strip())
        except TemplateError as error:
            message = f"模板 overrides/{template} 出错（{error}）；请告诉维护网站的人"
            raise MacroError(message, "template-failed") from error


@dataclass(frozen=True)
class PageMacro:
    """One macro, which refuses arguments that it can't take in words that say how it is written.

    Attributes:
        name: its name in pages.
        function: what it does.
    """

    name: str
    function: Callable[..., Any]

    def __call__(self, *arguments: object, **named: object) -> Any:
        """Check the arguments and call the function.

        Raises:
            MacroError: there are too many or too few, or one is neither a text nor a whole number.
        """
        values = (*arguments, *named.values())
        try:
            signature(self.function).bind(*arguments, **named)
        except TypeError:
            values = (None,)
        if not all(isinstance(value, str | int) and not isinstance(value, bool) for value in values):
            raise MacroError(f"{self.name} 的参数不对；要写成 {MACROS[self.name]}", "wrong-argument")
        return self.function(*arguments, **named)


def _text(value: object) -> str:
    """Return a value of a record as citizens read it in a sentence."""
    if value is None or value == ():
        return UNKNOWN
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Prose):
        return prose.plain(value)
    if isinstance(value, tuple):
        return "、".join(_text(item) for item in value)
    if isinstance(value, str | int | Decimal | PartialDate | Period | Time | Term):
        return str(value)
    raise MacroError('这里得到的不是一个能显示的值；请写到具体的一项，例如 record("luyuan").summary', "wrong-argument")


def _sorted(library: Library, records: tuple[Record, ...], sort: str) -> tuple[Record, ...]:
    if sort not in SORTS:
        raise MacroError(f"sort 只能写 {'、'.join(SORTS)}，不能写 “{sort}”", "wrong-argument")
    return newest_first(library, records) if sort == "newest" else records


def _limit(number: Any) -> int:
    if not isinstance(number, int) or number < 1:
        raise MacroError(f"limit 要写大于 0 的整数，不能写 “{number}”", "wrong-argument")
    return number
