"""Chinese in consoles that are not UTF-8, and no colour."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.cli.console import make_safe
from tests.support import DISTRICT, ENVIRONMENT
from tests.support.looping import failures
from tests.support.projects import lay_project

FULL_WIDTH = "错误：电话 “0750-12” 不完整"


ENCODINGS = ("ascii", "cp1252", "gbk", "utf-8")
OTHERS = (["chek"], ["--help"], ["check", "--format", "json"])


def test_problems_are_told_in_any_encoding(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project / "data/bases/wetland.yml").write_text("name: 湿地☃\nsummary：x\n", "utf-8")

    def is_told(case: tuple[str, list[str]]) -> None:
        encoding, arguments = case
        plain = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
        done = subprocess.run(
            [sys.executable, "-m", "macros", "--root", str(project), *arguments],
            env={**ENVIRONMENT, **plain, "PYTHONIOENCODING": encoding},
            capture_output=True,
        )
        said = (done.stdout + done.stderr).decode("utf-8")
        assert re.search("[\u4e00-\u9fff]", said)
        assert "Traceback" not in said

    # Each way of speaking once in the encoding that has no Chinese at all, and the check in each.
    cases = [(encoding, ["check"]) for encoding in ENCODINGS] + [("ascii", arguments) for arguments in OTHERS]
    assert failures(is_told, cases) == []


@pytest.mark.parametrize(("encoding", "kept"), [("gbk", "gbk"), ("cp1252", "utf-8"), ("ascii", "utf-8")])
def test_a_terminal_keeps_its_own_encoding_if_that_has_chinese(encoding: str, kept: str) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    raw = io.BytesIO()
    stream = Terminal(raw, encoding=encoding)
    make_safe(stream)
    stream.write(FULL_WIDTH + "☃")
    stream.flush()
    assert raw.getvalue().decode(kept).replace("\\u2603", "☃") == FULL_WIDTH + "☃"


def test_what_is_no_terminal_reads_utf_8() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk")
    make_safe(stream)
    stream.write(FULL_WIDTH)
    stream.flush()
    assert raw.getvalue().decode("utf-8") == FULL_WIDTH


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_terminal_is_spoken_to_in_its_encoding_and_without_colour(encoding: str) -> None:
    pty = pytest.importorskip("pty", reason="Windows has no terminals made by programs")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "macros", "--root", str(DISTRICT), "check"]
    settings = {**ENVIRONMENT, "NO_COLOR": "1", "PYTHONIOENCODING": encoding}
    subprocess.run(command, env=settings, stdout=theirs, stderr=theirs, check=True)
    os.close(theirs)
    said = os.read(ours, 10_000)
    os.close(ours)
    assert "没有发现问题".encode(encoding) in said
    assert b"\x1b" not in said
