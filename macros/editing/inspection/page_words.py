"""What pages by hand and records say that leads nobody anywhere: links named 点击这里, empty links, pages under construction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.editing.inspection.findings import InspectionFinding, ScannedText

LINK_TEXTS, BLANK, ACCESSIBLE, OUT = "link-texts", "columns", "accessible", "links-out"
_SAYS_NOTHING = (
    r"(?:请)?(?:点击|点|戳|按)(?:一?下)?(?:这里|此处|此|我|链接|查看|下载|进入|打开)?(?:查看|下载|进入)?|这里|此处|更多|查看更多|了解更多|查看|"
    r"查看详情|详情|详细|链接|网址|下载|附件\d*|打开|进入|全文|阅读全文|click here|here|more|read more|link|download"
)
_LINK = re.compile(rf"(?<!!)\[[ *_]*(?P<text>{_SAYS_NOTHING})[ *_]*\]\([^)\n]+\)", re.IGNORECASE)
_ANCHOR = re.compile(rf"<a\b[^<>]*>\s*(?P<text>{_SAYS_NOTHING})\s*</a>", re.IGNORECASE)
_BARE = re.compile(r"(?<!!)\[(?P<text>(?:https?://|www\.)[^\[\]\n]{12,200})\]\(")
_EMPTY = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]\n]{0,200})\]\((?:#|javascript:[^()\n]{0,200}|\s{0,9})\)|<a\b[^<>]{0,200}href=[\"']?(?:#|javascript:)[^<>]{0,200}>",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^[ \t]*(?:- )?title: *[\"“]?(?P<text>附件\d*|下载|链接|网址|点击\S{0,4}|[\w-]+\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip))[\"”]?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_UNDER_CONSTRUCTION = re.compile(
    r"(?:本?栏目|本?页面|本?网页|网站|内容)(?:正在|还在)?(?:建设|更新|完善|整理|筹备)中|敬请期待|敬请关注后续|Lorem ipsum|此处填写|（待补充）|\(待补充\)|TODO|测试页面|测试文章|测试内容",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"!\[[ \t]*(?P<alt>|图|图片|照片|截图|插图|image|img|photo|\w+\.(?:jpe?g|png|webp|gif))[ \t]*\]\([^)\n]+\)",
    re.IGNORECASE,
)
_SHORT_ALT = re.compile(
    r"^[ \t]*(?:- )?alt:[ \t]*[\"“]?(?P<alt>图|图片|照片|截图|插图|\w+\.(?:jpe?g|png|webp|gif))[\"”]?[ \t]*$",
    re.MULTILINE,
)
_IMAGE = re.compile(r"<img\b(?![^<>]*\balt=)[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"^(#{1,6}) +\S", re.MULTILINE)
_NOT_PUBLIC = re.compile(
    r"https?://(?:localhost|127\.\d|10\.\d{1,3}\.\d|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[\w-]+/)[^\s)\"'<>]*|file:///[^\s)\"'<>]*",
    re.IGNORECASE,
)
_HOST = re.compile(r"https?://([\w.-]+\.[a-z]{2,})", re.IGNORECASE)
_MOST_HOSTS = 60
_FRONT = re.compile(r"---[ \t]*\n.*?^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NOT_TEXT = re.compile(r"<!--.*?-->|<[^<>]*>|^#[^\n]*$|[\s#>*_|:-]", re.DOTALL | re.MULTILINE)
_FEWEST_WORDS = 4


def unclear_links(path: str, source: str) -> Iterator[InspectionFinding]:
    """Yield links that say nothing of where they lead, and those that lead nowhere.

    Args:
        path: the file.
        source: its text; a record or a page by hand.
    """
    text = ScannedText(path, source)
    for pattern in (_LINK, _ANCHOR, _BARE):
        for match in pattern.finditer(source):
            said = match["text"]
            yield _at(
                path,
                source,
                match.start(),
                LINK_TEXTS,
                f"链接的文字 “{said[:30]}” 没有说通到哪里",
                "请写明打开的是什么，例如 “2026 年开放安排”",
                said,
            )
    for match in _EMPTY.finditer(source):
        yield _at(
            path,
            source,
            match.start(),
            LINK_TEXTS,
            f"链接 “{(match['text'] or '')[:30]}” 没有地址，点了哪里也不去",
            "请写上地址，或去掉链接",
            match[0],
        )
    if path.endswith(".yml") and "\nattachments:" in source:
        for match in _TITLE.finditer(source):
            yield _at(
                path,
                source,
                match.start("text"),
                LINK_TEXTS,
                f"附件的名称 “{match['text']}” 没有说是什么",
                "请写文件的名称，例如 “申请表”",
                match["text"],
            )
    yield from _unfinished(text)
    for match in _NOT_PUBLIC.finditer(source):
        said = f"网址 “{match[0][:60]}” 只有单位里面打得开"
        yield _at(path, source, match.start(), OUT, said, "请换成公开的网址，或去掉", match[0])


def unseen_pictures(path: str, source: str) -> Iterator[InspectionFinding]:
    """Yield what those who can't see lack: pictures without words, headings that leave out a level.

    Args:
        path: the file.
        source: its text; a record or a page by hand.
    """
    for pattern in (_PICTURE, _SHORT_ALT, _IMAGE):
        for match in pattern.finditer(source):
            alt = match.groupdict().get("alt") or ""
            found = f"图片的替代文字 “{alt}” 没有说图上是什么" if alt else "图片没有替代文字，读屏软件念不出来"
            remedy = "请写图上是什么，例如 “山顶上的白色圆顶”"
            yield _at(path, source, match.start(), ACCESSIBLE, found, remedy, match[0])
    above = 1
    for match in _HEADING.finditer(source) if path.endswith(".md") else ():
        level = len(match[1])
        if level > above + 1:
            found = f"标题从 {above} 级跳到 {level} 级，读屏软件的目录就乱了"
            yield _at(path, source, match.start(), ACCESSIBLE, found, f"请改成 “{'#' * (above + 1)} ” 开头")
        above = level


def _unfinished(text: ScannedText) -> Iterator[InspectionFinding]:
    for match in _UNDER_CONSTRUCTION.finditer(text.joined):
        line, column = text.place(match.start())
        said = f"写着 “{match[0]}”：检查时算空白栏目"
        yield InspectionFinding(text.path, line, column, BLANK, said, "请补上内容，或先不发布这一页", match[0])


def outward_hosts(sources: Iterable[str]) -> list[str]:
    """Return, in Chinese, the other sites that texts lead to, for a person who looks at each; none if there are none."""
    hosts = sorted({host.lower() for source in sources for host in _HOST.findall(source)})
    more = f"……等 {len(hosts)} 个" if len(hosts) > _MOST_HOSTS else ""
    return [f"记录和页面里写着这些网站的网址：{'、'.join(hosts[:_MOST_HOSTS])}{more}。"] if hosts else []


def blank_page(path: str, source: str) -> Iterator[InspectionFinding]:
    """Yield a page by hand that says nothing.

    Args:
        path: the file.
        source: its text, with the front matter.
    """
    front = _FRONT.match(source)
    body = source[front.end() :] if front else source
    if "{{" not in body and "![" not in body and len(_NOT_TEXT.sub("", body)) < _FEWEST_WORDS:
        line = source.count("\n", 0, front.end()) + 1 if front else 1
        yield InspectionFinding(path, line, 1, BLANK, "这一页没有内容", "请补上内容，或先不发布这一页")


def _at(path: str, source: str, start: int, item: str, found: str, remedy: str, text: str = "") -> InspectionFinding:
    line = source.count("\n", 0, start) + 1
    return InspectionFinding(path, line, start - source.rfind("\n", 0, start), item, found, remedy, text)
