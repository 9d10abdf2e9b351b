"""Releases side by side in a web root, one of them served.

    DEST/current → releases/000002-5f3a…   what the web server serves
    DEST/releases/000001-…                 whole sites; a name is a number and the hash of the site's inventory

A folder has such a name only once it is whole. Names and order need no clock.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from macros.publishing.release import disk
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.guards import CURRENT, RELEASES
from macros.publishing.release.inventory import Inventory, differences, prove, read_inventory

LOCK = ".publish.lock"
_INCOMING = ".incoming"
_OUTGOING = ".outgoing"
_NAME = re.compile(r"(\d{6,})-([0-9a-f]{16})")
_DIGITS = 16


class Release(NamedTuple):
    """One release.

    Attributes:
        number: counts up by one with each release; the order of releases.
        digest: first 16 hexadecimal digits of the hash of its ``build.json``.
        folder: where it lies.
    """

    number: int
    digest: str
    folder: Path

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    def prove(self) -> Inventory:
        """Return its inventory after every file was compared with it, and it with the release's name.

        Raises:
            PublishingError: the release was tampered with, or is damaged.
        """
        inventory = prove(self.folder, f"版本 {self.name} ")
        if not inventory.digest.startswith(self.digest):
            raise PublishingError(f"版本 {self.name} 的 build.json 被改过，和版本名不符。没有发布任何东西。")
        return inventory

    @property
    def faults(self) -> list[str]:
        """What is wrong with it, in Chinese; empty for a release that is whole."""
        try:
            inventory = read_inventory(self.folder)
        except PublishingError:
            return ["build.json 读不了"]
        found = list(differences(self.folder, inventory))
        return found if inventory.digest.startswith(self.digest) else ["build.json 被改过", *found]


def releases(dest: Path) -> list[Release]:
    """Return the releases of a web root, the oldest first."""
    folder = dest / RELEASES
    found = folder.iterdir() if folder.is_dir() else ()
    named = ((_NAME.fullmatch(path.name), path) for path in found if path.is_dir() and not path.is_symlink())
    return sorted(Release(int(match[1]), match[2], path) for match, path in named if match)


def current(dest: Path) -> Release | None:
    """Return the release that is served; None if there is none, or the link leads elsewhere."""
    link = dest / CURRENT
    target = link.resolve() if link.is_symlink() else None
    return next((release for release in releases(dest) if release.folder.resolve() == target), None)


def incoming(dest: Path) -> Path:
    """Make and return an empty folder for the next release.

    Raises:
        OSError: the disk does not allow it.
    """
    folder = dest / RELEASES / _INCOMING
    folder.mkdir(parents=True)
    return folder


def accept(dest: Path, inventory: Inventory) -> Release:
    """Give the folder of the next release, which is whole, its name.

    Raises:
        OSError: the disk does not allow it.
    """
    number = max((release.number for release in releases(dest)), default=0) + 1
    folder = dest / RELEASES / f"{number:06}-{inventory.digest[:_DIGITS]}"
    (dest / RELEASES / _INCOMING).rename(folder)
    disk.sync_folder(folder.parent)
    return Release(number, inventory.digest[:_DIGITS], folder)


def serve(dest: Path, release: Release) -> None:
    """Let the link lead to a release, in one step.

    Raises:
        OSError: the disk does not allow it.
    """
    disk.switch(dest / CURRENT, f"{RELEASES}/{release.name}")


def prune(dest: Path, keep: int) -> None:
    """Remove the oldest releases, never the one that is served.

    Args:
        dest: the web root.
        keep: so many of the newest stay.

    Raises:
        OSError: the disk does not allow it.
    """
    served = current(dest)
    for release in releases(dest)[:-keep]:
        if release != served:
            # Without its name first: a folder with the name of a release is always whole.
            release.folder.rename(dest / RELEASES / _OUTGOING)
            disk.remove(dest / RELEASES / _OUTGOING)


def recover(dest: Path) -> None:
    """Remove what killed runs left; releases and the link are never among it.

    Raises:
        OSError: the disk does not allow it.
    """
    for left_over in (dest / RELEASES / _INCOMING, dest / RELEASES / _OUTGOING, disk.aside(dest / CURRENT)):
        disk.remove(left_over)
