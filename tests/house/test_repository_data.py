"""The repository's own records and pages are clean, on whatever day people add to them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.records.model.dates import PartialDate
from macros.site.git import as_of
from tests.guide.desk import Desk, make_origin
from tests.support import AS_OF, DISTRICT, ROOT, build_whole, day_of, last_day, open_session
from tests.support.projects import kepu
from tests.support.systems import lay_overrides, needs_git

NEXT_YEAR = re.compile(r"data/terms/holidays\.yml:1:1: 提醒：还没有 20\d\d 年的放假安排.*\n1 处提醒，在 1 个文件里。\n")
LATER = "changes:\n  - date: 2099-12-31\n    text: 核对。\n"


def test_the_repository_is_clean() -> None:
    """From November on, until the notice of the next year is out, there is that to be told."""
    done = kepu(ROOT, "check")
    assert done.exit_code == 0
    assert done.output == "没有发现问题。\n" or NEXT_YEAR.fullmatch(done.output)


def test_what_tests_read_of_the_repository_they_read_on_its_last_day(tmp_path: Path) -> None:
    """A note of a day after all others is no note from the future, however a test comes to the records."""
    project = tmp_path / "project"
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, project / folder)
    shutil.copy(ROOT / "mkdocs.yml", project)
    lay_overrides(project)
    lay_overrides(tmp_path)
    _add_later_note(project)
    assert day_of(project) == PartialDate(2099, 12, 31) != day_of(ROOT)
    assert "date-in-future" not in {problem.rule for problem in open_session(project).problems()}
    assert kepu(project, "check").exit_code == 0
    assert kepu(project, "excel", "export", str(tmp_path / "table.xlsx")).exit_code == 0
    assert "没有要写的改动" in kepu(project, "excel", "import", str(tmp_path / "table.xlsx")).output


def _add_later_note(project: Path) -> None:
    record = next(path for path in sorted((project / "data").glob("*/*.yml")) if _may_take_note(path))
    record.write_text(f"{record.read_text('utf-8').rstrip()}\n{LATER}", "utf-8")


def _may_take_note(record: Path) -> bool:
    return record.parent.name != "terms" and not re.search(
        "^(changes|merged_into|split_into):", record.read_text("utf-8"), re.MULTILINE
    )


def test_invented_projects_have_one_day_for_ever() -> None:
    assert day_of(DISTRICT) == AS_OF


def test_no_record_of_the_repository_tells_of_a_day_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Since tests look at the records on their last day, that day is held to the one on which people look at them."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert last_day(ROOT).first_day <= as_of(ROOT).date.first_day


@needs_git
@pytest.mark.audit
def test_a_later_note_breaks_neither_a_site_nor_a_desk(tmp_path: Path) -> None:
    origin = make_origin(tmp_path, _add_later_note, has_own_records=True)
    desk = Desk(tmp_path, origin)
    for command in ("git clone --quiet https://example.org/kepu.git 科普网站", "cd 科普网站", "kepu check"):
        desk.type(command)
    assert build_whole(desk.place, tmp_path / "site").is_dir()
