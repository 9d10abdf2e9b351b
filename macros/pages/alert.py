"""A word to everyone (``content/alert.md``): a banner on every page until a last day, such as 台风闭馆.

The last day is asked for, since an alert that nobody takes down is worse than none. One whose day is over is not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from macros.library.library import Library
from macros.pages.handwritten import ALERT, CONTENT
from macros.records import frontmatter
from macros.records.laws.references import dangling, not_published
from macros.records.messages import translate
from macros.records.model.dates import PartialDate
from macros.records.model.fields import FullDateField, Prose
from macros.records.model.groups import FieldGroup, titled
from macros.records.problems import Level, Problem, ProblemsFound
from macros.records.reading import read_bytes
from macros.text import prose

PATH = f"{CONTENT}/{ALERT}"
LONGEST = 200
"""Characters of an alert: on a telephone it must leave room for the page."""

_ALLOWED = re.compile(r"</?(?:p|a|strong|em|br)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")


class AlertFields(FieldGroup):
    """The front matter of an alert."""

    until: FullDateField = titled("最后一天", "显示到哪一天为止，过了就自己消失", example="2026-09-24")


@dataclass(frozen=True)
class Alert:
    """What is said on every page.

    Attributes:
        text: one or two sentences, in the Markdown of records.
        until: the last day on which it is shown, in China.
    """

    text: Prose
    until: PartialDate

    @property
    def plain(self) -> str:
        """The text without its markup."""
        return prose.plain(self.text).strip()


@dataclass(frozen=True)
class AlertFile:
    """What stands in the file of the alert.

    Attributes:
        alert: what is shown; None if there is none, it is wrong, or its last day is over.
        problems: what is wrong.
    """

    alert: Alert | None = None
    problems: tuple[Problem, ...] = ()


def read_alert(root: Path, library: Library) -> AlertFile:
    """Read the alert of a project, if it has one.

    Args:
        root: the project's folder.
        library: the records, which it may link to, and the day.
    """
    if not (root / PATH).is_file():
        return AlertFile()
    try:
        page = _page(root)
        fields = AlertFields.model_validate(page.document.data)
    except ValidationError as error:
        return AlertFile(problems=tuple(translate(error, AlertFields, page.document)))
    except ProblemsFound as found:
        return AlertFile(problems=tuple(found.problems))
    if faults := tuple(_faults(page, library)):
        return AlertFile(problems=faults)
    if fields.until < library.as_of:
        message = f"最后一天 {fields.until.iso} 已经过去，这条通知不再显示；请删掉这个文件，还要显示就改日期"
        return AlertFile(
            problems=(Problem(PATH, *page.document.locate(("until",)), message, "alert-over", Level.NOTICE),)
        )
    return AlertFile(Alert(Prose(page.body.strip()), fields.until))


def _page(root: Path) -> frontmatter.Page:
    try:
        return frontmatter.read(PATH, read_bytes(root, root / PATH))
    except ProblemsFound as found:
        if found.problems[0].rule != "no-front-matter":
            raise
        message = (
            "没有写最后一天；第一行写 ---，接着写 until: 2026-09-24（显示到哪一天），再用一行 --- 结束，下面写通知"
        )
        raise ProblemsFound([Problem(PATH, 1, 1, message, "no-front-matter")]) from None


def _faults(page: frontmatter.Page, library: Library) -> Iterator[Problem]:
    text = page.body.strip()
    line = page.body_line + page.body[: len(page.body) - len(page.body.lstrip())].count("\n")
    if not text:
        message = "通知没有内容；请在 --- 下面写一两句话，例如 因台风，今天全部场馆闭馆。不要通知就删掉这个文件"
        yield Problem(PATH, page.body_line, 1, message, "empty")
        return
    if len(text) > LONGEST:
        message = f"通知有 {len(text)} 个字，太长；最多 {LONGEST} 个字，详细的写成一页，在通知里链接它"
        yield Problem(PATH, line, 1, message, "too-long")
    for fault in (*prose.faults(text), *prose.half_made(text)):
        yield Problem(PATH, line + fault.line - 1, fault.column, fault.message, "unsafe-prose")
    if _TAG.search(_ALLOWED.sub("", prose.render(text, lambda name: name))):
        message = "通知里只能写一两句话，可以加粗、加链接；请去掉标题、列表、表格和图片"
        yield Problem(PATH, line, 1, message, "alert-form")
    for link in prose.references(text):
        if not library.get(link.name, withdrawn=True):
            message = not_published(library.collection, link.name) or dangling(library.collection, link.name, ())
            yield Problem(PATH, line + link.line - 1, link.column, message, "dangling-reference")
