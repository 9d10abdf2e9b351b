"""Timed publishing, and a word to everyone: each is there in its days alone, judged by the day of the build or the reader's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from macros.records.model.dates import PartialDate
from macros.site import session
from macros.site.git import BuildDay
from macros.site.session import Session
from tests.site.test_opening import reader_at
from tests.support import build_whole, serve_folder
from tests.support.looping import failures
from tests.support.projects import base, lay_project

SPAN = "publish_from: 2026-11-20\npublish_until: 2026-12-01\n"
NOTICE = f"---\ntitle: 公示\ndescription: 名单。\n{SPAN}former_addresses: [list/]\n---\n张三，李四。\n"
STORY = f"---\ntitle: 雪\nsummary: 讲雪。\n{SPAN}sources: [{{ref: plan}}]\n---\n雪是六角形的。\n"
ADDRESSES = {"bases/pond/": "只在秋天有", "notice/": "张三", "articles/snow/": "六角形"}
OVER = "这一页已经下线"


def project_in(folder: Path) -> Path:
    """Lay a project with a record, an article and a page by hand that are published in the same days, and links to them."""
    project = lay_project(folder)
    (project / "data/bases/pond.yml").write_text(base(f"{SPAN}former_ids: [puddle]\nbody: 只在秋天有。\n"), "utf-8")
    (project / "content/notice.md").write_text(NOTICE, "utf-8")
    (project / "content/articles/snow.md").write_text(STORY, "utf-8")
    with (project / "content/privacy.md").open("a", encoding="utf-8") as page:
        page.write("\n[池塘](id:pond)\n")
    return project


def opened(project: Path, day: int, *, shows_all: bool = False) -> Session:
    """Open a session on a day counted from the first of November 2026."""
    date = PartialDate(2026, 11, day) if day <= 30 else PartialDate(2026, 12, day - 30)
    return session.open_session(project, day=BuildDay(date), shows_all=shows_all)


def text_at(made: Session, address: str) -> str:
    """Return a page as its file holds it; empty if there is none."""
    if page := made.page_at(address):
        return made.layout.page(page).decode()
    uri = next((page.uri for page in made.handwritten.pages if page.planned.address == address), "")
    return made.written.whole(uri) or ""


def machines(made: Session) -> str:
    """Return what lists, search and machines get."""
    names = ("api/v1/bases/index.json", "data/bases.json", "data/articles.json")
    files = made.files()
    lists = [text_at(made, address) for address in ("bases/", "articles/", "az/", "site-map/")]
    return "".join([*lists, *(files[name].decode() for name in names), str([*made.index.values()])])


def test_each_stands_in_its_days_alone(tmp_path: Path) -> None:
    project = project_in(tmp_path)

    def check(day: int) -> None:
        made = opened(project, day)
        is_current = 20 <= day <= 31
        for address, words in ADDRESSES.items():
            html = text_at(made, address)
            assert (words in html) == is_current, address
            assert (OVER in html) == (day > 31), address
            assert bool(html) == (day >= 20), address
            assert ('<meta name="robots" content="noindex">' in html) == (day > 31)
        found = machines(made)
        assert ("pond" in found) == ("snow" in found) == is_current
        assert ("只在秋天有" in found) == is_current
        assert ("bases/puddle/" in made.planned) == ("list/" in made.planned) == (day >= 20)
        rules = [problem.rule for problem in made.problems()]
        assert rules == (["reference-to-draft"] if day < 20 else ["unreachable-page"] if is_current else [])
        if day > 31:
            assert b"2026-12-01" in made.files()["api/v1/bases/pond.json"]

    assert failures(check, [19, 20, 25, 31, 32]) == []
    (project / "content/notice.md").write_text(NOTICE.replace("张三", '{{ link("nobody") }}'), "utf-8")
    found = [(problem.path, problem.rule) for problem in opened(project, 19).problems()]
    assert ("content/notice.md", "dangling-reference") in found


def test_the_preview_shows_and_names_what_the_site_does_not_show(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    for day, word in ((19, "待发布"), (25, ""), (32, "已下线")):
        made = opened(project, day, shows_all=True)
        for address, words in ADDRESSES.items():
            html = text_at(made, address)
            assert words in html
            assert OVER not in html
            assert [one for one in ("待发布", "已下线") if f"<strong>{one}：</strong>" in html] == [word] * bool(word)
        badges = [one for one in ("待发布", "已下线") if f">{one}</li>" in text_at(made, "bases/")]
        assert badges == [word] * bool(word)


@contextmanager
def alert_site(folder: Path) -> Iterator[str]:
    """Serve a site that has an alert until the third of December 2026."""
    project = lay_project(folder)
    text = "---\nuntil: 2026-12-03\n---\n**台风闭馆：**[湿地](id:wetland)不开放。\n"
    (project / "content/alert.md").write_text(text, "utf-8")
    yield from serve_folder(build_whole(project, folder / "site"))


def test_an_alert_goes_by_itself_after_its_last_day_in_china(browser: Browser, tmp_path: Path) -> None:
    cases = (
        ("2026-12-03T23:59:00+08:00", "Asia/Shanghai", True),
        ("2026-12-03T23:59:00+08:00", "Pacific/Auckland", True),
        ("2026-12-04T00:01:00+08:00", "Asia/Shanghai", False),
        ("2026-12-04T00:01:00+08:00", "America/Los_Angeles", False),
    )
    with alert_site(tmp_path) as address:

        def check(case: tuple[str, str, bool]) -> None:
            time, zone, is_seen = case
            with reader_at(browser, zone, time) as page:
                for path in ("", "bases/wetland/", "404.html"):
                    page.goto(f"{address}{path}")
                    assert page.get_by_role("region", name="重要通知").count() == int(is_seen), path
                    assert page.get_by_text("台风闭馆").is_visible() == is_seen

        assert failures(check, cases) == []
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}bases/")
        assert page.get_by_text("这条通知到 2026 年 12 月 3 日为止。").is_visible()
        link = page.get_by_role("region", name="重要通知").get_by_role("link", name="湿地")
        assert link.get_attribute("href") == "../bases/wetland/"
        context.close()
