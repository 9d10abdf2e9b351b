"""A new build against the last one: an address that was published once goes on answering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from macros.publishing.crawl.resolve import Addresses, Kind
from macros.publishing.release.inventory import Inventory
from macros.records.problems import Level, Problem

REDIRECTS = "_redirects"

# Nobody links to styles, scripts and search files; hosts read the others, and search engines the parts of a site map.
_UNPROMISED = ("assets/", "_", "headers.", "redirects.", "sitemap-")


def compare(folder: Path, before: Inventory, files: Iterable[str], base_url: str | None, allowed: int) -> list[Problem]:
    """Return what was lost since the last build, sorted: errors if it is more than allowed, else notices.

    Args:
        folder: the new site.
        before: inventory of the last build.
        files: every file of the new site, POSIX form.
        base_url: the site's own address; None where it is not known.
        allowed: so many addresses may be lost, e.g. after a vocabulary was cut.
    """
    present = set(files)
    moved = read_redirects(folder, base_url)
    promised = (name for name in before.files if not name.startswith(_UNPROMISED))
    gone = (name for name in sorted(promised) if name not in present and name not in moved)
    lost = [name for name in gone if not _tells_of_a_page_that_stays(name, present)]
    level = Level.ERROR if len(lost) > allowed else Level.NOTICE
    return [*(_lost(name, level) for name in lost), *_leading_nowhere(moved, present)]


def read_redirects(folder: Path, base_url: str | None) -> Mapping[str, str]:
    """Return where ``_redirects`` leads: file → file, POSIX form, relative to the site's folder."""
    path = folder / REDIRECTS
    text = path.read_text("utf-8") if path.is_file() else ""
    addresses = Addresses(base_url)
    pairs = (line.split()[:2] for line in text.splitlines() if line and not line.startswith("#"))
    return {_file(addresses, old): _file(addresses, new) for old, new in pairs}


def _tells_of_a_page_that_stays(name: str, present: set[str]) -> bool:
    """A list without news has no feed, one without deadlines no calendar: neither may be empty (RFC 4287, RFC 5545)."""
    folder, _, last = name.rpartition("/")
    page = f"{folder}/index.html" if folder else "index.html"
    return last in {"feed.xml", "feed.json", "calendar.ics"} and page in present


def _file(addresses: Addresses, address: str) -> str:
    place = addresses.place("", address)
    return place.name if place.kind is Kind.INSIDE else address


def _leading_nowhere(moved: Mapping[str, str], present: set[str]) -> Iterator[Problem]:
    for number, (old, new) in enumerate(moved.items(), 1):
        if new not in present:
            message = f"旧网址 {old} 转到的 {new} 不存在；请检查记录的 former_ids 和 merged_into"
            yield Problem(REDIRECTS, number, 1, message, "redirect-target")


def _lost(name: str, level: Level) -> Problem:
    address = unquote(name.removesuffix("index.html"))
    message = (
        f"上次发布的网址 /{address} 没有了，也没有转到新的网址；改了 id 请写 former_ids，移动了页面请写 former_addresses，"
        "并入别的请写 merged_into，分成几条请写 split_into，"
        "关闭的请写 status；确实要去掉时用 --allow-drop 写明最多几个"
    )
    return Problem(name, 1, 1, message, "lost-address", level)
