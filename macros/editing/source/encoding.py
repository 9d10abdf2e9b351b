"""Bring a file's bytes to what the project keeps: UTF-8 without a byte order mark, and line feeds.

Text that is not UTF-8 is taken for GBK only if every character of it is one that Chinese editors type, since almost any
bytes can be read as GBK somehow.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TYPED = re.compile(
    r"[\t\r\n\x20-\x7e\u00b7\u00d7\u2010-\u2027\u2030-\u203b\u2160-\u2179\u2460-\u2473\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*"
)


@dataclass(frozen=True)
class Fix:
    """One mend.

    Attributes:
        line: line of the file that was mended, from 1, as it was before.
        message: what was done, in Chinese.
    """

    line: int
    message: str


def decode(raw: bytes) -> tuple[str, list[Fix]] | None:
    """Return a file's text with what was mended to read it, or None if its encoding is not certain."""
    for encoding, mark, message in (
        ("utf-8", codecs.BOM_UTF8, "去掉了文件开头的 BOM"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "编码从 UTF-16 改成了 UTF-8"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "编码从 UTF-16 改成了 UTF-8"),
    ):
        if raw.startswith(mark):
            text = _decoded(raw[len(mark) :], encoding)
            return None if text is None else (text, [Fix(1, message)])
    if (text := _decoded(raw, "utf-8")) is not None:
        return text, []
    text = _decoded(raw, "gbk")
    return (text, [Fix(1, "编码从 GBK 改成了 UTF-8")]) if text and _is_chinese(text) else None


def _is_chinese(text: str) -> bool:
    """Tell whether text is what Chinese editors type: known signs, and at least nine of ten characters common ones."""
    characters = re.findall("[\u4e00-\u9fff]", text)
    common = sum(bool(character.encode("gb2312", "ignore")) for character in characters)
    return bool(_TYPED.fullmatch(text)) and common * 10 >= len(characters) * 9


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def mend_line_ends(text: str) -> tuple[str, list[Fix]]:
    """Return the text with line feeds alone, and one at its end."""
    return (mended := _with_line_feeds(text)), list(_line_end_fixes(text, mended))


def _with_line_feeds(text: str) -> str:
    mended = re.sub(r"\r\n?", "\n", text)
    return mended if mended.endswith("\n") or not mended else mended + "\n"


def _line_end_fixes(text: str, mended: str) -> Iterator[Fix]:
    if "\r" in text:
        yield Fix(1, "换行从 Windows 的写法改成了 LF")
    if text and not text.endswith(("\n", "\r")):
        yield Fix(mended.count("\n"), "在文件末尾补了换行")
