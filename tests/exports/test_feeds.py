"""Feeds, as an independent parser reads them."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from macros.exports.feeds import LONGEST_FEED, Feeds
from macros.exports.publication import Publication
from tests.exports.conftest import HOSTILE, SOURCES, Make

SITE = "https://example.org/kepu/"


def atom(publication: Publication, address: str = "") -> Any:
    """Return an Atom feed as a reader of feeds gets it."""
    content = Feeds(publication).files()[f"{address}feed.xml"]
    ElementTree.fromstring(content)
    parsed = feedparser.parse(content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def test_atom_is_read_by_another_program(publication: Publication) -> None:
    parsed = atom(publication)
    assert parsed.feed.title == "示例区科普"
    assert parsed.feed.id == SITE
    assert parsed.feed.updated == "2026-11-20T00:00:00+08:00"
    assert [entry.title for entry in parsed.entries] == [
        "种子实验课：活动公布：2026-12-05 至 2026-12-12，共 2 次。",
        "示例星空月：活动公布：2026-11-28 至 2026-12-26，共 2 次。",
        "示例星空馆：更新了开放时间。",
        "示例区科普扶持办法：文件发布。",
    ]
    assert parsed.entries[2].link == f"{SITE}bases/star-hall/"
    assert parsed.entries[2].id == f"{SITE}bases/old-observatory/#change-2026-06-01"


def test_json_feed_tells_the_same(publication: Publication) -> None:
    feed = json.loads(Feeds(publication).files()["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}feed.json"
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom(publication).entries]
    assert all(item["content_text"] and item["date_published"] for item in feed["items"])


def test_each_list_with_news_has_its_own(publication: Publication) -> None:
    files = Feeds(publication).files()
    assert "bases/feed.xml" in files
    assert "bases/by/town/hill/feed.json" in files
    assert "bases/by/town/river/feed.xml" not in files
    assert "incubators/feed.xml" not in files
    assert [entry.title for entry in atom(publication, "bases/").entries] == ["示例星空馆：更新了开放时间。"]


def test_feeds_need_the_address_of_the_site(make: Make) -> None:
    assert not Feeds(make({}, url="")).files()


def test_records_without_dates_make_no_feed(make: Make) -> None:
    publication = make({})
    assert publication.library.records("bases")
    assert not Feeds(publication).files()


def test_hostile_texts_stay_texts(hostile: Publication) -> None:
    parsed = atom(hostile)
    told = HOSTILE.replace("\ufffe", "").strip()
    assert parsed.feed.title == told
    assert parsed.entries[0].title.endswith(told)
    assert told in parsed.entries[0].summary
    assert json.loads(Feeds(hostile).files()["feed.json"])["title"] == HOSTILE


def test_ids_stay_when_more_is_told(make: Make) -> None:
    first = {"date": "2026-01-05", "text": "改了电话。"}
    base = {"name": "馆", "summary": "一个馆。", "sources": SOURCES, "changes": [first]}
    before = [entry.id for entry in atom(make({"bases/hall": base})).entries]
    more = {**base, "changes": [first, {"date": "2026-01-05", "text": "又改了电话。"}], "reviewed_on": "2026-02-01"}
    publication = make({"bases/hall": more})
    entries = atom(publication).entries
    assert before[0] in [entry.id for entry in entries]
    assert len({entry.id for entry in entries}) == len(entries) == 3


def test_ids_stay_when_a_record_gets_another_id(make: Make) -> None:
    base = {"name": "馆", "summary": "一个馆。", "sources": SOURCES, "reviewed_on": "2026-02-01"}
    before = atom(make({"bases/hall": base})).entries
    after = atom(make({"bases/new-hall": {**base, "former_ids": ["hall"]}})).entries
    assert [entry.id for entry in before] == [entry.id for entry in after]
    assert after[0].link == f"{SITE}bases/new-hall/"


def test_a_feed_has_the_newest_alone(make: Make) -> None:
    changes = [{"date": f"2020-{month:02}-{day:02}", "text": "改。"} for month in (1, 2, 3) for day in range(1, 29)]
    base = {"name": "馆", "summary": "一个馆。", "sources": SOURCES, "changes": changes}
    entries = atom(make({"bases/hall": base})).entries
    assert len(entries) == LONGEST_FEED
    assert entries[0].updated.startswith("2020-03-28")


@pytest.mark.parametrize("name", ["feed.xml", "feed.json"])
def test_feeds_have_the_same_bytes(publication: Publication, name: str) -> None:
    assert Feeds(publication).files()[name] == Feeds(publication).files()[name]
