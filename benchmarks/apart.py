"""Time, apart from a build, what no peer does: workbooks, the crawl of the finished site, compressed copies.

    python -m benchmarks.apart PROJECT SITE

Prints one object of JSON: name → seconds. Each is timed within one process, after everything it needs was read.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from macros.exports.columns import columns_of
from macros.exports.tables import BookOfRecords, Row
from macros.exports.values import record_values
from macros.publishing.release.companions import companions
from macros.records.model.dates import PartialDate
from macros.site.build import Demands, problems_of
from macros.site.configuration import read_configuration
from macros.site.session import open_session
from macros.text.notation import Values

WORKBOOKS, VERIFICATION, COMPRESSION = "workbooks", "verification", "compression"


def workbooks(project: Path) -> Callable[[], object]:
    """Return what makes the workbooks of all kinds; their rows, which the other tables need too, are ready."""
    session = open_session(project)
    publication = session.publication
    rows = {
        kind: [_row(record_values(publication, record), kind) for record in records]
        for kind, records in publication.records.items()
    }
    return lambda: [_workbook(kind, session.as_of, rows[kind]) for kind in rows]


def _row(values: Values, kind: str) -> Row:
    return [column.value(values) for column in columns_of(kind)]


def _workbook(kind: str, as_of: PartialDate, rows: Sequence[Row]) -> bytes:
    book = BookOfRecords(kind, as_of, columns_of(kind))
    for row in rows:
        book.add(row)
    return book.content()


def verification(project: Path, site: Path) -> Callable[[], object]:
    """Return what crawls a site and judges its files, as `kepu build` does."""
    address = read_configuration(project).site.url or None
    return lambda: problems_of(site, address, Demands())


def compression(site: Path) -> Callable[[], object]:
    """Return what makes the compressed copies of all files of a site, as `kepu publish --compress` does."""
    files = [path for path in sorted(site.rglob("*")) if path.is_file()]
    return lambda: sum(sum(1 for _ in companions(path.name, path.read_bytes())) for path in files)


def main() -> None:
    """Time all three and print the seconds."""
    project, site = map(Path, sys.argv[1:3])
    work = {
        WORKBOOKS: workbooks(project),
        VERIFICATION: verification(project, site),
        COMPRESSION: compression(site),
    }
    print(json.dumps({name: _seconds(do) for name, do in work.items()}))


def _seconds(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
