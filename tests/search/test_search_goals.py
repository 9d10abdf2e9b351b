"""What the search must reach, class by class, on the development sets."""

from __future__ import annotations

import random
from pathlib import Path
from statistics import mean

import pytest
from playwright.sync_api import Browser

from tests.search.projects import load_documents
from tests.search.scoring import Scores, percentile95, score
from tests.search.sets.corpus import SEED, make_items
from tests.search.sets.queries import QueryMaker, unanswerable
from tests.search.sites import write_site
from tests.support import serve_folder

GOALS = {
    "exact": 1.0,
    "part4": 0.99,
    "part3": 0.99,
    "alias": 0.99,
    "traditional": 0.99,
    "pinyin": 0.98,
    "initials": 0.98,
    "typo": 0.97,
    "topic+place": 0.99,
    "question": 0.90,
    "dropped": 0.97,
    "swapped": 0.97,
    "lookalike": 0.94,
    "half pinyin": 0.97,
    "southern pinyin": 0.88,
    "jyutping": 0.95,
    "spaced pinyin": 0.97,
    "reordered": 0.99,
    "attributes": 0.99,
    "traditional topic": 0.98,
    "wordy question": 0.88,
    "no answer": 0.95,
}
MACRO_GOALS = {"plain": 0.98, "hard": 0.96, "no answer": 0.95}
LARGE_MACRO_GOALS = {"plain": 0.97, "hard": 0.95, "no answer": 0.95}


def _measure(browser: Browser, folder: Path, count: int, body_length: int) -> dict[str, Scores]:
    generator = random.Random(SEED)
    items = make_items(generator, count, body_length)
    plain, hard = QueryMaker(generator, items).make()
    write_site(folder, load_documents(items, folder.parent / "project"))
    measured = {}
    for address in serve_folder(folder):
        for name, queries in (("plain", plain), ("hard", hard), ("no answer", unanswerable())):
            page = browser.new_page()
            measured[name] = score(page, address, queries)
            page.close()
            print(f"\n{count} documents, {name}\n{measured[name].table()}")
    return measured


@pytest.fixture(scope="module")
def scores(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scores]:
    """Set → scores on 1,000 documents."""
    return _measure(browser, tmp_path_factory.mktemp("thousand") / "site", 1000, 70)


@pytest.fixture(scope="module")
def large_scores(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scores]:
    """Set → scores on 10,000 documents with 800 characters each."""
    return _measure(browser, tmp_path_factory.mktemp("large") / "site", 10_000, 800)


@pytest.mark.parametrize("kind", GOALS)
def test_class_reaches_its_goal(scores: dict[str, Scores], kind: str) -> None:
    reached = {name: rank for one in scores.values() for name, rank in one.ranks.items()}
    assert reached[kind] >= GOALS[kind]


@pytest.mark.parametrize("name", MACRO_GOALS)
def test_average_reaches_its_goal(scores: dict[str, Scores], name: str) -> None:
    assert mean(scores[name].ranks.values()) >= MACRO_GOALS[name]


def test_opening_fetches_little(scores: dict[str, Scores]) -> None:
    assert max(one.opening_bytes for one in scores.values()) <= 50_000


@pytest.mark.audit
@pytest.mark.parametrize("name", LARGE_MACRO_GOALS)
def test_ten_thousand_documents(large_scores: dict[str, Scores], name: str) -> None:
    measured = large_scores[name]
    assert mean(measured.ranks.values()) >= LARGE_MACRO_GOALS[name]
    assert measured.opening_bytes <= 160_000
    assert percentile95(measured.query_bytes) <= 30_000
