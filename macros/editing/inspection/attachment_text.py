"""What stands in attachments: the text layer of PDFs, cells of tables, paragraphs of Word and PowerPoint files.

What is read is bounded in bytes, pages and characters, so that no file, however it was made, keeps the check busy.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import PurePosixPath
from unicodedata import normalize

from macros.editing.inspection.findings import InspectionFinding, ScannedText
from macros.editing.inspection.pdf_text import PdfText, read_pdf_text
from macros.spreadsheets.csv_file import read_csv
from macros.spreadsheets.reader import read_xlsx
from macros.spreadsheets.sheets import Unusable, Worksheet, column_name

LARGEST_ATTACHMENT = 20_000_000
"""Bytes of an attachment that is read."""

_PDF = ".pdf"
_LONGEST = 2_000_000
_FEWEST_CHARACTERS = 20
_LARGEST_PART = 20_000_000
_WORD_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|comments)\.xml|ppt/(?:slides|notesSlides)/\w+\.xml"
)
_PARAGRAPH = re.compile(r"</[aw]:p>")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class AttachmentPart:
    """A page, a sheet or a part of an attachment.

    Attributes:
        text: what stands there.
        place: says in Chinese where a line and a column of the text are.
    """

    text: ScannedText
    place: Callable[[int, int], str]

    def placed(self, finding: InspectionFinding) -> InspectionFinding:
        """Return a finding in the text with its place in the attachment."""
        return replace(finding, place=self.place(finding.line, finding.column))


@dataclass(frozen=True)
class AttachmentContent:
    """What was read of an attachment.

    Attributes:
        parts: its pages, sheets and parts.
        objection: in Chinese, why citizens can't read it, if so.
        remedy: what to do about that.
        unread: in Chinese, what a person has to look at; empty if all was read.
    """

    parts: tuple[AttachmentPart, ...] = ()
    objection: str = ""
    remedy: str = ""
    unread: str = ""


def read_attachment(
    path: str, raw: bytes, read_pdf: Callable[[bytes], PdfText | None] = read_pdf_text
) -> AttachmentContent:
    """Return what stands in an attachment; whatever is wrong with it, it is told and never raised.

    Args:
        path: the file, POSIX form, relative to the project's root.
        raw: its bytes.
        read_pdf: reads the text of a PDF; None stands for one that took too long.
    """
    suffix = PurePosixPath(path).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None and suffix != _PDF:
        return AttachmentContent(unread="程序读不了这种文件，请打开看")
    if len(raw) > LARGEST_ATTACHMENT:
        return AttachmentContent(unread=f"文件超过 {LARGEST_ATTACHMENT // 1_000_000} MB，程序没有读，请打开看")
    return reader(path, raw) if reader else _pdf(path, read_pdf(raw))


def _pdf(path: str, read: PdfText | None) -> AttachmentContent:
    if read is None:
        return AttachmentContent(unread="PDF 太复杂，读了很久没有读完，请打开看")
    if read.is_locked:
        return AttachmentContent(objection="PDF 加了密码，读者打不开", remedy="请去掉密码再发布")
    parts = tuple(
        # Fonts of some programs give Chinese characters back as radicals (U+2F00 and on).
        AttachmentPart(ScannedText(path, normalize("NFKC", text)), _on_page(number))
        for number, text in enumerate(read.pages, 1)
    )
    if read.is_broken:
        return AttachmentContent(parts, unread="PDF 有一部分读不出来，请打开看")
    if read.page_count > len(read.pages):
        return AttachmentContent(parts, unread=f"只读了前 {len(read.pages)} 页，后面的请打开看")
    if read.page_count and sum(len(text.strip()) for text in read.pages) < _FEWEST_CHARACTERS:
        said = "PDF 里没有文字，只有扫描的图：读屏软件念不出来，也不能搜索"
        remedy = "请换成由文档导出的 PDF，或先做文字识别"
        return AttachmentContent(parts, said, remedy, "只有图，请打开看有没有个人信息")
    return AttachmentContent(parts)


def _on_page(number: int) -> Callable[[int, int], str]:
    return lambda line, column: f"第 {number} 页第 {line} 行"


def _table(read: Callable[[str, bytes], list[Worksheet]]) -> Callable[[str, bytes], AttachmentContent]:
    def content(path: str, raw: bytes) -> AttachmentContent:
        try:
            sheets = read(path, raw)
        except Unusable as error:
            return AttachmentContent(unread=f"表格读不出来（{error}）")
        return AttachmentContent(tuple(_sheet(path, sheet) for sheet in sheets))

    return content


def _sheet(path: str, sheet: Worksheet) -> AttachmentPart:
    lines, numbers = [], list(sheet.rows)
    for row in sheet.rows.values():
        cells = [""] * (max(row, default=-1) + 1)
        for column, cell in row.items():
            cells[column] = cell.text.replace("\n", " ").replace("\t", " ")
        lines.append("\t".join(cells))

    def place(line: int, column: int) -> str:
        at = lines[line - 1][: column - 1].count("\t")
        return f"{sheet.name}!{column_name(at)}{numbers[line - 1]}"

    return AttachmentPart(ScannedText(path, "\n".join(lines)[:_LONGEST], is_prose=False), place)


def _office(path: str, raw: bytes) -> AttachmentContent:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = [one for one in archive.infolist() if _WORD_PARTS.fullmatch(one.filename)]
            if any(one.file_size > _LARGEST_PART for one in members):
                return AttachmentContent(unread="文件展开以后太大，程序没有读，请打开看")
            texts = [archive.read(one).decode("utf-8", "replace") for one in members]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return AttachmentContent(unread="文件读不出来，请打开看")
    return AttachmentContent(
        tuple(AttachmentPart(ScannedText(path, one, is_prose=False), _in_paragraph) for one in map(_words, texts))
    )


def _words(xml: str) -> str:
    return unescape(_TAG.sub("", _PARAGRAPH.sub("\n", xml)))[:_LONGEST]


def _in_paragraph(line: int, column: int) -> str:
    return f"第 {line} 段"


def _plain(path: str, raw: bytes) -> AttachmentContent:
    text = ScannedText(path, raw.decode("utf-8-sig" if _is_utf8(raw) else "gb18030", "replace")[:_LONGEST])
    return AttachmentContent((AttachmentPart(text, lambda line, column: f"第 {line} 行"),))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _csv(path: str, raw: bytes) -> list[Worksheet]:
    return [read_csv("表", raw)]


def _xlsx(path: str, raw: bytes) -> list[Worksheet]:
    return read_xlsx(raw)


_READERS: dict[str, Callable[[str, bytes], AttachmentContent]] = {
    ".csv": _table(_csv),
    ".xlsx": _table(_xlsx),
    ".docx": _office,
    ".pptx": _office,
    ".txt": _plain,
}


def findings_in(
    content: AttachmentContent, look: Callable[[ScannedText], Iterator[InspectionFinding]]
) -> Iterator[InspectionFinding]:
    """Yield what a search finds in an attachment, each with its place.

    Args:
        content: what was read of it.
        look: looks into one text.
    """
    for part in content.parts:
        yield from map(part.placed, look(part.text))
