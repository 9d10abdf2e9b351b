"""The stranger's test: five questions, each answered from the start page in three clicks or one search."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.stranger import QUESTIONS, Question


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_stranger_finds_the_answer(page: Page, repository_address: str, question: Question) -> None:
    steps = list(question.walk(page, repository_address))
    assert len(steps) - 1 <= 3
    place = page.locator("main" if question.clicks else "#search-results")
    for words in question.seen:
        expect(place).to_contain_text(words)
    for words in question.unseen:
        expect(place).not_to_contain_text(words)
