"""What takes long to make of the program's own files, kept where Python keeps its compiled modules.

Compiled templates and tables of dictionaries depend on nothing but files of the program and of its packages. They lie in
``__pycache__`` beside this module, are written and trusted as the bytecode there is, and may be deleted at any time. An entry
begins with a hash of all that it was made of and one of itself: an older, damaged or foreign one is no entry. Where the
folder can't be written, everything is made anew each time.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import Any

_PROGRAM = Path(__file__).parents[1]
_HASH = 32


def cached(name: str, inputs: Iterable[str], make: Callable[[], Any]) -> Any:
    """Return what is made of certain inputs: as it was kept, or made now and kept.

    Args:
        name: what it is; of each name, the last entry is kept.
        inputs: everything that it depends on beside the version of Python.
        make: makes it: code, or plain values that `marshal` knows.
    """
    path = _path(name)
    key = _digest(sys.version, name, *inputs)
    if (kept := _read(path, key)) is not None:
        return kept
    made = make()
    _write(path, key, marshal.dumps(made))
    return made


@cache
def program_digest() -> str:
    """Return a hash of the program's own modules; for what their code has a hand in."""
    return _digest_of_files(sorted(_PROGRAM.rglob("*.py")))


@cache
def package_state(package: str) -> str:
    """Return what tells one installed state of a package from another, as Python itself tells it: sizes and times of files.

    Args:
        package: its name; it need not be imported for it.
    """
    spec = find_spec(package)
    folders = (spec.submodule_search_locations if spec else None) or ()
    files = sorted((entry.path, entry.stat()) for folder in folders for entry in os.scandir(folder) if entry.is_file())
    return "\n".join(f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in files)


def _digest_of_files(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _digest(*texts: str) -> bytes:
    total = hashlib.sha256()
    for text in texts:
        total.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return total.digest()


def _path(name: str) -> Path:
    stem = hashlib.sha256(name.encode()).hexdigest()[:20]
    return Path(cache_from_source(str(Path(__file__).with_name(f"kept-{stem}.py")))).with_suffix(".bin")


def _read(path: Path, key: bytes) -> Any:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    payload = content[2 * _HASH :]
    if content[: 2 * _HASH] != key + hashlib.sha256(payload).digest():
        return None
    return marshal.loads(payload)


def _write(path: Path, key: bytes, payload: bytes) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # As any file of the user's, so that what one wrote serves all who may read the program.
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(key + hashlib.sha256(payload).digest() + payload)
            aside.replace(path)
        except OSError:
            aside.unlink()
