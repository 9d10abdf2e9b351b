"""A project and its exported workbook, to be changed as editors change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import Result
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.projects import kepu, lay_project

WETLAND = """\
# 湿地的记录
name: 湿地   # 名称
summary: 一块湿地。
town: east
contact: {phone: 0750-1234567, person: 王}
opening:
    -   days: [周二, 周三]
        from: 9:00
        to: '17:00'
events:
- date: 2016-05
  text: 开放。
  sources: [{ref: plan}]
- {date: 2018, text: 扩建。}
sources:
  - ref: plan
"""


class Workshop:
    """A project in a folder, and a workbook beside it.

    Attributes:
        project: the project's folder.
        file: the workbook.
    """

    def __init__(self, folder: Path) -> None:
        self.project = lay_project(folder)
        self.file = folder / "table.xlsx"
        self.write("data/bases/wetland.yml", WETLAND)

    def write(self, path: str, text: str) -> None:
        """Write a file of the project."""
        (self.project / path).write_text(text, "utf-8", newline="")

    def read(self, path: str = "data/bases/wetland.yml") -> str:
        """Return the text of a file of the project."""
        return (self.project / path).read_bytes().decode()

    def texts(self) -> dict[str, bytes]:
        """Return every file of the project."""
        return {str(path): path.read_bytes() for path in sorted(self.project.rglob("*")) if path.is_file()}

    def export(self) -> None:
        """Export the records."""
        done = kepu(self.project, "excel", "export", str(self.file), "--force")
        assert done.exit_code == 0, done.output

    def take_over(self, *options: str) -> Result:
        """Import the workbook."""
        return kepu(self.project, "excel", "import", str(self.file), *options)

    @contextmanager
    def opened(self) -> Iterator[Workbook]:
        """Open the workbook, and save it as it is afterwards."""
        workbook = load_workbook(self.file)
        yield workbook
        workbook.save(self.file)

    def put(self, sheet: str, title: str, value: Any, row: int = 2) -> str:
        """Change one cell and return what it is called."""
        with self.opened() as workbook:
            cell = workbook[sheet].cell(row, column_of(workbook[sheet], title))
            cell.value = value
            return f"{sheet}!{cell.coordinate}"

    def add(self, sheet: str, **values: str) -> None:
        """Add a row."""
        with self.opened() as workbook:
            number = workbook[sheet].max_row + 1
            for title, value in values.items():
                workbook[sheet].cell(number, column_of(workbook[sheet], title), value)


def column_of(sheet: Worksheet, title: str) -> int:
    """Return the number of a column by its title."""
    return next(cell.column for cell in sheet[1] if cell.value == title)
