"""One address for another in all records and pages: the lines that name it, and no others."""

from __future__ import annotations

from pathlib import Path

from tests.support.projects import base, kepu, lay_project

OLD, NEW = "https://old.example.org/a", "https://new.example.org/b"
RECORD = base(
    f"# 网址 {OLD} 写在这里\ncontact:\n  url: '{OLD}'   # 旧网站\ndirections: |\n  看[地图]({OLD})，不是 {OLD}/map，也不是 x{OLD}。\n"
    f"  也在 {OLD}。\n"
)


def test_only_what_names_the_address_changes(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    record, page = project / "data/bases/pond.yml", project / "content/about.md"
    record.write_text(RECORD, "utf-8")
    page.write_text(page.read_text("utf-8") + f"\n[旧站]({OLD})和<{OLD}?x=1>。\r\n", "utf-8", newline="")
    before = record.read_bytes(), page.read_bytes()
    planned = kepu(project, "replace-link", OLD, NEW, "--dry-run").output
    assert (record.read_bytes(), page.read_bytes()) == before
    assert f"data/bases/pond.yml:6: {OLD} → {NEW}" in planned
    assert planned.endswith("4 处，在 2 个文件里；没有写入（--dry-run）。\n")
    assert kepu(project, "replace-link", OLD, NEW).exit_code == 0
    expected = (
        RECORD.replace(f"'{OLD}'", f"'{NEW}'").replace(f"]({OLD})", f"]({NEW})").replace(f"在 {OLD}。", f"在 {NEW}。")
    )
    assert record.read_text("utf-8") == expected
    assert page.read_bytes() == before[1].replace(f"({OLD})".encode(), f"({NEW})".encode())
    assert kepu(project, "replace-link", OLD, NEW).output == "没有写着这个网址的地方。\n"


def test_a_whole_site_moves_and_nonsense_is_refused(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    record = project / "data/bases/pond.yml"
    record.write_text(RECORD, "utf-8")
    old, new = "https://old.example.org/", "https://new.example.org/x/"
    assert kepu(project, "replace-link", old, new, "--below").exit_code == 0
    assert f"不是 {new}a/map，" in record.read_text("utf-8")
    assert f"# 网址 {OLD} 写在这里" in record.read_text("utf-8")
    for arguments in (("javascript:1", new), (old, "x"), (OLD, new, "--below")):
        assert kepu(project, "replace-link", *arguments).exit_code == 2
