"""A finished site as one commit on a branch, as hosts take it that serve a branch.

Four plumbing commands of git do it; the work tree and the index of whoever works there are left alone. ghp-import, which
comes with MkDocs, was weighed: it takes the commit's time from the clock, and writes to the branch without asking
whether somebody else did meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from macros.publishing.release.errors import PublishingError
from macros.publishing.release.guards import MARKER
from macros.publishing.release.inventory import Inventory, prove
from macros.publishing.release.publish import for_pages

_WHO = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "kepu"), ("EMAIL", "kepu@localhost"))
}


class Pushed(NamedTuple):
    """What stands on the branch now.

    Attributes:
        commit: the whole hash.
        changed: it is another one than before.
    """

    commit: str
    changed: bool


def publish_branch(site: Path, branch: str, project: Path, domain: str = "") -> Pushed:
    """Put a finished site on a branch of the project's repository; the branch is not pushed anywhere.

    Args:
        site: the finished site, with its ``build.json``.
        branch: its name, without ``refs/heads/``; made where it does not exist.
        project: the project's folder, in a git repository.
        domain: the domain of the site, written into ``CNAME``; empty for none.

    Raises:
        PublishingError: site and inventory differ, the branch is the one that is checked out or holds anything but a
            published site, somebody else changed it meanwhile, or git fails.
    """
    inventory = prove(site, f"网站 {site} ")
    repository = _Repository(project)
    reference = f"refs/heads/{branch}"
    repository.run("check-ref-format", reference)
    if repository.ask("symbolic-ref", "--quiet", "HEAD") == reference:
        raise PublishingError(f"分支 “{branch}” 正是现在检出的分支，里面是项目的源文件；请换一个分支，例如 pages。")
    before = repository.ask("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")
    if before and not repository.ask("ls-tree", "--name-only", before, MARKER):
        raise PublishingError(
            f"分支 “{branch}” 里不是发布过的网站（没有 {MARKER}），可能是项目的源文件；请换一个分支名，例如 pages。分支没有改动。"
        )
    tree = repository.tree(site, (*inventory.files, MARKER), for_pages(domain))
    if before and repository.ask("rev-parse", f"{before}^{{tree}}") == tree:
        return Pushed(before, changed=False)
    commit = repository.commit(tree, before, inventory)
    # The old value is named: if somebody else moved the branch meanwhile, git refuses.
    repository.run("update-ref", reference, commit, before or "0" * len(commit))
    return Pushed(commit, changed=True)


class _Repository:
    """Runs git in one repository."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def tree(self, site: Path, names: tuple[str, ...], extra: Mapping[str, bytes]) -> str:
        """Store files exactly as they are and return the hash of the tree that holds them."""
        paths = "".join(f"{(site / name).resolve()}\n" for name in names)
        stored = self.run("hash-object", "-w", "--no-filters", "--stdin-paths", text=paths.encode()).split()
        hashes = dict(zip(names, stored, strict=True))
        for name, content in extra.items():
            hashes[name] = self.run("hash-object", "-w", "--no-filters", "--stdin", text=content)
        entries = "".join(f"100644 {digest}\t{name}\n" for name, digest in hashes.items())
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self.run("update-index", "--add", "--index-info", text=entries.encode(), environment=index)
            return self.run("write-tree", environment=index)

    def commit(self, tree: str, before: str, inventory: Inventory) -> str:
        """Return the hash of a new commit; its day is the build's, so that the same build gives the same commit."""
        facts = inventory.facts
        day = f"{facts.get('as_of', '1970-01-01')}T00:00:00+08:00"
        message = f"Publish {facts.get('commit') or 'a build'} as of {facts.get('as_of')}"
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        parents = ("-p", before) if before else ()
        return self.run("commit-tree", tree, *parents, "-m", message, environment={**_WHO, **dates})

    def ask(self, *arguments: str) -> str:
        """Return what git answers; empty where it has no answer."""
        try:
            return self.run(*arguments)
        except PublishingError:
            return ""

    def run(self, *arguments: str, text: bytes = b"", environment: Mapping[str, str] | None = None) -> str:
        """Return what git says.

        Args:
            arguments: after ``git``.
            text: is given to it to read.
            environment: is added to this process's.

        Raises:
            PublishingError: git fails or is missing.
        """
        whole = {**os.environ, **(environment or {})}
        command = ["git", "-C", str(self._root), *arguments]
        try:
            done = subprocess.run(command, input=text, env=whole, capture_output=True, check=True)
        except OSError:
            raise PublishingError("没有装 git；请从 git-scm.com 安装，再运行一次。分支没有改动。") from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode("utf-8", "replace").strip()
            raise PublishingError(f"git {arguments[0]} 没有成功：{said or error.returncode}。分支没有改动。") from None
        return done.stdout.decode().strip()
