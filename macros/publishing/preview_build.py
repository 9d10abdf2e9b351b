"""One build for the preview, in a process of its own.

The code under macros/ is part of what may change while the preview runs. Python cannot load changed modules again safely
inside a running process: old classes, caches and registries stay alive beside the new ones. A fresh process always runs
what is on the disk, and a crash of it is no crash of the preview.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from macros.records.problems import Level, Problem, summarize

_SHOWN_LINES = 20


@dataclass(frozen=True)
class Outcome:
    """How a build ended.

    Attributes:
        failed: there is no new site.
        summary: one line in Chinese.
        problems: what is wrong; after a good build these are notices.
        details: the end of what the build said where it stopped without naming problems; else empty.
    """

    failed: bool = False
    summary: str = ""
    problems: tuple[Problem, ...] = field(default=())
    details: str = ""

    def __str__(self) -> str:
        lines = [*map(str, self.problems), self.summary, self.details]
        return "\n".join(line for line in lines if line)


def run_build(command: Sequence[str], root: Path) -> Outcome:
    """Run a build and return how it ended.

    Args:
        command: a command line that builds, prints ``{"problems": [{path, line, column, level, rule, message}, …],
            "summary": "…"}`` to its standard output, and returns 0 for a good build.
        root: the folder to run it in.
    """
    # Otherwise a Windows process whose output is a pipe writes it in the code page of the system.
    environment = {**os.environ, "PYTHONUTF8": "1"}
    try:
        ended = subprocess.run(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        return Outcome(
            failed=True, summary=f"生成程序无法启动（{error.strerror}）；请检查安装。", details=str(command[0])
        )
    return _read_outcome(ended)


def _read_outcome(ended: subprocess.CompletedProcess[str]) -> Outcome:
    """Return how an ended build process ended."""
    failed = ended.returncode != 0
    try:
        answer = json.loads(ended.stdout)
        problems = tuple(sorted(_read_problems(answer["problems"])))
        return Outcome(failed, str(answer.get("summary") or summarize(problems)), problems)
    except (ValueError, KeyError, TypeError, AttributeError):
        summary = f"生成程序意外停止（退出码 {ended.returncode}）；上一次的网站仍在显示。" if failed else "网站已生成。"
        said = f"{ended.stdout}\n{ended.stderr}".strip().splitlines()
        return Outcome(failed, summary, details="\n".join(said[-_SHOWN_LINES:]) if failed else "")


def _read_problems(entries: Iterable[Mapping[str, object]]) -> Iterable[Problem]:
    """Yield problems from their machine-readable form."""
    for entry in entries:
        line, column = int(str(entry["line"])), int(str(entry["column"]))
        message, rule = str(entry["message"]), str(entry["rule"])
        yield Problem(str(entry["path"]), line, column, message, rule, Level(str(entry["level"])))
