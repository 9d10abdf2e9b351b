"""What follows from one record alone, worked out once as long as the record lives (`macros.records.cached`)."""

from __future__ import annotations

from functools import lru_cache

from macros.library.deadlines import Deadline, deadlines_of
from macros.library.news import News, news_of
from macros.records.cached import cached_per_record
from macros.records.model.kinds import Record
from macros.text import pinyin

_CHARACTERS = 8192


@cached_per_record
def name_order(record: Record, readings: pinyin.Readings) -> pinyin.SortKey:
    """Return the key by which a record's name is sorted; reading a name takes longer than all else in a list."""
    return tuple(_shared(character) for character in pinyin.sort_key(record.heading, readings))


@lru_cache(maxsize=_CHARACTERS)
def _shared(character: tuple[str, int, str]) -> tuple[str, int, str]:
    # Names are made of few characters: shared, a key takes 0.2 KB instead of 0.9 KB.
    return character


@cached_per_record
def news(record: Record) -> tuple[News, ...]:
    """Return the news of a record."""
    return tuple(news_of(record))


@cached_per_record
def deadlines(record: Record, months: int | None) -> tuple[Deadline, ...]:
    """Return the deadlines of a record, past ones too; months as in `macros.library.deadlines.deadlines_of`."""
    return tuple(deadlines_of(record, months))
