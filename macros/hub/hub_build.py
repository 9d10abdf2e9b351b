"""Build a city's site: read the members, make pages, index and feeds, crawl the whole, and only then swap it in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit

from macros.exports import sitemap
from macros.exports.files import Job, Jobs
from macros.hub.city import City, CityDistrict, KindWords
from macros.hub.city_feeds import CityFeed, feed_files, feeds_of
from macros.hub.city_finder import CityFinder
from macros.hub.city_library import library_of
from macros.hub.city_pages import list_of, plan_city
from macros.hub.gathering import ReadMember, gather
from macros.hub.hub_file import FILE, HubFile
from macros.hub.merged_index import CityIndex, CityList, SearchedMember
from macros.pages.assets import IMAGES
from macros.pages.layout import PageLayout
from macros.pages.plan import PlannedPage
from macros.pages.render import Renderer
from macros.pages.site_settings import Mode, Site
from macros.pages.theme import theme_of
from macros.publishing.crawl.crawl import verify
from macros.publishing.crawl.page_checks import check_pages
from macros.publishing.release.headers import policy_of
from macros.publishing.release.inventory import read_inventory
from macros.publishing.release.metadata import write_metadata
from macros.publishing.release.swap import replacing
from macros.records.model.dates import PartialDate
from macros.records.model.registry import KINDS
from macros.records.problems import Problem, ProblemsFound, has_errors
from macros.site.git import as_of, commit_of
from macros.site.pool import in_parallel
from macros.site.write import WrittenFiles, write

_PAGES_IN_JOB = 200


def build_hub(
    root: Path, hub: HubFile, out: Path, state: Path, tell: Callable[[str], None] = lambda step: None
) -> list[Problem]:
    """Build the city's site into a folder.

    Args:
        root: the folder of ``hub.yml``.
        hub: what it says.
        out: the folder of the finished site; replaced as a whole, or untouched on any failure.
        state: the state folder.
        tell: takes what begins, in Chinese.

    Returns:
        Notices; errors are raised.

    Raises:
        ProblemsFound: no member could be read, or the crawl found something.
        PublishingError: the folder can't be written or replaced.
    """
    day = as_of(root)
    with replacing(out, root) as folder:
        state.mkdir(parents=True, exist_ok=True)
        work = Path(mkdtemp(prefix=".work-", dir=state))
        try:
            tell("读取各区的数据 …")
            members = gather(hub.fields.districts, root, state, work)
            notices = [*_notices(hub, members), *([day.notice] if day.notice else [])]
            if not any(member.as_of for member in members):
                message = "一个区也没有读到，网站没有改动；请先看上面各区的原因"
                raise ProblemsFound([*notices, Problem(FILE, 1, 1, message, "no-member")])
            tell("生成网页和搜索 …")
            _write_city(root, folder, hub.fields.site, _city(members, day.date), members, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        tell("核对链接、页面和文件 …")
        site = hub.fields.site
        problems = [
            *verify(folder, site.url or None, in_parallel),
            *check_pages(folder, read_inventory(folder).files, in_parallel),
        ]
        if has_errors(problems):
            raise ProblemsFound(problems)
    return [*notices, *problems]


def _notices(hub: HubFile, members: Sequence[ReadMember]) -> Iterator[Problem]:
    for member in members:
        if member.failure:
            left = (
                f"网站上仍是 {member.as_of.iso} 的数据" if member.as_of else "以前也没有读到过，网站上没有这个区的记录"
            )
            yield hub.notice(member.fields, f"{member.fields.name}这次没有读到：{member.failure}；{left}")


def _city(members: Sequence[ReadMember], day: PartialDate) -> City:
    entries = tuple(entry for member in members for entry in member.entries)
    counted: dict[str, dict[str, int]] = {member.fields.id: {} for member in members}
    words: dict[str, KindWords] = {}
    orders: dict[str, dict[str, None]] = {}
    for member in members:
        for kind, (label, about) in (member.labels or {}).items():
            words.setdefault(kind, KindWords(label, about))
        for name, labels in (member.vocabularies or {}).items():
            orders.setdefault(name, {}).update(dict.fromkeys(labels))
    city = City(
        districts=tuple(_district(member, counted[member.fields.id]) for member in members),
        entries=entries,
        news=tuple(sorted((item for one in members for item in one.news), key=lambda item: item.date, reverse=True)),
        words={kind: words.get(kind, KindWords(kind, "")) for kind in KINDS},
        vocabularies={name: tuple(labels) for name, labels in orders.items()},
        as_of=day,
    )
    for kind in city.kinds:
        for entry in city.of_kind(kind):
            counts = counted[entry.district]
            counts[kind] = counts.get(kind, 0) + 1
    return city


def _district(member: ReadMember, counts: Mapping[str, int]) -> CityDistrict:
    fields = member.fields
    return CityDistrict(fields.id, fields.name, fields.home, member.as_of, member.failure, counts)


def _write_city(root: Path, folder: Path, site: Site, city: City, members: Sequence[ReadMember], work: Path) -> None:
    finders = {kind: CityFinder(city, kind) for kind in city.kinds}
    feeds = feeds_of(city, site)
    library = library_of(city)
    theme = theme_of(root / "overrides")
    renderer = Renderer(library, site, theme)
    layout = PageLayout(renderer, policy_of)
    pages = list(plan_city(city, site, finders, {feed.address for feed in feeds}))
    layout.prepare(pages)
    files = dict(renderer.assets.files)
    for finder in finders.values():
        files |= finder.files
    files |= {f"{IMAGES}{name}": path.read_bytes() for name, path in theme.files(IMAGES).items()}
    beside: list[Job] = [
        lambda: iter(files.items()),
        partial(_notes, layout, site, pages),
        partial(_feeds, feeds, city, site),
    ]
    written = write(folder, Jobs([], [*beside, *_page_jobs(layout, pages)]))
    _searchable(city, members).write(folder, work)
    _finish(root, folder, site, city, written)


def _finish(root: Path, folder: Path, site: Site, city: City, written: WrittenFiles) -> None:
    commit = commit_of(root)
    counts = {kind: len(city.of_kind(kind)) for kind in city.kinds}
    states = {one.id: one.as_of.iso if one.as_of else None for one in city.districts}
    facts = {"commit": commit.name, "modified": commit.modified, "as_of": city.as_of.iso, "mode": site.mode.value}
    write_metadata(folder, {**facts, "records": counts, "districts": states}, site.url, written.hashes, written.inline)


def _page_jobs(layout: PageLayout, pages: Sequence[PlannedPage]) -> list[Job]:
    starts = range(0, len(pages), _PAGES_IN_JOB)
    return [partial(_pages, layout, pages[start : start + _PAGES_IN_JOB]) for start in starts]


def _pages(layout: PageLayout, pages: Sequence[PlannedPage]) -> Iterator[tuple[str, bytes]]:
    return ((f"{page.address}index.html", layout.page(page)) for page in pages)


def _feeds(feeds: Sequence[CityFeed], city: City, site: Site) -> Iterator[tuple[str, bytes]]:
    for feed in feeds:
        yield from feed_files(feed, city, site)


def _notes(layout: PageLayout, site: Site, pages: Sequence[PlannedPage]) -> Iterator[tuple[str, bytes]]:
    yield "404.html", layout.not_found()
    yield "robots.txt", sitemap.robots(site.url, site.mode is not Mode.PREVIEW).encode()
    if urlsplit(site.url).netloc:
        entries = [(page.address, page.modified) for page in pages if page.indexed]
        yield from ((path, make()) for path, make in sitemap.sitemaps(site.url, entries).items())


def _searchable(city: City, members: Sequence[ReadMember]) -> CityIndex:
    searched = [
        SearchedMember(one.fields.id, one.fields.name, one.fields.home, one.postings, one.index)
        for one in members
        if one.index
    ]
    return CityIndex(searched, list(_lists(city)), {kind: words.label for kind, words in city.words.items()})


def _lists(city: City) -> Iterator[CityList]:
    for kind in city.kinds:
        label, counter = city.words[kind].label, KINDS[kind].counter
        yield CityList(f"{kind}/", (label,), f"{len(city.of_kind(kind))} {counter}")
    for one in city.districts:
        yield CityList(one.address, (one.name,), f"{one.total} 条")
        for kind, count in one.counts.items():
            label = city.words[kind].label
            yield CityList(
                list_of(kind, one), (f"{one.name}的{label}", f"{one.name}{label}"), f"{count} {KINDS[kind].counter}"
            )
