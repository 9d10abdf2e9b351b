"""Take an editor's table over: plan everything, let the real loader judge the files as they would be, then write all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.editing import wording
from macros.editing.excel.compare import compare
from macros.editing.excel.drafts import RecordDraft
from macros.editing.excel.export import sheets_of
from macros.editing.excel.imported import match
from macros.editing.excel.merge import Merged, complaint_of, merge
from macros.editing.excel.renewal import NOTE, Renewals, encode_renewals, read_renewals, renewals_of
from macros.editing.excel.row_changes import CellChange
from macros.editing.excel.rows import CellCodec
from macros.records.load import Loaded, load
from macros.records.problems import Level, Problem, ProblemsFound
from macros.records.reading import read_bytes
from macros.records.scan import ARTICLES, FILES
from macros.site.session import Session, open_session
from macros.site.whole_files import refuse_links, undone_on_failure, write_files
from macros.spreadsheets.csv_file import read_csv
from macros.spreadsheets.reader import read_xlsx
from macros.spreadsheets.sheets import Complaint, Unusable, Worksheet

LARGEST_FILE = 100_000_000
"""Size of the largest table that is read, in bytes."""

Counted = Callable[[Sequence[Any], str], Iterable[Any]]


@dataclass
class Plan:
    """What importing a table would do.

    Attributes:
        changes: each cell that changes a record.
        conflicts: cells whose record changed too.
        complaints: what is wrong, each with its cell or file.
        notices: what the editor should know.
        files: path below the project's root → new content.
        added: those of the files that are new.
        drafts: path → what the file was made of.
    """

    changes: list[CellChange]
    conflicts: list[Complaint]
    complaints: list[Complaint | Problem]
    notices: list[str]
    files: dict[str, bytes] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    drafts: Mapping[str, RecordDraft] = field(default_factory=dict)

    @property
    def lines(self) -> Iterator[str]:
        """What is said of it, line by line."""
        yield from map(line_of, self.changes)
        yield from (f"新增 {path}" for path in self.added)
        yield from (f"提醒：{notice}" for notice in self.notices)
        yield from (f"冲突 {conflict}" for conflict in self.conflicts)
        yield from (str(found) if isinstance(found, Problem) else f"错误 {found}" for found in self.complaints)


def line_of(change: CellChange) -> str:
    """Return what is said of one cell that changes a record."""
    before, after = wording.excerpts(change.before.replace("\n", "⏎"), change.after.replace("\n", "⏎"))
    arrow = f"{before} → {after}" if before and after else f"新增 {after}" if after else f"删去 {before}"
    return f"{change.spot} {change.heading}：{change.title} {arrow}"


def plan(session: Session, file: Path, counted: Counted) -> Plan:
    """Work out what importing a table would do; nothing is written.

    Args:
        session: the project.
        file: the table.
        counted: shows how far long work is.

    Raises:
        Unusable: the file is no table that can be read.
    """
    return plan_of(session, read_sheets(file), counted)


def plan_of(session: Session, worksheets: Sequence[Worksheet], counted: Counted) -> Plan:
    """Work out what importing the sheets of a table would do, as `plan`."""
    collection = session.checked.collection
    sheets = sheets_of(collection)
    imported = match(worksheets, sheets)
    found = compare(imported, collection, counted(imported.rows, "比较"), _renewals(session.root))
    merged = merge(
        counted(found.drafts, "核对"), collection, sheets, lambda path: read_bytes(session.root, session.root / path)
    )
    complaints: list[Complaint | Problem] = sorted({*found.complaints, *merged.complaints})
    if merged.files and not complaints:
        complaints = list(faults_of(session, merged))
    added = [path for path, draft in merged.drafts.items() if draft.record is None]
    return Plan(found.changes, found.conflicts, complaints, found.notices, merged.files, added, merged.drafts)


def _renewals(root: Path) -> Renewals:
    path = root / NOTE
    return read_renewals(path.read_bytes()) if path.is_file() and not path.is_symlink() else {}


def read_sheets(file: Path) -> list[Worksheet]:
    """Return the sheets of a workbook or CSV file.

    Raises:
        Unusable: the file is no table that can be read.
    """
    if file.stat().st_size > LARGEST_FILE:
        raise Unusable(f"文件太大，最多 {LARGEST_FILE // 1_000_000} MB；请分成几个文件")
    raw = file.read_bytes()
    is_text = file.suffix.lower() in (".csv", ".txt") and not raw.startswith(b"PK")
    return [read_csv(file.stem, raw)] if is_text else read_xlsx(raw)


def faults_of(session: Session, merged: Merged) -> Iterator[Complaint | Problem]:
    """Yield the errors that the project would have with the new files and has not now.

    Raises:
        ProblemsFound: a file would be written through a link, in the project or in the copy that is judged.
    """
    refuse_links(session.root, merged.files)
    before = set(session.checked.problems)
    with _laid_over(session.root, merged.files) as folder:
        after = load(folder, session.as_of)
        # While the copy is there: documents read their text again.
        for problem in after.problems:
            if problem.level is Level.ERROR and (problem.path in merged.files or problem not in before):
                yield _at_its_cell(problem, merged, after)


def _at_its_cell(problem: Problem, merged: Merged, after: Loaded) -> Complaint | Problem:
    draft = merged.drafts.get(problem.path)
    record = after.collection.records.get(Path(problem.path).stem)
    if draft is None:
        return problem
    return complaint_of(problem, record.document, draft) if record else Complaint(draft.spot(()), problem.message)


@contextmanager
def _laid_over(root: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a folder with what the loader reads of a project, and the new files over it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("data", ARTICLES):
            if (root / part).is_dir():
                shutil.copytree(root / part, folder / part, symlinks=True, copy_function=shutil.copyfile)
        for path in sorted((root / FILES).rglob("*")):
            # The loader asks only for the names of pictures and other files, so their content is not copied.
            if path.is_file():
                _put(folder / path.relative_to(root), b"")
        for where, content in files.items():
            _put(folder / where, content)
        yield folder


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write(root: Path, planned: Plan) -> None:
    """Write all files or none, what was replaced before a failure is put back, and note what the table's rows say now.

    Args:
        root: the project's folder.
        planned: what importing the table does.

    Raises:
        OSError: a file can't be written; then every file is as it was.
    """
    if not planned.files:
        return
    with undone_on_failure(root, planned.files):
        write_files(root, planned.files)
    collection = open_session(root).checked.collection
    drafts = ((Path(path).stem, draft) for path, draft in planned.drafts.items())
    renewed = dict(renewals_of(drafts, collection, CellCodec.of(collection)))
    # Without the note the next import only asks more carefully.
    with suppress(OSError, ProblemsFound):
        write_files(root, {NOTE: encode_renewals(_renewals(root), renewed)})
