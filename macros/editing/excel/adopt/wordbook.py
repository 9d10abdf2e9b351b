"""The wordbook: what columns and words of foreign lists mean, remembered beside the lists for the next one.

It is a small CSV table with three columns, so that an editor corrects it where the lists are corrected, in Excel or WPS, and
sends it along with a list. It lies beside the lists and not among the vocabularies: what a colleague calls a column is no
word of the site, and a slip in it must not stop a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from macros.editing.excel.adopt.column_titles import NOT_WANTED, OCCURRENCE, OPENING, Targets, plain_heading
from macros.editing.excel.rows import CellCodec
from macros.records.model.terms import near
from macros.spreadsheets.csv_file import read_csv, write_csv
from macros.spreadsheets.sheets import Cell, Complaint, Spot

NAME = "名单里的说法.csv"
"""Name of the file, in the folder of the list."""
COLUMN = "列名"
"""What the first cell of a row says that is about a heading; others name the column whose words they are about."""
HEADER = ("用在", "名单里写的", "意思是")
_MOST_ROWS = 5_000


@dataclass
class Wordbook:
    """What editors said of headings and words.

    Attributes:
        rows: what is told of, and the words in the list → what they mean; empty for what is not known yet.
        complaints: what is wrong in the file.
        wrong: the rows that they are about.
    """

    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    _was: int = 0

    def headings(self, targets: Targets) -> dict[str, str]:
        """Return heading → title of our column, for those that a kind has."""
        titles = {*targets, OPENING, OCCURRENCE, NOT_WANTED}
        found = ((plain_heading(word), meaning) for (what, word), meaning in self.rows.items() if what == COLUMN)
        return {word: meaning for word, meaning in found if meaning in titles}

    def word(self, title: str, word: str) -> str:
        """Return what a word in a column means; empty if it is not known."""
        return self.rows.get((title, word), "")

    def note(self, what: str, word: str, meaning: str = "") -> None:
        """Remember a heading or a word; what stands there already is not touched."""
        if len(word) <= 60 and len(self.rows) < _MOST_ROWS:
            self.rows.setdefault((what, word), meaning)

    @property
    def has_more(self) -> bool:
        """Whether there is more than in the file."""
        return len(self.rows) > self._was

    def content(self) -> bytes:
        """Return the file."""
        return write_csv([HEADER, *((what, word, meaning) for (what, word), meaning in self.rows.items())])


def read_wordbook(raw: bytes, targets: Mapping[str, Targets], codec: CellCodec) -> Wordbook:
    """Return the wordbook in a file; what is wrong in it is among its complaints.

    Args:
        raw: the file's bytes.
        targets: the columns of each kind, since one wordbook serves lists of all.
        codec: knows the vocabularies.

    Raises:
        Unusable: the file can't be read.
    """
    sheet, book = read_csv(NAME, raw), Wordbook()
    for number, cells in sheet.rows.items():
        what, word, meaning = (cells.get(column, Cell("")).text.strip() for column in range(3))
        if number > 1 and what and word:
            book.rows[what, word] = meaning
            if message := _objection(what, meaning, targets, codec):
                book.wrong.append((what, word))
                book.complaints.append(Complaint(Spot(sheet.name, number, 2), message))
    book._was = len(book.rows)
    return book


def _objection(what: str, meaning: str, targets: Mapping[str, Targets], codec: CellCodec) -> str | None:
    if not meaning:
        return None
    titles = {NOT_WANTED, OPENING, OCCURRENCE}.union(*targets.values())
    if what == COLUMN:
        return None if meaning in titles else f"没有“{meaning}”这一列；{_near(meaning, titles)}不要的列写 {NOT_WANTED}"
    fields = [(kind, columns[what].column.field) for kind, columns in targets.items() if what in columns]
    words = [term.label for kind, field in fields for term in codec.terms(field, (kind,))]
    if not words or set(_split(meaning)) <= set(words):
        return None
    return f"“{meaning}” 不在“{what}”的词表里；{_near(meaning, words)}可以写：{'、'.join(words[:12])}"


def _near(word: str, words: Iterable[str]) -> str:
    close = near(word, words)
    return f"相近的有：{'、'.join(close)}；" if close else ""


def _split(meaning: str) -> list[str]:
    return [word.strip() for word in meaning.split("、") if word.strip()]
