"""`kepu resolve`: choose between two versions that git could not merge, without touching its markers."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.arguments import existing
from macros.cli.reporting import say
from macros.editing.resolving import CannotSplice, Choice, Side, resolution
from macros.editing.wording import excerpts
from macros.records import conflicts
from macros.records.problems import Problem, ProblemsFound
from macros.site import git
from macros.site.git import Unfinished
from macros.site.session import open_session
from macros.site.whole_files import refuse_links, write_files

_PATTERNS = ("mkdocs.yml", "data/**/*.yml", "content/**/*.md")
_LONGEST = 60
_ANSWERS = {"1": Side.OURS, "2": Side.THEIRS, "3": Side.BOTH}
# Which of git's two versions is whose; a rebase puts the others' below one's own, so that its words are the wrong way round.
_WHOSE = {
    None: ("上面的", "下面的"),
    Unfinished.MERGE: ("你改的", "别人交的"),
    Unfinished.REBASE: ("别人交的", "你改的"),
    Unfinished.CHERRY_PICK: ("现在的", "取来的"),
    Unfinished.REVERT: ("现在的", "撤回以后的"),
}
_NEXT = {
    None: 'git commit -m "解决冲突"',
    Unfinished.MERGE: "git commit --no-edit",
    # Without an editor, which would be one that nobody knows how to leave.
    Unfinished.REBASE: "git -c core.editor=true rebase --continue",
    Unfinished.CHERRY_PICK: "git -c core.editor=true cherry-pick --continue",
    Unfinished.REVERT: "git -c core.editor=true revert --continue",
}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--ours", "side", flag_value="ours", help="都留上面的一份（git 说的 ours）。")
@click.option("--theirs", "side", flag_value="theirs", help="都留下面的一份（git 说的 theirs）。")
@click.option(
    "--field", "fields", multiple=True, metavar="字段=ours", help="一个字段留哪一份：ours、theirs 或 both，可以写多次。"
)
@click.option("--dry-run", is_flag=True, help="只说哪里不一样，不问，也不写文件。")
@click.pass_obj
def resolve(root: Path, paths: Sequence[Path], side: str | None, fields: Sequence[str], dry_run: bool) -> None:
    """解决合并冲突：两个人改了同一处，一处一处地问留哪一份，再写好文件。PATH 默认是全部有冲突的文件。"""
    work = git.unfinished(root)
    asking = _Asking(_sides(fields), Side(side) if side else None, _WHOSE[work])
    files, deleted = _conflicts(root, paths)
    if not files and not deleted:
        say("没有冲突。" + (f"请接着运行：\n  {_NEXT[work]}" if work and not git.unmerged(root) else ""))
        return
    try:
        contents = {path: _resolved(path, raw, asking, dry_run) for path, raw in files.items()}
        gone = [path for path, status in deleted.items() if asking.is_gone(path, status, dry_run)]
    except click.Abort:
        raise click.UsageError("没有选完，什么也没有写；也可以用 --ours、--theirs 或 --field 写明") from None
    asking.refuse_unused()
    if dry_run:
        say("没有写入（--dry-run）。")
        return
    refuse_links(root, gone)
    write_files(root, contents)
    for path in gone:
        (root / path).unlink(missing_ok=True)
    _close(root, (*contents, *deleted), work)


@dataclass
class _Asking:
    """How choices are made: by options, or by asking.

    Attributes:
        sides: name of a field → its side, as options say.
        side: the side of all others; None to ask.
        whose: whose the upper and the lower version are.
        used: the names of `sides` that were met.
    """

    sides: Mapping[str, Side]
    side: Side | None
    whose: tuple[str, str]
    used: set[str] = field(default_factory=set)

    def choose(self, choice: Choice, upper: str, lower: str, dry_run: bool) -> Side:
        """Say what differs, and return which version is taken."""
        self.used.add(choice.name)
        side = self.sides.get(choice.name, self.side)
        ours, theirs = excerpts(choice.ours, choice.theirs, longest=_LONGEST)
        say(f"  {choice.title}（{choice.name}）：")
        say(f"    1 {upper}：{_line(ours)}\n    2 {lower}：{_line(theirs)}")
        if choice.may_be_both and not side:
            say("    3 两份都要，上面的在前")
        if dry_run:
            return Side.OURS
        if side is Side.BOTH and not choice.may_be_both:
            raise click.UsageError(f"“{choice.name}” 只能留一份；请写 {choice.name}=ours 或 {choice.name}=theirs")
        answers = [answer for answer, one in _ANSWERS.items() if one is not Side.BOTH or choice.may_be_both]
        if side is None:
            side = _ANSWERS[click.prompt("    留哪一份", type=click.Choice(answers))]
        else:
            say(f"    留 {next(answer for answer, one in _ANSWERS.items() if one is side)}")
        return side

    def is_gone(self, path: str, status: str, dry_run: bool) -> bool:
        """Tell whether a file that one side has deleted and the other has changed shall be gone."""
        upper, lower = self.whose
        ours, theirs = ("删去了", "改了") if status[0] == "D" else ("改了", "删去了")
        say(f"{path}：")
        side = self.choose(Choice(path, "整个文件", ours, theirs, False), upper, lower, dry_run)
        return (ours if side is Side.OURS else theirs) == "删去了"

    def refuse_unused(self) -> None:
        """Refuse options for what is not in conflict.

        Raises:
            click.UsageError: there is one.
        """
        if unused := [name for name in self.sides if name not in self.used]:
            there = "、".join(sorted(self.used))
            raise click.UsageError(f"“{unused[0]}” 没有冲突，什么也没有写；有冲突的是：{there}")


def _sides(fields: Iterable[str]) -> dict[str, Side]:
    sides = {}
    for setting in fields:
        name, _, side = setting.rpartition("=")
        if not name or side not in tuple(Side):
            raise click.UsageError(f"--field 要写成 字段=ours、字段=theirs 或 字段=both；“{setting}” 不行")
        sides[name] = Side(side)
    return sides


def _conflicts(root: Path, paths: Iterable[Path]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files with conflicts, and those that one side has deleted with git's status, both by path, sorted.

    Raises:
        ProblemsFound: the remains of a conflict stand in one.
    """
    statuses = git.unmerged(root)
    wanted = [_place(root, path, statuses) for path in paths]
    files = {path.relative_to(root).as_posix() for pattern in _PATTERNS for path in root.glob(pattern)}
    found, problems = {}, []
    for name in sorted(path for path in files | statuses.keys() if _is_wanted(root / path, wanted)):
        raw = (root / name).read_bytes() if (root / name).is_file() else b""
        try:
            conflicts.refuse(name, _text(raw))
        except ProblemsFound as error:
            problems += [] if conflicts.find(_text(raw)) else error.problems
            found[name] = raw
    if problems:
        raise ProblemsFound(problems)
    gone = {name: status for name, status in sorted(statuses.items()) if "D" in status and status != "DD"}
    return found, {name: status for name, status in gone.items() if _is_wanted(root / name, wanted)}


def _place(root: Path, path: Path, statuses: Mapping[str, str]) -> Path:
    return (root / path).resolve() if path.as_posix() in statuses else existing(root, path)


def _is_wanted(path: Path, wanted: Sequence[Path]) -> bool:
    return not wanted or any(path.resolve().is_relative_to(place) for place in wanted)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\r\n", "\n")


def _resolved(path: str, raw: bytes, asking: _Asking, dry_run: bool) -> bytes:
    """Return a file's bytes without conflicts; line ends stay what they are.

    Raises:
        ProblemsFound: the file is not UTF-8, or what was chosen can't be put together.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        message = "文件不是 UTF-8 编码；请在编辑器里“另存为”，编码选 UTF-8，再运行一次"
        raise ProblemsFound([Problem(path, 1, 1, message, "not-utf-8")]) from None
    found = resolution(path, text.replace("\r\n", "\n"))
    names = conflicts.find(text.replace("\r\n", "\n"))[0].names
    upper, lower = (f"{whose}（{name}）" if name else whose for whose, name in zip(asking.whose, names, strict=True))
    say(f"{path}：")
    try:
        made = found.resolved({one.name: asking.choose(one, upper, lower, dry_run) for one in found.choices})
    except CannotSplice:
        message = "这几处不能分开选；请用 --ours 或 --theirs 整个文件留一份，再改好里面的字"
        raise ProblemsFound([Problem(path, 1, 1, message, "merge-conflict")]) from None
    return made.replace("\n", "\r\n").encode() if "\r\n" in text else made.encode()


def _line(text: str) -> str:
    return text.replace("\n", "⏎")


def _close(root: Path, paths: Sequence[str], work: Unfinished | None) -> None:
    """Say what was written, what the check thinks of it, and what to type next."""
    say(f"已写好 {len(paths)} 个文件。")
    problems = list(_problems(root, paths))
    if problems:
        say(reporting.report(problems, "text"))
    left = sorted(set(git.unmerged(root)) - set(paths))
    say("请接着运行：" if not problems else "请先改好上面的错误，再运行：")
    say("\n".join(f"  {line}" for line in (f"git add -A -- {' '.join(map(_quoted, paths))}", *_following(work, left))))
    if left:
        say(f"还有没解决的：{'、'.join(left)}")
    sys.exit(1 if problems else 0)


def _following(work: Unfinished | None, left: Sequence[str]) -> Iterator[str]:
    if not left:
        yield _NEXT[work]
        if work is Unfinished.REBASE:
            yield "git push"


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


def _problems(root: Path, paths: Sequence[str]) -> Iterator[Problem]:
    try:
        found = open_session(root).problems()
    except ProblemsFound as error:
        found = error.problems
    yield from (problem for problem in found if problem.path in paths)
