"""Render the parts of a page that come from records: what stands in the article and what stands in the head.

Templates live in ``overrides/pages/``. Their environment escapes everything, knows only what is declared here, and
refuses unknown names; `TEMPLATE_NAMES` is documented in HACKING.md and held by a test.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros.library import Library
from macros.pages.addresses import relative
from macros.pages.plan import PlannedPage
from macros.pages.site import Site
from macros.records.dates import PartialDate
from macros.records.kinds import Record
from macros.records.parts import Part, Source
from macros.records.types import Prose
from macros.text import prose

UNKNOWN = "未公布"


@dataclass(frozen=True)
class Renderer:
    """Turns planned pages into HTML.

    Attributes:
        library: what the pages tell.
        site: what the configuration says.
        templates: folder ``overrides/``.
    """

    library: Library
    site: Site
    templates: Path
    environment: Environment = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "environment", _environment(self))

    def content(self, page: PlannedPage) -> Markup:
        """Return the article of a planned page."""
        return self.render(f"pages/{page.template}", page, page.data)

    def head(self, page: PlannedPage) -> Markup:
        """Return what the head of a page says about it: title, description, canonical address, structured data."""
        return self.render("pages/head.html", page, page.data)

    def render(self, template: str, page: PlannedPage, data: Mapping[str, Any]) -> Markup:
        """Render any template for a page.

        Args:
            template: name below ``overrides/``.
            page: the page on which the result stands; links are relative to it.
            data: further names for the template.
        """
        url = partial(relative, source=page.address)
        prose_html = partial(self._prose, page)
        return Markup(self.environment.get_template(template).render(page=page, url=url, prose=prose_html, **data))

    def _prose(self, page: PlannedPage, text: Prose | None) -> Markup:
        if not text:
            return Markup("")
        resolver = _Resolver(self.library, page)
        return Markup(prose.render(text, resolver.link, resolver.image))


@dataclass(frozen=True)
class _Resolver:
    """Tells prose where its links and pictures lead from the page on which it stands."""

    library: Library
    page: PlannedPage

    def link(self, identifier: str) -> str | None:
        """Return the relative address for ``id:luyuan``, or None if that record has no page."""
        record = self.library.get(identifier.removeprefix("id:"))
        return relative(self.library.address(record), self.page.address) if record else None

    def image(self, name: str) -> str | None:
        """Return the relative address of a picture in the record's folder."""
        record = self.page.data.get("record")
        if not isinstance(record, Record) or name not in self.library.collection.files_of(record):
            return None
        return relative(f"files/{record.kind}/{record.id}/{name}", self.page.address)


def _environment(renderer: Renderer) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(renderer.templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        library=renderer.library, site=renderer.site, UNKNOWN=UNKNOWN, title_of=title_of, as_of=renderer.library.as_of
    )
    environment.filters.update(FILTERS)
    return environment


def known(value: object) -> object:
    """Return the value, or 未公布 where nothing is known."""
    return UNKNOWN if value is None or value == "" or value == () else value


def join_terms(values: Iterable[object]) -> str:
    """Join values as Chinese lists are joined: 甲、乙."""
    return "、".join(str(value) for value in values)


def title_of(part: Part, name: str) -> str:
    """Return the Chinese title of a field of a record or a part."""
    return type(part).model_fields[name].title or name


def expects(part: Part, name: str) -> bool:
    """Tell whether readers expect a field, so that its empty place shows 未公布."""
    extra = type(part).model_fields[name].json_schema_extra
    return isinstance(extra, dict) and extra.get("expected") is True


def json_script(value: object) -> Markup:
    """Return a value as JSON that can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def time_element(date: PartialDate | None) -> Markup:
    """Return a date as a time element that says no more than is known, or 未公布."""
    if date is None:
        return escape(UNKNOWN)
    return Markup('<time datetime="{}">{}</time>').format(date.iso, date)


def source_date(source: Source) -> str:
    """Return when a source was published, with its note."""
    parts = [str(part) for part in (source.published, source.date_note) if part]
    return "；".join(parts) or "日期未知"


FILTERS: dict[str, Callable[..., Any]] = {
    "known": known,
    "join_terms": join_terms,
    "expects": expects,
    "json_script": json_script,
    "time": time_element,
    "source_date": source_date,
}
