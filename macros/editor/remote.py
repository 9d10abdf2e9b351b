"""The place where editors hand in what they changed: asked by git, its answers understood.

No name and no password is kept or asked for here: git's own helpers do that. Git is asked in English, since what it says
has to be told apart; what hosts say comes as they say it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from macros.site import git
from macros.site.git import GitAnswer

PATIENCE = 120.0
"""Seconds for which another machine is waited for."""

UPSTREAM = "refs/kepu/upstream"
"""What others have handed in, as it was fetched last."""


class RemoteAnswer(StrEnum):
    """What the other side did."""

    DONE = "done"
    OTHERS_FIRST = "others-first"
    FORBIDDEN = "forbidden"
    NO_PERMISSION = "no-permission"
    NO_NETWORK = "no-network"
    MISSING = "missing"
    BUSY = "busy"
    UNKNOWN = "unknown"


_SIGNS: tuple[tuple[RemoteAnswer, re.Pattern[str]], ...] = tuple(
    (answer, re.compile(pattern, re.IGNORECASE))
    for answer, pattern in (
        (RemoteAnswer.BUSY, r"\.lock': File exists|cannot lock ref|unable to lock"),
        (RemoteAnswer.MISSING, r"couldn't find remote ref"),
        (
            RemoteAnswer.FORBIDDEN,
            r"protected branch|GH006|GH013|pre-receive hook declined|not allowed to push code to protected"
            r"|push declined|update hook declined|hook declined|保护分支|受保护|only allow.*pull request",
        ),
        (
            RemoteAnswer.OTHERS_FIRST,
            r"\[rejected\]|fetch first|non-fast-forward|stale info|incorrect old value|reference already exists|remote rejected.*failed to update ref",
        ),
        (
            RemoteAnswer.NO_PERMISSION,
            r"authentication failed|permission denied|could not read (username|password)|access denied|\b40[13]\b"
            r"|not authorized|unauthorized|repository not found"
            r"|host key verification failed|terminal prompts disabled|invalid (username|credentials)|无权|没有权限",
        ),
        (
            RemoteAnswer.NO_NETWORK,
            r"could not resolve|couldn't connect|failed to connect|connection (timed out|refused|reset|closed)"
            r"|timed out|network is unreachable|no route to host|temporary failure|unable to look up|early EOF"
            r"|the remote end hung up|SSL_ERROR|proxy|does not appear to be a git repository",
        ),
    )
)


@dataclass(frozen=True)
class Remote:
    """Where a branch is handed in.

    Attributes:
        root: the project's folder.
        name: what git calls the place; empty if there is none.
        branch: the branch's name there.
    """

    root: Path
    name: str
    branch: str

    @classmethod
    def of(cls, root: Path, branch: str) -> Remote:
        """Return where a branch of a project is handed in.

        Raises:
            GitError: git can't tell.
        """
        names = git.ask(root, "remote").decode().split()
        own = _setting(root, f"branch.{branch}.remote")
        name = own if own in names else "origin" if "origin" in names else names[0] if len(names) == 1 else ""
        merge = _setting(root, f"branch.{branch}.merge").removeprefix("refs/heads/")
        return cls(root, name, merge if own == name and merge else branch)

    @property
    def address(self) -> str:
        """Where it lies, as git knows it."""
        return _setting(self.root, f"remote.{self.name}.url")

    def fetch(self) -> tuple[RemoteAnswer, str]:
        """Fetch what others have handed in, into `UPSTREAM`; return what came of it, and git's words."""
        answer = self._ask("fetch", "--no-tags", "--quiet", self.name, f"+refs/heads/{self.branch}:{UPSTREAM}")
        return understood(answer), answer.words

    def push(self, commit: str, branch: str = "") -> tuple[RemoteAnswer, str]:
        """Hand in a commit; return what came of it, and the words of git and of the other side.

        Args:
            commit: its hash.
            branch: the branch there; empty for the usual one.
        """
        answer = self._ask("push", "--porcelain", self.name, f"{commit}:refs/heads/{branch or self.branch}")
        words = f"{answer.output.decode('utf-8', 'replace')}\n{answer.words}".strip()
        return understood(answer._replace(words=words)), words

    def _ask(self, *arguments: str) -> GitAnswer:
        environment = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "LANGUAGE": "C"}
        if "GIT_SSH_COMMAND" not in os.environ and not _setting(self.root, "core.sshCommand"):
            # A question on a console that nobody sees would be waited for without end.
            environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes -o ConnectTimeout=20"
        return git.run(self.root, *arguments, environment=environment, patience=PATIENCE)


def understood(answer: GitAnswer) -> RemoteAnswer:
    """Return what the other side did, by git's words."""
    if answer.code == 0:
        return RemoteAnswer.DONE
    return next((sign for sign, pattern in _SIGNS if pattern.search(answer.words)), RemoteAnswer.UNKNOWN)


def _setting(root: Path, name: str) -> str:
    return git.run(root, "config", "--get", name).output.decode("utf-8", "replace").strip()


def request_address(words: str, remote_address: str, branch: str, target: str) -> str:
    """Return where a request to take a branch over is opened: as the host has said, else as such hosts have it.

    >>> request_address("", "git@gitee.com:qu/kepu.git", "kepu/1", "main")
    'https://gitee.com/qu/kepu/compare/main...kepu%2F1'

    Args:
        words: what the host said when the branch was handed in.
        remote_address: where the repository lies.
        branch: the branch that was handed in.
        target: the branch that shall take it over.
    """
    for line in re.findall(r"^remote:.*?(https?://\S+)", words, re.MULTILINE):
        if re.search(r"pull|merge_request|compare", line):
            return str(line)
    match = re.fullmatch(
        r"(?:https?://(?:[^@/]*@)?|ssh://(?:[^@/]*@)?|[^@/:]+@)([^/:]+)(?::\d+(?=/))?[/:](.+?)(?:\.git)?/?",
        remote_address,
    )
    if match is None:
        return ""
    home, name, onto = f"https://{match[1]}/{match[2]}", quote(branch, safe=""), quote(target, safe="")
    if "gitlab" in match[1]:
        return f"{home}/-/merge_requests/new?merge_request%5Bsource_branch%5D={name}"
    return f"{home}/compare/{onto}...{name}"
