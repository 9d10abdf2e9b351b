"""What came of handing in, in words: what happened, and what to do. No word of the machinery."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from macros.editor.tree_merge import FileConflict
from macros.records.problems import Problem


class HandInResult(StrEnum):
    """What came of handing in."""

    DONE = "done"
    KEPT = "kept"
    ALREADY = "already"
    NOTHING = "nothing"
    UPDATED = "updated"
    REQUEST = "request"
    CHECK_FAILED = "check-failed"
    CHECK_FAILED_TOGETHER = "check-failed-together"
    CONFLICTS = "conflicts"
    OTHERS_FIRST = "others-first"
    NO_NETWORK = "no-network"
    NO_PERMISSION = "no-permission"
    NO_NAME = "no-name"
    NO_HISTORY = "no-history"
    UNFINISHED = "unfinished"
    BUSY = "busy"
    FAILED = "failed"


SUCCESSES = frozenset(
    {
        HandInResult.DONE,
        HandInResult.KEPT,
        HandInResult.ALREADY,
        HandInResult.NOTHING,
        HandInResult.UPDATED,
        HandInResult.REQUEST,
    }
)


@dataclass(frozen=True)
class HandInOutcome:
    """What came of handing in.

    Attributes:
        result: what happened.
        title: the same in a few words.
        text: what to do, or what that means.
        problems: what is wrong, where a check failed.
        conflicts: what has to be chosen.
        upstream: for `HandInChoices`, with what was chosen.
        address: where a request to take the change over is opened; empty if that is not known.
        branch: what the change is called there.
        is_behind: handed in, but what others handed in could not be fetched into this folder yet; the next time does it.
        left_out: files of records that are wrong: they were not handed in, and stay as they are.
        details: what the machinery said, for who is asked for help.
    """

    result: HandInResult
    title: str
    text: str
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[FileConflict, ...] = ()
    upstream: str = ""
    address: str = ""
    branch: str = ""
    is_behind: bool = False
    left_out: tuple[str, ...] = ()
    details: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing is left to do but what the text says."""
        return self.result in SUCCESSES


_WORDS: dict[HandInResult, tuple[str, str]] = {
    HandInResult.DONE: ("已经提交", "你的改动已经交上去了，别人已经能看到。"),
    HandInResult.KEPT: (
        "已经记下",
        "改动记在这台电脑上了。这个文件夹没有设对方的地址，所以没有交到别处；要交上去，请找管理员设好。",
    ),
    HandInResult.ALREADY: ("已经在那里了", "这些改动早就交上去了，不用再交；这里也和那边一样了。"),
    HandInResult.NOTHING: ("没有要提交的", "没有新的改动。"),
    HandInResult.UPDATED: ("没有要提交的", "你没有新的改动；别人交上去的改动已经取到这台电脑上。"),
    HandInResult.REQUEST: (
        "已经交上去，等人同意",
        "那边的正本不让直接改，所以你的改动另外放了一份。请打开下面的网址，按一下“新建”，等管理员同意，它就并进正本。",
    ),
    HandInResult.CHECK_FAILED: ("还有错误，没有提交", "请先改好下面的错误，再提交；改动都还在。"),
    HandInResult.CHECK_FAILED_TOGETHER: (
        "和别人的改动合在一起有错，没有提交",
        "你改的和别人改的各自都对，合在一起不对。请照下面说的改好你的，再提交；改动都还在。",
    ),
    HandInResult.CONFLICTS: (
        "有几处别人也改了，没有提交",
        "下面几处，你改了，别人也改了，改得不一样。请一处一处地选留哪一份，再提交；两份都还在。",
    ),
    HandInResult.OTHERS_FIRST: ("别人正好也在提交", "连试了几次，每次都有人先交。什么也没有丢；请过一分钟再按“提交”。"),
    HandInResult.NO_NETWORK: ("连不上网，没有提交", "改动都还在这台电脑上。请看看网络通不通，通了再按“提交”。"),
    HandInResult.NO_PERMISSION: (
        "那边不让交，没有提交",
        "改动都还在这台电脑上。可能是没有登录、密码过期，或者没有权限；请登录以后再试，还不行就找管理员开权限。",
    ),
    HandInResult.NO_NAME: ("还不知道你是谁", "提交要写是谁改的。请填你的姓名和邮箱，只填一次。"),
    HandInResult.NO_HISTORY: (
        "这里不能提交",
        "这个文件夹没有接上正本，或者电脑上没有装需要的程序。改动已经存在文件里；请找管理员把文件夹接好。",
    ),
    HandInResult.UNFINISHED: (
        "上一次合并没有做完，没有提交",
        "有人在这个文件夹里用命令合并过，停在半路。改动都还在；请找做这件事的人做完，再提交。",
    ),
    HandInResult.BUSY: (
        "别的程序正在用，没有提交",
        "另一个窗口或程序正在保存或提交。请等它做完，再按“提交”；改动都还在。",
    ),
    HandInResult.FAILED: ("没有交成", "改动都还在这台电脑上。请再试一次；还不行，请把下面的话发给管理员。"),
}


def outcome(result: HandInResult, details: str = "") -> HandInOutcome:
    """Return an outcome in its words.

    Args:
        result: what happened.
        details: what the machinery said.
    """
    title, text = _WORDS[result]
    return HandInOutcome(result, title, text, details=details)
