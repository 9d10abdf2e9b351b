"""The index by pinyin: one page while it is short, then a page for each letter, found by syllable as in a dictionary.

There are about four hundred syllables, however many records there are; so the way to a name is two steps, letter and
syllable, and no page has to name all records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from macros.library.facets import Group
from macros.library.library import Library
from macros.pages.plan.page import HOME, Crumb, PageSlice, PlannedPage, paginate
from macros.records.model.kinds import Record

WHOLE = 600
"""Records of an index that stands on one page: 70 KB, or 8 KB compressed."""

PAGE_SIZE = 240
"""Records of a page of one letter: ten pages of a list."""

INDEX = Crumb("拼音索引", "az/")
OTHER = "#"
"""The letter of names that begin with none."""


@dataclass(frozen=True)
class Syllable:
    """The records whose names begin with one syllable.

    Attributes:
        name: the syllable without its tone, e.g. ``zhang``; empty for names that begin with no letter.
        example: the character that the first of them begins with.
        address: where they begin, with the anchor there.
    """

    name: str
    example: str
    address: str

    @property
    def spelling(self) -> str:
        """The syllable as books print it, e.g. ``lü``."""
        return self.name.replace("v", "ü") if len(self.name) > 1 else self.name


@dataclass(frozen=True)
class Letter:
    """A letter of an index that is spread over pages.

    Attributes:
        label: ``A`` to ``Z``, or ``#``.
        address: its first page.
        count: how many records it has.
        syllables: its syllables in their order.
    """

    label: str
    address: str
    count: int
    syllables: tuple[Syllable, ...]


@dataclass(frozen=True)
class Section:
    """Records of one syllable that stand on one page.

    Attributes:
        syllable: the syllable.
        records: the records.
        begins: whether its records begin here, and not on a page before.
    """

    syllable: Syllable
    records: tuple[Record, ...]
    begins: bool


def alphabet_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the index by pinyin: one page with all records, or one that leads to those of each letter."""
    groups, description = library.alphabet, "全部条目按拼音首字母排列。"
    if sum(len(group.records) for group in groups) <= WHOLE:
        yield PlannedPage(INDEX.address, "alphabet.html", INDEX.title, description, (HOME,), data={"groups": groups})
        return
    letters = tuple(_letter(library, group) for group in groups)
    data = {"letters": letters}
    yield PlannedPage(INDEX.address, "syllables.html", INDEX.title, description, (HOME,), data=data)
    for letter, group in zip(letters, groups, strict=True):
        yield from _pages(library, letter, group.records, letters)


def _letter(library: Library, group: Group) -> Letter:
    address = f"{INDEX.address}{'other' if group.label == OTHER else group.label.lower()}/"
    syllables: dict[str, Syllable] = {}
    for part in paginate(address, group.records, PAGE_SIZE):
        for name, records in _runs(library, group.label, part.items):
            place = f"{part.address}#syllable-{name or 'other'}"
            syllables.setdefault(name, Syllable(name, records[0].heading[:1], place))
    return Letter(group.label, address, len(group.records), tuple(syllables.values()))


def _runs(library: Library, label: str, records: Sequence[Record]) -> Iterator[tuple[str, tuple[Record, ...]]]:
    """Yield records by syllable; what begins with no letter stands together."""
    runs = groupby(records, key=lambda record: "" if label == OTHER else library.syllable(record))
    return ((name, tuple(run)) for name, run in runs)


def _pages(
    library: Library, letter: Letter, records: Sequence[Record], letters: tuple[Letter, ...]
) -> Iterator[PlannedPage]:
    title = f"{INDEX.title}：{letter.label}"
    syllables = {syllable.name: syllable for syllable in letter.syllables}
    for part in paginate(letter.address, records, PAGE_SIZE):
        runs = _runs(library, letter.label, part.items)
        sections = tuple(_section(syllables[name], run, part) for name, run in runs)
        yield PlannedPage(
            part.address,
            "letter.html",
            part.titled(title),
            f"名称的拼音以 {letter.label} 开头的条目，共 {letter.count} 条。",
            part.trail((HOME, INDEX), title),
            data={
                "letter": letter,
                "letters": letters,
                "sections": sections,
                "number": part.number,
                "addresses": part.addresses,
            },
        )


def _section(syllable: Syllable, records: tuple[Record, ...], part: PageSlice[Record]) -> Section:
    return Section(syllable, records, syllable.address.startswith(f"{part.address}#"))
