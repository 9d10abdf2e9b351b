"""What other checks left for the self-check: which links out are dead, and what axe found on each page.

The self-check asks no other host and opens no browser. The nightly check of links writes one file (`macros.cli.links --out`),
axe the other: the list of its results, as ``axe.run()`` gives them and ``@axe-core/cli --save`` or ``make axe`` writes them.
Where a file is not given, the sheet says that this was not looked at.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from macros.editing.inspection.findings import InspectionFinding
from macros.records.problems import Problem, ProblemsFound

ACCESSIBLE, OUT = "accessible", "links-out"
UNTESTED = {OUT: "外链未检测", ACCESSIBLE: "axe 未检测"}
"""Id of an item → what its result says where no file was given."""

_NO_LINKS = "外链打不打得开，未检测：没有给外链检查的结果（--links，每天夜里的检查留下的文件）。"
_NO_AXE = "网页没有用 axe 检测：没有给 axe 的结果（--axe）。页面模板由生成器的自动测试用 axe 查过，本站的内容没有。"
_MOST_NAMED = 60


class UnansweredLink(NamedTuple):
    """A link out that was not found.

    Attributes:
        address: where it leads.
        is_gone: whether the host said that there is nothing; else it did not answer.
        reason: in Chinese, what came back.
        pages: pages of the site that name it.
    """

    address: str
    is_gone: bool
    reason: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class LinkResults:
    """What the nightly check found.

    Attributes:
        day: when it asked, ISO form.
        asked: how many links.
        unanswered: those that were not found.
    """

    day: str
    asked: int
    unanswered: tuple[UnansweredLink, ...]


@dataclass(frozen=True)
class AxeResults:
    """What axe found.

    Attributes:
        day: when it looked last, ISO form.
        pages: address of a page → rule → how many elements break it; nothing if all is well.
    """

    day: str
    pages: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class OutsideResults:
    """What was given to the self-check; None for what was not."""

    links: LinkResults | None = None
    axe: AxeResults | None = None

    def findings(self, texts: Mapping[str, str]) -> Iterator[InspectionFinding]:
        """Yield what is wrong.

        Args:
            texts: file → its text, in which the place of a dead link is looked for.
        """
        if self.links:
            yield from _dead_links(self.links, texts)
        for page, rules in self.axe.pages.items() if self.axe else ():
            if rules:
                said = "、".join(f"{rule} {count} 处" for rule, count in sorted(rules.items()))
                found = f"axe（{self.axe.day if self.axe else ''}）发现 {sum(rules.values())} 处：{said}"
                yield InspectionFinding(
                    page, 1, 1, ACCESSIBLE, found, "请照 axe 对每条规则的说明改正，再检测", place="这一页"
                )

    @property
    def notes(self) -> dict[str, list[str]]:
        """Id of an item → what a person has to look at, and what was not looked at."""
        return {OUT: [_links_note(self.links)], ACCESSIBLE: [_axe_note(self.axe)]}

    @property
    def untested(self) -> dict[str, str]:
        """Id of an item → what its result has to say of what was not looked at."""
        absent = {OUT: self.links is None, ACCESSIBLE: self.axe is None}
        return {item: said for item, said in UNTESTED.items() if absent[item]}


def read_link_results(name: str, raw: bytes) -> LinkResults:
    """Return what the nightly check of links left.

    Args:
        name: the file, for messages.
        raw: its bytes.

    Raises:
        ProblemsFound: it is no such file.
    """
    try:
        content = json.loads(raw)
        day, asked = datetime.date.fromisoformat(content["day"]), int(content["asked"])
        unanswered = tuple(_unanswered(one) for one in content["unanswered"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _unusable(name, "外链检查的结果", "python -m macros.cli.links 网站 --out 文件") from None
    return LinkResults(day.isoformat(), asked, unanswered)


def read_axe_results(name: str, raw: bytes) -> AxeResults:
    """Return what axe found: a JSON list of its results, one a page.

    Args:
        name: the file, for messages.
        raw: its bytes.

    Raises:
        ProblemsFound: it is no such file.
    """
    pages: dict[str, Counter[str]] = {}
    days = []
    try:
        for result in json.loads(raw):
            days.append(datetime.datetime.fromisoformat(result["timestamp"]).date().isoformat())
            # A page that was looked at in several widths has each fault once in each.
            found = Counter({str(one["id"]): len(one["nodes"]) for one in result["violations"]})
            pages[str(result["url"])] = pages.get(str(result["url"]), Counter()) | found
        return AxeResults(max(days), pages)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _unusable(name, "axe 的结果", "make axe") from None


def _unanswered(entry: Mapping[str, Any]) -> UnansweredLink:
    status = entry["status"]
    reason = f"对方答复 {int(status)}" if status is not None else str(entry["reason"])
    return UnansweredLink(str(entry["address"]), bool(entry["gone"]), reason, tuple(map(str, entry["pages"])))


def _unusable(name: str, what: str, command: str) -> ProblemsFound:
    message = f"这个文件不是{what}；请用 “{command}” 重新做一份，或者不给这个文件"
    return ProblemsFound([Problem(name, 1, 1, message, "inspection-results")])


def _dead_links(results: LinkResults, texts: Mapping[str, str]) -> Iterator[InspectionFinding]:
    for link in results.unanswered:
        if link.is_gone:
            found = f"外链 {link.address} 已经失效（{results.day} {link.reason}，网站上 {len(link.pages)} 页有）"
            remedy = "请换成新的网址（kepu replace-link），或去掉；现在打得开的，重新查一遍"
            places = list(_places(link.address, texts))
            yield from (InspectionFinding(*place, OUT, found, remedy, link.address) for place in places)
            if not places:
                page = link.pages[0] if link.pages else "（不知道哪一页）"
                yield InspectionFinding(page, 1, 1, OUT, found, remedy, link.address, "这一页")


def _places(address: str, texts: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Yield where an address stands as a whole: file, line and column."""
    for path, text in texts.items():
        start = text.find(address)
        while start >= 0:
            after = text[start + len(address) : start + len(address) + 1]
            if not after or after in "#)>\"'] \n，。；）":
                yield path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            start = text.find(address, start + 1)


def _links_note(results: LinkResults | None) -> str:
    if results is None:
        return _NO_LINKS
    gone = sum(link.is_gone for link in results.unanswered)
    unknown = [link.address for link in results.unanswered if not link.is_gone]
    said = f"外链 {results.day} 查过 {results.asked} 个，失效 {gone} 个，没有查成 {len(unknown)} 个"
    return f"{said}：{_named(unknown)}，请用浏览器打开看。" if unknown else f"{said}。"


def _axe_note(results: AxeResults | None) -> str:
    if results is None:
        return _NO_AXE
    bad = sum(bool(rules) for rules in results.pages.values())
    return f"axe {results.day} 检测过 {len(results.pages)} 页，{bad} 页有问题；没有检测的网页：请抽 5 页用 axe 的浏览器插件看。"


def _named(addresses: Sequence[str]) -> str:
    more = f"……等 {len(addresses)} 个" if len(addresses) > _MOST_NAMED else ""
    return "、".join(addresses[:_MOST_NAMED]) + more
