"""The quiz: which questions stand where, and what a browser says to an answer."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import Browser, Page, Request, expect

from macros.library.library import Library
from macros.pages.plan import plan
from macros.pages.plan.quiz_pages import ASKED
from macros.site.session import Session
from tests.site.test_opening import reader_at


def test_questions_stand_on_the_quiz_by_field_and_once_in_all(district: Session) -> None:
    pages = {page.address: page for page in plan(district.library) if page.address.startswith("quiz/")}
    assert list(pages) == ["quiz/", "quiz/by/field/astronomy/", "quiz/all/"]
    every = [item.question.question for item in pages["quiz/all/"].data["quiz"]]
    assert sorted(every) == sorted(item.question.question for item in pages["quiz/"].data["quiz"])
    first = pages["quiz/"].data["quiz"][: len(district.library.with_questions)]
    assert [item.record for item in first] == list(district.library.with_questions)
    content = str(district.renderer.content(pages["quiz/"]))
    assert content.count('<li class="question">') == ASKED
    # Without questions nothing is built and nothing leads there; what was there leads on.
    asking = {record.id for record in district.library.with_questions}
    others = {key: record for key, record in district.library.collection.records.items() if key not in asking}
    bare = Library(replace(district.library.collection, records=others))
    left = {page.address: page for page in plan(bare, list(pages)) if page.address.startswith("quiz/")}
    assert {page.leads_to for page in left.values()} == {"site-map/"}
    assert len(left) == 3
    assert not bare.with_questions


def answer_the_question(page: Page) -> None:
    """Answer one question by keys, and ask for others; hold that all is told in words and nothing is sent or kept."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    question = page.locator(".question:visible", has_text="补助").first
    right = question.locator("[data-answer]").text_content() or ""
    question.locator("button").last.focus()
    chosen = question.locator("button").last.inner_text()
    page.keyboard.press("Enter")
    words = "答对了。" if chosen == right else f"答错了，正确答案是 {right}。"
    expect(question.get_by_role("status")).to_have_text(words)
    expect(question.get_by_text("依据：")).to_be_visible()
    expect(question.get_by_role("link")).to_have_attribute("href", "../policies/science-measures-2024/")
    assert page.evaluate("document.activeElement.textContent").startswith(chosen)
    expect(page.locator("[data-score]")).to_contain_text("答了 1 题")
    page.get_by_role("button", name="换 10 题").click()
    expect(page.locator(".question:visible")).to_have_count(10)
    expect(page.locator(".verdict:not(:empty)")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".answer-key li:visible")).to_have_count(10)
    assert (sent, page.evaluate("localStorage.length"), page.context.cookies()) == ([], 0, [])


def test_an_answer_is_told_in_words_and_nothing_leaves_the_browser(browser: Browser, district_address: str) -> None:
    asked = []
    for day, zone in (("24", "America/Los_Angeles"), ("24", "Asia/Shanghai"), ("25", "Asia/Shanghai")):
        with reader_at(browser, zone, f"2026-11-{day}T23:59:00+08:00") as page:
            page.goto(f"{district_address}quiz/")
            expect(page.locator(".question:visible")).to_have_count(10)
            asked.append(page.locator(".question:visible .question-text").all_inner_texts())
            if day == "25":
                answer_the_question(page)
    assert asked[0] == asked[1] != asked[2]
