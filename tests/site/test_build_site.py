"""Whole builds by MkDocs and by ``kepu build``: the same bytes, nothing half done, nothing that may not be published."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import DISTRICT, ENVIRONMENT, ROOT, project_copy, run


def bytes_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_commit_builds_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second" / "deeper"
    for folder, zone in ((first, "Asia/Shanghai"), (second, "America/Los_Angeles")):
        project = project_copy(folder)
        done = run("macros", "--root", str(project), "build", str(folder / "out"), TZ=zone)
        assert done.returncode == 0, done.stdout + done.stderr
        time.sleep(1.1)  # Another second, in case a clock found its way in.
    assert bytes_of(first / "out") == bytes_of(second / "out")


def test_mkdocs_alone_builds_the_same_bytes(tmp_path: Path, district_site: Path) -> None:
    done = run(
        "mkdocs", "build", "--strict", "--config-file", str(DISTRICT / "mkdocs.yml"), "--site-dir", str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    assert bytes_of(tmp_path) == bytes_of(district_site)


def test_the_repository_builds_and_every_link_leads_somewhere(repository_site: Path) -> None:
    assert (repository_site / "index.html").is_file()


@pytest.mark.parametrize("seed", range(10))
def test_a_killed_build_leaves_the_old_site_whole(seed: int, tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    out = tmp_path / "out"
    assert run("macros", "--root", str(project), "build", str(out)).returncode == 0
    old = bytes_of(out)
    (project / "data/bases/small-pond.yml").write_text(
        "name: 示例新池塘\nsummary: 改过名字。\nsources:\n  - {title: 示例, mark: official}\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "macros", "--root", str(project), "build", str(out)]
    process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.Random(seed).uniform(0.1, 1.6))
    process.send_signal(signal.SIGKILL)
    process.wait()
    now = bytes_of(out)
    assert now == old or "示例新池塘" in (out / "bases/small-pond/index.html").read_text("utf-8")
    assert len(now) == len(old)
    assert run("macros", "--root", str(project), "build", str(out)).returncode == 0


def test_a_failed_build_leaves_the_old_site_whole(tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    out = tmp_path / "out"
    assert run("macros", "--root", str(project), "build", str(out)).returncode == 0
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
