"""The files that Windows starts with a double click: what can be told of them without Windows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support import ROOT

SCRIPTS = sorted(ROOT.glob("*.cmd"))


def name(path: Path) -> str:
    """Return a file's name, for the name of a test."""
    return path.name


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_a_script_is_one_that_the_command_prompt_reads(script: Path) -> None:
    raw = script.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.endswith(b"\r\n")
    assert not raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8").split("\r\n")
    # The prompt reads a script in the code page of the moment: Chinese may stand only behind the change to UTF-8.
    assert lines[:3] == ["@echo off", "chcp 65001 >nul", 'cd /d "%~dp0"']
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert labels == set(re.findall(r"\bgoto (\w+)", raw.decode("utf-8")))
    assert all(line.isascii() for line in lines if not line.startswith("echo "))
    assert not any(sign in line for line in lines if line.startswith("echo ") for sign in "&|<>^%!()")


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_a_script_runs_modules_that_exist(script: Path) -> None:
    modules = re.findall(r"-m ([\w.]+)", script.read_text("utf-8"))
    assert modules
    for module in modules:
        place = ROOT / module.replace(".", "/")
        assert (place / "__main__.py").is_file() or place.with_suffix(".py").is_file()
