"""The list of records: what is asked stands in the address, and each row says what is missing."""

from __future__ import annotations

from dataclasses import replace

from macros.editor.list_question import ListQuestion, Order, WorkList
from macros.editor.worklist import ROWS, WorkListing
from macros.records.model.kinds import Record
from macros.records.problems import Level, Problem
from macros.site.session import Session
from tests.support.looping import failures

HALL = "data/bases/star-hall.yml"


def listing(district: Session) -> WorkListing:
    """Return the district's list, in which one record has a notice and was changed."""
    notice = Problem(HALL, 1, 1, "看一看", "look", Level.NOTICE)
    return WorkListing(district.library, [notice], frozenset({HALL}), waiting=frozenset({("bases", "small-pond")}))


def test_search_finds_by_name_pinyin_and_what_a_record_says(district: Session) -> None:
    def first(pair: tuple[str, str]) -> None:
        words, identifier = pair
        answer = listing(district).answer(ListQuestion(words=words))
        assert answer.rows
        assert answer.rows[0].id == identifier
        assert answer.total == len(answer.rows) < len(district.loaded.collection.records)

    record = district.loaded.collection.records["star-hall"]
    cases = ("星空馆", "xingkong", "xkg", "星空 示例", "星空馆", record.heading, "star-hall")
    assert failures(first, [(words, "star-hall") for words in cases]) == []
    assert listing(district).answer(ListQuestion(words="没有这样的记录")).total == 0


def test_each_work_list_has_what_it_says(district: Session) -> None:
    found = {work: listing(district).answer(ListQuestion(work=work)) for work in WorkList}
    counts = listing(district).counts("")
    assert {work: answer.total for work, answer in found.items()} == counts
    assert [row.id for row in found[WorkList.UNANSWERED].rows] == ["small-pond"]
    assert [row.id for row in found[WorkList.FAULTY].rows] == ["star-hall"]
    assert [row.id for row in found[WorkList.EDITED].rows] == ["star-hall"]
    assert "没有提交" in found[WorkList.EDITED].rows[0].marks
    assert all(row.missing for row in found[WorkList.INCOMPLETE].rows)
    lacking = listing(district).answer(ListQuestion(work=WorkList.INCOMPLETE, order=Order.MISSING)).rows
    assert [len(row.missing) for row in lacking] == sorted((len(row.missing) for row in lacking), reverse=True)
    assert all(not row.reviewed for row in found[WorkList.UNREVIEWED].rows)
    drafts = {row.id for row in found[WorkList.ALL].rows if "草稿" in row.marks}
    assert "hidden-draft" in drafts


def test_the_question_stands_in_the_address(district: Session) -> None:
    def comes_back(question: ListQuestion) -> None:
        address = question.but(page=question.page)
        assert ListQuestion.read(dict(pair(part) for part in address[1:].split("&") if part)) == question

    def pair(part: str) -> tuple[str, str]:
        name, _, value = part.partition("=")
        return name, value

    questions = [
        ListQuestion(kind, words, work, order, page)
        for kind in ("", "bases")
        for words in ("", "xing")
        for work in WorkList
        for order in Order
        for page in (1, 3)
    ]
    assert failures(comes_back, questions) == []
    nonsense = {"kind": "../x", "list": "x", "order": "x", "page": "-1"}
    assert ListQuestion.read(nonsense) == ListQuestion()
    assert ListQuestion.read({"page": "9" * 5000}).page <= 999_999


def test_long_lists_have_pages(district: Session) -> None:
    collection = district.loaded.collection
    one = collection.records["star-hall"]
    copies: dict[str, Record] = {}
    for number in range(ROWS * 2 + 1):
        copy = one.model_copy()
        copy.bind(f"copy-{number}", one.document)
        copies[copy.id] = copy
    library = replace(district.library, collection=replace(collection, records=copies))
    pages = [WorkListing(library, []).answer(ListQuestion(page=page)) for page in (1, 2, 3, 4)]
    assert [len(answer.rows) for answer in pages] == [ROWS, ROWS, 1, 0]
    assert pages[0].pages == 3
    assert len({row.id for answer in pages for row in answer.rows}) == len(copies)
