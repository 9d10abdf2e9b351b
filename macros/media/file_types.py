"""Which files are published as they lie: by their names, and whether what they hold is what their names say.

A list of what is allowed, since a list of what is not would never be whole: HTML beside the pages would bring scripts
past every other check, and programs have no place on a public site.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from io import BytesIO
from mmap import mmap
from pathlib import PurePosixPath
from typing import NamedTuple

Buffer = bytes | mmap
"""A file's bytes; mapped, so that of a large file only what is looked at is read."""

DOCUMENTS = frozenset(
    [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".csv", ".txt", ".wps", ".et", ".dps", ".ofd", ".zip"]
)
PICTURES = frozenset([".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"])
_TEXTS = frozenset([".csv", ".txt"])
_HEAD = 4096


class Content(NamedTuple):
    """What a file holds.

    Attributes:
        name: for people, in Chinese.
        suffixes: the extensions that say so; the first is the usual one. Empty if the site publishes no such file.
        opens_as: extensions under which programs and browsers open it all the same.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    opens_as: tuple[str, ...] = ()


_SHOWN_AS_PICTURE = (".jpg", ".jpeg", ".png", ".webp", ".gif")
EMPTY = Content("空的")
POINTER = Content("Git LFS 的指针")
PAGE = Content("网页", (), (".xls", ".doc"))
TEXT = Content("文字", (".txt", ".csv"), (".xls", ".doc"))
ZIP = Content("ZIP 压缩包", (".zip",))
BROKEN_ZIP = Content("不完整的压缩包")
OLD_OFFICE = Content("旧版的 Office 或 WPS 文件", (".doc", ".xls", ".ppt", ".wps", ".et", ".dps"))
UNKNOWN = Content("认不出来的内容")

# Where a signature stands, and what it is; as libmagic and the WHATWG MIME Sniffing Standard have them.
_SIGNATURES: tuple[tuple[int, bytes, Content], ...] = (
    (0, b"version https://git-lfs.github.com/spec/", POINTER),
    (0, b"/annex/objects/", POINTER),
    (0, b"\xff\xd8\xff", Content("JPEG 图片", (".jpg", ".jpeg"), _SHOWN_AS_PICTURE)),
    (0, b"\x89PNG\r\n\x1a\n", Content("PNG 图片", (".png",), _SHOWN_AS_PICTURE)),
    (0, b"GIF8", Content("GIF 图片", (".gif",), _SHOWN_AS_PICTURE)),
    (8, b"WEBP", Content("WebP 图片", (".webp",), _SHOWN_AS_PICTURE)),
    (4, b"ftypavif", Content("AVIF 图片")),
    (4, b"ftyphei", Content("HEIC 图片（苹果手机的照片）")),
    (4, b"ftypmif1", Content("HEIC 图片（苹果手机的照片）")),
    (4, b"ftyp", Content("视频")),
    (0, b"II*\0", Content("TIFF 图片")),
    (0, b"MM\0*", Content("TIFF 图片")),
    (0, b"BM", Content("BMP 图片")),
    (0, b"{\\rtf", Content("RTF 文档", (), (".doc", ".wps"))),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"Rar!", Content("RAR 压缩包")),
    (0, b"7z\xbc\xaf'\x1c", Content("7z 压缩包")),
    (0, b"\x1f\x8b", Content("GZIP 压缩包")),
    (0, b"MZ", Content("Windows 程序")),
    (0, b"\x7fELF", Content("Linux 程序")),
)
# A member of a ZIP that tells what it is (ECMA-376, part 2; GB/T 33190).
_IN_ZIP = (
    ("word/", Content("Word 文档", (".docx",), (".doc", ".wps"))),
    ("xl/", Content("Excel 表格", (".xlsx",), (".xls", ".et"))),
    ("ppt/", Content("PPT 演示", (".pptx",), (".ppt", ".dps"))),
    ("OFD.xml", Content("OFD 文档", (".ofd",))),
)
# Names of streams in the directory of a compound file ([MS-CFB], 2.6).
_STREAMS = (
    ("EncryptedPackage", Content("加了密码的 Office 文件")),
    ("WordDocument", Content("旧版的 Word 文档", (".doc", ".wps"))),
    ("Workbook", Content("旧版的 Excel 表格", (".xls", ".et"))),
    ("PowerPoint Document", Content("旧版的 PPT 演示", (".ppt", ".dps"))),
)
_DIRECTORY = 65_536
_MARKUP = re.compile(
    rb"\s*(<!--.{0,2000}?-->\s*)?<(!doctype\s+html|html|head|body|script|title|meta|table|div|p)\b", re.I | re.S
)
_DRAWING = re.compile(rb"<(\w+:)?svg\b")


def refusal(name: str) -> str | None:
    """Say in Chinese why a file is not published, by its name alone, or None if it may be."""
    path = PurePosixPath(name)
    if path.suffix.lower() in DOCUMENTS | PICTURES:
        return None
    what = f" {path.suffix} 文件" if path.suffix else "没有扩展名的文件"
    return (
        f"网站不发布{what}；文档请用 PDF、Word、Excel、PPT、WPS、OFD、CSV 或 TXT，"
        "图片请用 JPG、PNG、WebP、GIF 或 SVG，别的请打成 ZIP 压缩包"
    )


def identify(raw: Buffer) -> Content:
    """Return what a file holds, whatever its name.

    >>> identify(b"<!DOCTYPE html><title>404").name
    '网页'
    """
    head = raw[:_HEAD]
    if not head:
        return EMPTY
    if b"%PDF-" in head[:1024]:
        return Content("PDF 文档", (".pdf",))
    for offset, signature, content in _SIGNATURES:
        if head.startswith(signature, offset):
            if content is ZIP:
                return _in_zip(raw)
            return _in_compound_file(raw) if content is OLD_OFFICE else content
    return _text(head)


def _in_zip(raw: Buffer) -> Content:
    try:
        with zipfile.ZipFile(BytesIO(raw) if isinstance(raw, bytes) else raw) as archive:  # type: ignore[arg-type]
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return BROKEN_ZIP
    return next((content for start, content in _IN_ZIP if any(name.startswith(start) for name in names)), ZIP)


def _in_compound_file(raw: Buffer) -> Content:
    sector = 512 << (3 if raw[30:31] == b"\x0c" else 0)
    start = (int.from_bytes(raw[48:52], "little") + 1) * sector
    directory = raw[start : start + _DIRECTORY]
    return next((content for name, content in _STREAMS if name.encode("utf-16-le") in directory), OLD_OFFICE)


def _text(head: bytes) -> Content:
    plain = head.removeprefix(codecs.BOM_UTF8)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return TEXT
    if _MARKUP.match(plain):
        return PAGE
    if _DRAWING.search(plain):
        return Content("SVG 图片", (".svg",))
    return UNKNOWN if b"\0" in head else TEXT


def mismatch(name: str, raw: Buffer) -> tuple[str, bool] | None:
    """Say in Chinese that a file does not hold what its name says, and whether it opens all the same; None if it does.

    Args:
        name: the file's name, with one of the extensions that are published.
        raw: the file.
    """
    suffix, content = PurePosixPath(name).suffix.lower(), identify(raw)
    if (
        suffix == ".svg"
        or suffix in content.suffixes
        or (suffix == ".zip" and raw[:2] == b"PK" and content is not BROKEN_ZIP)
    ):
        return None
    if suffix in _TEXTS and content not in (EMPTY, POINTER, PAGE) and b"\0" not in raw[:_HEAD]:
        return None  # A text may begin like a program.
    if content is EMPTY:
        return "文件是空的（0 字节），打不开；请重新放一份，或删掉它", False
    if content is POINTER:
        return "这只是 Git LFS 的指针，不是文件本身；请运行 git lfs pull 取来真正的文件，不用 LFS 再提交一次", False
    return (
        f"名字是 {suffix}，内容却是{_spaced(content.name)}；{_remedy(name, suffix, content)}",
        suffix in content.opens_as,
    )


def _spaced(name: str) -> str:
    return f" {name}" if name[0].isascii() else name


def _remedy(name: str, suffix: str, content: Content) -> str:
    if content is PAGE and suffix not in content.opens_as:
        return "多半是下载时网站要登录或没有这个文件；请重新下载真正的文件"
    if content.suffixes and content is not TEXT:
        right = PurePosixPath(name).stem + content.suffixes[0]
        return f"请把文件改名为 {right}，用到它的地方一起改；或用软件另存为真正的 {suffix}"
    return f"请用原来的软件打开，另存为 {suffix}；打不开就重新下载"
