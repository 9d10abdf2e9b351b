"""What takes long to make, kept beside the project: a reason to do less and nothing else.

An entry is a ZIP file in a hidden folder, named after all that it is made of: the bytes that went in, and the way they were used.
So one that is there is right, or its check sums say that it is damaged; one that is missing is made anew. The folder may be
deleted at any time, and kept between runs of continuous integration.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from macros.site.whole_files import link_on

_ENTRY = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16,64}\.zip|tmp\w+\.part")


class EntryCache:
    """Entries in one folder of a project.

    Args:
        root: the project's folder.
        folder: name of the folder below it.
    """

    def __init__(self, root: Path, folder: str) -> None:
        self._root, self._name = root, folder
        self._folder = root / folder

    def read(self, name: str) -> dict[str, bytes]:
        """Return the files of an entry; nothing if it is missing, damaged, or behind a link that somebody planted.

        Args:
            name: the entry's: 16 hexadecimal digits of the way, a hyphen, those of what went in, ``.zip``.
        """
        if self._is_link(name):
            return {}
        try:
            with zipfile.ZipFile(self._folder / name) as archive:
                return {one: archive.read(one) for one in archive.namelist()}
        except (OSError, zipfile.BadZipFile, ValueError, KeyError, NotImplementedError, RuntimeError):
            return {}

    def write(self, name: str, files: Mapping[str, bytes]) -> None:
        """Keep the files of an entry; a disk that does not allow it costs only time later."""
        if self._is_link(name):
            return
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for one, content in files.items():
                archive.writestr(zipfile.ZipInfo(one), content)
        with suppress(OSError):
            self._make_folder()
            handle, aside = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(packed.getvalue())
            Path(aside).replace(self._folder / name)

    def forget_others(self, wanted: Collection[str]) -> None:
        """Delete all entries but those that are wanted; what can't be deleted stays."""
        if self._folder.is_symlink() or not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if _ENTRY.fullmatch(path.name) and path.name not in wanted:
                with suppress(OSError):
                    path.unlink()

    def _make_folder(self) -> None:
        if not self._folder.is_dir():
            self._folder.mkdir(exist_ok=True)
            # So the folder is no part of anyone's project, whatever its own list says.
            (self._folder / ".gitignore").write_text("*\n", "utf-8")

    def _is_link(self, name: str) -> bool:
        return link_on(self._root, f"{self._name}/{name}") is not None
