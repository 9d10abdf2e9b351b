"""A new build against the last one: an address that was published once goes on answering."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote

from macros.addresses.redirects import HOSTED
from macros.records.model.terms import shorten
from macros.records.problems import Level, Problem

# Nobody links to styles, scripts and search files; hosts read the others, and search engines the parts of a site map.
_UNPROMISED = ("assets/", "_", "headers.", "redirects.", "sitemap-")
# The inventory of another site, or an invented one, may hold any number of names of any length.
_MOST_TOLD, _LONGEST = 100, 200


def compare(before: Iterable[str], now: Collection[str], redirects: Mapping[str, str], allowed: int) -> list[Problem]:
    """Return what was lost since the last build, sorted: errors if it is more than allowed, else notices.

    Args:
        before: files of the last build, POSIX form, relative to the site's folder.
        now: files of the new one.
        redirects: where its old addresses lead, file → file.
        allowed: so many addresses may be lost, e.g. after a vocabulary was cut.
    """
    present = frozenset(now)
    promised = (name for name in before if not name.startswith(_UNPROMISED))
    gone = (name for name in sorted(promised) if name not in present and name not in redirects)
    lost = [name for name in gone if not _tells_of_a_page_that_stays(name, present)]
    level = Level.ERROR if len(lost) > allowed else Level.NOTICE
    told = [_lost(name, level) for name in lost[:_MOST_TOLD]]
    rest = [_rest(len(lost), level)] if len(lost) > _MOST_TOLD else []
    return [*told, *rest, *_leading_nowhere(redirects, present)]


def _tells_of_a_page_that_stays(name: str, present: Collection[str]) -> bool:
    """A list without news has no feed, one without deadlines no calendar: neither may be empty (RFC 4287, RFC 5545).

    Markdown for programs goes where its page leads on, and where the site no longer has any.
    """
    folder, _, last = name.rpartition("/")
    page = f"{folder}/index.html" if folder else "index.html"
    return last in {"feed.xml", "feed.json", "calendar.ics", "index.md", "llms.txt"} and page in present


def _leading_nowhere(redirects: Mapping[str, str], present: Collection[str]) -> Iterator[Problem]:
    for number, (old, new) in enumerate(redirects.items(), 1):
        if new not in present:
            message = f"旧网址 {old} 转到的 {new} 不存在；请检查记录的 former_ids 和 merged_into"
            yield Problem(HOSTED, number, 1, message, "redirect-target")


def _rest(count: int, level: Level) -> Problem:
    message = f"一共有 {count} 个网址没有了，上面只列出 {_MOST_TOLD} 个；先核对 --previous 给的是不是这个网站上次发布的 build.json"
    return Problem("build.json", 1, 1, message, "lost-address", level)


def _lost(name: str, level: Level) -> Problem:
    address = shorten(unquote(name.removesuffix("index.html")), _LONGEST)
    message = (
        f"上次发布的网址 /{address} 没有了，也没有转到新的网址；改了 id 请写 former_ids，移动了页面请写 former_addresses，"
        "并入别的请写 merged_into，分成几条请写 split_into，"
        "关闭的请写 status；确实要去掉时用 --allow-drop 写明最多几个"
    )
    return Problem(name, 1, 1, message, "lost-address", level)
