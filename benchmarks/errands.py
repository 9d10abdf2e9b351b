"""Count what thirteen errands of citizens cost on a telephone: taps, keys, screens to scroll, seconds.

    python -m benchmarks.errands [--count 600]

Four sites are built: the annotated examples, the invented district, many invented records, and many invented activities and routes. Each errand begins on the
start page, at 390×844, and ends where its answer is seen. A tap takes 2.2 s, a key 0.35 s, a screen 2.5 s: a careful
reader with one hand. Exit code 1 if an errand can't be done, takes more than 5 taps, or more than 15 s.
"""

from __future__ import annotations

import argparse
import datetime
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Error, Locator, Page

from benchmarks.compressed import served
from benchmarks.first_view import HOME, chromium
from benchmarks.measure import generate, mkdocs_build
from tests.support import DISTRICT, build_whole
from tests.support.examples import lay_examples

WIDTH, HEIGHT = 390, 844
TAP, KEY, SCREEN = 2.2, 0.35, 2.5
"""Seconds."""
KEYS_OF_A_CHARACTER = 2
"""A Chinese word is typed by pinyin with an input method that completes it."""
FEW = 50
"""Other records beside many activities and routes."""
MOST_TAPS, MOST_SECONDS = 5, 15.0
PATIENCE = 8_000
"""Milliseconds until something that is looked for counts as not there."""


@dataclass
class Visitor:
    """Somebody with a telephone, who counts.

    Attributes:
        page: what is on the screen.
        taps: taps so far.
        keys: keys so far.
        screens: screens scrolled so far.
    """

    page: Page
    taps: int = 0
    keys: int = 0
    screens: float = 0.0

    @property
    def seconds(self) -> float:
        """How long all of it takes."""
        return self.taps * TAP + self.keys * KEY + self.screens * SCREEN

    def see(self, what: Locator) -> None:
        """Scroll until something is on the screen."""
        what.wait_for(timeout=PATIENCE)
        box = what.bounding_box()
        if box is None:  # Drawn anew in between, as answers are while one types.
            what.wait_for(timeout=PATIENCE)
            box = what.bounding_box()
        assert box is not None, "it is not in sight"
        over = max(box["y"] + min(box["height"], HEIGHT / 3) - HEIGHT, min(box["y"], 0))
        if over:
            self.screens += abs(over) / HEIGHT
            self.page.mouse.wheel(0, over)
            self.page.wait_for_timeout(300)

    def tap(self, what: Locator) -> None:
        """Tap on something, wherever on the page it is."""
        self.see(what)
        what.click(timeout=PATIENCE)
        self.taps += 1
        self.page.wait_for_load_state()

    def search(self, text: str) -> None:
        """Type into the search."""
        self.tap(self.page.locator("#site-search-field"))
        self.page.locator("#search-field").fill(text)
        self.keys += sum(1 if character.isascii() else KEYS_OF_A_CHARACTER for character in text)

    def link(self, words: str) -> Locator:
        """Return the first link in sight of these words."""
        return self.page.locator("a, button").filter(has_text=words, visible=True).first

    def choice(self, words: str) -> Locator:
        """Return a choice of the finder."""
        return self.page.locator(".finder label").filter(has_text=words, visible=True).first

    def option(self, words: str = "") -> Locator:
        """Return the first answer of the search of these words."""
        return self.page.get_by_role("option").filter(has_text=words).first

    def main(self, words: str) -> Locator:
        """Return where words stand in the page."""
        return self.page.locator("main").get_by_text(words).filter(visible=True).first


def free_on_sunday(visitor: Visitor) -> None:
    """Sunday, with a child of seven, for nothing."""
    visitor.search("周日 免费 亲子")
    visitor.tap(visitor.option("周日、免费、亲子"))
    visitor.see(visitor.main("免费"))


def free_on_sunday_by_the_finder(visitor: Visitor) -> None:
    """Sunday, for nothing, by choosing."""
    visitor.tap(visitor.link("科普基地"))
    visitor.tap(visitor.choice("周日"))
    visitor.tap(visitor.link("筛选"))
    visitor.tap(visitor.choice("免费"))
    visitor.tap(visitor.page.locator(".finder [type=submit]"))
    visitor.see(visitor.page.locator("#results .card").first)


def open_today(visitor: Visitor) -> None:
    """Is 星空馆 open today?"""
    visitor.search("xkg")
    visitor.tap(visitor.option())
    visitor.see(visitor.main("今天（"))


def how_to_book(visitor: Visitor) -> None:
    """How does one book there?"""
    visitor.search("xkg")
    visitor.tap(visitor.option())
    visitor.see(visitor.page.get_by_role("heading", name="要不要预约"))


def by_bus(visitor: Visitor) -> None:
    """Which bus goes there?"""
    visitor.search("xkg")
    visitor.tap(visitor.option())
    visitor.see(visitor.main("公交"))


def two_founders(visitor: Visitor) -> None:
    """Two of us look for a desk."""
    visitor.search("两个人创业可以入驻吗")
    visitor.tap(visitor.option())
    visitor.see(visitor.page.get_by_role("heading", name="入驻").first)


def is_it_valid(visitor: Visitor) -> None:
    """Is the old measure still valid?"""
    visitor.search("kpfc")
    visitor.tap(visitor.option("2020"))
    visitor.see(visitor.main("取代"))


def until_when(visitor: Visitor) -> None:
    """What can be applied for, until when?"""
    visitor.tap(visitor.link("政策"))
    visitor.tap(visitor.link("现在能申请什么"))
    visitor.see(visitor.page.locator("h1"))


def what_changed(visitor: Visitor) -> None:
    """What changed lately?"""
    visitor.tap(visitor.link("最近更新"))
    visitor.see(visitor.page.locator("main time").first)


def wheelchair(visitor: Visitor) -> None:
    """Where can a wheelchair go?"""
    visitor.search("轮椅")
    visitor.tap(visitor.option())
    visitor.see(visitor.main("轮椅"))


def nothing_found(visitor: Visitor) -> None:
    """Nothing is found: what now?"""
    visitor.search("量子火锅")
    visitor.see(
        visitor.page.locator("#search-layer, .search-layer, [role=dialog]")
        .get_by_role("link")
        .filter(has_text="科普基地")
        .first
    )


def saturday_in_a_town(visitor: Visitor) -> None:
    """What is on on Saturday, age seven, free, in 荷坪?"""
    visitor.search("周六 7岁 免费 荷坪 活动")
    visitor.tap(visitor.option())
    visitor.see(visitor.main("免费"))
    assert "荷坪镇" in visitor.page.locator("main").inner_text()


def route_for_a_class(visitor: Visitor) -> None:
    """A route for a class of 40 in grade 5"""
    visitor.search("五年级 40人 线路")
    visitor.tap(visitor.option("线路"))
    visitor.see(visitor.main("小学五六年级"))


def into_the_calendar(visitor: Visitor) -> None:
    """An activity into the telephone's calendar"""
    visitor.tap(visitor.link("科普活动"))
    visitor.tap(visitor.page.locator(".agenda a").first)
    with visitor.page.expect_download() as download:
        visitor.tap(visitor.link("把日期加进日历"))
    assert download.value.suggested_filename.endswith(".ics")


ERRANDS: tuple[tuple[str, Callable[[Visitor], None]], ...] = (
    ("many", free_on_sunday),
    ("many", free_on_sunday_by_the_finder),
    ("examples", open_today),
    ("examples", how_to_book),
    ("examples", by_bus),
    ("many", two_founders),
    ("examples", is_it_valid),
    ("district", until_when),
    ("district", what_changed),
    ("many", wheelchair),
    ("many", nothing_found),
    ("outings", saturday_in_a_town),
    ("outings", route_for_a_class),
    ("outings", into_the_calendar),
)


@dataclass(frozen=True)
class Outcome:
    """What an errand cost; `failed` says why it could not be done."""

    text: str
    visitor: Visitor = field(repr=False)
    failed: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it was done, in few taps and soon."""
        return not self.failed and self.visitor.taps <= MOST_TAPS and self.visitor.seconds <= MOST_SECONDS


def run(browser: Browser, address: str, errand: Callable[[Visitor], None]) -> Outcome:
    """Do an errand on a site, with nothing remembered from before."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, timezone_id="Asia/Shanghai"
    )
    visitor = Visitor(context.new_page())
    visitor.page.goto(address)
    failed = ""
    try:
        errand(visitor)
    except (Error, AssertionError) as error:
        failed = str(error).splitlines()[0]
    context.close()
    return Outcome((errand.__doc__ or "").strip(), visitor, failed)


def build(folder: Path, count: int) -> dict[str, Path]:
    """Build the four sites and return their folders."""
    project, many = folder / "project", folder / "many"
    generate(project, count)
    (project / "content" / "index.md").write_text(HOME, encoding="utf-8")
    mkdocs_build(project, many)
    sites = {name: folder / name for name in ("many", "district", "examples", "outings")}
    lay_outings(folder / "project-of-outings", count)
    mkdocs_build(folder / "project-of-outings", sites["outings"])
    build_whole(DISTRICT, sites["district"])
    build_whole(lay_examples(folder / "laid"), sites["examples"])
    return sites


def lay_outings(project: Path, count: int) -> None:
    """Write a project of so many activities in the next weeks, half as many routes, among few other records."""
    choose = random.Random(14)
    generate(project, FEW)
    (project / "content" / "index.md").write_text(HOME, encoding="utf-8")
    for number in range(count):
        write(project / "data" / "activities" / f"activity-{number}.yml", activity(choose))
    for number in range(count // 2):
        write(project / "data" / "routes" / f"route-{number}.yml", route(choose))


def write(path: Path, text: str) -> None:
    """Write a record."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def activity(choose: random.Random) -> str:
    """Return an invented activity within six weeks from today; every hundredth or so is the one that is looked for."""
    day = datetime.date.today() + datetime.timedelta(choose.randrange(1, 42))
    topic = choose.choice(("观鸟", "种豆", "看星星", "拼电路", "水质", "急救"))
    return f"""name: {topic}{choose.choice(("课", "半日", "体验"))}{choose.choice("甲乙丙丁")}{choose.choice("子丑寅卯")}
summary: 动手做一次{topic}。
type: {choose.choice(("lecture", "experiment", "visit", "exhibition"))}
dates: [{{date: {day}, from: {choose.randrange(8, 19)}:30}}]
town: {choose.choice(("heping", "zhuxi", "songwan", "luze"))}
audience: [{choose.choice(("primary-school", "families", "seniors", "everyone"))}]
admission: {{free: {choose.choice(("是", "否"))}}}
sources: [{{title: 通知, mark: official}}]
"""


def route(choose: random.Random) -> str:
    """Return an invented route."""
    stage = choose.choice(("grades-1-2", "grades-3-4", "grades-5-6", "grades-7-9"))
    return f"""name: {choose.choice("东西南北")}{choose.choice("山河田园")}{choose.choice("甲乙丙丁戊己")}线路
summary: 走一走，看一看。
stages: [{stage}]
group_max: {choose.choice((20, 30, 45, 90))}
stops: [{{name: 老桥}}, {{name: 河滩}}]
sources: [{{title: 通知, mark: official}}]
"""


def report(outcomes: list[Outcome]) -> bool:
    """Print the table and tell whether all errands are done in time."""
    print(f"{'errand':<52}{'taps':>6}{'keys':>6}{'screens':>9}{'s':>7}")
    for outcome in outcomes:
        visitor = outcome.visitor
        verdict = "good" if outcome.is_good else outcome.failed or "too long"
        print(
            f"{outcome.text:<52}{visitor.taps:>6}{visitor.keys:>6}{visitor.screens:>9.1f}{visitor.seconds:>7.1f}  {verdict}"
        )
    return all(outcome.is_good for outcome in outcomes)


def main() -> None:
    """Build, do all errands, print what they cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=600)
    count = parser.parse_args().count
    with TemporaryDirectory() as folder, chromium() as browser:
        outcomes = []
        sites = build(Path(folder), count)
        for name, errand in ERRANDS:
            with served(sites[name]) as address:
                outcomes.append(run(browser, address, errand))
    sys.exit(0 if report(outcomes) else 1)


if __name__ == "__main__":
    main()
