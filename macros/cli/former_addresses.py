"""Name in renamed files what they were before, where that is certain: git takes them for the same, and so does their name."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from macros.addresses.lost import FORMER_IDS, Gone, Successor, field_of, formers, is_mended_by_a_line
from macros.cli.lost_addresses import gone_since_last_commit
from macros.editing.source.source_file import SourceFile, model_of
from macros.editing.source.splice import CannotSplice, set_value
from macros.records.problems import ProblemsFound
from macros.site.session import open_session


class Named(NamedTuple):
    """A file that names now what it was before.

    Attributes:
        content: its bytes.
        message: what was added and why, in Chinese.
    """

    content: bytes
    message: str


def name_formers(root: Path, mended: Mapping[str, bytes]) -> dict[str, Named]:
    """Return the files that were renamed by hand since the last commit, by path, with a line for their old addresses.

    Args:
        root: the project's folder.
        mended: files that are being changed already, with what will be in them.
    """
    try:
        gone = gone_since_last_commit(root, open_session)
    except (ProblemsFound, OSError, subprocess.CalledProcessError):
        return {}
    named: dict[str, Named] = {}
    for file in gone:
        follower = file.successor
        if follower and file.heading == follower.heading and is_mended_by_a_line(file):
            content = mended.get(follower.path) or (root / follower.path).read_bytes()
            named |= {follower.path: done} if (done := _named(file, follower, content)) else {}
    return named


def _named(file: Gone, follower: Successor, content: bytes) -> Named | None:
    source = SourceFile.of(follower.path, content.decode())
    names = formers(file, follower)
    field = field_of(follower)
    try:
        yaml = set_value(source.yaml, (field,), list(names), model_of(follower.path))
    except CannotSplice:
        return None
    what = "旧的 id" if field == FORMER_IDS else "旧网址"
    message = f"由 {file.path} 改名来，补上{what} {'、'.join(names)}，旧网址会自动跳转"
    return Named(source.with_yaml(yaml).text.encode(), message)
