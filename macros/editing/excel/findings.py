"""What a comparison of an editor's file with the records finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from macros.editing.excel.drafts import Draft
from macros.spreadsheets.sheets import Complaint, Spot


@dataclass(frozen=True)
class Change:
    """One cell that is to change a record.

    Attributes:
        spot: the cell.
        heading: what the record is called.
        title: what the column is called.
        before: what the record says, empty if nothing.
        after: what it is to say, empty if nothing.
    """

    spot: Spot
    heading: str
    title: str
    before: str
    after: str


@dataclass
class Comparison:
    """What an editor's file would change.

    Attributes:
        drafts: the records that the file tells of.
        changes: each cell that changes something.
        conflicts: cells that changed in a row whose record changed too; they change nothing.
        complaints: what keeps the file from being taken over.
        notices: what the editor should know.
    """

    drafts: list[Draft] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Complaint] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
