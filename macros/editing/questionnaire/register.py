"""Who was asked when, and who answered: one small file beside the questionnaires."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from macros.editing.quality import Report, ReportTable
from macros.records.model.dates import PartialDate

FOLDER, REGISTER = "核对表", "登记.json"
"""Where questionnaires lie in a project unless another folder is named, and the register in it."""


@dataclass(frozen=True)
class Asked:
    """One questionnaire that was sent.

    Attributes:
        kind: the record's kind.
        id: its id.
        heading: what it was called.
        asked: the day on which it was made.
        answered: the day on which an answer was taken over; empty if none was.
        questions: how many questions it had.
        open: how many are not answered yet.
    """

    kind: str
    id: str
    heading: str
    asked: str
    answered: str = ""
    questions: int = 0
    open: int = 0


def read_register(raw: bytes) -> tuple[Asked, ...]:
    """Return what a register says; nothing if it can't be read, since it only helps to remember."""
    try:
        return tuple(Asked(**entry) for entry in json.loads(raw)["asked"])
    except (ValueError, TypeError, KeyError, LookupError):
        return ()


def encode_register(entries: Iterable[Asked]) -> bytes:
    """Return the register as it is written: by what the records are called, one entry each."""
    found = sorted(entries, key=lambda entry: (entry.kind, entry.heading, entry.id))
    return (json.dumps({"asked": [asdict(entry) for entry in found]}, ensure_ascii=False, indent=1) + "\n").encode()


def with_asked(entries: Iterable[Asked], asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Return a register in which records are asked anew: an earlier answer no longer counts."""
    return tuple(
        {**{(one.kind, one.id): one for one in entries}, **{(one.kind, one.id): one for one in asked}}.values()
    )


def with_answer(entries: Iterable[Asked], kind: str, identifier: str, day: str, still_open: int) -> tuple[Asked, ...]:
    """Return a register in which one record has answered."""
    return tuple(
        replace(entry, answered=day, open=still_open) if (entry.kind, entry.id) == (kind, identifier) else entry
        for entry in entries
    )


def waiting(entries: Iterable[Asked]) -> frozenset[tuple[str, str]]:
    """Return kind and id of the records whose places have not answered."""
    return frozenset((entry.kind, entry.id) for entry in entries if not entry.answered)


def asked_report(entries: Iterable[Asked], as_of: PartialDate) -> Report:
    """Return who has not answered yet, and who has, the longest asked first: the paper for chasing.

    Args:
        entries: the register.
        as_of: the day.
    """
    ordered = sorted(entries, key=lambda entry: (entry.asked, entry.heading))
    waiting = tuple((one.heading, one.asked, one.questions) for one in ordered if not one.answered)
    answered = tuple((one.heading, one.asked, one.answered, one.open) for one in ordered if one.answered)
    tables = (
        ReportTable("还没有回复的", ("单位", "哪天问的", "问了几项"), waiting, "都回复了。"),
        ReportTable("已经回复的", ("单位", "哪天问的", "哪天收的", "还有几项没有答"), answered, "还没有。"),
    )
    return Report(as_of, (), tables, "核对表的回复")
