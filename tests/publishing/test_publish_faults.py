"""Every step of publishing fails once, and is killed once; after that 200 kills come at odd moments."""

from __future__ import annotations

import errno
import itertools
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from macros.publishing.release.errors import PublishingError
from macros.publishing.release.publish import publish, rollback
from macros.publishing.release.releases import current, releases
from tests.publishing.sites import assert_whole, left_overs, make_site, served

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")

STEPS = ("mkdir", "write", "fsync", "rename", "replace", "symlink", "unlink", "rmdir")
KILLS = 200
Interruption = Callable[[], None]


class Counter:
    """Counts every step that changes the disk, and interrupts the n-th.

    Args:
        monkeypatch: puts the steps back.
        at: number of the step, from 1; 0 for none.
        interrupt: what happens instead of the step.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, interrupt: Interruption) -> None:
        self.count = 0
        self._at = at
        self._interrupt = interrupt
        for step in STEPS:
            monkeypatch.setattr(os, step, self._counted(getattr(os, step)))

    def _counted(self, step: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **named: object) -> object:
            self.count += 1
            if self.count == self._at:
                self._interrupt()
            return step(*arguments, **named)

        return counted


class Root:
    """A web root that serves 新, with 旧 before it, and a site 三 that waits; made anew as often as wanted."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self.project.mkdir()
        self.sites = {text: make_site(folder / text, text) for text in "旧新三"}
        self._master = folder / "master"
        self.dest = folder / "www"
        for text in "旧新":
            publish(self.sites[text], self._master, self.project)
        self.renew()

    def renew(self) -> None:
        shutil.rmtree(self.dest, ignore_errors=True)
        shutil.copytree(self._master, self.dest, symlinks=True)

    def publish(self, text: str = "三") -> None:
        publish(self.sites[text], self.dest, self.project, keep=2)

    def rollback(self) -> None:
        rollback(self.dest)


ACTS: dict[str, tuple[Callable[[Root], None], str]] = {
    "publish": (Root.publish, "三"),
    "rollback": (Root.rollback, "旧"),
}


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


def steps_of(root: Root, act: Callable[[Root], None]) -> range:
    """Return the numbers of the steps that an act takes."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        counter = Counter(monkeypatch, 0, lambda: None)
        act(root)
    root.renew()
    return range(1, counter.count + 1)


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")


def in_child(act: Callable[[], None]) -> int:
    """Start an act in a process of its own; return its id."""
    child = os.fork()
    if child:
        return child
    try:
        act()
    finally:
        os._exit(1)


@pytest.mark.parametrize("name", ACTS)
def test_each_step_may_fail(root: Root, name: str) -> None:
    act, new = ACTS[name]
    for number in steps_of(root, act):
        with pytest.MonkeyPatch.context() as monkeypatch:
            Counter(monkeypatch, number, full)
            try:
                act(root)
                told = ""
            except PublishingError as error:
                told = str(error)
        assert_whole(root.dest)
        if "没有改动" in told:
            assert served(root.dest) == "新", number
        if "已经换上" in told or not told:
            assert served(root.dest) == new, number
        root.publish()
        assert served(root.dest) == "三"
        assert left_overs(root.dest) == []
        root.renew()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("name", ACTS)
def test_each_step_may_be_the_last_before_a_kill(root: Root, name: str) -> None:
    act, new = ACTS[name]

    def killed_at(number: int) -> None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            Counter(monkeypatch, number, lambda: os.kill(os.getpid(), signal.SIGKILL))
            act(root)

    for number in steps_of(root, act):
        _, status = os.waitpid(in_child(lambda: killed_at(number)), 0)  # noqa: B023
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert_whole(root.dest)
        assert served(root.dest) in {"新", new}, number
        assert {release.number for release in releases(root.dest)} >= {2}
        root.publish("旧")
        assert served(root.dest) == "旧"
        assert left_overs(root.dest) == []
        root.renew()


def work_forever(root: Root, first: int) -> None:
    """Publish each site in turn and go back once in each round, forever."""
    acts = [lambda: root.publish("旧"), root.rollback, lambda: root.publish("三"), lambda: root.publish("新")]
    for act in itertools.cycle(acts[first:] + acts[:first]):
        # There is nothing to go back to where the last run went back to the oldest.
        with suppress(PublishingError):
            act()


@pytest.mark.audit
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_two_hundred_kills_never_break_the_site(root: Root) -> None:
    moments = random.Random(20261124)
    for number in range(KILLS):
        before = current(root.dest)
        child = in_child(lambda: work_forever(root, number % 4))  # noqa: B023
        time.sleep(moments.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert_whole(root.dest)
        assert served(root.dest) in "旧新三"
        assert before
        assert max(release.number for release in releases(root.dest)) >= before.number
    root.publish()
    assert served(root.dest) == "三"
    assert left_overs(root.dest) == []
