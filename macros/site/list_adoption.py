"""Make a table for review of somebody else's list; nothing becomes a record, and no file is written over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.editing.excel.adopt.adoption import Origin
from macros.editing.excel.adopt.column_titles import targets_of
from macros.editing.excel.adopt.listing import Listing, adopt, lines, listing_of
from macros.editing.excel.adopt.review import Review, Weight
from macros.editing.excel.adopt.review_table import ReviewTable, note_present
from macros.editing.excel.adopt.wordbook import NAME, Wordbook, read_wordbook
from macros.editing.excel.export import sheets_of
from macros.editing.excel.rows import CellCodec
from macros.records.collection import Collection
from macros.records.model.kinds import Article
from macros.records.model.registry import KINDS
from macros.site.session import Session
from macros.site.table_import import Counted, Plan, plan_of, read_sheets
from macros.spreadsheets.sheets import Complaint, Worksheet

KINDS_IN_LISTS = tuple(kind for kind in KINDS if kind != Article.kind)
"""The kinds that a list may be of: articles are written, not listed."""

_MOST_PASSES = 5


@dataclass(frozen=True)
class Outcome:
    """What adopting a list gives.

    Attributes:
        listing: the lists of the file.
        review: what came of them.
        table: the table for review; None with complaints.
        wordbook: the wordbook with what is new; None if nothing is.
        complaints: what is wrong in the wordbook; then nothing else counts.
        planned: what importing the table does, and what is still wrong with it; None with complaints.
    """

    listing: Listing
    review: Review
    table: ReviewTable | None
    wordbook: bytes | None
    complaints: Sequence[Complaint]
    planned: Plan | None = None

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
        yield from (f"错误 {fault}" for fault in (self.planned.complaints if self.planned else ()))

    @property
    def closing(self) -> str:
        """The numbers at the end."""
        added = sum(record.present is None for record in self.review.records)
        counts = [sum(1 for _ in self.review.of(weight)) for weight in Weight]
        return f"{added} 条新的；{counts[0]} 个问题，{counts[1]} 处提醒，{counts[2]} 种改写。"


def adopted(session: Session, file: Path, kinds: Sequence[str], origin: Origin, counted: Counted) -> Outcome:
    """Read a list and make a table of it that the import takes, with what the wordbook beside the list says.

    Args:
        session: the project.
        file: the list.
        kinds: the kinds that its records may be of.
        origin: where it comes from; its title may be empty.
        counted: shows how far long work is.

    Raises:
        Unusable: the file is no list, or can't be read.
    """
    raw = (file.parent / NAME).read_bytes() if (file.parent / NAME).is_file() else None
    wordbook = wordbook_of(session.checked.collection, raw)
    listing = lists_in(session.checked.collection, read_sheets(file), kinds, file.stem, wordbook)
    if wordbook.complaints:
        return Outcome(listing, Review(listing.kind), None, None, wordbook.complaints)
    return adopted_lists(session, listing, origin, {}, counted)


def wordbook_of(collection: Collection, raw: bytes | None) -> Wordbook:
    """Return the wordbook in a file; an empty one if there is none.

    Raises:
        Unusable: the file can't be read.
    """
    sheets = sheets_of(collection)
    columns = {kind: targets_of(kind, sheets) for kind in KINDS}
    return Wordbook() if raw is None else read_wordbook(raw, columns, CellCodec.of(collection))


def lists_in(
    collection: Collection, worksheets: Sequence[Worksheet], kinds: Sequence[str], name: str, wordbook: Wordbook
) -> Listing:
    """Return the lists in a file, as `listing_of`.

    Raises:
        Unusable: there is none.
    """
    return listing_of(worksheets, kinds, name, collection, sheets_of(collection), wordbook)


def adopted_lists(
    session: Session, listing: Listing, origin: Origin, answers: Mapping[str, str], counted: Counted
) -> Outcome:
    """Read lists that were found, and make a table of them that the import takes.

    Args:
        session: the project.
        listing: the lists.
        origin: where they come from; its title may be empty.
        answers: key of a question (`CellQuestion.key`) → what an editor said to it.
        counted: shows how far long work is.
    """
    collection = session.checked.collection
    title = origin.title or listing.title(listing.name)
    review = adopt(listing, collection, Origin(title, origin.mark, origin.area), answers)
    table = ReviewTable(review, listing.targets, sheets_of(collection), CellCodec.of(collection))
    note_present(table)
    planned = _importable(session, table, counted)
    new = listing.wordbook.content() if listing.wordbook.has_more else None
    return Outcome(listing, review, table, new, (), planned)


def _importable(session: Session, table: ReviewTable, counted: Counted) -> Plan:
    """Take out of a table what the import would refuse, and return what importing it does."""
    planned = plan_of(session, table.worksheets(), counted)
    for _ in range(_MOST_PASSES):
        if not table.take_back(complaint for complaint in planned.complaints if isinstance(complaint, Complaint)):
            break
        planned = plan_of(session, table.worksheets(), counted)
    return planned
