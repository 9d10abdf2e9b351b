"""审核表: what a change says before it is published, on paper, for those who draft, check and sign it (三审)."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.editing.diff import Fate, FieldChange, RecordChange, summary
from macros.records.model.dates import PartialDate
from macros.spreadsheets.form_sheet import HEAD, NOTE, SECTION, TITLE, FormSheet

if TYPE_CHECKING:
    from docx.document import Document

NAME = "审核表"
COLUMNS = ("哪一项", "原来", "现在")
SIGNATURES = ("拟稿人", "审核人", "签发人")
_WIDTHS = (3.6, 6.7, 6.7)
"""Of the columns, in centimetres."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Picture:
    """A picture of a record.

    Attributes:
        name: its file.
        words: what it shows, in words.
        content: a small JPEG; empty if it can't be shown.
    """

    name: str
    words: str
    content: bytes


@dataclass(frozen=True)
class ReviewedRecord:
    """One record that changed.

    Attributes:
        change: what became of it.
        fields: what changed in it; of a new record all that it says.
        sources: where what it says is known from, each in words.
        pictures: its pictures, small.
    """

    change: RecordChange
    fields: tuple[FieldChange, ...] = ()
    sources: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def heading(self) -> str:
        """What stands above it, e.g. ``科普基地“星空馆”（新增）``."""
        fate = "" if self.change.fate is Fate.CHANGED else f"（{self.change.fate}）"
        return f"{self.change.label}“{self.change.heading}”{fate}"


@dataclass(frozen=True)
class ReviewSheet:
    """What is laid before those who sign.

    Attributes:
        site: what the site is called.
        base: what it is compared with, in words.
        as_of: the day of the content.
        drafted_by: names of those who wrote it, by git.
        records: what changed.
    """

    site: str
    base: str
    as_of: PartialDate
    drafted_by: tuple[str, ...]
    records: tuple[ReviewedRecord, ...]

    @property
    def title(self) -> str:
        """The heading of the whole."""
        return f"{self.site}内容发布{NAME}"

    @property
    def about(self) -> str:
        """What it is, in one sentence."""
        drafted = f"拟稿：{'、'.join(self.drafted_by)}。" if self.drafted_by else ""
        return f"和{self.base}相比，截至 {self.as_of}：{self.summary}{drafted}"

    @property
    def summary(self) -> str:
        """How much changed."""
        return summary([record.change for record in self.records])


def show_sheet(sheet: ReviewSheet, form: str) -> bytes:
    """Return the sheet in one of the forms of `SHEETS`."""
    return SHEETS[form](sheet)


def _html(sheet: ReviewSheet) -> bytes:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["data_address"] = lambda content: f"data:image/jpeg;base64,{b64encode(content).decode()}"
    page = environment.get_template("review.html")
    return page.render(sheet=sheet, columns=COLUMNS, signatures=SIGNATURES).encode()


def _xlsx(sheet: ReviewSheet) -> bytes:
    form = FormSheet(NAME, sheet.title, sheet.as_of.first_day, (22, 39, 39))
    form.banner(sheet.title, TITLE)
    form.banner(sheet.about, NOTE)
    for record in sheet.records:
        form.banner(record.heading, SECTION)
        form.row(COLUMNS, HEAD)
        for field in record.fields:
            form.row((field.title, field.before, field.after))
        for source in record.sources:
            form.row(("来源", "", source))
        for picture in record.pictures:
            form.row(("图片", picture.name, picture.words))
    for name in SIGNATURES:
        form.row((name, "签名：", "年　　月　　日"))
    return form.content()


def _docx(sheet: ReviewSheet) -> bytes:
    # Importing it takes longer than a check.
    import docx
    from docx.shared import Cm

    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.core_properties.title = sheet.title
    document.core_properties.author = ""
    document.add_heading(sheet.title, 0)
    document.add_paragraph(sheet.about)
    for record in sheet.records:
        document.add_heading(record.heading, 2)
        _table(document, [COLUMNS, *((one.title, one.before, one.after) for one in record.fields)])
        for source in record.sources:
            document.add_paragraph(f"来源：{source}")
        for picture in record.pictures:
            document.add_paragraph(f"图片 {picture.name}：{picture.words}")
            if picture.content:
                document.add_picture(io.BytesIO(picture.content), width=Cm(4))
    document.add_heading("审核", 2)
    _table(document, [(name, "签名：", "　　年　　月　　日") for name in SIGNATURES])
    file = io.BytesIO()
    document.save(file)
    return _without_clock(file.getvalue())


def _table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    from docx.shared import Cm

    table = document.add_table(0, len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text, width in zip(table.add_row().cells, row, _WIDTHS, strict=True):
            cell.text, cell.width = _printable(text), Cm(width)
    document.add_paragraph()


def _printable(text: str) -> str:
    """Return a text without what XML can't hold."""
    return "".join(character for character in text if character in "\n\t" or character >= " ")


def _without_clock(content: bytes) -> bytes:
    """Return an archive whose entries bear no time of making."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


SHEETS: dict[str, Callable[[ReviewSheet], bytes]] = {"html": _html, "docx": _docx, "xlsx": _xlsx}
