"""A form is told what the check tells of the record, with the way to the field."""

from __future__ import annotations

import shutil
from pathlib import Path

from macros.editor.record_check import RecordCheck
from macros.records.load import load
from macros.records.model.description import field_at
from macros.records.model.registry import KINDS
from macros.records.problems import Problem
from macros.records.scan import IDENTIFIER
from tests.editor.projects import LAKE_TEXT, POND, POND_TEXT
from tests.support import AS_OF
from tests.support.looping import failures
from tests.support.projects import BAD, EXPECTED, GOOD, lay_project


def cases() -> list[tuple[str, Path]]:
    """Return each wrong project that differs from the good one by one record alone, with the record's file."""
    found = []
    for case in sorted(path for path in BAD.iterdir() if path.is_dir() and path != GOOD):
        files = [path for path in case.rglob("*") if path.is_file() and path.name != EXPECTED]
        where = files[0].relative_to(case).as_posix() if len(files) == 1 else ""
        kind = where.split("/")[1] if where.startswith("data/") and where.count("/") == 2 else ""
        if kind in KINDS and where.endswith(".yml") and IDENTIFIER.fullmatch(files[0].stem):
            found.append((where, case))
    return found


def test_the_faults_are_those_of_the_check(tmp_path: Path) -> None:
    good = lay_project(tmp_path)
    checked = RecordCheck(load(good, AS_OF).collection)
    steps = 0

    def check(case: tuple[str, Path]) -> None:
        nonlocal steps
        where, folder = case
        _, kind, name = where.split("/")
        project = tmp_path / "case"
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(good, project)
        (project / where).parent.mkdir(exist_ok=True)
        shutil.copy(folder / where, project / where)
        raw = (folder / where).read_bytes()
        told = [problem for problem in load(project, AS_OF).problems if problem.path == where]
        ours = checked.faults(kind, name.removesuffix(".yml"), raw.decode("utf-8"))
        assert [str(one) for one in ours if one.path == where] == [
            str(one) for one in told if one.rule not in _OF_FILES
        ]
        for problem in ours:
            steps += bool(problem.steps)
            unknown = problem.rule in ("unknown-field",)
            assert unknown or not problem.steps or field_at(KINDS[kind], problem.steps), problem

    readable = [case for case in cases() if _is_utf8(case[1] / case[0])]
    assert len(readable) > 40
    assert failures(check, readable) == []
    assert steps > 40


_OF_FILES = {"wrong-id", "reserved-id", "repeated-id"}
"""About the name of a file, which the editor never makes wrong."""


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_what_another_record_would_suffer_is_told(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    for path, text in ((POND, POND_TEXT), ("data/bases/lake.yml", LAKE_TEXT + "merged_into: pond\n")):
        (project / path).write_text(text, "utf-8")
    check = RecordCheck(load(project, AS_OF).collection)

    def told(text: str) -> list[tuple[str, str, tuple[str | int, ...]]]:
        return [_short(problem) for problem in check.faults("bases", "pond", text)]

    assert told(POND_TEXT) == []
    assert told(POND_TEXT + "draft: 是\n") == [("data/bases/lake.yml", "reference-to-draft", ("merged_into",))]
    phone = POND_TEXT.replace("0750-1234567", "12").replace("name: 池塘 # 大的那个\n", "")
    assert told(phone) == [
        (POND, "missing-field", ("name",)),
        (POND, "wrong-phone", ("contact", "phone")),
    ]
    assert told(POND_TEXT.replace("ref: plan", "ref: plam")) == [(POND, "dangling-reference", ("sources", 0, "ref"))]
    prose = "body: |\n  一段。\n\n  [看](id:nowhere)\n"
    assert told(POND_TEXT + prose) == [(POND, "dangling-reference", ("body",))]
    assert [rule for _, rule, _ in told("name: [\n")] != []


def _short(problem: Problem) -> tuple[str, str, tuple[str | int, ...]]:
    return problem.path, problem.rule, problem.steps
