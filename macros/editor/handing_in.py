"""Hand in what was changed: checked, merged with what others handed in meanwhile, and sent, or nothing has changed.

Nothing moves here before the other side has taken it: the commit is made beside the branch (`macros.editor.trees`), merged
field by field, checked and sent; only then the project's own state follows. A kill before leaves all changes as they
were, not handed in; a kill after leaves them handed in, and the next time finds nothing more to send. Where the project has
no other side, the commit alone is the end.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from macros.editing.source.source_file import model_of
from macros.editor import trees
from macros.editor.before_handing_in import editor_of, faulty_records, files_of
from macros.editor.changes import FOLDERS, changed_paths
from macros.editor.hand_in_words import HandInOutcome, HandInResult, outcome
from macros.editor.locking import Busy, locked
from macros.editor.own_state import HANDING_IN, Handed, HandInMark, marked, move_to
from macros.editor.reasons import forget, reasons
from macros.editor.remote import UPSTREAM, Remote, RemoteAnswer, request_address
from macros.editor.tree_merge import NOTHING_CHOSEN, SidesByPath, TreeMerge
from macros.records.load import load
from macros.records.problems import Level, Problem, ProblemsFound
from macros.records.scan import ARTICLES, FILES
from macros.site import git
from macros.site.git import GitError, GitMissing
from macros.site.os_errors import explain
from macros.site.session import open_session

MOST_ATTEMPTS = 5
"""How often it is begun anew where others were first."""

Errors = Callable[[], Sequence[Problem]]


@dataclass(frozen=True)
class HandInChoices:
    """What an editor chose after a conflict.

    Attributes:
        upstream: what others had handed in when it was chosen; where there is more by now, all is asked anew.
        sides: what was chosen; ``OURS`` is the editor's own.
    """

    upstream: str = ""
    sides: SidesByPath = field(default_factory=lambda: NOTHING_CHOSEN)


NO_HAND_IN_CHOICES = HandInChoices()


def hand_in(
    root: Path, message: str, choices: HandInChoices = NO_HAND_IN_CHOICES, errors: Errors | None = None
) -> HandInOutcome:
    """Hand in every change below ``data/`` and ``content/``, and commits that were not sent yet.

    Args:
        root: the project's folder.
        message: why, in one sentence or with more below an empty line.
        choices: what was chosen after a conflict.
        errors: returns what is wrong as the files lie there; None for the whole check.

    Returns:
        What came of it, in words. It raises nothing: whatever happens, no change is lost.
    """
    try:
        # Saving goes on while the other side is waited for; only one hands in at a time.
        with locked(root, name=HANDING_IN), marked(root) as mark:
            return _HandIn(root, message, choices, errors or (lambda: _errors_now(root)), mark).run()
    except Busy:
        return outcome(HandInResult.BUSY)
    except GitMissing:
        return outcome(HandInResult.NO_HISTORY)
    except GitError as error:
        return outcome(HandInResult.BUSY if ".lock" in str(error) else HandInResult.FAILED, details=str(error))
    except OSError as error:
        return outcome(HandInResult.FAILED, details=explain(error))


def _errors_now(root: Path) -> list[Problem]:
    try:
        return [problem for problem in open_session(root).problems() if problem.level is Level.ERROR]
    except ProblemsFound as found:
        return found.problems


@dataclass
class _HandIn:
    """One attempt after the other.

    Attributes:
        root: the project's folder.
        message: why.
        choices: what was chosen after a conflict.
        errors: what is wrong as the files lie there.
        mark: tells of what was cut off before.
        has_followed: whether that had arrived, and all is as it was sent.
        said: the reasons of what is handed in.
    """

    root: Path
    message: str
    choices: HandInChoices
    errors: Errors
    mark: HandInMark
    has_followed: bool = False
    said: Mapping[str, list[str]] = field(default_factory=dict)

    def run(self) -> HandInOutcome:
        """Hand in, and return what came of it."""
        head = git.run(self.root, "rev-parse", "--verify", "--quiet", "HEAD").output.decode().strip()
        branch = git.run(self.root, "symbolic-ref", "--short", "--quiet", "HEAD").output.decode().strip()
        if not head or not branch:
            return outcome(HandInResult.NO_HISTORY)
        if git.unfinished(self.root):
            return outcome(HandInResult.UNFINISHED)
        if not all(editor_of(self.root)):
            return outcome(HandInResult.NO_NAME)
        remote = Remote.of(self.root, branch)
        if self.mark.left and (failed := self._finish(remote, self.mark.left)):
            return failed
        with locked(self.root):
            self.said, paths = reasons(self.root), changed_paths(self.root)
            head, tree = git.resolve(self.root, "HEAD"), trees.snapshot(self.root, paths)
        found = [problem for problem in self.errors() if problem.level is Level.ERROR] if paths else []
        left_out = faulty_records(found, paths)
        paths -= files_of(left_out, paths)
        if found and not (left_out and paths and all(model_of(problem.path) for problem in found)):
            return replace(outcome(HandInResult.CHECK_FAILED), problems=tuple(sorted(found)))
        if left_out:
            with locked(self.root):
                tree = trees.snapshot(self.root, paths)
            if found := _errors_in(self.root, tree):
                return replace(outcome(HandInResult.CHECK_FAILED), problems=tuple(found))
        done = self._with(head, self._commit(head, tree), remote, paths)
        return replace(done, left_out=tuple(sorted(left_out)))

    def _finish(self, remote: Remote, left: Handed) -> HandInOutcome | None:
        """Find out whether what was cut off has arrived, and follow it; return why that can't be told."""
        if remote.name:
            answer, words = remote.fetch()
            if answer not in (RemoteAnswer.DONE, RemoteAnswer.MISSING):
                return outcome(_FAILURES.get(answer, HandInResult.FAILED), details=words)
        head = git.resolve(self.root, "HEAD")
        if self._has_arrived(remote, left.made) and (
            _leads(self.root, head, left.own) or _leads(self.root, head, left.made)
        ):
            with locked(self.root):
                self.has_followed = move_to(self.root, left.own, left.made)
            prefix = trees.prefix_of(self.root)
            sent = {path.removeprefix(prefix) for path in trees.differences(self.root, head, left.own)}
            with locked(self.root):
                forget(self.root, sent - changed_paths(self.root))
        self.mark.clear()
        return None

    def _has_arrived(self, remote: Remote, made: str) -> bool:
        beside = git.run(self.root, "branch", "--remotes", "--contains", made).output
        return not remote.name or bool(beside.strip()) or _leads(self.root, made, UPSTREAM)

    def _with(self, head: str, own: str, remote: Remote, paths: Iterable[str]) -> HandInOutcome:
        if not remote.name:
            result = HandInResult.KEPT if own != head else HandInResult.NOTHING
            return self._moved(outcome(result), own, own, paths)
        words = ""
        for _ in range(MOST_ATTEMPTS):
            answer, words = remote.fetch()
            if answer not in (RemoteAnswer.DONE, RemoteAnswer.MISSING):
                return outcome(_FAILURES.get(answer, HandInResult.FAILED), details=words)
            upstream = git.resolve(self.root, UPSTREAM) if answer is RemoteAnswer.DONE else ""
            made = self._onto(upstream, own) if upstream else own
            if isinstance(made, HandInOutcome):
                return made
            if made == upstream:
                result = _nothing_sent(head, own, upstream)
                result = HandInResult.ALREADY if self.has_followed and result is HandInResult.NOTHING else result
                return self._moved(outcome(result), own, made, paths)
            self.mark.note(Handed(own, made))
            answer, words = remote.push(made)
            if answer is RemoteAnswer.DONE:
                return self._moved(outcome(HandInResult.DONE), own, made, paths)
            if answer is RemoteAnswer.FORBIDDEN:
                return self._requested(remote, words, (own, made), paths)
            if answer is not RemoteAnswer.OTHERS_FIRST:
                return outcome(_FAILURES.get(answer, HandInResult.FAILED), details=words)
        return outcome(HandInResult.OTHERS_FIRST, details=words)

    def _commit(self, head: str, tree: str) -> str:
        """Return a commit with a state of the project; the last one if nothing is new in it."""
        if tree == trees.tree_of(self.root, head):
            return head
        return trees.commit(self.root, tree, [head], self.message.strip() + "\n")

    def _onto(self, upstream: str, own: str) -> str | HandInOutcome:
        """Return the commit that follows what others handed in; theirs where nothing of one's own is left to send.

        The commits that were never sent follow one by one; where they hold a merge, all of them together.
        """
        base = git.run(self.root, "merge-base", own, upstream).output.decode().strip()
        if not base:
            return outcome(HandInResult.FAILED, details="no common history")
        if base == upstream:
            return own
        sides = self.choices.sides if self.choices.upstream == upstream else NOTHING_CHOSEN
        work = TreeMerge(self.root, trees.prefix_of(self.root), sides)
        tip = self._replayed(work, upstream, base, own)
        if work.conflicts:
            conflicts = tuple({(one.path, one.conflict.name): one for one in work.conflicts}.values())
            return replace(outcome(HandInResult.CONFLICTS), conflicts=conflicts, upstream=upstream)
        if tip != upstream and (found := self._errors_after(tip, upstream)):
            return replace(outcome(HandInResult.CHECK_FAILED_TOGETHER), problems=tuple(found))
        return tip

    def _replayed(self, work: TreeMerge, upstream: str, base: str, own: str) -> str:
        listed = git.ask(self.root, "rev-list", "--reverse", "--topo-order", "--parents", f"{base}..{own}").decode()
        chain = [line.split() for line in listed.splitlines()]
        if any(len(line) != 2 for line in chain):
            tree = work.merge(base, own, upstream)
            return (
                upstream
                if tree == trees.tree_of(self.root, upstream)
                else trees.commit(self.root, tree, [own, upstream], self.message)
            )
        tip = upstream
        for name, parent in chain:
            tree = work.merge(parent, name, tip)
            if tree != trees.tree_of(self.root, tip):
                tip = trees.commit(self.root, tree, [tip], trees.message_of(self.root, name), like=name)
        return tip

    def _errors_after(self, tip: str, upstream: str) -> list[Problem]:
        """Return what is wrong only now that both are together."""
        found = _errors_in(self.root, tip)
        return [problem for problem in found if problem not in _errors_in(self.root, upstream)] if found else []

    def _requested(self, remote: Remote, words: str, commits: tuple[str, str], paths: Iterable[str]) -> HandInOutcome:
        """Hand in by a branch beside, where the usual one takes nothing directly."""
        own, made = commits
        branch = f"kepu/{git.now():%Y%m%d}-{made[:8]}"
        beside, said = remote.push(made, branch)
        if beside is not RemoteAnswer.DONE:
            return outcome(_FAILURES.get(beside, HandInResult.NO_PERMISSION), details=f"{words}\n{said}")
        address = request_address(said, remote.address, branch, remote.branch)
        return self._moved(replace(outcome(HandInResult.REQUEST), address=address, branch=branch), own, made, paths)

    def _moved(self, done: HandInOutcome, own: str, made: str, paths: Iterable[str]) -> HandInOutcome:
        """Let the project's own state follow what was handed in."""
        self.mark.note(Handed(own, made))
        with locked(self.root):
            if not move_to(self.root, own, made):
                done = replace(done, is_behind=True)
            if done.result is not HandInResult.NOTHING:
                forget(self.root, paths, self.said)
        return done


def _leads(root: Path, earlier: str, later: str) -> bool:
    """Tell whether one commit is, or stands before, another."""
    return git.run(root, "merge-base", "--is-ancestor", earlier, later).code == 0


def _nothing_sent(head: str, own: str, upstream: str) -> HandInResult:
    """Return why there was nothing to send."""
    if head == own:
        return HandInResult.NOTHING if head == upstream else HandInResult.UPDATED
    return HandInResult.ALREADY


_FAILURES = {
    RemoteAnswer.NO_NETWORK: HandInResult.NO_NETWORK,
    RemoteAnswer.NO_PERMISSION: HandInResult.NO_PERMISSION,
    RemoteAnswer.FORBIDDEN: HandInResult.NO_PERMISSION,
    RemoteAnswer.BUSY: HandInResult.BUSY,
}


def _errors_in(root: Path, commit: str) -> list[Problem]:
    with tempfile.TemporaryDirectory(prefix="kepu-") as folder:
        trees.lay_out(root, commit, Path(folder), ("data/", f"{ARTICLES}/"), (f"{FILES}/",))
        for name in FOLDERS:
            (Path(folder) / name).mkdir(exist_ok=True)
        problems = load(Path(folder), git.as_of(root).date).problems
    return [problem for problem in problems if problem.level is Level.ERROR]
