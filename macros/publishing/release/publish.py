"""A finished site goes out: proved before it is copied, proved as a copy, and served in one step.

Killed at any moment, the old site is served whole or the new one is, and the next run cleans up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from macros.publishing.release import disk
from macros.publishing.release.companions import companions
from macros.publishing.release.disk import locked
from macros.publishing.release.errors import PublishingError, explain
from macros.publishing.release.guards import HOST_FILES, MARKER, refuse_root
from macros.publishing.release.inventory import Inventory, prove
from macros.publishing.release.releases import LOCK, Release, accept, current, incoming, prune, recover, releases, serve
from macros.publishing.release.swap import replacing

KEEP = 5
_SERVED = "要换的版本已经换上，只是善后没有做完；下次发布时会接着做。"


class PublishOutcome(NamedTuple):
    """What publishing did.

    Attributes:
        release: the one that is served now.
        inventory: of its files.
        changed: it is another one than before.
    """

    release: Release
    inventory: Inventory
    changed: bool


def publish(site: Path, dest: Path, project: Path, *, keep: int = KEEP, compress: bool = False) -> PublishOutcome:
    """Publish a finished site into a web root with releases side by side.

    Args:
        site: the finished site, with its ``build.json``.
        dest: the web root; the web server serves ``current`` in it.
        project: the project's folder, which is never published into.
        keep: so many of the newest releases stay.
        compress: whether compressed copies are put beside the files.

    Raises:
        PublishingError: site and inventory differ, the folder must not be used, another publisher is at work, or the
            disk does not allow it; the text is Chinese and tells which site is served.
    """
    inventory = prove(site, f"网站 {site} ")
    refuse_root(dest, site, project)
    with disk.readable_by_all(), _root(dest):
        served = current(dest)
        if served and _is_as_wanted(served, inventory, compress):
            return PublishOutcome(served, inventory, changed=False)
        _copy(site, incoming(dest), inventory, compress=compress)
        release = accept(dest, inventory)
        serve(dest, release)
        with _explained(dest, _SERVED):
            disk.sync_folder(dest)
            prune(dest, keep)
    return PublishOutcome(release, inventory, changed=True)


def rollback(dest: Path, name: str | None = None) -> PublishOutcome:
    """Serve an earlier release again, after every file of it was proved.

    Args:
        dest: the web root.
        name: of the release; None for the last one before the one that is served.

    Raises:
        PublishingError: there is no such release, it was tampered with, another publisher is at work, or the disk does
            not allow it.
    """
    if not releases(dest):
        raise PublishingError(f"{dest}：这里没有发布过的版本；请写 kepu publish 用过的文件夹。")
    with _root(dest):
        served = current(dest)
        release = _chosen(releases(dest), served, name)
        inventory = release.prove()
        serve(dest, release)
        with _explained(dest, _SERVED):
            disk.sync_folder(dest)
    return PublishOutcome(release, inventory, release != served)


def publish_folder(site: Path, dest: Path, project: Path, domain: str = "") -> Inventory:
    """Put a finished site into a folder as hosts of static pages take it, in the place of what was there.

    Args:
        site: the finished site, with its ``build.json``.
        dest: the folder; replaced as a whole, or untouched on any failure.
        project: the project's folder.
        domain: the domain of the site, written into ``CNAME``; empty for none.

    Raises:
        PublishingError: site and inventory differ, or the folder can't be replaced.
    """
    inventory = prove(site, f"网站 {site} ")
    with replacing(dest, project) as folder:
        _copy(site, folder, inventory, compress=False)
        for name, content in for_pages(domain).items():
            disk.write(folder / name, content)
    return inventory


def for_pages(domain: str) -> dict[str, bytes]:
    """Return what hosts of static pages want beside a site: no processing, and the domain if there is one."""
    unprocessed, named = HOST_FILES
    return {unprocessed: b"", **({named: f"{domain}\n".encode()} if domain else {})}


@contextmanager
def _root(dest: Path) -> Iterator[None]:
    """Hold a web root: nobody else changes it meanwhile, and what killed runs left is removed first."""
    with _explained(dest, "原有的网站没有改动。"):
        dest.mkdir(parents=True, exist_ok=True)
        with locked(dest / LOCK):
            recover(dest)
            yield


@contextmanager
def _explained(dest: Path, outcome: str) -> Iterator[None]:
    """Turn errors of the disk into words, with what became of the site."""
    try:
        yield
    except OSError as error:
        raise explain(error, dest, outcome) from error


def _is_as_wanted(release: Release, inventory: Inventory, compress: bool) -> bool:
    """Tell whether a release is this very build, whole, and with compressed copies if they are wanted."""
    if not inventory.digest.startswith(release.digest) or release.faults:
        return False
    names = (path.relative_to(release.folder).as_posix() for path in release.folder.rglob("*.gz"))
    return any(name not in inventory.files for name in names) == compress


def _copy(site: Path, folder: Path, inventory: Inventory, *, compress: bool) -> None:
    """Copy a site into an empty folder and prove the copy."""
    folders = {folder}
    for name in (*inventory.files, MARKER):
        content, target = (site / name).read_bytes(), folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        folders.update(parent for parent in target.parents if parent.is_relative_to(folder))
        disk.write(target, content)
        if compress and name != MARKER:
            for beside, packed in companions(name, content):
                # An attachment that somebody packed is a file of its own right.
                if beside not in inventory.files:
                    disk.write(folder / beside, packed)
    for made in sorted(folders):
        disk.sync_folder(made)
    if prove(folder, "复制出来的网站").digest != inventory.digest:
        raise PublishingError(f"{site}：复制时网站被换掉了；请等构建结束后再发布。")


def _chosen(existing: list[Release], served: Release | None, name: str | None) -> Release:
    """Return the release to go back to."""
    if name is not None:
        found = [release for release in existing if release.name == name or str(release.number) == name.lstrip("0")]
    else:
        found = [release for release in existing if served is None or release.number < served.number]
    if not found:
        names = "、".join(release.name for release in existing)
        what = f"没有 “{name}” 这个版本" if name else "现在的版本之前没有别的版本"
        raise PublishingError(f"{what}；有的版本：{names}。原有的网站没有改动。")
    return found[-1]
