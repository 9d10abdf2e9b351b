"""The text layer of a PDF, by pypdf: bounded in pages and in bytes of what draws them.

How long a page takes nobody can tell beforehand (what is strange about one is left to pypdf: five seconds for a megabyte of small
pieces of text), so who must not wait reads in a process of its own and ends it (`macros.site.pdf_reading`).
"""

from __future__ import annotations

import io
import logging
from typing import NamedTuple

from macros.editing.inspection.page_operators import PageTexts, Spent

MOST_PAGES = 200
"""Pages that are read."""

LARGEST_SUM = 5_000_000
"""Bytes, unpacked, of what draws the pages that are read: a hundred and more pages of dense text."""

_LONGEST_PAGE = 100_000


class PdfText(NamedTuple):
    """What was read of a PDF.

    Attributes:
        pages: the text of the pages, from the first on.
        page_count: how many pages it has.
        is_locked: whether nobody can open it without a password.
        is_broken: whether something in it could not be read.
    """

    pages: tuple[str, ...] = ()
    page_count: int = 0
    is_locked: bool = False
    is_broken: bool = False


def read_pdf_text(raw: bytes) -> PdfText:
    """Return the text of a PDF; whatever is wrong with it, nothing is raised.

    Args:
        raw: the file.
    """
    # Importing it takes time that no other command need spend.
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    count = 0
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return PdfText(is_locked=True)
        count, texts = len(reader.pages), PageTexts(LARGEST_SUM)
        for number in range(min(count, MOST_PAGES)):
            pages.append(texts.read(reader.pages[number])[:_LONGEST_PAGE])
    except Spent:
        pass
    # A broken file fails inside the library in more ways than it names.
    except Exception:
        return PdfText(tuple(pages), count, is_broken=True)
    return PdfText(tuple(pages), count)
