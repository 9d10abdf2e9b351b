"""The preview shows, after any edit, byte for byte what a whole build makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from benchmarks.records import AS_OF, write_project
from macros.preview.live_site import LiveMaker
from macros.preview.state import PreviewedSite, Step
from macros.publishing.release.metadata import GENERATED
from macros.records.problems import has_errors
from macros.site.plugin import Engine
from macros.site.session import open_session
from tests.support import EPOCH, build_whole, project_copy, run

Edit = Callable[[Random, Path], set[Path]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(AS_OF))
    write_project(tmp_path / "project", 40, body=60)
    return tmp_path / "project"


def live(project: Path, folder: Path, *, shows_all: bool = True) -> LiveMaker:
    folder.mkdir()
    return LiveMaker(project, folder, lambda out: [], lambda: None, pause=0, shows_all=shows_all)


def last_shown(steps: Iterator[Step], before: PreviewedSite | None) -> PreviewedSite | None:
    """Go through the steps of an update, and return what is shown after them."""
    for step in steps:
        before = step.site or before
    return before


def made_afresh(project: Path, folder: Path) -> dict[str, bytes]:
    """Return every file that a new session makes, the engine's own included."""
    session = open_session(project)
    shutil.rmtree(folder, ignore_errors=True)
    engine = Engine(project, folder)
    engine.run(session)
    own = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    pages = {f"{page.address}index.html": session.layout.page(page) for page in session.planned.values()}
    return own | pages | dict(session.files().items())


# --- Edits ------------------------------------------------------------------------------------------------------------


def a_record(random: Random, project: Path) -> Path:
    return random.choice(sorted(path for path in project.glob("data/*/*.yml") if path.parent.name != "terms"))


def change_summary(random: Random, project: Path) -> set[Path]:
    path = a_record(random, project)
    lines = path.read_text("utf-8").split("\n")
    place = next(number for number, line in enumerate(lines) if line.startswith("summary:"))
    lines[place] = f"summary: 改过的简介 {random.randrange(10**6)}。"
    path.write_text("\n".join(lines), "utf-8")
    return {path}


def change_name(random: Random, project: Path) -> set[Path]:
    path = a_record(random, project)
    lines = path.read_text("utf-8").split("\n")
    lines[0] = f"name: {random.choice('甲乙丙丁')}{random.choice('山水木石')}展示馆{random.randrange(100)}"
    path.write_text("\n".join(lines), "utf-8")
    return {path}


def add(random: Random, project: Path) -> set[Path]:
    path = project / "data" / random.choice(("bases", "platforms")) / f"added-{random.randrange(10**6)}.yml"
    source = "{title: 一份文件, mark: official}"
    path.write_text(f"name: 新增的{random.randrange(100)}\nsummary: 一处。\nsources: [{source}]\n", "utf-8")
    return {path}


def delete(random: Random, project: Path) -> set[Path]:
    path = a_record(random, project)
    path.unlink()
    return {path}


def rename(random: Random, project: Path) -> set[Path]:
    path = a_record(random, project)
    new = path.with_stem(f"renamed-{random.randrange(10**6)}")
    path.rename(new)
    return {path, new}


def break_syntax(random: Random, project: Path) -> set[Path]:
    path = a_record(random, project)
    path.write_text(path.read_text("utf-8").replace("summary:", "summary：", 1), "utf-8")
    return {path}


def change_term(random: Random, project: Path) -> set[Path]:
    path = project / "data" / "terms" / random.choice(("levels.yml", "audiences.yml", "towns.yml"))
    text = path.read_text("utf-8")
    path.write_text(text.replace("help: ", f"help: 改{random.randrange(10)}", 1), "utf-8")
    return {path}


def change_template(random: Random, project: Path) -> set[Path]:
    path = project / "overrides" / random.choice(("pages/parts/card.html", "pages/record.html", "layout.html"))
    path.write_text(path.read_text("utf-8").replace("class=", "  class=", 1), "utf-8")
    return {path}


def change_style(random: Random, project: Path) -> set[Path]:
    path = project / "overrides" / "assets" / "stylesheets" / "base.css"
    path.write_text(path.read_text("utf-8") + f"/* {random.randrange(10**6)} */\n", "utf-8")
    return {path}


def change_page(random: Random, project: Path) -> set[Path]:
    path = project / "content" / "about.md"
    path.write_text(
        path.read_text("utf-8") + f"\n现有 {{{{ count('bases') }}}} 条，{random.randrange(10**6)}。\n", "utf-8"
    )
    return {path}


EDITS: tuple[Edit, ...] = (
    *(change_summary, change_summary, change_name, add, delete, rename, break_syntax),
    *(change_term, change_template, change_style, change_page),
)


def edits(random: Random, project: Path, count: int) -> Iterator[tuple[set[Path], Callable[[], None]]]:
    """Make random edits; yield the files of each, and what takes the edit back."""
    for _ in range(count):
        backup = project.with_name("backup")
        shutil.rmtree(backup, ignore_errors=True)
        shutil.copytree(project, backup)
        yield random.choice(EDITS)(random, project), lambda kept=backup: put_back(project, kept)  # type: ignore[misc]


def put_back(project: Path, kept: Path) -> None:
    shutil.rmtree(project)
    shutil.copytree(kept, project)


def all_files(project: Path) -> set[Path]:
    return {path for path in project.rglob("*") if path.is_file()}


# --- Tests ------------------------------------------------------------------------------------------------------------


def follow(project: Path, tmp_path: Path, count: int, seed: int) -> int:
    """Make random edits, compare after each, and return how many led to a good site."""
    maker, random, good = live(project, tmp_path / "live"), Random(seed), 0
    shown = last_shown(maker.update(set()), None)
    for changed, take_back in edits(random, project, count):
        before, wrong = shown, has_errors(open_session(project).problems())
        shown = last_shown(maker.update(changed), shown)
        if wrong:
            assert shown is before
            take_back()
            shown = last_shown(maker.update(all_files(project)), shown)
        assert shown is not None
        good += not wrong
        expected = made_afresh(project, tmp_path / "afresh")
        differing = [name for name, content in expected.items() if shown.read(name) != content]
        assert not differing, (changed, differing[:5])
    return good


@pytest.mark.audit
def test_random_edits_show_what_a_new_build_makes(project: Path, tmp_path: Path) -> None:
    assert follow(project, tmp_path, 12, seed=1) >= 4


@pytest.mark.audit
@pytest.mark.parametrize("seed", [2, 3, 4, 5])
def test_200_random_edits_show_what_a_new_build_makes(project: Path, tmp_path: Path, seed: int) -> None:
    assert follow(project, tmp_path, 50, seed) >= 20


def test_a_preview_equals_a_build(project: Path, tmp_path: Path) -> None:
    site = last_shown(live(project, tmp_path / "live").update(set()), None)
    assert site is not None
    built = tmp_path / "built"
    assert run("macros", "--root", str(project), "build", str(built), SOURCE_DATE_EPOCH=str(AS_OF)).returncode == 0
    names = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()} - set(GENERATED)
    assert [name for name in sorted(names) if site.read(name) != (built / name).read_bytes()] == []


def test_the_district_with_its_old_addresses_equals_its_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    project = project_copy(tmp_path)
    site = last_shown(live(project, tmp_path / "live", shows_all=False).update(set()), None)
    assert site is not None
    built = build_whole(project, tmp_path / "built")
    names = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()} - set(GENERATED)
    assert [name for name in sorted(names) if site.read(name) != (built / name).read_bytes()] == []


def test_a_broken_law_brings_the_last_good_site_back(project: Path, tmp_path: Path) -> None:
    maker = live(project, tmp_path / "live")
    good = last_shown(maker.update(set()), None)
    path = project / "data" / "bases" / "added.yml"
    path.write_text("name: 新\nsummary: 一处。\nsources: [{ref: nobody}]\n", "utf-8")
    steps = list(maker.update({path}))
    assert [step.site is good for step in steps] == [False, True]
    assert "nobody" in str(steps[-1].outcome)
