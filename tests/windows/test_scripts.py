"""The files that Windows starts with a double click: what can be told of them without Windows."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support import ROOT
from tests.support.looping import failures

SCRIPTS = sorted(ROOT.glob("*.cmd"))
FILES = ROOT / "macros/project/files"
BEGINNING = ["@echo off", "chcp 65001 >nul", 'cd /d "%~dp0"']


def lines_of(script: Path) -> list[str]:
    """Return the lines of a script, after everything about them that the prompt could take amiss."""
    raw = script.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.endswith(b"\r\n")
    assert not raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8").split("\r\n")
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert labels == set(re.findall(r"\bgoto (\w+)", raw.decode("utf-8")))
    assert all(line.isascii() for line in lines if not line.startswith("echo "))
    assert not any(sign in line for line in lines if line.startswith("echo ") for sign in "&|<>^%!()")
    return lines


def test_a_script_is_one_that_the_command_prompt_reads() -> None:
    def is_read(script: Path) -> None:
        lines = lines_of(script)
        # The prompt reads a script in the code page of the moment: Chinese may stand only behind the change to UTF-8.
        assert script.parent.name == "_ci" or lines[:3] == BEGINNING
        if script.parent == FILES:
            assert lines[3:5] == [r"call .ci\ready.cmd", "if errorlevel 1 goto end"]
        for name in re.findall(r"\.ci\\([\w.]+)", "\n".join(lines)):
            assert (FILES / "_ci" / name).is_file()

    assert failures(is_read, [*SCRIPTS, *FILES.rglob("*.cmd")]) == []


def test_a_script_runs_modules_that_exist() -> None:
    def exist(script: Path) -> None:
        modules = re.findall(r"-m ([\w.]+)", script.read_text("utf-8"))
        assert modules
        for module in modules:
            place = ROOT / module.replace(".", "/")
            assert (place / "__main__.py").is_file() or place.with_suffix(".py").is_file()

    assert failures(exist, SCRIPTS) == []
