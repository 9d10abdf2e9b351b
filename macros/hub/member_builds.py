"""Build the members whose projects lie here: each by itself, on this machine's processors or on an engine that is running.

The engine is Dask's: a scheduler and workers that somebody else started, which see the same folders and have the same version
of this program. A build is the command that a district's own people run, so it gives the same bytes wherever it runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from macros.hub.hub_file import HubFile, MemberFields
from macros.publishing.release.errors import PublishingError
from macros.records.problems import Problem
from macros.site.pool import processors

_CARRIED = ("SOURCE_DATE_EPOCH", "PYTHONUTF8", "TZ")
"""What of this process's environment a build on another machine needs, to give the same bytes."""

_PATIENCE = 30
"""Seconds that a scheduler may take to answer."""

_LINES = 3
"""Lines of a build's own messages that are told; all others are told where it is built alone."""


class MemberBuild(NamedTuple):
    """One build that is asked for; plain values, since it travels.

    Attributes:
        project: the project's folder.
        out: the folder of the finished site.
        environment: variables that the build depends on.
    """

    project: str
    out: str
    environment: Mapping[str, str]


class BuildEnd(NamedTuple):
    """How a build ended.

    Attributes:
        succeeded: whether the site is there.
        messages: what it said.
    """

    succeeded: bool
    messages: str


def build_one(build: MemberBuild) -> BuildEnd:
    """Build one site, in a process of its own; on any failure the site of before stays."""
    command = [sys.executable, "-m", "macros", "--root", build.project, "build", build.out]
    done = subprocess.run(
        command,
        env={**os.environ, **build.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return BuildEnd(done.returncode == 0, done.stdout.decode("utf-8", "replace"))


Queue = Callable[[Sequence[MemberBuild]], Sequence[BuildEnd]]
"""Does all builds and returns how each ended, in their order."""


def build_members(hub: HubFile, root: Path, scheduler: str = "") -> list[Problem]:
    """Build all members that have a project.

    Args:
        hub: what ``hub.yml`` says.
        root: its folder.
        scheduler: address of Dask's scheduler; empty to build on this machine.

    Returns:
        A notice about each build that failed.

    Raises:
        PublishingError: the scheduler can't be used.
    """
    members = [member for member in hub.fields.districts if member.project]
    builds = [_build_of(member, root) for member in members]
    ends = _on_engine(scheduler, builds) if scheduler else _here(builds)
    return list(_notices(hub, members, ends))


def _build_of(member: MemberFields, root: Path) -> MemberBuild:
    environment = {name: os.environ[name] for name in _CARRIED if name in os.environ}
    project, out = (root / str(member.project)).resolve(), (root / member.site).resolve()
    return MemberBuild(str(project), str(out), environment)


def _here(builds: Sequence[MemberBuild]) -> list[BuildEnd]:
    with ThreadPoolExecutor(processors()) as threads:
        return list(threads.map(build_one, builds))


def _on_engine(scheduler: str, builds: Sequence[MemberBuild]) -> list[BuildEnd]:
    client: Any = _client(scheduler)
    with client:
        # Not pure: a project may have changed since the same arguments were asked for.
        futures = [client.submit(build_one, build, pure=False) for build in builds]
        return [_end_of(future) for future in futures]


def _client(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise PublishingError('要用 --scheduler，请先安装 Dask：pip install "kepu[hub]"。') from None
    try:
        connect: Any = Client
        return connect(scheduler, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError):
        raise PublishingError(f"{scheduler}：连不上；请核对 Dask 调度器的地址，例如 tcp://10.0.0.1:8786。") from None


def _end_of(future: Any) -> BuildEnd:
    """Return how a build on the engine ended; a worker that died is a build that failed."""
    try:
        end: BuildEnd = future.result()
        return end
    except Exception as error:
        # Whatever a worker of another version, or none at all, makes of it: this district keeps its site, the others go on.
        return BuildEnd(False, f"Dask：{type(error).__name__}")


def _notices(hub: HubFile, members: Sequence[MemberFields], ends: Sequence[BuildEnd]) -> Iterator[Problem]:
    for member, end in zip(members, ends, strict=True):
        if not end.succeeded:
            said = "；".join([line.strip() for line in end.messages.splitlines() if line.strip()][-_LINES:])
            message = f"{member.name}没有生成成功，用的是以前的网站：{said[:300] or '没有说原因'}"
            yield hub.notice(member, message)
