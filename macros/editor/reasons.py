"""Why records were changed: one sentence each, kept until the change is handed in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from macros.editor.locking import STATE
from macros.site.whole_files import write_files

_FILE = f"{STATE}/reasons.json"


def reasons(root: Path) -> dict[str, list[str]]:
    """Return path of a record's file → why it was changed, the first reason first.

    Args:
        root: the project's folder.
    """
    try:
        found = json.loads((root / _FILE).read_text("utf-8"))
        return {str(path): [str(reason) for reason in told] for path, told in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def remember(root: Path, path: str, reason: str) -> None:
    """Keep why a file was changed; the same reason counts once."""
    told = reasons(root)
    line = " ".join(reason.split())
    if line and line not in told.get(path, []):
        write_files(root, {_FILE: _text({**told, path: [*told.get(path, []), line]})})


def forget(root: Path, paths: Iterable[str], said: Mapping[str, list[str]] | None = None) -> None:
    """Drop the reasons of files whose changes were handed in or taken back.

    Args:
        root: the project's folder.
        paths: the files.
        said: the reasons that are dropped, as `reasons` gave them; None for all.
    """
    gone, told = set(paths), reasons(root)
    left = {
        path: [line for line in lines if path not in gone or (said is not None and line not in said.get(path, ()))]
        for path, lines in told.items()
    }
    if left != told:
        write_files(root, {_FILE: _text({path: lines for path, lines in left.items() if lines})})


def _text(told: dict[str, list[str]]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
