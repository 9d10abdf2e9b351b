"""Make a table for review of somebody else's list; nothing becomes a record, and no file is written over."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.cli.excel_import import Counted, plan_of, read_sheets
from macros.editing.excel.adopt.adoption import Origin
from macros.editing.excel.adopt.column_titles import targets_of
from macros.editing.excel.adopt.listing import Listing, adopt, lines, listing_of
from macros.editing.excel.adopt.review import Review, Weight
from macros.editing.excel.adopt.review_table import ReviewTable, note_present
from macros.editing.excel.adopt.wordbook import NAME, Wordbook, read_wordbook
from macros.editing.excel.export import sheets_of
from macros.editing.excel.rows import CellCodec
from macros.records.model.registry import KINDS
from macros.site.session import Session
from macros.spreadsheets.reader import read_xlsx
from macros.spreadsheets.sheets import Complaint

_MOST_PASSES = 5


@dataclass(frozen=True)
class Outcome:
    """What adopting a list gives.

    Attributes:
        listing: the lists of the file.
        review: what came of them.
        table: the table for review, as a workbook.
        wordbook: the wordbook with what is new; None if nothing is.
        complaints: what is wrong in the wordbook; then nothing else counts.
        faults: what `kepu excel import` would still refuse.
    """

    listing: Listing
    review: Review
    table: bytes
    wordbook: bytes | None
    complaints: Sequence[Complaint]
    faults: Sequence[object] = ()

    @property
    def lines(self) -> Iterator[str]:
        """What is said of it, line by line."""
        if self.complaints:
            yield from (f"错误 {complaint}" for complaint in self.complaints)
            return
        for found, columns in self.listing.lists:
            named = (f"{found.headings[number]} → {title or '？'}" for number, title in columns.items())
            yield f"工作表“{found.sheet}”：第 {found.heading_row} 行是标题，{len(found.rows)} 行{self.listing.label}。{'，'.join(named)}"
        yield from lines(self.review)
        yield from (f"错误 {fault}" for fault in self.faults)

    @property
    def closing(self) -> str:
        """The numbers at the end."""
        added = sum(record.present is None for record in self.review.records)
        counts = [sum(1 for _ in self.review.of(weight)) for weight in Weight]
        return f"{added} 条新的；{counts[0]} 个问题，{counts[1]} 处提醒，{counts[2]} 种改写。"


def adopted(session: Session, file: Path, kinds: Sequence[str], origin: Origin, counted: Counted) -> Outcome:
    """Read a list and make a table of it that the import takes.

    Args:
        session: the project.
        file: the list.
        kinds: the kinds that its records may be of.
        origin: where it comes from; its title may be empty.
        counted: shows how far long work is.

    Raises:
        Unusable: the file is no list, or can't be read.
    """
    collection = session.checked.collection
    sheets, codec = sheets_of(collection), CellCodec.of(collection)
    raw = (file.parent / NAME).read_bytes() if (file.parent / NAME).is_file() else None

    columns = {kind: targets_of(kind, sheets) for kind in KINDS}
    wordbook = Wordbook() if raw is None else read_wordbook(raw, columns, codec)
    listing = listing_of(read_sheets(file), kinds, file.stem, collection, sheets, wordbook)
    if wordbook.complaints:
        return Outcome(listing, Review(listing.kind), b"", None, wordbook.complaints)
    title = origin.title or listing.title(file.stem)
    review = adopt(listing, collection, Origin(title, origin.mark, origin.area))
    table = ReviewTable(review, listing.targets, sheets, codec)
    note_present(table)
    content, faults = _importable(session, table, collection.as_of.first_day, counted)
    new = wordbook.content() if wordbook.has_more else None
    return Outcome(listing, review, content, new, (), faults)


def _importable(
    session: Session, table: ReviewTable, day: datetime.date, counted: Counted
) -> tuple[bytes, Sequence[object]]:
    """Return the workbook, once nothing is in it that the import would refuse, and what it would refuse nevertheless."""
    content, found = table.content(day), list[object]()
    for _ in range(_MOST_PASSES):
        found = list(plan_of(session, read_xlsx(content), counted).complaints)
        if not table.take_back(complaint for complaint in found if isinstance(complaint, Complaint)):
            break
        content = table.content(day)
    return content, found
