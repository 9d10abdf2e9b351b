"""The files of a site that are the generator's own: its pins, and what is there to be double-clicked or run by machines.

`kepu init` copied them, and a fault that is mended in the generator is not mended in the copy: `kepu upgrade` lays them anew. What
people write in a site (its README, its settings, the workflows of its host) is theirs, and stays.
"""

from __future__ import annotations

import re
from pathlib import Path

from macros.project.new_site import own_files
from macros.project.pins import PACKAGE, PINS, pins, version

_OWN_PIN = re.compile(rf"^{PACKAGE}(\[[^\]]*\])?==(\S+)", re.MULTILINE)
_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\n]*\])? *[=<>~!@;].*(?:\n {4}.*)*\n?", re.MULTILINE)
_NUMBER = re.compile(r"\d+")
_READY = ".ci/ready.cmd"


class OtherProgram(Exception):
    """Raised where a site asks for a later version than the one that is installed: its number."""


def outdated(root: Path) -> dict[str, bytes]:
    """Return the program's files as this version lays them, by path, where the site's differ.

    Args:
        root: the site's folder; one that does not pin the generator, as the generator's own repository, has no such files.

    Raises:
        OtherProgram: the site asks for a later version.
    """
    place = root / PINS
    text = place.read_bytes().decode("utf-8", "replace") if place.is_file() else ""
    own = _OWN_PIN.search(text)
    if own is None:
        return {}
    if _order(own[2]) > _order(version()):
        raise OtherProgram(own[2])
    laid = {**_copied(root), **_pins(text, own[1] or "")}
    return {path: content for path, content in laid.items() if not _is_same(root / path, content)}


def _copied(root: Path) -> dict[str, bytes]:
    """Return what `kepu init` copied and is still there; what lies in ``.ci/`` belongs together."""
    if not (root / _READY).is_file():
        return {}
    return {
        path: content for path, content in own_files().items() if path.startswith(".ci/") or (root / path).is_file()
    }


def _pins(text: str, extras: str) -> dict[str, bytes]:
    """Return what is pinned now, with what a site needs besides."""
    laid = pins()
    new = laid[PINS].decode()
    known = {found[1].lower() for found in _REQUIREMENT.finditer(new)}
    besides = [found[0].rstrip("\n") for found in _REQUIREMENT.finditer(text) if found[1].lower() not in known]
    if "--hash=" not in new:
        # One hash would make pip ask for those of all others.
        besides = [one.partition(" \\\n")[0] for one in besides]
    new = new.replace(f"\n{PACKAGE}==", f"\n{PACKAGE}{extras}==", 1)
    return {**laid, PINS: "\n".join([new.rstrip("\n"), *besides, ""]).encode()}


def _is_same(place: Path, content: bytes) -> bool:
    """Tell whether a file is as it is laid; the ends of its lines are git's affair."""
    if not place.is_file():
        return False
    return place.read_bytes().replace(b"\r\n", b"\n") == content.replace(b"\r\n", b"\n")


def _order(number: str) -> list[int]:
    return [int(one) for one in _NUMBER.findall(number)]
