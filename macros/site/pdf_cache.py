"""The text of PDFs, read once for each state of a file and kept beside the project.

A text is named after the file's bytes, pypdf's version and the source of our own reader; what took too long or is broken is read
again each time, since a faster machine may read more of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from macros.editing.inspection import content_stream, page_operators, pdf_text
from macros.editing.inspection.pdf_text import PdfText
from macros.site.entry_cache import EntryCache

FOLDER = ".kepu-texts"
_FILE = "text.json"


class PdfCache:
    """The texts of a project's PDFs; may be used by several threads.

    Args:
        root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self._cache = EntryCache(root, FOLDER)
        self._used: set[str] = set()

    def text(self, raw: bytes, read: Callable[[bytes], PdfText | None]) -> PdfText | None:
        """Return the text of a PDF, from the folder or as it is read; None if that took too long.

        Args:
            raw: the file.
            read: reads it.
        """
        name = f"{_way()}-{hashlib.sha256(raw).hexdigest()}.zip"
        self._used.add(name)
        if cached := _unpacked(self._cache.read(name)):
            return cached
        text = read(raw)
        if text and not text.is_broken:
            self._cache.write(name, {_FILE: json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")})
        return text

    def forget_others(self) -> None:
        """Delete the texts of all files that were not asked for."""
        self._cache.forget_others(self._used)


@cache
def _way() -> str:
    """Return 16 hexadecimal digits that stand for how PDFs are read: other ones, perhaps another text."""
    total = hashlib.sha256(version("pypdf").encode())
    for module in (pdf_text, page_operators, content_stream):
        total.update(Path(str(module.__file__)).read_bytes())
    return total.hexdigest()[:16]


def _unpacked(files: dict[str, bytes]) -> PdfText | None:
    try:
        pages, *others = json.loads(files[_FILE].decode("utf-8", "surrogatepass"))
        return PdfText(tuple(map(str, pages)), *others)
    except (KeyError, ValueError, TypeError):
        return None
