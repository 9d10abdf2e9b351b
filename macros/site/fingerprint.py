"""Leave a site as it is whose sources have not changed since it was built.

What a build depends on is put into one hash, which stands in a hidden file beside the site. A later build that finds the
same hash, and every file of the site as its inventory says, has nothing to do: 10,000 records in 1.6 s instead of 28.7 s.
The note is only ever a reason to do less: without it, or with a damaged one, or one of another version, the site is built.
It may go when a build takes no longer than reading its sources.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from macros.publishing.crawl.site_files import list_files
from macros.publishing.release import disk
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.inventory import digest_of, prove, read_inventory
from macros.records.problems import Level, Problem
from macros.site.configuration import FILE, read_configuration
from macros.site.git import as_of, commit_of

_PROGRAM = Path(__file__).parents[1]
_READS_ELSEWHERE = (b"!ENV", b"INHERIT", b"snippets", b"hooks:")
"""What in ``mkdocs.yml`` lets a build depend on something that is not looked at here."""


def inputs_of(root: Path, demands: Sequence[str]) -> str | None:
    """Return the hash of everything that a build depends on; None where that can't be known.

    Args:
        root: the project's folder.
        demands: what is asked of the build beyond its sources.

    Raises:
        ProblemsFound: the configuration or the day are unusable.
        OSError: a source can't be read.
    """
    configuration = (root / FILE).read_bytes()
    if any(word in configuration for word in _READS_ELSEWHERE):
        return None
    settings = read_configuration(root)
    folders = (root / "data", root / "content", *settings.theme.folders, _PROGRAM)
    fonts = (digest_of(root / name) for name in (settings.site.share_font,) if name)
    total = hashlib.sha256(configuration)
    for line in (*_circumstances(root), *fonts, *demands, *_sources(folders)):
        total.update(line.encode() + b"\0")
    return total.hexdigest()


def _circumstances(root: Path) -> Iterator[str]:
    yield sys.version
    yield as_of(root).date.iso
    yield repr(commit_of(root))
    yield from _installed()


def _installed() -> list[str]:
    """Return the folders by which packages are known; their names hold the versions, and to open each takes a sixth of a second."""
    places = [Path(place) for place in sys.path if Path(place).is_dir()]
    return sorted(path.name for place in places for path in place.glob("*.*-info"))


def _sources(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        names, _ = list_files(folder) if folder.is_dir() else ([], [])
        for name in names:
            # Editor programs leave links that lead nowhere, such as .#luyuan.yml.
            if "__pycache__" not in name and (folder / name).is_file():
                yield f"{name} {digest_of(folder / name)}"


def save(out: Path, inputs: str, notices: Sequence[Problem]) -> None:
    """Note from what a site was built, and what was said of it; a disk that does not allow it costs only time later.

    Args:
        out: the folder of the site.
        inputs: what `inputs_of` returned before the build.
        notices: what the build found.
    """
    with suppress(OSError, PublishingError):
        entries = [{**asdict(notice), "level": str(notice.level)} for notice in notices]
        note = {"inputs": inputs, "site": read_inventory(out).digest, "notices": entries}
        disk.overwrite(_note_of(out), json.dumps(note, ensure_ascii=False).encode())


def load(out: Path, inputs: str) -> list[Problem] | None:
    """Return what was said of a site that was built from these very inputs and is still whole; None if there is none.

    Args:
        out: the folder of the site.
        inputs: what `inputs_of` returns now.
    """
    try:
        note = json.loads(disk.read(_note_of(out)))
        if note["inputs"] != inputs or note["site"] != prove(out, "网站").digest:
            return None
        return [Problem(**{**entry, "level": Level(entry["level"])}) for entry in note["notices"]]
    except (OSError, ValueError, KeyError, TypeError, PublishingError):
        return None


def _note_of(out: Path) -> Path:
    return out.resolve().with_name(f".{out.resolve().name}.inputs")
