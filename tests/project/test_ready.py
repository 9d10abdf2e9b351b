"""What a new site's files to double-click begin with: its environment is made ready, or somebody is told why it is not."""

from __future__ import annotations

import ast
import compileall
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from macros.project import new_site, pins

READY = Path(new_site.__file__).parent / "files" / "_ci" / "ready.py"


@pytest.fixture
def ready() -> ModuleType:
    """The program, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("ready", READY)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Steps:
    """Does what the steps of a set-up do to the files, and notes them: ``venv``, ``pip``.

    Args:
        site: the site's folder.
        fails: the step that fails.
    """

    def __init__(self, site: Path, fails: str = "") -> None:
        self.site, self.fails, self.done = site, fails, list[str]()

    def __call__(self, command: Sequence[str]) -> int:
        step = command[2]
        self.done.append(step)
        if step == "venv":
            assert "--clear" in command
            lay_python(self.site, sys.executable)
        return int(step == self.fails)


def lay_python(site: Path, python: str) -> None:
    """Lay an environment's Python that starts another, as that of Windows does."""
    shutil.rmtree(site / ".venv", ignore_errors=True)
    program = site / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{python}" "$@"\n', "utf-8")
    program.chmod(0o755)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a space and Chinese characters, with pins."""
    folder = tmp_path / "临平 科普"
    folder.mkdir()
    (folder / "requirements.txt").write_bytes(pins.pins()["requirements.txt"])
    return folder


def test_a_new_site_is_set_up_once_and_again_for_other_pins_or_a_python_that_is_gone(
    ready: ModuleType, site: Path
) -> None:
    def steps() -> list[str]:
        taken = Steps(site)
        assert ready.make_ready(site, taken) == ""
        return taken.done

    assert [steps(), steps()] == [["venv", "pip"], []]
    with (site / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("# 别的版本\n")
    assert [steps(), steps()] == [["pip"], []]
    note = (site / ".venv" / "requirements.txt").read_bytes()
    lay_python(site, "/nowhere/python")
    (site / ".venv" / "requirements.txt").write_bytes(note)
    assert [steps(), steps()] == [["venv", "pip"], []]


def test_it_ends_with_a_code_that_the_scripts_go_by(site: Path) -> None:
    shutil.copytree(READY.parent, site / ".ci")

    def ended() -> tuple[int, str]:
        done = subprocess.run([sys.executable, ".ci/ready.py"], cwd=site, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    lay_python(site, sys.executable)
    shutil.copy(site / "requirements.txt", site / ".venv")
    assert ended() == (0, "")
    (site / "requirements.txt").write_text("--no-index\nkepu==0\n", "utf-8")
    code, told = ended()
    assert (code, "没有准备好" in told) == (1, True)


def test_a_set_up_that_fails_says_so_and_is_begun_again(ready: ModuleType, site: Path) -> None:
    for step in ("venv", "pip"):
        assert "没有准备好" in ready.make_ready(site, Steps(site, step))
        assert not (site / ".venv" / "requirements.txt").exists()


def test_a_python_that_is_too_old_gets_as_far_as_to_be_told(
    ready: ModuleType, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = ast.parse(READY.read_text("utf-8"), feature_version=(3, 8))
    # Names of types with brackets are newer; an annotation is never looked at.
    assert [
        ast.unparse(node)
        for one in program.body
        if isinstance(one, ast.Assign)
        for node in ast.walk(one)
        if isinstance(node, ast.Subscript)
    ] == []
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    assert "Python 太旧" in ready.make_ready(site, Steps(site))


def test_it_is_copied_alone_where_pip_has_compiled_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(READY.parent.parent, tmp_path / "files")
    monkeypatch.setattr(new_site, "_FILES", tmp_path / "files")
    site = new_site.NewSite("临平区", "杭州市", "浙江省", "", {})
    before = new_site.files_of(site)
    assert compileall.compile_dir(tmp_path / "files", quiet=1)
    assert list((tmp_path / "files" / "_ci").rglob("*.pyc"))
    assert new_site.files_of(site) == before


def test_pins_can_be_read_in_any_code_page_and_hold_the_wheel_that_is_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pip takes the encoding from the first two lines (as Python does), else the system's."""
    wheel = tmp_path / "kepu-1.0.0-py3-none-any.whl"
    wheel.write_bytes(b"a wheel")
    for found in (None, wheel):
        monkeypatch.setattr(pins, "_wheel", lambda found=found: found)
        made = pins.pins()
        text = made["requirements.txt"].decode()
        assert text.startswith("# coding: utf-8\n")
        assert (
            (hashlib.sha256(b"a wheel").hexdigest() in text)
            == (made.get(f"wheels/{wheel.name}") == b"a wheel")
            == bool(found)
        )


def test_scripts_find_the_environment_wherever_the_folder_lies() -> None:
    """The launchers and `activate.bat` that are in it hold the path that it was made at."""
    scripts = {path.name: path.read_text("utf-8") for path in READY.parent.parent.rglob("*.cmd")}
    assert set(scripts) == {"检查.cmd", "预览.cmd", "打开编辑.cmd", "命令.cmd", "ready.cmd", "kepu.cmd"}
    assert [name for name, text in scripts.items() if re.search(r"kepu\.exe|activate", text)] == []
    assert os.path.normpath(scripts["kepu.cmd"].split('"')[1].replace("%~dp0", "C:/.ci/").replace("\\", "/")) == (
        "C:/.venv/Scripts/python.exe"
    )
