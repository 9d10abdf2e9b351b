"""What each mode of publishing shows: meta tags, footer, notices (docs/dev/decisions.md, 19 to 21)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from macros.pages.site_settings import TRADITIONAL
from macros.site.session import Session
from tests.support import build_whole, few_twins, open_session, project_copy, serve_folder
from tests.support.markup import Markup, read_markup
from tests.support.templates import TEMPLATES, reader, visit

MODES = ("column", "standalone", "preview")
PORTAL = {
    "portal_name": "示例区人民政府门户网站",
    "portal_domain": "www.example.org",
    "site_code": "4407030000",
    "icp_number": "示例 ICP 备 00000000 号",
    "police_number": "示例公网安备 00000000000000 号",
    "organizer": "示例区科技局",
    "contact": "0750-0000000",
}
SITE_TAGS = {"column": {"SiteName", "SiteDomain", "SiteIDCode"}, "standalone": {"SiteName"}, "preview": {"SiteName"}}
COLUMN_TAGS = {"ColumnName", "ColumnType", "ColumnDescription", "ColumnKeywords"}
DETAIL_TAGS = {"ColumnName", "ColumnType", "ArticleTitle", "ContentSource"}
DATED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


@pytest.fixture(scope="session")
def column_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented district's site as a column of a portal."""
    folder = tmp_path_factory.mktemp("column")
    project = project_copy(folder)
    settings = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    settings["plugins"][0]["kepu"] |= {"mode": "column", "portal": PORTAL}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return build_whole(project, folder / "site")


@pytest.fixture(scope="session")
def sites(column_site: Path, district_site: Path, preview_site: Path) -> Mapping[str, Path]:
    """A site in each mode: the invented district as a column and alone, a small project as a preview."""
    return {"column": column_site, "standalone": district_site, "preview": preview_site}


def pages_of(site: Path) -> dict[str, Markup]:
    """Return every page of a site by its address; the page for lost readers goes by its file's name."""
    pages = {path.relative_to(site).as_posix(): read_markup(path) for path in sorted(site.rglob("*.html"))}
    return {name.removesuffix("index.html"): page for name, page in pages.items()}


def details(session: Session) -> set[str]:
    """Return the addresses of the pages of records."""
    records = session.library.published.values()
    return {session.library.address(record) for record in records if not getattr(record, "merged_into", None)}


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_in_chinese_with_one_heading_and_no_level_left_out(mode: str, sites: Mapping[str, Path]) -> None:
    for address, page in pages_of(sites[mode]).items():
        assert page.lang == ("zh-Hant" if address.startswith(TRADITIONAL) else "zh-CN"), address
        assert page.headings.count(1) == 1, address
        pairs = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in pairs), address


@pytest.mark.parametrize("mode", MODES)
def test_no_tag_comes_twice_or_empty(mode: str, sites: Mapping[str, Path]) -> None:
    for address, page in pages_of(sites[mode]).items():
        assert [name for name, times in Counter(name for name, _ in page.meta).items() if times > 1] == [], address
        assert [name for name, content in page.meta if content.strip() in {"", "null", "None"}] == [], address


@pytest.mark.parametrize("mode", MODES)
def test_every_page_has_the_tags_of_its_mode(mode: str, sites: Mapping[str, Path], district: Session) -> None:
    records = details(open_session(sites["preview"].parent / "project") if mode == "preview" else district)
    for address, page in pages_of(sites[mode]).items():
        is_record = address.removeprefix(TRADITIONAL) in records
        group = set() if address.endswith("404.html") else DETAIL_TAGS if is_record else COLUMN_TAGS
        names = {name for name, _ in page.meta}
        assert names >= SITE_TAGS[mode] | group, address
        assert not names & {"SiteDomain", "SiteIDCode"} - SITE_TAGS[mode], address


def test_the_tags_say_what_the_portal_is_called(sites: Mapping[str, Path]) -> None:
    for address, page in pages_of(sites["column"]).items():
        assert page.contents("SiteName") == [PORTAL["portal_name"]], address
        assert page.contents("SiteDomain") == [PORTAL["portal_domain"]], address
        assert page.contents("SiteIDCode") == [PORTAL["site_code"]], address
    assert pages_of(sites["column"])[""].contents("ColumnType") == ["首页"]


def test_a_date_of_publication_comes_from_the_record_or_not_at_all(
    sites: Mapping[str, Path], district: Session
) -> None:
    pages = pages_of(sites["column"])
    dates = {address: pages[address].contents("PubDate") for address in details(district)}
    assert all(DATED.fullmatch(date) for found in dates.values() for date in found)
    assert dates["policies/science-measures-2024/"] == ["2024-01-15 09:30"]
    assert dates["bases/small-pond/"] == []


def footer(page: Page, site: Path) -> str:
    """Return the footer's text on the start page of a built site."""
    for address in serve_folder(site):
        page.goto(address)
        return page.locator("footer").inner_text()
    raise AssertionError


def test_a_column_names_whose_it_is(page: Page, sites: Mapping[str, Path]) -> None:
    text = footer(page, sites["column"])
    titles = ("主办单位", "联系方式", "网站标识码", "ICP 备案", "公安备案", "网站地图", "无障碍声明", "政府网站找错")
    assert [title for title in titles if title not in text] == []
    assert [key for key, value in PORTAL.items() if not key.startswith("portal_") and value not in text] == []
    assert "未配置" not in text
    links = read_markup(sites["column"] / "index.html").links
    assert "https://beian.miit.gov.cn/" in links
    home = quote("https://example.org/kepu/", safe="")
    assert f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={PORTAL['site_code']}&url={home}" in links


def test_a_demonstration_says_so_and_has_no_code(page: Page, sites: Mapping[str, Path]) -> None:
    text = footer(page, sites["standalone"])
    assert "非政府网站" in text
    assert "非政府网站" in page.locator("header").inner_text()
    assert [word for word in ("网站标识码：", "主办单位", "政府网站找错", "未配置") if word in text] == []


def test_a_preview_shows_what_is_not_configured(page: Page, sites: Mapping[str, Path]) -> None:
    text = footer(page, sites["preview"])
    assert text.count("未配置") == 5
    assert (sites["preview"] / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert "预览" in page.locator("header").inner_text()


@pytest.mark.audit
@pytest.mark.parametrize(
    ("mode", "names"),
    [("column", ("home", "bases", "base-filled", "written", "lost")), ("standalone", tuple(TEMPLATES))],
)
def test_no_page_complains_asks_elsewhere_or_scrolls_sideways_in_large_type(
    mode: str, names: Sequence[str], sites: Mapping[str, Path], browser: Browser
) -> None:
    for site in serve_folder(sites[mode]):
        with large_type(browser) as page:
            assert {name: found for name in names if (found := complaints(page, site, TEMPLATES[name]))} == {}


@pytest.mark.audit
def test_no_page_of_the_repository_complains_in_large_type(
    browser: Browser, repository_site: Path, repository_address: str
) -> None:
    with large_type(browser) as page:
        addresses = few_twins(pages_of(repository_site))
        assert {one: found for one in addresses if (found := complaints(page, repository_address, one))} == {}


@contextmanager
def large_type(browser: Browser) -> Iterator[Page]:
    """Open a page in large type on the narrowest screen."""
    with reader(browser, "light", 320) as page:
        page.add_init_script("localStorage.setItem('kepu-type', 'large')")
        yield page


def complaints(page: Page, site: str, address: str) -> list[str]:
    """Return what is wrong with a page once it is open."""
    found: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            found.append(request.url)

    listeners = (
        ("console", note_message),
        ("request", note_request),
        ("pageerror", lambda error: found.append(str(error))),
    )
    for event, listener in listeners:
        page.on(event, listener)
    visit(page, site + address)
    for event, listener in listeners:
        page.remove_listener(event, listener)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return [*found, *(["wider than the screen"] if page.evaluate(wide) else [])]
