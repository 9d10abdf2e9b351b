"""A workbook that LibreOffice has opened and saved comes back as it was (``make audit``; needs LibreOffice Calc)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.records import write_project
from tests.editing.excel.workshop import WETLAND, Workshop
from tests.support.projects import kepu

pytestmark = pytest.mark.audit


def saved_by_libreoffice(file: Path, form: str = "xlsx", *others: Path) -> Path:
    """Open a file in LibreOffice, save it, and return the new one; others are saved beside it in the same go."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice Calc is missing: run `make audit`, which installs it (Debian: libreoffice-calc)")
    out = file.parent / "saved"
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(out), *map(str, (file, *others))]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / file.with_suffix("." + form.partition(":")[0]).name


def test_a_thousand_untidy_records_come_back_as_they_were(tmp_path: Path) -> None:
    project = tmp_path / "project"
    write_project(project, 1000, untidy=True)
    before = {path: path.read_bytes() for path in project.rglob("*.yml")}
    file = tmp_path / "table.xlsx"
    assert kepu(project, "excel", "export", str(file)).exit_code == 0
    done = kepu(project, "excel", "import", str(saved_by_libreoffice(file)))
    assert done.output == "没有要写的改动。\n"
    assert {path: path.read_bytes() for path in project.rglob("*.yml")} == before


def test_one_changed_cell_changes_one_line(workshop: Workshop) -> None:
    workshop.file = saved_by_libreoffice(workshop.file)
    workshop.put("开放时间", "开门", "9:30")
    workshop.file = saved_by_libreoffice(workshop.file)
    assert workshop.take_over().exit_code == 0
    assert workshop.read() == WETLAND.replace("from: 9:00", "from: 9:30")


@pytest.mark.parametrize(("character_set", "encoding"), [(76, "utf-8"), (85, "gb18030")])
def test_csv_of_a_sheet_comes_back_as_it_was(character_set: int, encoding: str, workshop: Workshop) -> None:
    form = f"csv:Text - txt - csv (StarCalc):44,34,{character_set},1"
    workshop.file = saved_by_libreoffice(workshop.file, form)
    assert "一块湿地。" in workshop.file.read_bytes().decode(encoding)
    assert workshop.take_over().output == "没有要写的改动。\n"
