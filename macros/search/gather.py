"""What search knows of each record: gathered from the library, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.library import Library
from macros.records.dates import PartialDate, Period
from macros.records.kinds import Authored, Policy, Record
from macros.records.types import FileName, Prose, Reference
from macros.records.walk import ValuePath, values
from macros.search.documents import SearchDocument
from macros.text import prose

_OWN = ("name", "name_hant", "title", "summary", "aliases", "former_ids", "sources", "changes", "reviewed_on")
"""Fields that are searched by themselves, or that say nothing about the record."""

_YEARS = ("year", "published", "written", "effective_from", "period", "opened")


def documents(library: Library, texts: Mapping[str, str]) -> Iterator[SearchDocument]:
    """Yield what can be found: every listed record and every article.

    Args:
        library: the records.
        texts: id → the text of an article, which stands in its page and not in a record.
    """
    for kind in library.kinds():
        for record in library.records(kind):
            yield _document(library, record, texts.get(record.id, ""))


def page_document(address: str, name: str, summary: str, body: str) -> SearchDocument:
    """Return what search knows of a hand-written page that is not an article."""
    identifier = address.strip("/") or "home"
    return SearchDocument(f"page:{identifier}", address, "pages", "页面", name, (), {}, summary, body, True)


def _document(library: Library, record: Record, text: str) -> SearchDocument:
    return SearchDocument(
        id=record.id,
        url=library.address(record),
        kind=record.kind,
        kind_label=library.kind_label(record.kind),
        name=record.heading,
        aliases=tuple(_aliases(record)),
        attributes=_attributes(library, record),
        summary=record.summary,
        body="\n".join([*_texts(record), *([text] if text else [])]),
        current=library.is_current(record),
    )


def _aliases(record: Record) -> Iterator[str]:
    if isinstance(record, Authored):
        yield from record.aliases
    if isinstance(record, Policy) and record.doc_no and record.doc_no != "无":
        yield record.doc_no


def _attributes(library: Library, record: Record) -> dict[str, tuple[str, ...]]:
    found = {
        facet.name: tuple(term.label for term in library.terms(record, facet)) for facet in library.facets(record.kind)
    }
    found["year"] = tuple(sorted(_years(record)))
    if isinstance(record, Policy):
        found |= {"issuer": record.issuers, "keyword": record.keywords}
    return {name: labels for name, labels in found.items() if labels}


def _years(record: Record) -> set[str]:
    years = set()
    for path, value in values(record):
        if path[-1] in _YEARS and "sources" not in path:
            if isinstance(value, PartialDate):
                years.add(str(value.year))
            elif isinstance(value, Period):
                years.add(str(value.first_day.year))
    return years


def _texts(record: Record) -> Iterator[str]:
    for path, value in values(record):
        if path[0] in _OWN or "sources" in path or not isinstance(value, str) or _is_address(path, value):
            continue
        yield prose.plain(value) if isinstance(value, Prose) else value


def _is_address(path: ValuePath, value: str) -> bool:
    return isinstance(value, Reference | FileName) or path[-1] in ("url", "original_url", "email", "interpretation")
