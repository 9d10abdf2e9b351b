"""Build a project's whole site with empty workbooks: pages, search, CSV, JSON, feeds, calendar, inventory.

    python -m benchmarks.without_workbooks PROJECT OUT

No peer makes workbooks, so they are timed apart (`benchmarks.apart`); nothing is crawled and nothing compressed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from macros.exports import tables
from macros.exports.tables import Row
from macros.site import plugin


class EmptyBook:
    """Takes the place of a workbook, and keeps nothing of what it is given."""

    def __init__(self, *given: object) -> None:
        pass

    def add(self, row: Row) -> None:
        """Take a record."""

    def content(self) -> bytes:
        """Return an empty file."""
        return b""


def main() -> None:
    """Build without workbooks."""
    project, out = map(Path, sys.argv[1:3])
    tables.BookOfRecords = EmptyBook  # type: ignore[assignment,misc]
    plugin.render_site(project.resolve(), out.resolve())


if __name__ == "__main__":
    main()
