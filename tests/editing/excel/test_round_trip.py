"""Out and back: without a change nothing changes, with one changed cell one line does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.records import write_project
from macros.editing.excel.compare import compare
from macros.editing.excel.export import sheets_of
from macros.editing.excel.imported import ImportedRow, match
from macros.editing.excel.merge import merge
from macros.editing.excel.rows import CellCodec
from macros.editing.excel.workbook_schema import SheetColumn
from macros.editing.source.places import Places
from macros.editing.source.source_file import SourceFile
from macros.records.collection import Collection
from macros.records.load import load
from macros.records.model.description import Form
from macros.spreadsheets.reader import read_xlsx
from macros.spreadsheets.sheets import Cell, Worksheet
from tests.support import AS_OF, DISTRICT, ROOT
from tests.support.projects import kepu
from tests.support.systems import lay_overrides

OTHER = {
    Form.DATE: "2011-03",
    Form.FULL_DATE: "2011-03-04",
    Form.PERIOD: "2011上半年",
    Form.TIME: "6:07",
    Form.NUMBER: "77.5",
    Form.NUMBER_OR_LINE: "77 多家",
    Form.URL: "https://other.example/a?b=1&c=2#d",
    Form.PHONE: "0750-7654321",
    Form.EMAIL: "other@other.example",
    Form.FILE_NAME: "other.jpg",
    Form.REFERENCE: "some-other",
}


def excel(project: Path, *arguments: str) -> str:
    """Run a command on workbooks and return its output."""
    done = kepu(project, "excel", *arguments)
    assert done.exit_code == 0, done.output
    return done.output


def bytes_of(project: Path) -> dict[Path, bytes]:
    """Return every record and article of a project."""
    return {path: path.read_bytes() for path in [*project.glob("data/*/*.yml"), *project.glob("content/articles/*.md")]}


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hundreds of records as people write them: with comments, flow maps, long lines and odd indentation."""
    project = tmp_path_factory.mktemp("untidy") / "project"
    write_project(project, 300, untidy=True)
    return project


@pytest.fixture(scope="module")
def table(untidy: Path) -> Path:
    """Their workbook."""
    file = untidy.parent / "table.xlsx"
    excel(untidy, "export", str(file))
    return file


def test_hundreds_of_untidy_records_come_back_as_they_were(untidy: Path, table: Path) -> None:
    before = bytes_of(untidy)
    assert "没有要写的改动" in excel(untidy, "import", str(table))
    assert bytes_of(untidy) == before


@pytest.mark.parametrize("source", [ROOT, DISTRICT])
@pytest.mark.parametrize("sheet", ["", "科普基地", "来源"])
def test_the_projects_own_records_come_back_as_they_were(source: Path, sheet: str, tmp_path: Path) -> None:
    project = tmp_path / "project"
    for folder in ("data", "content"):
        shutil.copytree(source / folder, project / folder)
    shutil.copy(source / "mkdocs.yml", project)
    lay_overrides(project)
    lay_overrides(tmp_path)
    before = bytes_of(project)
    file = tmp_path / ("table.csv" if sheet else "table.xlsx")
    excel(project, "export", str(file), *(["--sheet", sheet] if sheet else []))
    assert "没有要写的改动" in excel(project, "import", str(file))
    assert bytes_of(project) == before


class Exported:
    """The workbook of the untidy project, ready for single cells to be changed."""

    def __init__(self, project: Path, file: Path) -> None:
        self.project = project
        self.collection: Collection = load(project, AS_OF).collection
        self.tables = sheets_of(self.collection)
        self.sheets = read_xlsx(file.read_bytes())
        self.cells = CellCodec(self.collection.vocabularies)
        self.rows = match(self.sheets, self.tables).rows

    def other(self, row: ImportedRow, column: SheetColumn) -> str:
        """Return another text for a cell, one that may stand there."""
        text = row.text(column.title)
        if column.field.form is Form.BOOL:
            return "否" if text == "是" else "是"
        if terms := self.cells.terms(column.field, [self.collection.records[row.id].kind]):
            return next((term.label for term in terms if term.label != text), text)
        return OTHER.get(column.field.form, f"{text[:40]}：改 #1")

    def changed(self, row: ImportedRow, column: SheetColumn, text: str) -> tuple[str, str]:
        """Return the record's file before and after one cell is changed."""
        cells = {**row.cells, row.columns[column.title]: Cell(text)}
        header = next(sheet.rows[1] for sheet in self.sheets if sheet.name == row.sheet)
        sheet = Worksheet(row.sheet, {1: header, row.number: cells})
        found = compare(match([sheet], self.tables), self.collection)
        merged = merge(found.drafts, self.collection, self.tables, self.read)
        assert (found.complaints, found.conflicts, merged.complaints) == ([], [], [])
        [(path, content)] = merged.files.items()
        return self.read(path).decode(), content.decode()

    def read(self, path: str) -> bytes:
        """Return a file of the project."""
        return (self.project / path).read_bytes()

    def is_on_one_line(self, row: ImportedRow, column: SheetColumn) -> bool:
        """Tell whether a cell's value stands on one line of its file."""
        path = self.collection.records[row.id].document.path
        positions = tuple(int(row.text(title)) - 1 for title in row.table.positions)
        yaml_text = SourceFile.of(path, self.read(path).decode()).yaml
        place = Places(yaml_text).find((*row.table.place(positions), *column.path))
        if place is None or not isinstance(place.node, yaml.ScalarNode) or place.node.style in ("|", ">"):
            return False
        return bool(place.node.start_mark.line == place.node.end_mark.line)


@pytest.fixture(scope="module")
def exported(untidy: Path, table: Path) -> Exported:
    """The untidy project's workbook, read."""
    return Exported(untidy, table)


@settings(max_examples=250)
@given(choose=st.data())
def test_one_changed_cell_changes_one_line(exported: Exported, choose: st.DataObject) -> None:
    row = exported.rows[choose.draw(st.integers(0, len(exported.rows) - 1))]
    filled = [
        c for c in row.table.columns if row.text(c.title) and not c.field.is_list and c.field.form is not Form.PROSE
    ]
    column = choose.draw(st.sampled_from(filled))
    text = exported.other(row, column)
    if text == row.text(column.title) or not exported.is_on_one_line(row, column):
        return
    before, after = exported.changed(row, column, text)
    old, new = before.split("\n"), after.split("\n")
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 1


MANGLED: dict[str, Callable[[str], str]] = {
    "full-width spaces around": lambda text: f"　{text}　",
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces around": lambda text: f"\xa0{text} ",
    "old Macintosh line ends": lambda text: text.replace("\n", "\r"),
}


@pytest.mark.parametrize("how", MANGLED)
def test_what_programs_do_to_texts_is_no_change(how: str, exported: Exported) -> None:
    mangle = MANGLED[how]
    rows = exported.rows[:: max(len(exported.rows) // 400, 1)]
    given_rows = [
        replace(row, cells={number: Cell(mangle(cell.text)) for number, cell in row.cells.items()})
        for row in rows
        if not any("\n" in cell.text for cell in row.cells.values()) or "line ends" in how
    ]
    found = compare(match([], exported.tables), exported.collection, given_rows)
    assert (found.changes, found.conflicts, found.complaints) == ([], [], [])
