"""What is to be said of a file that is published as it lies, by what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from macros.media.decoding import objection
from macros.media.file_types import DOCUMENTS, PICTURES, Buffer, mismatch
from macros.media.pictures import in_words, metadata_of_picture
from macros.media.properties import metadata_of_document

LARGEST = {".gif": 500_000, **dict.fromkeys([".jpg", ".jpeg", ".png", ".webp"], 1_000_000)}
"""Sizes in bytes above which a picture is slow to open whole, and swells the repository for ever; of documents, `LARGEST_DOCUMENT`.

Pages show smaller ones that are made of it, but for what moves."""
LARGEST_DOCUMENT = 20_000_000


class Finding(NamedTuple):
    """One thing to say of a file.

    Attributes:
        rule: short name of the rule.
        message: in Chinese: what was found, what to do.
        is_error: whether the file must not be published so.
    """

    rule: str
    message: str
    is_error: bool


def check_content(name: str, raw: Buffer) -> Iterator[Finding]:
    """Yield what is to be said of a file: whether it is what its name says, what it tells of people, and how heavy it is.

    Args:
        name: the file's name, with one of the extensions that are published.
        raw: the file.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if found := mismatch(name, raw):
        message, opens = found
        yield Finding("file-content", message, not opens)
        if not opens:
            return
    if suffix in PICTURES - {".svg"}:
        yield from _picture(raw)
    elif suffix in DOCUMENTS:
        yield from _document(raw)
    yield from _weight(suffix, len(raw))


def _picture(raw: Buffer) -> Iterator[Finding]:
    if message := objection(raw):
        yield Finding("broken-picture", message, True)
    position, details = metadata_of_picture(raw)
    remedy = "请运行 kepu fix 去掉，图片本身不变"
    if position:
        more = f"，还有{'、'.join(details)}" if details else ""
        yield Finding("position", f"图片里写着拍摄地点（{in_words(position)}）{more}，谁都能看到；{remedy}", True)
    elif details:
        yield Finding("metadata", f"图片里写着{'、'.join(details)}，谁都能看到；不想公开{remedy}", False)


def _document(raw: Buffer) -> Iterator[Finding]:
    position, details = metadata_of_document(raw)
    if position:
        message = f"文件里的照片写着拍摄地点（{in_words(position)}），谁都能看到；请先去掉照片里的地点，再放进文件"
        yield Finding("position", message, False)
    if details:
        remedy = "不想公开，请在 Word、Excel 或 WPS 里用“检查文档”去掉，再另存一次"
        yield Finding("metadata", f"文件属性里写着{'、'.join(details)}，谁都能看到；{remedy}", False)


def _weight(suffix: str, size: int) -> Iterator[Finding]:
    most = LARGEST.get(suffix, LARGEST_DOCUMENT)
    if size <= most or suffix == ".svg":
        return
    if suffix in LARGEST:
        is_photo = suffix in (".jpg", ".jpeg")
        slow = "手机上打开慢" if suffix == ".gif" else "打开原图慢，仓库也越来越大"
        remedy = f"{slow}；请{'运行 kepu fix 缩小，或自己' if is_photo else ''}把长边缩小到 2400 像素以内再存一次"
        remedy += "，照片改存为 JPEG" if suffix == ".png" else ""
    else:
        remedy = "请压缩附件，或放到门户网站上，这里只写网址"
    yield Finding("size-budget", f"文件有 {size // 1000} KB，超过 {most // 1000} KB；{remedy}", False)
