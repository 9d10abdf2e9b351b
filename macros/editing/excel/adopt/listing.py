"""Take all lists of a file together: which kind of records they are of, where each lies, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from macros.editing.excel.adopt.adoption import Adoption, Origin
from macros.editing.excel.adopt.column_titles import OCCURRENCE, Targets, meaning, meanings_of, name_title, targets_of
from macros.editing.excel.adopt.foreign_list import ForeignList, find_list
from macros.editing.excel.adopt.review import Review, Weight
from macros.editing.excel.adopt.wordbook import Wordbook
from macros.editing.excel.workbook_schema import SheetSchema
from macros.records.collection import Collection
from macros.spreadsheets.sheets import Spot, Unusable, Worksheet

NO_LIST = (
    "没有找到名单：前 40 行里没有一行标题，有“名称”（或单位名称、基地名称这样的）和别的列；"
    "请看看是不是选错了文件，或在标题行里写上“名称”"
)
_OURS = "这是 kepu excel export 导出的表，不是名单；改好以后请用 kepu excel import"


@dataclass(frozen=True)
class Listing:
    """The lists of a file, as lists of one kind.

    Attributes:
        kind: the kind.
        label: what its records are called.
        targets: our columns by title.
        wordbook: what editors said before.
        lists: the lists, with what each of their columns stands for.
        others: the sheets without one.
        name: what the file is called.
    """

    kind: str
    label: str
    targets: Targets
    wordbook: Wordbook
    lists: tuple[tuple[ForeignList, Mapping[int, str]], ...]
    others: tuple[str, ...]
    name: str

    @property
    def score(self) -> int:
        """The number of columns that are known."""
        return max((len({title for title in columns.values() if title}) for _, columns in self.lists), default=0)

    @property
    def is_named(self) -> bool:
        """Whether the file's name, a title or a heading has a part of what the kind is called (基地, 孵化).

        Bases have 活动内容 too: a heading means activities only beside one that says when.
        """
        words = [self.name, *(found.title for found, _ in self.lists)]
        for found, columns in self.lists:
            if not self._has_days or OCCURRENCE in columns.values():
                words += found.headings.values()
        return any(part in word for part in (self.label[:2], self.label[-2:]) for word in words)

    @property
    def _has_days(self) -> bool:
        return any(target.path == "dates.date" for target in self.targets.values())

    def title(self, fallback: str) -> str:
        """Return what stands above the first list, or else another name."""
        return next((found.title for found, _ in self.lists if found.title), fallback)


def listing_of(
    worksheets: Sequence[Worksheet],
    kinds: Iterable[str],
    name: str,
    collection: Collection,
    sheets: Sequence[SheetSchema],
    wordbook: Wordbook,
) -> Listing:
    """Return the lists in a file.

    Args:
        worksheets: the sheets of the file.
        kinds: the kinds that its records may be of; of several the one that it is called after, or whose columns fit best.
        name: what the file is called.
        collection: the vocabularies.
        sheets: all sheets of our workbook.
        wordbook: what editors said before.

    Raises:
        Unusable: there is no list in it.
    """
    if is_exported(worksheets, sheets):
        raise Unusable(_OURS)
    found = []
    for kind in kinds:
        targets = targets_of(kind, sheets)
        found.append(_listing(worksheets, kind, collection.kind_label(kind), targets, wordbook, name))
    found = [listing for listing in found if listing.lists]
    if not found:
        raise Unusable(NO_LIST)
    named = [listing for listing in found if listing.is_named]
    return max(named or found, key=lambda listing: listing.score)


def is_exported(worksheets: Iterable[Worksheet], sheets: Iterable[SheetSchema]) -> bool:
    """Tell whether a file is one of our own tables, or made of one: a hidden column of each sheet says so."""
    marks = {sheet.mark for sheet in sheets}
    return any(cell.text in marks for sheet in worksheets for cell in sheet.rows.get(1, {}).values())


def _listing(
    worksheets: Sequence[Worksheet], kind: str, label: str, targets: Targets, wordbook: Wordbook, name: str
) -> Listing:
    meanings = {**meanings_of(targets), **wordbook.headings(targets)}
    lists, others = [], []
    for sheet in worksheets:
        found = find_list(sheet, lambda heading: meaning(heading, meanings, label), name_title(kind, targets))
        if found:
            columns = {column: meaning(heading, meanings, label) for column, heading in found.headings.items()}
            lists.append((found, columns))
        elif sheet.rows:
            others.append(sheet.name)
    return Listing(kind, label, targets, wordbook, tuple(lists), tuple(others), name)


def adopt(listing: Listing, collection: Collection, origin: Origin, answers: Mapping[str, str] | None = None) -> Review:
    """Read all lists.

    Args:
        listing: the lists.
        collection: all records and vocabularies.
        origin: where the lists come from.
        answers: key of a question → what an editor said to it.
    """
    review = Review(listing.kind, answers=answers or {})
    for name in listing.others:
        review.add(Weight.NOTICE, "", "这个工作表不是名单，没有读", Spot(name, 1, 0))
    origin = replace(origin, file=listing.name)
    for found, columns in listing.lists:
        Adoption(found, listing.kind, listing.targets, columns, collection, listing.wordbook, origin, review).run()
    return review


def lines(review: Review) -> Iterator[str]:
    """Yield everything that is said of a list, questions first."""
    for weight in Weight:
        yield from map(str, review.of(weight))
