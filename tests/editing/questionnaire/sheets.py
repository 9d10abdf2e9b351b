"""Questionnaires of a small project, made and filled in as people do with programs of their own."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from click.testing import Result
from openpyxl import load_workbook

from tests.support import project_copy
from tests.support.projects import kepu

KEY, VERDICT, ANSWER = 5, 3, 4
Fill = Mapping[str, tuple[str, str]]
"""Key of a question → verdict and answer."""


class Bureau:
    """Whoever asks and takes the answers in.

    Args:
        folder: where the project lies.
    """

    def __init__(self, folder: Path) -> None:
        self.project = project_copy(folder)
        self.folder = self.project / "核对表"

    def ask(self, *arguments: str) -> Result:
        """Make the questionnaires."""
        return kepu(self.project, "ask", *arguments)

    def answer(self, raw: bytes, *arguments: str) -> Result:
        """Take one over that came back."""
        self.returned.write_bytes(raw)
        return kepu(self.project, "answer", *arguments, str(self.returned))

    @property
    def returned(self) -> Path:
        """The file that came back."""
        return self.folder / "收到.xlsx"


def filled(raw: bytes, fill: Fill, then: Callable[[Any], None] = lambda sheet: None) -> bytes:
    """Return a questionnaire filled in by another program, and what was done to its sheet besides."""
    book = load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if row[KEY].value in fill:
            row[VERDICT].value, row[ANSWER].value = fill[row[KEY].value]
    then(sheet)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
