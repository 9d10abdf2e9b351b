"""Bring a site to the models of the generator that is installed: what has to change is worked out and checked before anything is written."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.editing.diff import Fate, RecordChange, changes
from macros.project.migrations import MIGRATIONS, SETTINGS, Migration, Project
from macros.project.pins import version
from macros.project.program_files import OtherProgram, outdated
from macros.records import yaml
from macros.records.load import load
from macros.records.problems import Level, Problem, ProblemsFound
from macros.records.scan import ARTICLES, is_hidden_name
from macros.site import git
from macros.site.configuration import plugin_settings, read_settings
from macros.site.guide_files import guide_files
from macros.site.session import open_session
from macros.site.whole_files import refuse_links, undone_on_failure, write_files

_OURS = re.compile(r"^( *)- kepu:[ \t]*(#.*)?\n(?=\1 {2,})", re.MULTILINE)
_MODEL = re.compile(r"^( +model: *)\d+", re.MULTILINE)
_FOLDERS = ("data", "content", SETTINGS, ".ci", "*.cmd")


class CannotUpgrade(Exception):
    """Raised with a message in Chinese where a site can't be brought to a new version; nothing was written."""


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade changes.

    Attributes:
        steps: the migrations, the earliest first; none if the site is up to date.
        before: path → text of the files that change.
        after: path → their new text.
        records: what changes in records that could be read before and after, field by field.
        problems: what a person has to decide, and what would be wrong afterwards, sorted.
        program: path → content of the program's own files that this version lays otherwise.
    """

    steps: tuple[Migration, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]
    records: tuple[RecordChange, ...]
    problems: tuple[Problem, ...]
    program: Mapping[str, bytes]

    @property
    def is_empty(self) -> bool:
        """Whether the site is what this version makes of it."""
        return not self.steps and not self.program


def plan_upgrade(root: Path, migrations: Sequence[Migration] = MIGRATIONS) -> Upgrade:
    """Work out what has to change; nothing is written.

    Args:
        root: the project's folder, with everything committed.
        migrations: all there are, the earliest first.

    Raises:
        CannotUpgrade: something is not committed, or the site asks for a later version than this one.
        ProblemsFound: a file can't be read as YAML.
        GitMissing: git is not installed.
    """
    _refuse_uncommitted(root)
    model = model_version(root)
    steps = tuple(step for step in migrations if step.version > model)
    program = _program_files(root)
    if not steps:
        return Upgrade((), {}, {}, (), (), program)
    before = dict(_texts(root))
    if faults := list(_unreadable(before)):
        raise ProblemsFound(faults)
    project = Project({path: text.replace("\r\n", "\n") for path, text in before.items()})
    for step in steps:
        for change in step.steps:
            change(project)
    project.texts[SETTINGS] = with_model(project.texts[SETTINGS], steps[-1].version)
    ended = {path: _with_ends_of(before[path], text) for path, text in project.texts.items()}
    after = {path: text for path, text in ended.items() if text != before[path]}
    records, faults = _judged(root, before, after)
    doubts = {(problem.path, problem.line) for problem in project.doubts}
    faults = [problem for problem in faults if (problem.path, problem.line) not in doubts]
    return Upgrade(
        steps,
        {path: before[path] for path in after},
        after,
        records,
        tuple(sorted([*project.doubts, *faults])),
        program,
    )


def _program_files(root: Path) -> dict[str, bytes]:
    try:
        return outdated(root)
    except OtherProgram as other:
        raise CannotUpgrade(
            f"requirements.txt 写的是 {other}，装着的是 {version()}；请先装好新版本，再运行 kepu upgrade"
        ) from None


def _with_ends_of(before: str, text: str) -> str:
    return text.replace("\n", "\r\n") if 0 < before.count("\r\n") == before.count("\n") else text


def carry_out(root: Path, upgrade: Upgrade) -> tuple[str, ...]:
    """Write what was worked out, and what is generated for editors anew; return the paths that were written, sorted.

    Raises:
        ProblemsFound: a path leads over a link; nothing was written.
        OSError: a file can't be written; everything is as it was.
    """
    made = {**{path: text.encode() for path, text in upgrade.after.items()}, **upgrade.program}
    refuse_links(root, made)
    with undone_on_failure(root, made):
        write_files(root, made)
        guide = {
            path: content
            for path, content in guide_files(open_session(root)).items()
            if not (root / path).is_file() or (root / path).read_bytes() != content
        }
    write_files(root, guide)
    return tuple(sorted([*made, *guide]))


def model_version(root: Path) -> int:
    """Return the version of the models that a site was last brought to; 1 if it doesn't say.

    Raises:
        ProblemsFound: ``mkdocs.yml`` can't be read.
    """
    model = plugin_settings(read_settings(root)).get("model", 1)
    return model if type(model) is int else 1


def with_model(text: str, version: int) -> str:
    """Return ``mkdocs.yml`` with another version of the models; all else stays.

    Args:
        text: the file, in which ``- kepu:`` stands on a line of its own.
        version: to be written.
    """
    if _MODEL.search(text):
        return _MODEL.sub(lambda match: f"{match[1]}{version}", text, count=1)
    return _OURS.sub(lambda match: f"{match[0]}{match[1]}    model: {version}\n", text, count=1)


def _refuse_uncommitted(root: Path) -> None:
    try:
        changed = git.ask(root, "status", "--porcelain", "--untracked-files=all", "--", *_FOLDERS).decode()
    except git.GitMissing:
        raise
    except git.GitError:
        raise CannotUpgrade("这个文件夹没有用 git 管理，改坏了没有退路；请先 git init，提交一次，再升级") from None
    if changed:
        count = len(changed.splitlines())
        raise CannotUpgrade(f"有 {count} 处修改还没有提交；请先提交（或撤销），再升级，这样升级改了什么才看得清")


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    paths = [path for path in root.glob("data/*/*.yml") if not is_hidden_name(path.name)]
    paths += [path for path in (root / ARTICLES).glob("*.md") if not is_hidden_name(path.name)]
    for path in sorted([*paths, root / SETTINGS]):
        try:
            yield path.relative_to(root).as_posix(), path.read_bytes().decode()
        except UnicodeDecodeError:
            name = path.relative_to(root).as_posix()
            raise CannotUpgrade(f"{name} 不是 UTF-8 编码；请先运行 kepu fix，提交，再升级") from None


def _unreadable(texts: Mapping[str, str]) -> Iterator[Problem]:
    for path, text in texts.items():
        if path.startswith("data/"):
            try:
                yaml.read(path, text.encode())
            except ProblemsFound as found:
                yield from found.problems


def _judged(
    root: Path, before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[tuple[RecordChange, ...], list[Problem]]:
    """Return what changes in words, and the errors that there would be and are not now."""
    with tempfile.TemporaryDirectory(prefix="kepu-") as old, tempfile.TemporaryDirectory(prefix="kepu-") as new:
        as_of = git.as_of(root).date
        write_files(Path(old), {path: text.encode() for path, text in before.items()})
        write_files(Path(new), {path: text.encode() for path, text in {**before, **after}.items()})
        first, then = load(Path(old), as_of), load(Path(new), as_of)
        known = {(problem.path, problem.rule) for problem in first.problems}
        faults = [
            one
            for one in then.problems
            if one.level is Level.ERROR and one.path in after and (one.path, one.rule) not in known
        ]
        found = changes(first.collection, then.collection)
        return tuple(one for one in found if one.fate is not Fate.ADDED or one.path not in before), faults
