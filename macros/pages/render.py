"""Render the parts of a page that come from records: what stands in the article and what stands in the head.

Templates live in ``overrides/pages/``. Their environment escapes everything, knows only what is declared here, and
refuses unknown names. What a template needs of its page it gets as ``page``, and hands on to the macros that it calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, partial
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from macros.library.library import Library
from macros.pages.assets import Assets, not_needed
from macros.pages.cards import badges_of, related_to, traits_of, visit_of
from macros.pages.contents import with_contents
from macros.pages.filters import FILTERS, UNKNOWN
from macros.pages.picture_files import NO_PICTURES, PictureFiles
from macros.pages.picture_markup import with_pictures
from macros.pages.plan import PlannedPage
from macros.pages.site_settings import PALETTES, Site
from macros.pages.templates import TemplateEnvironment
from macros.pages.theme import Theme
from macros.records.hours.browser_data import Data, browser_data
from macros.records.hours.in_words import days_in_words, hours_in_words
from macros.records.hours.schedule import schedule_of
from macros.records.hours.timetable import Run, runs
from macros.records.model.fields import Prose
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Base, Record
from macros.records.model.walk import undisclosed_titles
from macros.records.region import TOWN_WORD
from macros.text import prose
from macros.text.web_addresses import quoted


@dataclass(frozen=True)
class Renderer:
    """Turns planned pages into HTML.

    Attributes:
        library: what the pages tell.
        site: what the configuration says.
        theme: templates, styles and scripts.
        assets: styles and scripts that pages refer to.
        pictures: knows the pictures.
    """

    library: Library
    site: Site
    theme: Theme
    pictures: PictureFiles = NO_PICTURES

    def content(self, page: PlannedPage) -> Markup:
        """Return the article of a planned page."""
        return self._finished(page, self.render(f"pages/{page.template}", page, page.data))

    def around(self, page: PlannedPage, body: Markup, has_heading: bool) -> Markup:
        """Return the article of a page by hand; the start page is nothing but its body.

        Args:
            page: the page.
            body: what its Markdown says.
            has_heading: whether that begins with a heading of its own; else the page's title is one.
        """
        data = {**page.data, "body": body, "has_heading": has_heading}
        return self._finished(page, self.render(f"pages/{page.template}", page, data) if page.address else body)

    def _finished(self, page: PlannedPage, html: Markup) -> Markup:
        offer = partial(self.render, "pages/parts/picture.html", page)
        return Markup(with_pictures(with_contents(str(html)), page.address, self.pictures.facts, offer))

    def head(self, page: PlannedPage, language: str = "") -> Markup:
        """Return what the head of a page says about it: title, description, canonical address, structured data.

        Args:
            page: the page.
            language: the tag of its language; that of the site if empty.
        """
        return self.render("pages/head.html", page, {**page.data, "language": language or self.site.locale})

    def render(self, template: str, page: PlannedPage, data: Mapping[str, Any]) -> Markup:
        """Render any template for a page.

        Args:
            template: name below ``overrides/``.
            page: the page on which the result stands; links are relative to it.
            data: further names for the template.
        """
        environment = self.environment(page.depth)
        assert environment.globals.keys().isdisjoint(data), "templates look for what they share nowhere else"
        return Markup(environment.get_template(template).render(data, page=page))

    def environment(self, depth: int) -> Environment:
        """Return the templates as pages of one depth use them: all of a page on which its links depend is its depth.

        So a template's macros, which know nothing but globals and arguments, are made once for a depth and not again for
        each page, which would take half as long again.

        Args:
            depth: how many folders the pages lie below the site's root.
        """
        if depth not in self._environments:
            self._environments[depth] = _environment(self, depth)
        return self._environments[depth]

    @cached_property
    def assets(self) -> Assets:
        """The styles and scripts that pages refer to."""
        return Assets(self.theme, "" if self.site.palette == PALETTES[0] else self.site.palette, not_needed(self.site))

    @cached_property
    def _environments(self) -> dict[int, Environment]:
        return {}


def _environment(renderer: Renderer, depth: int) -> Environment:
    environment = TemplateEnvironment(loader=renderer.theme.loader)
    library, links, repeated = renderer.library, _Links(renderer.library, depth), _Repeated(environment)
    environment.globals.update(library=library, site=renderer.site, as_of=library.as_of)
    environment.globals.update(
        assets=renderer.assets,
        url=links.url,
        file_url=links.file,
        prose=links.prose,
        UNKNOWN=UNKNOWN,
        title_of=partial(_title_in, library.collection.region.town_word),
        unit_of=unit_of,
        unknown_text=unknown_text,
        unknown_titles=unknown_titles,
        undisclosed_titles=undisclosed_titles,
    )
    environment.globals.update(
        hours_in_words=hours_in_words,
        days_in_words=days_in_words,
        opening_data=partial(_opening_data, library),
        opening_runs=partial(_opening_runs, library),
        traits_of=traits_of,
    )
    environment.globals.update(icon=repeated.icon, card=repeated.card, related_to=partial(related_to, library))
    environment.globals.update(visit_of=partial(visit_of, library), badges_of=partial(badges_of, library))
    environment.filters.update(FILTERS)
    return environment


def _opening_data(library: Library, base: Base) -> Data | None:
    schedule = schedule_of(base.opening_fields)
    return browser_data(schedule, library.collection.calendar, library.as_of.year)


def _opening_runs(library: Library, base: Base) -> tuple[Run, ...]:
    return runs(schedule_of(base.opening_fields), library.collection.calendar, library.as_of.first_day)


@dataclass(frozen=True)
class _Links:
    """Links from pages of one depth."""

    library: Library
    depth: int

    def url(self, address: str) -> str:
        """Return the address of a page or file, as seen from a page of this depth."""
        return relative(address, self.depth)

    def file(self, record: Record, name: str) -> str:
        """Return the address of a file of a record; its name may hold any sign, a ``#`` too."""
        return "../" * self.depth + quote(f"files/{record.kind}/{record.id}/{name}")

    def prose(self, record: Record, text: Prose) -> Markup:
        """Return prose of a record as safe HTML; it may show pictures of the record's own folder."""
        return Markup(prose.render(text, self._record, partial(self._image, record)))

    def _record(self, identifier: str) -> str | None:
        record = self.library.get(identifier.removeprefix("id:"), withdrawn=True)
        return self.url(self.library.address(record)) if record else None

    def _image(self, record: Record, name: str) -> str | None:
        is_there = name in self.library.collection.files_of(record)
        return self.file(record, name) if is_there else None


class _Repeated:
    """Pieces that stand on many pages of a depth in the same words, rendered once: a fifth of all rendering."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._made: dict[tuple[object, ...], Markup] = {}

    def icon(self, name: str) -> Markup:
        """Return one of our drawings."""
        return self._once("icon", name, name)

    def card(self, record: Record, level: int = 2) -> Markup:
        """Return the card of a record; its heading has the level given."""
        return self._once("card", record.id, record, level)

    def _once(self, name: str, key: str, *arguments: Any) -> Markup:
        entry = (name, key, arguments[1:])
        if entry not in self._made:
            module: Any = self._environment.get_template(f"pages/parts/{name}.html").module
            self._made[entry] = Markup(getattr(module, name)(*arguments))
        return self._made[entry]


def title_of(part: FieldGroup, name: str) -> str:
    """Return the Chinese title of a field of a record or a part; a name that is no field stays as it is."""
    return _title(type(part), name)


@cache
def _title(kind: type[FieldGroup], name: str) -> str:
    return getattr(kind.model_fields.get(name), "title", None) or name


def _title_in(town_word: str, part: FieldGroup, name: str) -> str:
    return title_of(part, name).replace(TOWN_WORD, town_word) if name in ("town", "towns") else title_of(part, name)


def expects(part: FieldGroup, name: str) -> bool:
    """Tell whether readers expect a field, so that they are told where it is not published."""
    return _declared(type(part), name, "expected") is True


def unit_of(part: FieldGroup, name: str) -> str:
    """Return what a number in a field counts; empty for a text, which says it itself."""
    field = str(_declared(type(part), name, "unit") or "")
    return (getattr(part, field) or "") if field and isinstance(getattr(part, name), Decimal) else ""


def unknown_text(part: FieldGroup, name: str) -> str:
    """Return what an empty field shows."""
    return str(_declared(type(part), name, "unknown") or UNKNOWN)


def unknown_titles(part: FieldGroup) -> tuple[str, ...]:
    """Return the titles of the fields that readers expect and nobody has published, those of its parts behind their part's.

    Fields that say in words of their own what their being empty means, are told where they stand (`unknown` of a declaration);
    those that are not to be published, beside them.
    """
    return tuple(_unknown_titles(part, frozenset(getattr(part, "undisclosed", ()))))


def _unknown_titles(part: FieldGroup, undisclosed: frozenset[str], path: str = "") -> Iterator[str]:
    for name, key, told_as in _told_of(type(part)):
        value = getattr(part, name)
        if isinstance(value, FieldGroup):
            yield from _unknown_titles(value, undisclosed, f"{path}{key}.")
        elif told_as and (value is None or value == ()) and path + key not in undisclosed:
            yield told_as


@cache
def _told_of(kind: type[FieldGroup]) -> tuple[tuple[str, str, str], ...]:
    """Return of each field its name, as it is written, and the title by which its being empty is told; none if it is not."""
    is_told = {
        name: _declared(kind, name, "expected") is True and not _declared(kind, name, "unknown")
        for name in kind.model_fields
    }
    return tuple(
        (name, field.alias or name, _title(kind, name) if is_told[name] else "")
        for name, field in kind.model_fields.items()
    )


@cache
def _declared(kind: type[FieldGroup], name: str, what: str) -> object:
    """Return what a field's declaration says besides title and help (`macros.records.model.groups.titled`)."""
    extra = kind.model_fields[name].json_schema_extra
    return extra.get(what) if isinstance(extra, dict) else None


def relative(target: str, depth: int) -> str:
    """Return the address of a page or file as seen from another page.

    Args:
        target: address relative to the site's root; empty for the start page; may end with ``#anchor``.
        depth: how many folders the page with the link lies below the root.
    """
    path, hash_sign, anchor = target.partition("#")
    return ("../" * depth + quoted(path) or "./") + hash_sign + anchor
