"""Five questions of somebody who has never been here, and how the site answers each.

Each answer takes at most three clicks from the start page, or one search. `tests/real/test_stranger.py` holds them;
``make screenshots`` takes a picture of every step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Question:
    """A question and the way to its answer.

    Attributes:
        name: for the names of pictures.
        text: the question, in the stranger's words; it is also what is searched where there are no clicks.
        answer: what the stranger takes away.
        seen: words that stand on the last step's page.
        clicks: words of the links and choices to follow from the start page; without them the question is searched as
            it stands.
        unseen: words that the last step has left out.
    """

    name: str
    text: str
    answer: str
    seen: tuple[str, ...]
    clicks: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    def walk(self, page: Page, site: str) -> Iterator[str]:
        """Go the way from the start page; after each step tell in Chinese what was done."""
        page.goto(site)
        yield "首页"
        yield from self._follow(page) if self.clicks else self._search(page)

    def _follow(self, page: Page) -> Iterator[str]:
        for words in self.clicks:
            page.locator("main").locator("a, label, button").filter(has_text=words, visible=True).first.click()
            page.wait_for_load_state()
            yield f"点“{words}”"

    def _search(self, page: Page) -> Iterator[str]:
        page.locator("#site-search-field").click()
        page.locator("#search-field").fill(self.text)
        page.get_by_role("option").first.wait_for()
        yield f"搜索“{self.text}”"


QUESTIONS = (
    Question(
        "farming",
        "星期天能带孩子去哪里看农业?",
        "去杜阮凉瓜田园综合体；开放时间还没有公布，先问清楚再动身。",
        ("杜阮凉瓜田园综合体", "农业科学", "还没有公布：", "开放时间"),
        ("科普基地", "农业科学", "杜阮凉瓜田园综合体"),
    ),
    Question(
        "national",
        "孵化器有哪些是国家级?",
        "火炬创业园。",
        ("火炬", "国家级"),
        ("孵化载体", "国家级"),
        ("科创公园",),
    ),
    Question("certified", "高企认定看哪份文件?", "高新技术企业认定管理办法。", ("高新技术企业认定管理办法",)),
    Question("town", "杜阮有什么?", "杜阮凉瓜田园综合体，一处科普基地。", ("杜阮凉瓜田园综合体", "科普基地")),
    Question("number", "563 是什么数字?", "2022 年全区高新技术企业数的目标。", ("全区高新技术企业数", "563")),
)
