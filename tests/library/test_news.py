"""News: what became known of a record on which day."""

from __future__ import annotations

from macros.library.library import Library
from macros.library.news import News, Occasion, newest_first, news_of
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Base, Policy, Record
from macros.records.model.outings import Activity
from macros.records.yaml.document import Document
from macros.site.session import Session


def policy(**fields: object) -> Policy:
    """Return a policy with the given fields."""
    source = {"title": "示例", "mark": "official"}
    record = Policy.model_validate({"name": "办法", "summary": "一个办法。", "sources": [source], **fields})
    record.bind("banfa", Document("data/policies/banfa.yml", "", {}))
    return record


def news_in(record: Record) -> list[tuple[str, str]]:
    """Return key and text of each news of a record."""
    return [(news.key, news.text) for news in news_of(record)]


def test_changes_publication_and_review_are_news() -> None:
    record = policy(
        published="2026-01-02",
        reviewed_on="2026-05-06",
        changes=[{"date": "2026-03-04", "text": "改了一处。"}, {"date": "2026-03-04", "text": "又改了一处。"}],
    )
    assert news_in(record) == [
        ("change-2026-03-04", "改了一处。"),
        ("change-2026-03-04-2", "又改了一处。"),
        ("publication-2026-01-02", "文件发布。"),
        ("review-2026-05-06", "编辑核对了全部内容。"),
    ]


def test_a_review_that_changed_something_is_told_once() -> None:
    record = policy(reviewed_on="2026-03-04", changes=[{"date": "2026-03-04", "text": "改了一处。"}])
    assert news_in(record) == [("change-2026-03-04", "改了一处。")]


def test_a_date_that_is_not_known_to_the_day_is_no_news() -> None:
    assert news_in(policy(published="2026-01")) == []
    assert news_in(policy()) == []


def test_fields_are_called_as_people_call_them() -> None:
    record = policy()
    news = News(record, Occasion.CHANGE, PartialDate(2026, 1, 1), "改。", ("summary", "doc_no", "没有这个字段"))
    assert news.field_titles == ("简介", "文号", "没有这个字段")


def test_the_newest_comes_first_and_equals_keep_their_order() -> None:
    record = policy(
        changes=[{"date": "2026-01-01", "text": "一"}, {"date": "2026-01-01", "text": "二"}],
        published="2026-02-02",
    )
    assert [news.text for news in newest_first(news_of(record))] == ["文件发布。", "一", "二"]


def test_drafts_have_no_news(district: Session) -> None:
    library: Library = district.library
    assert {news.record.id for news in library.news} == {"star-hall", "science-measures-2024", "seed-lab", "star-month"}
    assert [news.record.id for news in library.changes] == ["star-hall"]
    assert all(isinstance(news.record, Base | Policy | Activity) for news in library.news)
