"""A renaming changes every mention of a record and nothing else, all or nothing."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from macros.site.unfinished_rename import NOTE, Work
from macros.site.whole_files import write_files
from tests.support import project_copy
from tests.support.looping import failures
from tests.support.projects import kepu, lay_project


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the invented district in which a base is mentioned in all ways."""
    project = project_copy(tmp_path)
    with (project / "content/articles/why-stars-twinkle.md").open("a", encoding="utf-8") as article:
        article.write('\n[池塘](id:small-pond)，{{ link("small-pond") }}，不是 small-pond。\n')
    target = project / "data/targets/visitors-2025.yml"
    target.write_text(target.read_text("utf-8").replace("[star-hall]", "[small-pond, star-hall]"), "utf-8")
    return project


def _texts(project: Path) -> dict[str, str]:
    paths = [*project.glob("data/**/*.yml"), *project.glob("content/**/*.md")]
    return {path.relative_to(project).as_posix(): path.read_text("utf-8") for path in paths}


def test_every_mention_is_changed_and_nothing_else(copy: Path) -> None:
    before = _texts(copy)
    pictures = copy / "content/files/bases/small-pond"
    pictures.mkdir(parents=True)
    (pictures / "gate.jpg").write_bytes(b"picture")
    done = kepu(copy, "rename", "small-pond", "little-pond")
    assert done.exit_code == 0, done.output
    after = _texts(copy)
    assert "data/bases/small-pond.yml" not in after
    assert after["data/bases/little-pond.yml"] == before["data/bases/small-pond.yml"].replace(
        "name: 示例小池塘\n", "name: 示例小池塘\nformer_ids:\n  - small-pond\n"
    )
    for path, text in before.items():
        if path != "data/bases/small-pond.yml":
            assert after[path] == _renamed(text), path
    assert (copy / "content/files/bases/little-pond/gate.jpg").read_bytes() == b"picture"
    assert not pictures.exists()


def _renamed(text: str) -> str:
    for form in ("id:{}", 'link("{}")', "related: [{},", "place: {}", ", {}]"):
        text = text.replace(form.format("small-pond"), form.format("little-pond"))
    return text


def test_a_record_may_get_an_old_id_back(copy: Path) -> None:
    before = _texts(copy)
    kepu(copy, "rename", "small-pond", "little-pond")
    assert kepu(copy, "rename", "little-pond", "small-pond").exit_code == 0
    after = _texts(copy)
    assert after.keys() == before.keys()
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"data/bases/small-pond.yml"}
    assert "former_ids:\n  - little-pond\n" in after["data/bases/small-pond.yml"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("nowhere", "somewhere", "没有 id 是"),
        ("wetland", "plan", "已经用在"),
        ("wetland", "../wetland", "不能用作 id"),
    ],
)
def test_what_can_not_be_renamed_is_left_alone(old: str, new: str, reason: str, tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    before = _texts(project)
    done = kepu(project, "rename", old, new)
    assert (done.exit_code, _texts(project)) == (1, before)
    assert reason in done.output


def test_an_article_takes_links_by_path_along(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    about, rain, other = (project / "content" / name for name in ("about.md", "articles/rain.md", "other/rain.md"))
    rain.write_text(f"{rain.read_text('utf-8')}\n## 为什么 {{#why}}\n\n冷。\n", "utf-8")
    other.parent.mkdir()
    other.write_text("---\ntitle: 别的雨\ndescription: 别的雨。\n---\n\n别的。\n", "utf-8")
    head = about.read_text("utf-8")
    links = (
        "[雨](articles/rain.md) [雨](./articles/rain.md#why) [别的](other/rain.md) [雨][r]\n\n[r]: articles/rain.md\n"
    )
    about.write_text(head + links, "utf-8")
    done = kepu(project, "rename", "rain", "snow")
    assert done.exit_code == 0, done.output
    assert about.read_text("utf-8") == head + links.replace("articles/rain", "articles/snow")
    assert "former_ids:\n  - rain\n" in (project / "content/articles/snow.md").read_text("utf-8")
    assert not rain.exists()


def test_a_failure_in_the_middle_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = lay_project(tmp_path)
    before = _texts(project)
    unlink = Path.unlink
    failed: list[Path] = []

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == "wetland.yml" and not failed:
            failed.append(path)
            raise OSError(28, "No space left on device", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    done = kepu(project, "rename", "wetland", "marsh")
    assert done.exit_code == 1
    assert failed
    assert _texts(project) == before


def test_a_full_disk_leaves_every_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_files(tmp_path, {"one": b"new", "two": b"new"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"one": "old", "two": "old"}


STEPS = ("replace", "rename", "unlink", "mkdir")
ENDED = 9


def _killed_at(step: int, project: Path) -> bool:
    """Rename in a process of its own that ends at the step-th change of the disk; tell whether it got so far."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == ENDED
    count = 0

    def counted(name: str) -> None:
        change = getattr(os, name)

        def ending(*arguments: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count == step:
                os._exit(ENDED)
            return change(*arguments, **named)

        setattr(os, name, ending)

    try:
        for name in STEPS:
            counted(name)
        kepu(project, "rename", "wetland", "marsh")
    finally:
        os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_what_was_killed_at_any_step_is_finished_by_the_next_run(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project / "content/files/bases/wetland").mkdir(parents=True)
    (project / "content/files/bases/wetland/notes.txt").write_text("笔记", "utf-8")
    shutil.copytree(project, tmp_path / "master")
    before = _texts(project)
    assert kepu(project, "rename", "wetland", "marsh").exit_code == 0
    after = _texts(project)
    step = 0
    while True:
        step += 1
        shutil.rmtree(project)
        shutil.copytree(tmp_path / "master", project)
        if not _killed_at(step, project):
            break
        if (project / NOTE).exists():
            told = kepu(project, "report")
            assert "上次 kepu rename wetland marsh 没有做完" in told.output, step
        done = kepu(project, "rename", "wetland", "marsh")
        assert done.exit_code == 0 or (_texts(project) == after and "没有 id 是" in done.output), (step, done.output)
        assert _texts(project) == after, step
        assert (project / "content/files/bases/marsh/notes.txt").is_file(), step
        assert not (project / "content/files/bases/wetland").exists(), step
        assert not (project / NOTE).exists(), step
    assert step > len(after.items() - before.items())
    assert _texts(project) == after


def test_an_edit_after_the_kill_is_never_overwritten(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    work = Work(
        old="wetland", new="marsh", removed="data/bases/wetland.yml", old_folder="content/files/bases/wetland",
        before={"data/bases/wetland.yml": "was"}, files={"data/bases/marsh.yml": "is"}, new_folder="content/files/bases/marsh",
    )  # fmt: skip
    (project / NOTE).write_text(work.model_dump_json(), "utf-8")
    before = _texts(project)
    done = kepu(project, "rename", "wetland", "marsh")
    assert (done.exit_code, _texts(project)) == (1, before)
    assert "在那以后又改过" in done.output


def test_a_note_that_somebody_planted_writes_nothing(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    paths = ("mkdocs.yml", "data/../x.yml", "../x.yml", "/x.yml", "data\\..\\x.yml", "C:/x.yml")
    assert failures(lambda path: _assert_refused(project, path), paths) == []


def _assert_refused(project: Path, path: str) -> None:
    work = Work(
        old="a", new="b", removed="data/bases/a.yml", before={}, files={path: "planted"},
        old_folder="content/files/bases/a", new_folder="content/files/bases/b",
    )  # fmt: skip
    (project / NOTE).write_text(work.model_dump_json(), "utf-8")
    before = (project / "mkdocs.yml").read_bytes()
    done = kepu(project, "rename", "wetland", "marsh")
    assert done.exit_code == 1
    assert NOTE in done.output
    assert (project / "mkdocs.yml").read_bytes() == before
    assert (project / "data/bases/wetland.yml").is_file()
