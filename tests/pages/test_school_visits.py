"""School visits: a teacher reads what is known in the order of asking, is told what is not, and whom to call."""

from __future__ import annotations

import re

from playwright.sync_api import Browser

from macros.library.facets import GRADE, GROUP_SIZE, SUBJECT
from macros.site.session import Session
from tests.support.outline import Outline

QUESTIONS = (
    "几年级能来", "一次来多少人", "要多久", "要多少钱", "怎么约", "大巴停哪里", "在哪里吃饭", "日晒、下雨时", "怎样保证安全",
    "要当心什么", "用什么话讲", "和课本的联系", "学习单",
)  # fmt: skip


def html_of(session: Session, address: str) -> str:
    return str(session.renderer.content(session.planned[address]))


def test_each_question_is_answered_or_told_as_not_published_and_whom_to_call(district: Session) -> None:
    full, sparse, silent = (html_of(district, f"bases/{name}/") for name in ("star-hall", "attack", "small-pond"))
    for html, unknown in ((full, 0), (sparse, 11)):
        section = html.split('id="group-visit"')[1].split("</section>")[0]
        places = [section.index(f"<dt>{question}</dt>") for question in QUESTIONS]
        assert places == sorted(places)
        assert section.count("未公布，请先打电话问") == unknown
    assert "20–90 人，老师也算" in full
    assert 'id="group-visit"' not in silent
    assert "带班级去" in silent
    assert "老师想带班级来，请先向主管部门问。" in silent
    listed = Outline(html_of(district, "school-visits/")).text
    assert "2 处科普基地公布了" in listed
    assert "没有公布怎样接待班级：1 处" in listed
    assert re.search(r"示例小池塘\s*：电话未公布", listed)
    plan = html_of(district, "bases/star-hall/visit-plan/")
    assert all(word in plan for word in ("0750-7654321", "参观（全程 90 分钟）", "紧急联系", "分组", "学生名单"))
    terms = {
        facet.name: [(group.label, len(group.records)) for group in district.library.groups("bases", facet)]
        for facet in (GRADE, GROUP_SIZE, SUBJECT)
    }
    assert terms == {
        "grade": [("小学五六年级", 1), ("初中", 1)],
        "size": [("20 人", 2), ("40 人", 2), ("50 人", 1)],
        "subject": [("科学", 1), ("物理", 1)],
    }


def test_a_class_is_found_a_place_by_grade_size_and_day(browser: Browser, district_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{district_address}school-visits/?grade=grades-5-6&size=50")
    page.get_by_text("小学五六年级、50 人的班级参观点：1 处").wait_for()
    cards = page.locator("#results .card")
    assert cards.count() == 1
    assert "20–90 人 · 90 分钟 · 提前 7 天约" in cards.inner_text()
    page.get_by_label("初中").check()
    page.get_by_label("50 人").uncheck()
    page.get_by_text("小学五六年级或初中的班级参观点：1 处").wait_for()
    page.close()
