"""Read PDFs in a process of their own, which is ended when one takes too long: no file keeps the check busy."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TYPE_CHECKING

from macros.editing.inspection.pdf_text import PdfText, read_pdf_text

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

LONGEST = 10.0
"""Seconds that a PDF may take; one of a hundred pages takes two."""

MOST_ENDED = 5
"""PDFs that may take too long, until no more are read."""

_START = 60.0


class PdfReading:
    """Reads PDFs one after another; to be used in a ``with``.

    Args:
        longest: seconds that one may take.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest, self._ended = longest, 0
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> PdfReading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, raw: bytes) -> PdfText | None:
        """Return the text of a PDF; None if it took too long, or its reader died of it, or that happened too often.

        Args:
            raw: the file.
        """
        if self._ended >= MOST_ENDED:
            return None
        try:
            connection = self._connection or self._start()
            connection.send_bytes(raw)
            if connection.poll(self._longest):
                answer = connection.recv()
                return PdfText(*answer)
        except (EOFError, OSError):
            pass
        self._end()
        self._ended += 1
        return None

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        if not self._connection.poll(_START):
            raise EOFError
        self._connection.recv()
        return self._connection

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join()
        if self._connection:
            self._connection.close()
        self._process = self._connection = None


def _serve(connection: Connection) -> None:
    """Answer until nobody asks any more."""
    connection.send(True)
    while True:
        try:
            raw = connection.recv_bytes()
        except (EOFError, OSError):
            return
        connection.send(tuple(read_pdf_text(raw)))
