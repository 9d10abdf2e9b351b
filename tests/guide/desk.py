"""An editor's desk: a clone of this repository as it stands, in a folder with spaces and Chinese characters, and hands."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.publishing.repository import Repository
from tests.support import DISTRICT, PATIENCE, ROOT, epoch_of

ADDRESS = "https://example.org/kepu.git"
"""Where the guide says that the repository lies."""

_PROJECT = ("data/", "content/", "mkdocs.yml")
SERVES = re.compile("macros (?:serve|edit)")
"""Matches a command that goes on until it is ended."""
ENDS = re.compile("没有发现问题|处(?:错误|提醒)")
"""Matches the line that ends what a check says."""


RECORDS = Path(__file__).parent / "records"
"""The record of which the guide speaks; it lies among those of the invented district, whatever the repository's own are."""


def make_origin(folder: Path, prepare: Callable[[Path], None] | None = None, has_own_records: bool = False) -> Path:
    """Make a repository to clone from, as one commit; see `copy_files`.

    Args:
        folder: where to make it.
        prepare: changes the files before they are committed.
        has_own_records: whether it has the repository's own records and pages.
    """
    source = folder / "source"
    copy_files(source, has_own_records)
    if prepare:
        prepare(source)
    Repository(source).commit()
    subprocess.run(["git", "clone", "--quiet", "--bare", str(source), str(folder / "origin.git")], check=True)
    return folder / "origin.git"


def copy_files(target: Path, has_own_records: bool = False) -> None:
    """Copy all that git would take of the working tree; records, pages and settings are the invented district's.

    Args:
        target: the folder to copy to.
        has_own_records: whether they are the repository's own instead.
    """
    with TemporaryDirectory() as listing:
        # A repository of our own is asked, since a downloaded archive has none.
        subprocess.run(["git", "init", "--quiet", "--bare", listing], check=True)
        question = ["git", f"--git-dir={listing}", f"--work-tree={ROOT}", "ls-files"]
        listed = subprocess.run(
            [*question, "-z", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
        )
    for name in listed.stdout.decode().split("\0"):
        if (ROOT / name).is_file() and (has_own_records or not name.startswith(_PROJECT)):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    if not has_own_records:
        lay_records(target)


def lay_records(target: Path) -> None:
    """Lay the invented district's records, pages and settings into a folder, and the record of which the guide speaks."""
    for folder in (DISTRICT / "data", DISTRICT / "content"):
        shutil.copytree(folder, target / folder.name)
    shutil.copytree(RECORDS, target, dirs_exist_ok=True)
    settings = (DISTRICT / "mkdocs.yml").read_text("utf-8").replace("../../overrides", "overrides")
    (target / "mkdocs.yml").write_text(settings, "utf-8")


class Desk:
    """Types what the guide says, as it stands there.

    Args:
        folder: where the editor works.
        origin: the repository that the guide's address leads to.
    """

    def __init__(self, folder: Path, origin: Path) -> None:
        self.folder = folder
        self.place = folder
        inherited = {
            name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SOURCE_DATE_EPOCH")
        }
        day = f"{max(epoch_of(ROOT), epoch_of(DISTRICT))} +0000"
        self.environment = {
            **inherited,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "NO_MKDOCS_2_WARNING": "1",
            # What the editor opens its window with.
            "BROWSER": "true",
            "GIT_AUTHOR_DATE": day,
            "GIT_COMMITTER_DATE": day,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{origin}.insteadOf",
            "GIT_CONFIG_VALUE_0": ADDRESS,
        }

    def type(self, command: str, answers: str = "") -> str:
        """Type a command, answer what it asks, and return what it says; it must end well."""
        words = shlex.split(command)
        if words[0] == "cd":
            self.place = self.place / words[1]
            return ""
        known = {"kepu": [sys.executable, "-m", "macros"], "py": [sys.executable]}
        line = [*known.get(words[0], words[:1]), *words[1:]]
        if SERVES.search(" ".join(line)):
            return self._look(line)
        done = subprocess.run(
            line, cwd=self.place, env=self.environment, input=answers, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def _look(self, line: list[str]) -> str:
        """Start the preview, wait until it stands, and end it as Ctrl-C does."""
        process = subprocess.Popen(line, cwd=self.place, env=self.environment, stdout=subprocess.PIPE, encoding="utf-8")
        assert process.stdout is not None
        said = []
        for told in iter(process.stdout.readline, ""):
            said.append(told)
            if ENDS.search(told):
                break
        process.send_signal(signal.SIGINT)
        said.append(process.communicate(timeout=PATIENCE)[0])
        assert process.returncode == 0
        assert "错误" not in "".join(said), said
        return "".join(said)

    def published_by_the_host(self, page: str) -> str:
        """Return a page as continuous integration publishes it from what was pushed."""
        host = self.folder.parent / "host"
        shutil.rmtree(host, ignore_errors=True)
        subprocess.run(["git", "clone", "--quiet", ADDRESS, str(host)], env=self.environment, check=True)
        environment = {**self.environment, "SOURCE_DATE_EPOCH": epoch_of(host)}
        done = subprocess.run([".ci/pages", "public"], cwd=host, env=environment, capture_output=True)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
        return (host / "public" / page).read_text("utf-8")
