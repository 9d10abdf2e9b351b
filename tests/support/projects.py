"""Small wrong projects for tests: a good one, with the files of a case laid over it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from macros.cli.main import main
from macros.records.load import Loaded, load
from tests.support import AS_OF, epoch_of
from tests.support.systems import lay_overrides

BAD = Path(__file__).parents[1] / "bad"
GOOD = BAD / "_good"
EXPECTED = "expected.txt"


def lay_project(folder: Path, case: Path | None = None) -> Path:
    """Lay the good project, and the files of a case over it, into a folder; return the project."""
    project = folder / "project"
    shutil.copytree(GOOD, project)
    lay_overrides(folder)
    if case:
        shutil.copytree(case, project, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))
    return project


def kepu(project: Path, *arguments: str) -> Result:
    """Run the command on a project, in this process, on the project's day."""
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": epoch_of(project)})
    return runner.invoke(main, ["--root", str(project), *arguments])


def load_project(folder: Path, files: Mapping[str, str]) -> Loaded:
    """Lay the good project and further files into a folder, and load its records on the tests' day."""
    project = lay_project(folder)
    for path, text in files.items():
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return load(project, AS_OF)


def base(extra: str = "", name: str = "池塘") -> str:
    """Return the smallest base, with further fields."""
    return f"name: {name}\nsummary: 一处。\nsources: [{{ref: plan}}]\n{extra}"


def policy(extra: str = "", name: str = "办法") -> str:
    """Return the smallest policy, with further fields."""
    return f"name: {name}\nsummary: 一份。\nsources: [{{title: 办法, mark: official}}]\n{extra}"


def target(extra: str = "") -> str:
    """Return the smallest target, with further fields."""
    return f"name: 目标\nsummary: 一个。\nsources: [{{ref: plan}}]\ntarget: 3\n{extra}"


def platform(extra: str = "") -> str:
    """Return the smallest platform, with further fields."""
    return f"name: 平台\nsummary: 一处。\nsources: [{{ref: plan}}]\n{extra}"
