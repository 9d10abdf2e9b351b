"""Problems: what is wrong in the data or the content, where it stands and how to mend it.

Every check of the project reports by yielding `Problem`s, so that one run shows all of them. The form of a line,
``path:line:column: 错误：message``, is the one that editors and continuous integration tools can jump to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Level(StrEnum):
    """How grave a problem is: an error stops the build, a notice does not."""

    ERROR = "错误"
    NOTICE = "提醒"


OF_DRAFT = "草稿还没有写完："
"""What leads the message of a fault that waits until its record is to be published."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place.

    Attributes:
        path: the file, POSIX form, relative to the project's root.
        line: line of the fault, from 1.
        column: column of the fault in characters, from 1.
        message: in Chinese: what was found, what is allowed, what to do.
        rule: name of the rule that was broken, stable, for tests and for machine-readable output.
        level: error or notice.
        steps: names and list positions that lead to the value in its record, for forms; empty if it is about the whole.
    """

    path: str
    line: int
    column: int
    message: str
    rule: str
    level: Level = Level.ERROR
    steps: tuple[str | int, ...] = field(default=(), compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.level}：{self.message}"

    @property
    def of_draft(self) -> Problem:
        """The same in a record that is not published, and so stops nothing."""
        if self.level is Level.NOTICE:
            return self
        return replace(self, level=Level.NOTICE, message=f"{OF_DRAFT}{self.message}")

    @property
    def as_data(self) -> dict[str, str | int]:
        """What programs are told of it."""
        said = {"message": self.message, "rule": self.rule, "level": str(self.level)}
        return {"path": self.path, "line": self.line, "column": self.column, **said}


class ProblemsFound(Exception):
    """Raised where work cannot go on; carries every problem that was found.

    Attributes:
        problems: the problems, sorted by place.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem is grave enough to stop a build."""
    return any(problem.level is Level.ERROR for problem in problems)


def summarize(problems: Iterable[Problem]) -> str:
    """Return the closing line of a report, e.g. ``2 处错误，在 2 个文件里。``"""
    found = list(problems)
    counts = [(level, [p for p in found if p.level is level]) for level in Level]
    parts = [f"{len(group)} 处{level}，在 {len({p.path for p in group})} 个文件里" for level, group in counts if group]
    return "；".join(parts) + "。" if parts else "没有发现问题。"
