"""Projects with a history and another side, for tests of what is handed in."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support.projects import lay_project

POND = "data/bases/pond.yml"
LAKE = "data/bases/lake.yml"
POND_TEXT = """\
name: 池塘 # 大的那个
summary: 一处。
contact: # 问馆长
  phone: '0750-1234567'
aliases: [小池]
sources:
  - ref: plan
"""
LAKE_TEXT = "name: 湖\nsummary: 一处湖。\nsources:\n  - ref: plan\n"
BRANCH = "main"


def git(folder: Path, *arguments: str) -> str:
    """Let git do something, and return what it printed."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def write(project: Path, files: Mapping[str, str | None]) -> None:
    """Write files, or take away those without text."""
    for path, text in files.items():
        if text is None:
            (project / path).unlink()
        else:
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_bytes(text.encode())


def commit(project: Path, files: Mapping[str, str | None], message: str = "改") -> str:
    """Write files, commit them, and return the commit."""
    write(project, files)
    git(project, "add", "-A")
    git(project, "commit", "-q", "--allow-empty", "-m", message)
    return git(project, "rev-parse", "HEAD").strip()


def named(project: Path, name: str) -> Path:
    """Say who works in a project."""
    git(project, "config", "user.name", name)
    git(project, "config", "user.email", f"{len(name)}@example.org")
    return project


def lay_repository(folder: Path) -> Path:
    """Lay a project with two bases, and return it with one commit and no other side."""
    project = lay_project(folder)
    git(project, "init", "-q", "-b", BRANCH)
    named(project, "甲")
    (project / ".gitignore").write_text(".kepu-edit/\n", "utf-8")
    commit(project, {POND: POND_TEXT, LAKE: LAKE_TEXT}, "begin")
    return project


def lay_pair(folder: Path) -> tuple[Path, Path, Path]:
    """Return a project, the bare repository that it is handed in to, and a colleague's project."""
    project = lay_repository(folder)
    bare, other = folder / "hub.git", folder / "other"
    git(folder, "clone", "-q", "--bare", str(project), str(bare))
    git(project, "remote", "add", "origin", str(bare))
    git(project, "fetch", "-q", "origin")
    git(folder, "clone", "-q", str(bare), str(other))
    return project, bare, named(other, "乙乙")


def hand_in_as_colleague(other: Path, files: Mapping[str, str | None], message: str = "乙改的") -> str:
    """Change files as a colleague would, and push them; return the commit."""
    git(other, "pull", "-q", "--rebase")
    made = commit(other, files, message)
    git(other, "push", "-q", "origin", f"HEAD:{BRANCH}")
    return made


def text_at(bare: Path, path: str, branch: str = BRANCH) -> str:
    """Return what a file holds on a branch of a bare repository."""
    return git(bare, "show", f"{branch}:{path}")
