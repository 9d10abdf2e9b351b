"""In a fresh clone `py -m macros` sets itself up."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from macros.cli import installing
from tests.guide.desk import make_origin
from tests.house.code import tree
from tests.support import ROOT


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project in a folder with a space and Chinese characters, where nothing is installed."""
    folder = tmp_path / "科普 网站"
    folder.mkdir()
    (folder / installing.PINS).write_text("click==8.1\n", "ascii")
    return folder


def test_set_up_makes_an_environment_once_and_again_for_other_pins(bare: Path) -> None:
    said: list[str] = []

    def run(command: Sequence[str]) -> int:
        said.append(" ".join(command))
        python = installing.python_of(bare / ".venv")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        return 0

    assert installing.make_ready(bare, run) == installing.python_of(bare / ".venv")
    assert [step.split(" -m ")[1].split()[0] for step in said] == ["venv", "pip", "pip"]
    assert "--require-hashes" in said[1]
    installing.make_ready(bare, run)
    assert len(said) == 3
    (bare / installing.PINS).write_text("click==8.2\n", "ascii")
    installing.make_ready(bare, run)
    assert [step.split(" -m ")[1].split()[0] for step in said[3:]] == ["pip", "pip"]


def test_set_up_that_fails_says_so_(bare: Path) -> None:
    with pytest.raises(installing.NotInstalled, match="检查能不能上网"):
        installing.make_ready(bare, lambda command: 1)
    assert not (bare / installing.ENVIRONMENT).exists()


def test_set_up_looks_for_everything_that_is_depended_on() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = {re.split("[=<>]", line)[0] for line in settings["project"]["dependencies"]}
    packages = packages_distributions()
    assert {packages[name][0].lower() for name in installing.NEEDED} == named


def test_set_up_needs_the_standard_library_alone() -> None:
    for module in ("cli.installing", "cli.console", "cli", "__main__", ""):
        for node in tree(module).body:
            names = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            names |= {node.module} if isinstance(node, ast.ImportFrom) and node.module else set()
            for imported in {found.split(".")[0] for found in names}:
                assert imported in sys.stdlib_module_names | {"macros"}, imported


@pytest.mark.audit
def test_a_fresh_clone_sets_itself_up(tmp_path: Path) -> None:
    project = tmp_path / "科普 网站"
    subprocess.run(["git", "clone", "--quiet", str(make_origin(tmp_path)), str(project)], check=True)
    settings = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "bare")], check=True)
    python = tmp_path / "bare/bin/python"
    done = subprocess.run([str(python), "-m", "macros", "check"], cwd=project, env=settings, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == "没有发现问题。\n"
    assert (project / ".venv").is_dir()
