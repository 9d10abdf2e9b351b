"""A file that can't be read, or is too large to have been written by hand, is a problem and no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.records.problems import ProblemsFound
from macros.records.reading import LARGEST_FILE, read_bytes, refuse_size


def test_bytes_come_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xff\x00")
    assert read_bytes(tmp_path, tmp_path / "a.yml") == b"\xff\x00"


@pytest.mark.parametrize("name", ["nothing.yml", "."])
def test_what_can_not_be_read_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_bytes(tmp_path, tmp_path / name)
    assert [(problem.path, problem.rule) for problem in found.value.problems] == [(name, "unreadable-file")]


def test_the_largest_size_is_allowed_and_one_more_is_not() -> None:
    refuse_size("a.yml", LARGEST_FILE)
    with pytest.raises(ProblemsFound, match=r"a\.yml:1:1: 错误：文件有 1\.00 MB，太大"):
        refuse_size("a.yml", LARGEST_FILE + 1)
