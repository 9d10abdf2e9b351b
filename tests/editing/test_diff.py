"""`kepu diff` says in Chinese what a change of records means, and nothing of what means the same."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.editing.diff import RecordChange, changes, show
from macros.records.hours.in_words import weekdays_in_words
from macros.records.load import load
from macros.records.model.opening import DAYS
from tests.publishing.repository import Repository
from tests.support import AS_OF
from tests.support.projects import kepu, lay_project
from tests.support.systems import needs_git

HALL = """\
name: 星空馆
summary: 看星星的地方。
town: east
contact: {phone: 0750-1234567}
recognitions:
  - {title: 省级科普基地, level: provincial, stage: planned}
opening:
  - days: [周一, 周二, 周三, 周四, 周五]
    from: 9:00
    to: 17:00
body: |
  这里很高，夜里很黑，看得见许多星星；白天可以看太阳黑子，晚上看月亮和行星，还有一架望远镜，孩子们喜欢。
sources:
  - ref: plan
"""


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., tuple[RecordChange, ...]]:
    """Return what changes when texts in the hall's record are replaced."""
    (tmp_path / "before").mkdir()
    before = lay_project(tmp_path / "before")
    (before / "data/bases/hall.yml").write_text(HALL, "utf-8")

    def change(*replacements: tuple[str, str], name: str = "hall") -> tuple[RecordChange, ...]:
        (tmp_path / "after").mkdir()
        after = lay_project(tmp_path / "after")
        text = HALL
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        (after / f"data/bases/{name}.yml").write_text(text, "utf-8")
        return changes(load(before, AS_OF).collection, load(after, AS_OF).collection)

    return change


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("周四, 周五]", "周四, 周五, 周六, 周日]", "星空馆：开放时间 周一至周五 → 每天"),
        ("to: 17:00", "to: 18:00", "星空馆：开放时间“周一至周五”·关门 17:00 → 18:00"),
        ("0750-1234567", "0750-7654321", "星空馆：联系方式·电话 0750-1234567 → 0750-7654321"),
        ("contact: {phone: 0750-1234567}\n", "", "星空馆：联系方式 删去 0750-1234567"),
        ("planned", "held", "星空馆：认定“省级科普基地”·状态 目标 → 已认定"),
        (
            "夜里很黑",
            "夜里非常黑",
            "星空馆：正文 这里很高，夜里很黑，看得见许多星星；白天…… → 这里很高，夜里非常黑，看得见许多星星；白天……",
        ),
        ("name: 星空馆\n", "name: 星空馆\naliases: [天文台, 星馆]\n", "星空馆：别名 新增 天文台、星馆"),
        ("  - ref: plan", "  - ref: plan\n  - {title: 某网站, mark: press}", "星空馆：来源 新增 某网站（媒体）"),
    ],
)
def test_a_change_is_told_in_words(
    old: str, new: str, told: str, changed: Callable[..., tuple[RecordChange, ...]]
) -> None:
    assert show(changed((old, new)), "text").split("\n") == [told, "改动 1 条，字段 1 处。"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("town: east", "town: 东镇   # 注释"),
        ("from: 9:00", "from: '09:00'"),
        ("contact: {phone: 0750-1234567}", "contact:\n  phone: 0750-1234567"),
    ],
)
def test_what_means_the_same_is_no_change(old: str, new: str, changed: Callable[..., tuple[RecordChange, ...]]) -> None:
    assert changed((old, new)) == ()


def test_a_renaming_is_one_change(changed: Callable[..., tuple[RecordChange, ...]]) -> None:
    told = show(changed(("name: 星空馆\n", "name: 星空馆\nformer_ids: [hall]\n"), name="star-hall"), "text")
    assert told.split("\n") == [
        "改名 科普基地 星空馆（data/bases/star-hall.yml）",
        "星空馆：曾用 id 新增 hall",
        "改名 1 条，字段 1 处。",
    ]


def test_markdown_is_safe(changed: Callable[..., tuple[RecordChange, ...]]) -> None:
    told = show(changed(("看星星的地方。", "'<script>|[x](javascript:alert(1))'")), "markdown")
    assert "\\<script\\>\\|\\[x\\](javascript:alert(1))" in told
    assert told.startswith("**改动 1 条，字段 1 处。**\n\n### 科普基地\n\n| 记录 | 字段 | 原来 | 现在 |\n")


def test_days_are_told_in_short() -> None:
    terms = {term.label: term for term in DAYS.choice}
    assert weekdays_in_words([terms["周二"], terms["周四"]]) == "周二、周四"
    assert weekdays_in_words([terms["周六"], terms["周日"]]) == "周六、周日"
    assert weekdays_in_words([terms[day] for day in ("周一", "周二", "周三", "周六")]) == "周一至周三、周六"
    assert weekdays_in_words([terms[f"周{day}"] for day in "日一二三四五六"]) == "每天"


@needs_git
def test_the_command_compares_with_a_revision(tmp_path: Path) -> None:
    project = lay_project(tmp_path)

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", "-C", str(project), *identity, *arguments], check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "first")
    assert kepu(project, "diff").output == "记录没有改动。\n"
    (project / "data/bases/wetland.yml").unlink()
    (project / "data/bases/hall.yml").write_text(HALL, "utf-8")
    told = json.loads(kepu(project, "diff", "--format", "json").output)
    assert [(change["fate"], change["id"]) for change in told["changes"]] == [("added", "hall"), ("removed", "wetland")]
    done = kepu(project, "diff", "--output=x")
    assert done.exit_code == 2
    assert kepu(project, "diff", "nowhere").exit_code == 2


@needs_git
def test_the_text_of_an_article_is_told_by_counts(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    Repository(project).commit()
    article = project / "content/articles/rain.md"
    text = article.read_text("utf-8")
    article.write_text(text + "\n## 新的一段\n\n雨从云里来。\n", "utf-8")
    said = kepu(project, "diff").output
    assert re.search(r"：正文 \d+ 字 → \d+ 字，2 段不同\n改动 1 条，字段 1 处。\n$", said)
    article.write_text(text.replace("\n", "\n\n"), "utf-8")
    assert kepu(project, "diff").output == "记录没有改动。\n"
