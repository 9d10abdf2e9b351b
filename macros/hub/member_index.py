"""The search index of one member, read from the files that its own browsers read (docs/dev/search.md).

Only records are taken over: the city has lists and pages of its own. Postings are written again under new numbers into one
file, by buckets, so that all members need never be held at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from macros.hub.distrust import LONGEST_NAME, LONGEST_TEXT, day, identifier, mapping, rows, text
from macros.hub.index_numbers import PostingPart, decode, decode_ascending, part_of, renumbered, taken_over
from macros.hub.last_good import KeptFiles
from macros.hub.member_files import MemberFailed
from macros.records.model.registry import KINDS
from macros.search.tokens import shard_of

BUCKETS = 64
"""Parts into which all pieces fall, each small enough to be merged at once."""

_MOST_DOCUMENTS = 1_000_000
_MOST_ALIASES = 20
_LONGEST_PIECE = 200
_MOST_SHARDS = 10_000
_LAST_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"


@dataclass
class MemberIndex:
    """What search knows of one member; documents are numbered from 0.

    Attributes:
        ids: id of each document in its district.
        kinds: kind of each.
        names: name of each, and its aliases behind tabs.
        snippets: what stands below the name of each.
        past: why some no longer count → their list.
        facets: facet → label → list.
        wishes: rows of wish, kinds, what tells of it, words.
        fulfilled: wish → list, and the last day of some.
        days: document → the days on which it takes place, as ordinals.
        synonyms: rows of short form, meaning, weight, meaning as written.
        readings: ``pinyin`` and ``jyutping`` → syllable → characters.
        buckets: where each bucket begins in the file of postings, and where the last ends.
    """

    ids: list[str]
    kinds: list[str]
    names: list[str]
    snippets: list[str]
    past: dict[str, str]
    facets: dict[str, dict[str, str]]
    wishes: list[list[Any]]
    fulfilled: dict[str, tuple[str, dict[int, str]]]
    days: dict[int, list[int]]
    synonyms: list[list[Any]]
    readings: dict[str, dict[str, str]]
    buckets: list[int]


def read_index(files: KeptFiles, postings: Path) -> MemberIndex:
    """Read the index of a member.

    Args:
        files: its state.
        postings: the file into which its postings are written.

    Raises:
        MemberFailed: something is not as it should be.
    """
    folder = files.index_folder
    index = mapping(files.json(f"{folder}index.json"))
    documents = _Documents(index)
    count, places = documents.count, documents.places
    shards = index.get("shards")
    if not isinstance(shards, int) or not 0 < shards <= _MOST_SHARDS:
        raise MemberFailed("搜索索引的写法不对")
    tables = {**mapping(index.get("facets")), **mapping(files.json(f"{folder}facets.json"))}
    snippets = _snippets(files, folder, index.get("textsInFile"), count)
    return MemberIndex(
        ids=[documents.ids[number] for number in documents.kept],
        kinds=[documents.kinds[number] for number in documents.kept],
        names=[documents.names[number] for number in documents.kept],
        snippets=[snippets[number] for number in documents.kept],
        past=_column(index.get("past"), count, places),
        facets={name: _column(table, count, places) for name, table in tables.items() if identifier(name)},
        wishes=list(_wishes(mapping(files.json(f"{folder}wishes.json")))),
        fulfilled=dict(_fulfilled(mapping(files.json(f"{folder}fulfilled.json")), count, places)),
        days=dict(_days(mapping(files.json(f"{folder}days.json")), places)),
        synonyms=list(_synonyms(index)),
        readings=_readings(mapping(files.json(f"{folder}readings.json"))),
        buckets=_write_postings(files, folder, shards, count, places, postings),
    )


class _Documents:
    """The documents of a member's index, and which of them are taken over."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        ids, names = index.get("ids"), index.get("names")
        if not isinstance(ids, str) or not isinstance(names, str):
            raise MemberFailed("搜索索引的写法不对")
        self.ids = list(_front_decoded(ids))
        self.count = len(self.ids)
        lines = names.split("\n")
        if self.count > _MOST_DOCUMENTS or (self.count and len(lines) != self.count):
            raise MemberFailed("搜索索引里名称和网页的数目不一样")
        self.kinds = [""] * self.count
        for row in rows(index.get("kinds")):
            if len(rows(row)) == 3 and row[0] in KINDS:
                for number in decode_ascending(row[2], self.count):
                    self.kinds[number] = row[0]
        elsewhere = mapping(index.get("urls"))
        self.names = [_name(line) for line in lines]
        self.kept = [
            number
            for number in range(self.count)
            if self.kinds[number]
            and identifier(self.ids[number])
            and self.names[number]
            and str(number) not in elsewhere
        ]
        self.places = [-1] * self.count
        for place, number in enumerate(self.kept):
            self.places[number] = place


def _name(line: str) -> str:
    return "\t".join(filter(None, (text(name, LONGEST_NAME) for name in line.split("\t")[: _MOST_ALIASES + 1])))


def _front_decoded(lines: str) -> Iterator[str]:
    before = ""
    for line in lines.split("\n") if lines else ():
        digits = next((place for place, digit in enumerate(line, 1) if digit in _LAST_DIGITS), 0)
        if not digits:
            raise MemberFailed("搜索索引的写法不对")
        before = before[: decode(line[:digits])[0]] + line[digits:]
        yield before


def _snippets(files: KeptFiles, folder: str, size: Any, count: int) -> list[str]:
    if not isinstance(size, int) or not 0 < size <= count + 1_000:
        raise MemberFailed("搜索索引的写法不对")
    found: list[str] = []
    for number in range(-(-count // size)):
        found += [text(one, LONGEST_TEXT) for one in rows(files.json(f"{folder}texts/{number}.json"))[:size]]
    return [*found, *[""] * (count - len(found))]


def _column(table: Any, count: int, places: list[int]) -> dict[str, str]:
    found: dict[str, str] = {}
    for label, written in mapping(table).items():
        shown = text(label, LONGEST_NAME)
        if shown and (numbers := renumbered(decode_ascending(written, count), places)):
            found[shown] = numbers
    return found


def _wishes(table: Mapping[str, Any]) -> Iterator[list[Any]]:
    for row in rows(table.get("words")):
        items = rows(row)
        if len(items) > 3 and isinstance(items[2], int | str):
            told = items[2] if isinstance(items[2], int) else text(items[2], 40)
            yield [
                text(items[0], LONGEST_NAME),
                text(items[1], LONGEST_NAME),
                told,
                *(text(word, 40) for word in items[3:60]),
            ]


def _fulfilled(
    table: Mapping[str, Any], count: int, places: list[int]
) -> Iterator[tuple[str, tuple[str, dict[int, str]]]]:
    for label, value in table.items():
        if len(items := rows(value)) == 2:
            numbers = renumbered(decode_ascending(items[0], count), places)
            yield text(label, LONGEST_NAME), (numbers, dict(_last_days(mapping(items[1]), places)))


def _last_days(table: Mapping[str, Any], places: list[int]) -> Iterator[tuple[int, str]]:
    for number, value in table.items():
        place, last = _place(number, places), day(value)
        if place >= 0 and last:
            yield place, last.isoformat()


def _place(number: str, places: list[int]) -> int:
    return places[int(number)] if number.isdecimal() and len(number) < 8 and int(number) < len(places) else -1


def _days(table: Mapping[str, Any], places: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield the days of each document, as ordinals."""
    first = day(table.get("first"))
    for number, offsets in mapping(table.get("days")).items() if first else ():
        place = _place(number, places)
        whole = [offset for offset in rows(offsets)[:1_000] if isinstance(offset, int) and 0 <= offset < 20_000]
        if place >= 0 and first:
            yield place, [first.toordinal() + offset for offset in whole]


def _synonyms(index: Mapping[str, Any]) -> Iterator[list[Any]]:
    for row in rows(index.get("synonyms")):
        items = rows(row)
        if len(items) == 4 and isinstance(items[2], float) and 0 < items[2] < 1:
            yield [text(items[0], 40), text(items[1], 40), items[2], text(items[3], 40)]


def _readings(tables: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {
        name: {
            syllable: characters
            for syllable, characters in mapping(tables.get(name)).items()
            if syllable.isascii()
            and syllable.isalpha()
            and len(syllable) < 8
            and isinstance(characters, str)
            and characters.isalpha()
        }
        for name in ("pinyin", "jyutping")
    }


def _write_postings(
    files: KeptFiles, folder: str, shards: int, count: int, places: list[int], target: Path
) -> list[int]:
    """Write the lines of all shards by bucket, sorted; return where each begins, in bytes."""
    buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
    for number in range(shards):
        for line in filter(None, files.text(f"{folder}postings/{number}.txt").split("\n")):
            parts = line.split("\t")
            if len(parts) != 3 or not 0 < len(parts[0]) <= _LONGEST_PIECE:
                raise MemberFailed("搜索索引的写法不对")
            described, mentioned = (part_of(taken_over(decode_ascending(part, count), places)) for part in parts[1:])
            if described.size or mentioned.size:
                line = "\t".join((parts[0], *described, *mentioned))
                buckets[shard_of(parts[0], BUCKETS)].append(f"{line}\n")
    starts = [0]
    with target.open("wb") as file:
        for lines in buckets:
            starts.append(starts[-1] + file.write("".join(sorted(lines)).encode("utf-8", "ignore")))
    return starts


def lines_of_bucket(postings: Path, index: MemberIndex, bucket: int) -> Iterator[tuple[str, PostingPart, PostingPart]]:
    """Yield the lines of one bucket: piece, list by description, list by body."""
    start, end = islice(index.buckets, bucket, bucket + 2)
    with postings.open("rb") as file:
        file.seek(start)
        lines = file.read(end - start).decode().split("\n")[:-1]
    for line in lines:
        piece, *parts = line.split("\t")
        yield piece, PostingPart(*parts[:4]), PostingPart(*parts[4:])
