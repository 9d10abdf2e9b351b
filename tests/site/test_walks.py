"""Long random walks through a project: after any edits check, build and preview say the same, and show the same."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from macros.editing.excel.export import sheets_of
from macros.preview.live_site import LiveMaker
from macros.preview.state import PreviewedSite, UpdateOutcome
from macros.publishing.release.metadata import GENERATED
from macros.records.problems import Level, Problem, has_errors
from macros.site.session import open_session
from tests.media.pictures import exif, jpeg, png, segment
from tests.support import EPOCH, project_copy
from tests.support.projects import kepu

Edit = Callable[["Walk"], object]
SEEDS = [pytest.param(seed, marks=pytest.mark.audit if seed < 3 else pytest.mark.walks) for seed in range(10)]
TEXTS = ("一处。", "- 甲\n- 乙", "[星](id:star-hall)", "[x](id:nobody)", "**重点**", "![图](dome.svg)", "<b>x</b>", "1、甲\n2、乙", "[a](b c)", "")  # fmt: skip
PIECES = (
    "\n## 小节 {}\n", "\n[馆](id:star-hall)\n", "\n[无](id:nobody-{})\n", "\n{{{{ count('bases') }}}}\n", "\n{{{{ cards('bases', limit=2) }}}}\n",
    "\n{{{{ nope() }}}}\n", "\n[关于](about.md)\n", "\n[没有](gone-{}.md)\n", "\n# 又一个\n", "\n<script>1</script>\n", "\n| 甲 | 乙 |\n|--|--|\n| 1 | {} |\n",
    "\n[图](files/bases/star-hall/dome.svg)\n", "\n<!-- 待办 {} -->\n", "\n<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> main\n",
)  # fmt: skip


class Walk:
    """A project, the preview that follows it, and what happens to the project.

    Args:
        folder: an empty folder.
        seed: the walk's number; the same one makes the same edits.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random, self.number = folder, Random(seed), 0
        self.project, self.good = project_copy(folder), folder / "good"
        live = self._made("live")
        self.maker = LiveMaker(self.project, live, lambda out: [], lambda: None, pause=0, shows_all=False)
        self.shown: PreviewedSite | None = None
        self.kept = 0
        self.outcome = UpdateOutcome()
        self.seen: dict[Path, int | bytes] = {}
        self.log: list[str] = []
        self.follow()
        self.keep()

    def _made(self, name: str) -> Path:
        (self.folder / name).mkdir()
        return self.folder / name

    # --- What stands there ------------------------------------------------------------------------------------------

    def records(self, kind: str = "*") -> list[Path]:
        """Return the files of records."""
        return sorted(path for path in self.project.glob(f"data/{kind}/*.yml") if path.parent.name != "terms")

    def pages(self) -> list[Path]:
        """Return the pages by hand."""
        return sorted(self.project.glob("content/**/*.md"))

    def one(self, paths: list[Path]) -> Path:
        """Return one of several files."""
        return self.random.choice(paths)

    def new_name(self, stem: str) -> str:
        """Return a name that was not there before."""
        self.number += 1
        return f"{stem}-{self.number}"

    def append(self, path: Path, text: str) -> None:
        """Write something at the end of a file, if it is still there."""
        if path.is_file():
            path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + text, "utf-8")

    # --- Taking steps -----------------------------------------------------------------------------------------------

    def go(self, count: int) -> None:
        """Make random edits; now and then the preview looks, and an editor takes back what is wrong."""
        for number in range(count):
            edit = self.random.choice(EDITS)
            self.log.append(edit.__name__)
            edit(self)
            if number % 4 == 3:
                self.follow()
                self.settle()

    def settle(self) -> None:
        """Go back to the last good state where something is wrong, most of the time; else keep this one."""
        if not has_errors(self.outcome.problems):
            self.keep()
        elif self.random.random() < 0.9:
            self.take_back()

    def keep(self) -> None:
        """Take note of the state as a good one."""
        self.kept += 1
        shutil.rmtree(self.good, ignore_errors=True)
        shutil.copytree(self.project, self.good)

    def take_back(self) -> None:
        """Put the last good state back."""
        for part in ("data", "content"):
            shutil.rmtree(self.project / part)
            shutil.copytree(self.good / part, self.project / part, copy_function=shutil.copyfile)
        self.follow()

    def follow(self) -> None:
        """Let the preview look at what changed."""
        now = {
            path: path.read_bytes()
            for part in ("data", "content")
            for path in (self.project / part).rglob("*")
            if path.is_file()
        }
        changed = {path for path in {*now, *self.seen} if now.get(path) != self.seen.get(path)}
        self.seen = dict(now)
        for step in self.maker.update(changed):
            self.shown, self.outcome = step.site or self.shown, step.outcome

    # --- What is compared -------------------------------------------------------------------------------------------

    def compare(self) -> bool:
        """Assert that check, build and preview agree; tell whether the site could be built."""
        self.follow()
        checked, built = self._said("check"), self._said("build", str(self.folder / "out"))
        where = self.log[-12:]
        assert built == checked, where
        assert {one for one in self.outcome.problems if one.level is Level.ERROR} == {
            one for one in checked if one.level is Level.ERROR
        }, where
        if has_errors(checked):
            return False
        assert set(self.outcome.problems) == checked, where
        assert self.shown is not None
        out = self.folder / "out"
        names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - set(GENERATED)
        assert [name for name in sorted(names) if self.shown.read(name) != (out / name).read_bytes()] == [], where
        return True

    def _said(self, *arguments: str) -> set[Problem]:
        done = kepu(self.project, *arguments, "--format", "json")
        assert isinstance(done.exception, SystemExit | None), (self.log[-12:], done.exception)
        return {
            Problem(**{**problem, "level": Level(problem["level"])})
            for problem in json.loads(done.stdout[done.stdout.index("{") :])["problems"]
        }


# --- Edits -------------------------------------------------------------------------------------------------------------


def change_a_summary(walk: Walk) -> None:
    path = walk.one(walk.records())
    lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("summary:")]
    path.write_text("\n".join([f"summary: 第 {walk.random.randrange(99)} 次改的简介。", *lines]), "utf-8")


def change_a_name(walk: Walk) -> None:
    path = walk.one(walk.records())
    lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("name:")]
    path.write_text(
        "\n".join([f"name: {walk.random.choice('山水木石')}馆{walk.random.randrange(30)}", *lines]), "utf-8"
    )


def write_prose(walk: Walk) -> None:
    text = walk.random.choice(TEXTS).replace("\n", "\n  ")
    path = walk.one(walk.records())
    lines = path.read_text("utf-8").split("\nbody:")[0]
    path.write_text(f"{lines.rstrip()}\nbody: |\n  {text}\n" if text else f"{lines.rstrip()}\n", "utf-8")


def make_a_slip(walk: Walk) -> None:
    path = walk.one(walk.records())
    old, new = walk.random.choice(
        [(": ", "："), ("town:", "tonw:"), ("  ", "\t"), ("- ", "-"), ("sources", "source"), ("[", "［")]
    )
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def add_a_record(walk: Walk) -> None:
    kind, name = walk.random.choice(("bases", "platforms", "policies")), walk.new_name("added")
    source = walk.random.choice(("{ref: science-measures-2024}", "{title: 一份文件, mark: official}"))
    text = f"name: 新增 {name}\nsummary: 一处。\nsources: [{source}]\n"
    (walk.project / "data" / kind / f"{name}.yml").write_text(text, "utf-8")


def copy_a_record(walk: Walk) -> None:
    path = walk.one(walk.records())
    shutil.copyfile(path, path.with_stem(walk.new_name("copied")))


def merge_records(walk: Walk) -> None:
    kind = walk.random.choice(("bases", "platforms"))
    gone, left = walk.one(walk.records(kind)), walk.one(walk.records(kind))
    walk.append(gone, f"merged_into: {left.stem}\n")


def delete_a_record(walk: Walk) -> None:
    if len(walk.records()) > 8:
        walk.one(walk.records()).unlink()


def rename_by_hand(walk: Walk) -> None:
    path = walk.one(walk.records())
    path.rename(path.with_stem(walk.new_name("moved")))


def rename_by_command(walk: Walk) -> None:
    kepu(walk.project, "rename", walk.one(walk.records()).stem, walk.new_name("renamed"))


def new_by_command(walk: Walk) -> None:
    options = (
        "--name",
        f"新馆{walk.number}",
        "--summary",
        "一处。",
        "--source",
        "science-measures-2024",
        "--id",
        walk.new_name("new"),
    )
    kepu(walk.project, "new", "bases", *options)


def fix_by_command(walk: Walk) -> None:
    kepu(walk.project, "fix")


def change_a_table(walk: Walk) -> None:
    table = walk.folder / "table.csv"
    sheet = walk.random.choice(sheets_of(open_session(walk.project).loaded.collection)).name
    if kepu(walk.project, "excel", "export", str(table), "--sheet", sheet, "--force").exit_code != 0:
        return
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    for _ in range(walk.random.randint(1, 3)):
        row = walk.random.choice(rows[1:] or [[""]])
        column = walk.random.randrange(len(row))
        row[column] = walk.random.choice(("", "改过的字", "2020-05-01", "0750-7654321", "省级", row[column]))
    if walk.random.random() < 0.3:
        rows.append(["" if "ID" in title.upper() else f"表里新加 {walk.number}" for title in rows[0]])
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    table.write_text(written.getvalue(), "utf-8-sig")
    kepu(walk.project, "excel", "import", str(table))


def write_on_a_page(walk: Walk) -> None:
    walk.append(walk.one(walk.pages()), walk.random.choice(PIECES).format(walk.random.randrange(99)))


def add_a_page(walk: Walk) -> None:
    name = walk.new_name("page")
    text = f"---\ntitle: 新页 {name}\ndescription: 说明。\nformer_addresses: [old/{name}/]\n---\n\n正文。\n"
    (walk.project / f"content/{name}.md").write_text(text, "utf-8")
    if walk.random.random() < 0.7:
        walk.append(walk.project / "content/about.md", f"\n[新页]({name}.md)\n")


def add_an_article(walk: Walk) -> None:
    text = "---\ntitle: 文章\nsummary: 一篇。\nsources: [{ref: science-measures-2024}]\n---\n\n正文。\n"
    (walk.project / f"content/articles/{walk.new_name('article')}.md").write_text(text, "utf-8")


def delete_a_page(walk: Walk) -> None:
    walk.one(walk.pages()).unlink()


def add_a_picture(walk: Walk) -> None:
    path, name = walk.one(walk.records("bases")), walk.new_name("picture")
    folder = walk.project / "content/files/bases" / path.stem
    folder.mkdir(parents=True, exist_ok=True)
    raw = walk.random.choice((png(), jpeg(), jpeg(segment(0xE1, b"Exif\0\0" + exif())), b"", b"<!DOCTYPE html>"))
    (folder / f"{name}.{'png' if raw == png() else 'jpg'}").write_bytes(raw)
    if "images:" not in path.read_text("utf-8"):
        walk.append(path, f"images: [{{file: {name}.jpg, alt: 一处, credit: 本站}}]\n")


def leave_a_file(walk: Walk) -> None:
    name = walk.random.choice(
        ("data/bases/~$a.yml", "content/.#index.md", "data/notes.txt", "content/files/a.pdf", "data/bases/甲.yml")
    )
    (walk.project / name).parent.mkdir(exist_ok=True)
    (walk.project / name).write_bytes(b"a")


def change_a_term(walk: Walk) -> None:
    path = walk.one(sorted(walk.project.glob("data/terms/*.yml")))
    text = path.read_text("utf-8")
    path.write_text(text.replace("label: ", f"label: 改{walk.random.randrange(9)}", 1), "utf-8")


EDITS: tuple[Edit, ...] = (
    *(change_a_summary, change_a_summary, change_a_name, write_prose, write_prose, make_a_slip, add_a_record, copy_a_record),
    *(merge_records, delete_a_record, rename_by_hand, rename_by_command, new_by_command, fix_by_command, change_a_table),
    *(change_a_table, write_on_a_page, write_on_a_page, add_a_page, add_an_article, delete_a_page, add_a_picture),
    *(leave_a_file, change_a_term),
)  # fmt: skip


# --- Tests -------------------------------------------------------------------------------------------------------------


def walked(folder: Path, seed: int, count: int) -> None:
    """Walk, compare what there is at the end, then go back to the last good state and compare again."""
    walk = Walk(folder, seed)
    walk.go(count)
    walk.compare()
    walk.take_back()
    assert walk.compare()
    assert walk.kept > count // 40, "most of the walk was wrong, so little was compared"


def test_check_build_and_preview_agree_after_a_short_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    walked(tmp_path, 0, 20)


@pytest.mark.parametrize("seed", SEEDS)
def test_check_build_and_preview_agree_after_300_edits(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    walked(tmp_path, seed, 300)
