"""What the self-check before an inspection goes by: words that are wrong for certain, and what is left as it stands.

>>> from macros.records import yaml
>>> read_wording(yaml.parse("wording.yml", "扫黑险恶: {right: 扫黑除恶, reason: 同音字, source: 通行写法}"))[0].right
'扫黑除恶'

Nothing that is made of records hangs on these files; they are read with all others, so that their own faults are told.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.records.model.fields import Line, NumberField
from macros.records.model.groups import FieldGroup, optional, several, titled
from macros.records.problems import ProblemsFound
from macros.records.termfiles import read_entries
from macros.records.yaml.document import Document

_SHORTEST = 2
_YEARS = range(1949, 2200)


class WordingEntry(FieldGroup):
    """One wrong way to write something; the key is the wrong one."""

    right: Line = titled("对的写法", "应当写成什么")
    reason: Line = titled("为什么错", "一句话")
    source: Line = titled("依据", "哪份文件、哪本词典或者通行的写法")
    unless: tuple[Line, ...] = several("例外", "含有这几个字、但没有错的词")
    since: NumberField | None = optional(
        "改名的年份", "哪一年起不再这样叫；同一句里写着以后的年份才算错", example="2018"
    )


class PermissionEntry(FieldGroup):
    """What is left as it stands; the key is the very text."""

    paths: tuple[Line, ...] = titled("文件", "在哪几个文件里，例如 data/bases/xingkong-guan.yml", fewest=1)
    reason: Line = titled("为什么保留", "例如 引文照录，或 单位同意公布的值班手机")


@dataclass(frozen=True)
class WrongWord:
    """A wrong way to write something.

    Attributes:
        wrong: the very characters.
        right: what should be written.
        reason: why it is wrong.
        source: what says so.
        exceptions: right words that the wrong one is a part of.
        since: the year from which a body has another name; None for what was never right.
    """

    wrong: str
    right: str
    reason: str
    source: str
    exceptions: tuple[str, ...] = ()
    since: int | None = None


@dataclass(frozen=True)
class Permission:
    """Something that is left as it stands.

    Attributes:
        text: the very text.
        paths: the files in which it may stand, POSIX form, relative to the project's root.
        reason: why.
    """

    text: str
    paths: tuple[str, ...]
    reason: str


def read_wording(document: Document) -> tuple[WrongWord, ...]:
    """Read the words that are wrong for certain, in the order of the file.

    Raises:
        ProblemsFound: an entry is wrong, would find what is right, or has an exception that it can't meet.
    """
    entries = read_entries(document, WordingEntry)
    problems = [
        document.problem((wrong,), message, "wrong-wording", key=True)
        for wrong, entry in entries.items()
        if (message := _objection(wrong, entry))
    ]
    if problems:
        raise ProblemsFound(problems)
    return tuple(
        WrongWord(wrong, one.right, one.reason, one.source, one.unless, int(one.since) if one.since else None)
        for wrong, one in entries.items()
    )


def _objection(wrong: str, entry: WordingEntry) -> str:
    if len(wrong) < _SHORTEST:
        return "一个字的词会到处找到；请写长一些"
    if wrong in entry.right and not any(wrong in one for one in entry.unless):
        return f"对的写法 “{entry.right}” 里就有 “{wrong}”，会把对的算成错的；请写长一些，或在 unless 里写上对的词"
    if stray := next((one for one in entry.unless if wrong not in one), None):
        return f"例外 “{stray}” 里没有 “{wrong}”；例外要写含有它的词"
    if entry.since is not None and int(entry.since) not in _YEARS:
        return "改名的年份要写成四位数字，例如 2018"
    return ""


def read_permissions(document: Document) -> tuple[Permission, ...]:
    """Read what is left as it stands, in the order of the file.

    Raises:
        ProblemsFound: an entry is wrong.
    """
    entries = read_entries(document, PermissionEntry)
    return tuple(Permission(text, entry.paths, entry.reason) for text, entry in entries.items())
