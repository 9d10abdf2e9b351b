"""Write the planned pages and the files beside them, on all processors, and tell what was written.

Every file is hashed before it is written, so that nothing has to be read again for the inventory and the headers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from macros.exports.files import Job, Jobs
from macros.publishing.release.headers import InlineCode
from macros.site.pool import in_parallel, spread

FEW_JOBS = 12


@dataclass
class WrittenFiles:
    """What is known of files that were written.

    Attributes:
        hashes: path below the site's root → SHA-256.
        inline: what stands in the pages among them and would be run or applied.
    """

    hashes: dict[str, str] = field(default_factory=dict)
    inline: InlineCode = field(default_factory=InlineCode)

    def add(self, other: WrittenFiles) -> None:
        """Take over what is known of other files."""
        self.hashes |= other.hashes
        self.inline.add(other.inline)


def write(folder: Path, jobs: Jobs, by_hand: frozenset[str] = frozenset()) -> WrittenFiles:
    """Do all jobs and write their files into a folder.

    Args:
        folder: the site.
        jobs: independent of one another.
        by_hand: paths of pages whose scripts and styles are not taken note of, since editors wrote them.

    Raises:
        OSError: the disk does not allow it.
    """
    written = WrittenFiles()
    ordered = spread(jobs.heavy, jobs.light)
    for part in in_parallel([partial(_write, folder, by_hand, job) for job in ordered], few=len(ordered) <= FEW_JOBS):
        written.add(part)
    return written


def _write(folder: Path, by_hand: frozenset[str], job: Job) -> WrittenFiles:
    written = WrittenFiles()
    made = {""}
    for path, content in job():
        parent, _, name = path.rpartition("/")
        if parent not in made:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        (folder / parent / name).write_bytes(content)
        written.hashes[path] = hashlib.sha256(content).hexdigest()
        if path.endswith(".html") and path not in by_hand:
            written.inline.read(content.decode())
    return written
