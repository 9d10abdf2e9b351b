"""Whole builds by MkDocs and by ``kepu build``: the same bytes, nothing half done, nothing that may not be published."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from macros.publishing.release.swap import recover
from tests.support import DISTRICT, ENVIRONMENT, ROOT, build_whole, bytes_of, project_copy, run
from tests.support.looping import failures


def test_the_same_commit_builds_the_same_bytes(tmp_path: Path, district_site: Path) -> None:
    # The other build was made in another second and another zone, in case a clock found its way in.
    done = run("macros", "--root", str(DISTRICT), "build", str(tmp_path / "deeper/out"), TZ="America/Los_Angeles")
    assert done.returncode == 0, done.stdout + done.stderr
    assert bytes_of(tmp_path / "deeper/out") == bytes_of(district_site)


def test_mkdocs_alone_builds_the_same_bytes(tmp_path: Path, district_site: Path) -> None:
    done = run(
        "mkdocs", "build", "--strict", "--config-file", str(DISTRICT / "mkdocs.yml"), "--site-dir", str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    assert bytes_of(tmp_path) == bytes_of(district_site)


def test_the_repository_builds_and_every_link_leads_somewhere(repository_site: Path) -> None:
    assert (repository_site / "index.html").is_file()


@pytest.mark.audit
@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")
def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path, district_site: Path) -> None:
    project, out = project_copy(tmp_path), tmp_path / "out"
    shutil.copytree(district_site, out)
    (project / "data/bases/small-pond.yml").write_text(
        "name: 示例新池塘\nsummary: 改过名字。\nsources:\n  - {title: 示例, mark: official}\n", encoding="utf-8"
    )
    old, new = bytes_of(out), bytes_of(build_whole(project, tmp_path / "new"))
    assert old != new

    def stays_whole(files: int) -> None:
        kill_build(project, out, files)
        # Between two renames the site stands under another name; every build begins by giving it its own back.
        recover(out)
        assert bytes_of(out) in (old, new)

    assert failures(stays_whole, [0, 1, 40, len(new) // 2, len(new) - 1, len(new)]) == []
    assert bytes_of(build_whole(project, out)) == new


def kill_build(project: Path, out: Path, files: int) -> None:
    """Start a build and kill it when it has written so many files; the processes that it started are killed a moment later."""
    command = [sys.executable, "-m", "macros", "--root", str(project), "build", str(out)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    fresh = out.with_name(f".{out.name}.new")
    while process.poll() is None and not (fresh.is_dir() and number_of_files(fresh) >= files):
        time.sleep(0.005)
    process.kill()
    process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def number_of_files(folder: Path) -> int:
    """Return how many files a folder has that changes meanwhile."""
    return sum(len(names) for _, _, names in os.walk(folder))


def test_a_failed_build_leaves_the_old_site_whole(tmp_path: Path, district_site: Path) -> None:
    project, out = project_copy(tmp_path), tmp_path / "out"
    shutil.copytree(district_site, out)
    old = bytes_of(out)
    (project / "data/bases/small-pond.yml").write_text("name：示例\n", encoding="utf-8")
    done = run("macros", "--root", str(project), "build", str(out))
    assert done.returncode == 1
    assert "data/bases/small-pond.yml:1:5: 错误：冒号是全角的" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert bytes_of(out) == old


def test_mkdocs_alone_tells_problems_in_chinese_and_fails(tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    (project / "data/bases/small-pond.yml").write_text("name：示例\n", encoding="utf-8")
    done = run(
        "mkdocs", "build", "--strict", "--config-file", str(project / "mkdocs.yml"), "--site-dir", str(tmp_path / "o")
    )
    assert done.returncode == 1
    assert "data/bases/small-pond.yml:1:5: 错误：冒号是全角的" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_generated_page_never_replaces_one_by_hand(tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    (project / "content/az.md").write_text("---\ntitle: 索引\ndescription: 手写的索引。\n---\n", encoding="utf-8")
    done = run("macros", "--root", str(project), "build", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "content/az.md:1:1: 错误：网址 /az/ 已经有自动生成的页面" in done.stdout


def test_a_column_build_lists_what_is_missing(tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    settings = (project / "mkdocs.yml").read_text("utf-8").replace("mode: standalone", "mode: column")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    done = run("macros", "--root", str(project), "build", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "网站标识码（site_code）" in done.stdout
    assert "ICP 备案号（icp_number）" in done.stdout
