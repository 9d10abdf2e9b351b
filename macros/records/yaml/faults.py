"""Faults of YAML text, before the file's name is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Fault:
    """A fault at a line and column of the text, both from 1."""

    line: int
    column: int
    message: str
    rule: str


class SyntaxFaults(Exception):
    """Raised for text that can't be read as a record; carries every fault that was found, sorted."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__(self.faults)


def fault_at(mark: Any, message: str, rule: str) -> Fault:
    """Return a fault at one of the parser's marks, which count from 0."""
    return Fault(mark.line + 1, mark.column + 1, message, rule)


@dataclass(frozen=True)
class Translation:
    """One complaint of the parser.

    Attributes:
        phrase: stands in the parser's message.
        rule: name of the rule.
        message: what is wrong and what to write.
        at_beginning: whether the place to change is where the unfinished thing begins, not where the parser gave up.
    """

    phrase: str
    rule: str
    message: str
    at_beginning: bool = False


TRANSLATIONS = (
    Translation("expected a single document", "several-documents", "一个文件只能有一条记录；请删掉 “---” 和它后面的内容，或拆成两个文件"),
    Translation("did not find expected <document start>", "several-documents", "“...” 后面不能再有内容；一个文件只能有一条记录，请删掉 “...”"),
    Translation("found unexpected end of stream", "open-quote", "这里的引号没有成对；请补上另一半", at_beginning=True),
    Translation("mapping values are not allowed", "stray-colon", "这一行多了一个 “: ”，或缩进不对；值里有半角冒号加空格时，请给整个值加半角引号"),
    Translation("could not find expected ':'", "missing-colon", "这一行缺少 “: ”；要写成 “字段: 值”", at_beginning=True),
    Translation("block sequence entries are not allowed", "stray-dash", "“- ” 不能和字段写在同一行；列表要另起一行，每行一个 “- 值”"),
    Translation("did not find expected key", "wrong-indent", "缩进没有对齐，或引号、括号后面多了字；同一层的字段要从同一列开始"),
    Translation("did not find expected '-' indicator", "wrong-indent", "列表没有对齐；同一个列表的 “- ” 要从同一列开始"),
    Translation("did not find expected ',' or", "open-bracket", "这里的括号没有成对，或里面少了半角逗号；请补上，列表写成 [甲, 乙]", at_beginning=True),
    Translation("did not find expected node content", "wrong-character", "这里少了一个值，或多了逗号、括号；值以符号开头时，请加半角引号"),
    Translation("did not find expected alphabetic or numeric character", "wrong-character", "值不能以 * 或 & 开头；请给整个值加半角引号"),
    Translation("found character that cannot start any token", "wrong-character", "这里的字符不能这样开头；请给值加半角引号"),
    Translation("found undefined tag handle", "tag", "这里用了 YAML 的标签（以 ! 开头）；请删掉它，或给值加引号"),
    Translation("did not find expected comment or line break", "wrong-block", "“|” 和 “>” 后面不能接着写字；请另起一行，缩进两格再写"),
    Translation("escape", "wrong-escape", "双引号里的反斜杠有特别的意思；请改用单引号"),
    Translation("did not find expected hexdecimal number", "wrong-escape", "双引号里的反斜杠有特别的意思；请改用单引号"),
)  # fmt: skip

_UNKNOWN = Translation("", "wrong-yaml", "YAML 写法不对；请对照别的记录检查这一行和上一行")


def translated(error: Exception, text: str) -> Fault:
    """Return the parser's error as a fault.

    Args:
        error: what the parser raised.
        text: the YAML, for its last line, since the parser may give up behind it.
    """
    complaint = str(error)
    translation = next((one for one in TRANSLATIONS if one.phrase in complaint), _UNKNOWN)
    mark = _mark(error, translation.at_beginning)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Fault(min(line, text.count("\n") + 1), column, translation.message, translation.rule)


def _mark(error: Exception, at_beginning: bool) -> Any:
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    return next(filter(None, reversed(marks) if at_beginning else marks), None)
