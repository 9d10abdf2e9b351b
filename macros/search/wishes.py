"""What people wish for, and which records fulfil it: told by values that stand in fields, not by words of a text.

Wishes are declared in ``data/terms/wishes.yml``; beside them the title of each field that a page expects is a wish for
records that have it filled in, as 入驻条件 or 电话.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from macros.library.library import Library
from macros.records.collection import Wish
from macros.records.hours.holidays import Calendar
from macros.records.model.dates import PartialDate, Time
from macros.records.model.description import fields_of
from macros.records.model.kinds import Record
from macros.records.model.periods import Period
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term
from macros.records.model.walk import field_at, values_at
from macros.records.termfiles import WISHED_DAYS
from macros.search.documents import SearchDocument, documents, list_documents, page_document
from macros.search.numbers import encode_ascending
from macros.text.fold import fold

_EXAMPLES = 4


@cache
def with_titles(declared: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """Return the declared wishes, and one for each title of an expected field that none of them has as a word."""
    words = {word for wish in declared for word in wish.words}
    titled: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, model in KINDS.items():
        for field in fields_of(model):
            if field.expected and field.title not in words:
                titled[field.title].append((kind, field.name))
    return (*declared, *(_of_title(title, places) for title, places in titled.items()))


def _of_title(title: str, places: list[tuple[str, str]]) -> Wish:
    fields = tuple(dict.fromkeys(name for _, name in places))
    return Wish(title, (title,), fields, kinds=tuple(kind for kind, _ in places))


@dataclass(frozen=True)
class Fulfilment:
    """Tells which wishes the records of a library fulfil.

    Attributes:
        library: the records.
        wishes: the wishes.
    """

    library: Library
    wishes: tuple[Wish, ...]

    def of(self, record: Record) -> dict[str, str]:
        """Return the labels of the wishes that a record fulfils, each with its last day or nothing; what is past fulfils none."""
        if not self.library.is_current(record):
            return {}
        wishes = (wish for wish in self.wishes if record.kind in wish.kinds and wish.fields)
        return {wish.label: _last_day(record, wish) for wish in wishes if _fulfils(record, wish)}


def _fulfils(record: Record, wish: Wish) -> bool:
    return any(_is_wanted(value, wish) for path in wish.fields for value in _values(record, path))


def _values(record: Record, path: str) -> Iterator[Any]:
    steps = field_at(type(record), path)
    return values_at(record, steps) if steps else iter(())


def _is_wanted(value: Any, wish: Wish) -> bool:
    if wish.since is not None:
        return isinstance(value, Time) and value.minutes >= wish.since
    if not wish.values:
        return True
    if isinstance(value, Term):
        return value.id in wish.values or value.label in wish.values
    if isinstance(value, bool):
        return ("是" if value else "否") in wish.values
    return isinstance(value, Time) or (isinstance(value, str) and any(wanted in value for wanted in wish.values))


def _last_day(record: Record, wish: Wish) -> str:
    days = [value.last_day for value in _values(record, wish.until) if isinstance(value, PartialDate | Period)]
    return max(days).isoformat() if days else ""


def wish_rows(wishes: Sequence[Wish]) -> list[list[Any]]:
    """Return the wishes for the browser: rows of label, kinds, what tells of it, folded words.

    What tells of it is 1 for fields, the days on which something takes place as text, or 0 for nothing.
    """
    return [
        [
            wish.label,
            " ".join(wish.kinds),
            wish.when or int(bool(wish.fields)),
            *sorted({fold(word) for word in wish.words}),
        ]
        for wish in wishes
        if wish.fields or not wish.page
    ]


def with_days(wishes: Sequence[Wish], calendar: Calendar, today: datetime.date) -> tuple[Wish, ...]:
    """Return wishes with their days as browsers read them: a word, or the first and last day of the next holiday."""
    return tuple(replace(wish, when=_days(wish.when, calendar, today)) if wish.when else wish for wish in wishes)


def _days(word: str, calendar: Calendar, today: datetime.date) -> str:
    span = calendar.next_span(word, today)
    return WISHED_DAYS.get(word) or (f"{span[0]}/{span[1]}" if span else "")


def day_table(documents: Sequence[SearchDocument]) -> dict[str, Any]:
    """Return the first day on which anything takes place, and for each document that does, days after it."""
    first = min((day for document in documents for day in document.days), default=None)
    days = {
        number: [(day - first).days for day in document.days]
        for number, document in enumerate(documents)
        if first and document.days
    }
    return {"first": str(first), "days": days} if first else {}


def wish_table(documents: Sequence[SearchDocument]) -> dict[str, list[Any]]:
    """Return label → the documents that fulfil the wish, and the last days of those that have one, in order."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    days: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for number, document in enumerate(documents):
        for label, day in document.wishes.items():
            numbers[label].append(number)
            if day:
                days[label][number] = day
    return {label: [encode_ascending(numbers[label]), days[label]] for label in sorted(numbers)}


def examples(wishes: Sequence[Wish], documents: Sequence[SearchDocument]) -> list[str]:
    """Return queries to show to people: of wishes that some document fulfils, then names, one of each kind."""
    fulfilled = {label for document in documents for label in document.wishes}
    shown = [wish.example for wish in wishes if wish.example and wish.label in fulfilled]
    first = {document.kind: document.name for document in reversed(documents) if document.kind in KINDS}
    return [*shown, *(first[kind] for kind in KINDS if kind in first)][:_EXAMPLES]


def doors(documents: Sequence[SearchDocument]) -> list[list[str]]:
    """Return where people go on who have not found a thing: name, address and size of the list of each kind, then places in pages."""
    of_kinds = {one.url: one for one in documents if one.kind == "lists"}
    lists = [of_kinds[f"{kind}/"] for kind in KINDS if f"{kind}/" in of_kinds]
    places = [one for one in documents if one.kind == "pages" and "#" in one.url]
    return [[one.name, one.url, one.summary if one.kind == "lists" else ""] for one in (*lists, *places)]


def search_documents(
    library: Library, articles: Mapping[str, str], pages: Sequence[SearchDocument] = ()
) -> tuple[SearchDocument, ...]:
    """Return all that can be found: records, lists of them, pages, and places in pages that a wish leads to.

    Args:
        library: the records.
        articles: id → the text of an article.
        pages: what search knows of pages that show neither a record nor a list.
    """
    wishes = with_titles(library.collection.wishes)
    of_kinds = {
        wish.kinds[0]: wish.words for wish in wishes if len(wish.kinds) == 1 and not wish.fields and not wish.when
    }
    return (
        *documents(library, articles, Fulfilment(library, wishes).of),
        *list_documents(library, of_kinds),
        *(replace(page, aliases=_asked_by(wishes, page.url)) for page in pages),
        *_places_in(pages, wishes),
    )


def _asked_by(wishes: Sequence[Wish], address: str) -> tuple[str, ...]:
    return tuple(word for wish in wishes if wish.page == address for word in wish.words)


def _places_in(pages: Sequence[SearchDocument], wishes: Sequence[Wish]) -> Iterator[SearchDocument]:
    """Yield what is found of places within pages, as ``about/#corrections``."""
    named = {page.url: page.name for page in pages}
    for wish in wishes:
        address, mark, _ = wish.page.partition("#")
        if mark and address in named:
            yield page_document(wish.page, wish.label, f"在“{named[address]}”里", "", wish.words[1:])
