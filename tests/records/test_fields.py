"""Every reader takes what editors write, and refuses the rest by a rule's name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from macros.records.load import load
from macros.records.model import annotations, fields
from macros.records.model.dates import PartialDate, Time
from macros.records.model.periods import Period
from macros.records.model.terms import vocabulary
from tests.support import AS_OF
from tests.support.looping import failures
from tests.support.projects import lay_project

POND = "name: 池塘\nsummary: 一处池塘。\n{}sources:\n  - ref: plan\n"

GOOD: list[tuple[Callable[[str], object], str, object]] = [
    (fields.read_line, " 湿地 ", "湿地"),
    (fields.read_line, "【甲】，“乙”：丙　丁", "【甲】，“乙”：丙　丁"),
    (fields.read_line, "0750123", "0750123"),
    (fields.read_line, "字" * 1000, "字" * 1000),
    (fields.read_name, "名" * 100, "名" * 100),
    (fields.read_prose, "\n甲\n\n乙\n", "甲\n\n乙"),
    (fields.read_date, "2016-05", PartialDate(2016, 5)),
    (fields.read_full_date, "2016-05-03", PartialDate(2016, 5, 3)),
    (fields.read_period, "2022下半年", Period.parse("2022下半年")),
    (fields.read_time, "9:30", Time(570)),
    (fields.read_bool, "是", True),
    (fields.read_bool, "否", False),
    (fields.read_bool, "True", True),
    (fields.read_bool, "false", False),
    (fields.read_number, "12.5", Decimal("12.5")),
    (fields.read_number, "-3", Decimal(-3)),
    (fields.read_number_or_line, "563", Decimal(563)),
    (fields.read_number_or_line, "50 多家", "50 多家"),
    (fields.read_number_or_line, "列入", "列入"),
    (fields.read_url, "https://例子.cn/甲?乙=1#丙", "https://例子.cn/甲?乙=1#丙"),
    (fields.read_url, "http://www.example.org", "http://www.example.org"),
    (fields.read_url, "https://example.org:8080/a_(b)/", "https://example.org:8080/a_(b)/"),
    (fields.read_phone, "0750-1234567", "0750-1234567"),
    (fields.read_phone, "020-12345678-801", "020-12345678-801"),
    (fields.read_phone, "13800138000", "13800138000"),
    (fields.read_phone, "400-123-4567", "400-123-4567"),
    (fields.read_phone, "12345", "12345"),
    (fields.read_phone, "(0750)1234567", "(0750)1234567"),
    (fields.read_phone, "0750-1234567、1234568", "0750-1234567、1234568"),
    (fields.read_phone, "95598", "95598"),
    (fields.read_email, "a.b+c@mail.example.gov.cn", "a.b+c@mail.example.gov.cn"),
    (fields.read_file_name, "外景-1.jpg", "外景-1.jpg"),
    (fields.read_file_name, "附件1（申报表）.docx", "附件1（申报表）.docx"),
    (fields.read_file_name, "“十四五” 规划：2021—2025.PDF", "“十四五” 规划：2021—2025.PDF"),
    (fields.read_reference_or_url, "plan", "plan"),
    (fields.read_reference_or_url, "https://example.org/", "https://example.org/"),
]  # fmt: skip

BAD: list[tuple[Callable[[str], object], str, str]] = [
    (fields.read_line, "甲\n乙", "not-one-line"),
    (fields.read_line, "  ", "empty"),
    (fields.read_line, "字" * 1001, "too-long"),
    (fields.read_line, "甲\u200b乙", "invisible-character"),
    (fields.read_line, "甲\ufeff", "invisible-character"),
    (fields.read_line, "甲\u202e乙", "invisible-character"),
    (fields.read_line, "甲\t乙", "invisible-character"),
    (fields.read_name, "名" * 101, "too-long"),
    (fields.read_name, "名" * 50_000, "too-long"),
    (fields.read_prose, "字" * 100_001, "too-long"),
    (fields.read_prose, "甲\n\u200b乙", "invisible-character"),
    (fields.read_date, "2026-02-30", "wrong-date"),
    (fields.read_full_date, "2026-02", "wrong-date"),
    (fields.read_period, "2022年前", "wrong-period"),
    (fields.read_number_or_line, "1，200", "wrong-number"),
    (fields.read_number_or_line, "1 200", "wrong-number"),
    (fields.read_number_or_line, "５６３", "wrong-number"),
    (fields.read_time, "9：30", "wrong-time"),
    (fields.read_bool, "NO", "wrong-bool"),
    (fields.read_bool, "1", "wrong-bool"),
    (fields.read_number, "5_63", "wrong-number"),
    (fields.read_number, "1,000", "wrong-number"),
    (fields.read_number, "1e3", "wrong-number"),
    (fields.read_number, "nan", "wrong-number"),
    (fields.read_number, "inf", "wrong-number"),
    (fields.read_number, "５６３", "wrong-number"),
    (fields.read_number, "563 家", "wrong-number"),
    (fields.read_number_or_line, "5_63", "wrong-number"),
    (fields.read_number_or_line, "1,000", "wrong-number"),
    (fields.read_number_or_line, "1e3", "wrong-number"),
    (fields.read_number_or_line, "NaN", "wrong-number"),
    (fields.read_number_or_line, "-Infinity", "wrong-number"),
    (fields.read_url, "javascript:alert(1)", "wrong-url"),
    (fields.read_url, "data:text/html,x", "wrong-url"),
    (fields.read_url, "//example.org", "wrong-url"),
    (fields.read_url, "http:\\\\example.org", "wrong-url"),
    (fields.read_url, "https:\\/example.org", "wrong-url"),
    (fields.read_url, "https://example.org\\@evil.org", "wrong-url"),
    (fields.read_url, "https://a@b.org", "wrong-url"),
    (fields.read_url, 'https://example.org/">', "wrong-url"),
    (fields.read_url, "https://exam ple.org", "wrong-url"),
    (fields.read_url, "https://", "wrong-url"),
    (fields.read_url, "www.example.org", "wrong-url"),
    (fields.read_url, "ftp://example.org", "wrong-url"),
    (fields.read_phone, "0750-12", "wrong-phone"),
    (fields.read_phone, "1234567", "wrong-phone"),
    (fields.read_phone, "０７５０-1234567", "wrong-phone"),
    (fields.read_email, "a@b", "wrong-email"),
    (fields.read_email, "a@b..cn", "wrong-email"),
    (fields.read_file_name, "../a.jpg", "wrong-file-name"),
    (fields.read_file_name, "a/b.jpg", "wrong-file-name"),
    (fields.read_file_name, ".htaccess", "wrong-file-name"),
    (fields.read_file_name, "C:\\a.jpg", "wrong-file-name"),
    (fields.read_file_name, "a:b.pdf", "wrong-file-name"),
    (fields.read_file_name, "CON.pdf", "wrong-file-name"),
    (fields.read_url, "https://example.org/a。", "wrong-url"),
    (fields.read_url, "http://oa/", "wrong-url"),
    (fields.read_reference_or_url, "javascript:alert(1)", "wrong-url"),
]


def test_a_reader_takes_what_editors_write() -> None:
    def is_taken(case: tuple[Callable[[str], object], str, object]) -> None:
        read, text, value = case
        assert read(text) == value

    assert failures(is_taken, GOOD) == []


def test_a_reader_refuses_the_rest() -> None:
    def is_refused(case: tuple[Callable[[str], object], str, str]) -> None:
        read, text, rule = case
        with pytest.raises(PydanticCustomError) as refused:
            read(text)
        context = refused.value.context or {}
        assert context["rule"] == rule
        assert len(context["message"]) < 150

    assert failures(is_refused, BAD) == []


def test_a_value_that_is_no_text_is_refused() -> None:
    for value, rule in ((None, "empty"), (["甲"], "not-text"), ({"甲": "乙"}, "not-text")):
        with pytest.raises(PydanticCustomError) as refused:
            annotations.as_text(value)
        assert (refused.value.context or {})["rule"] == rule


def test_an_unknown_term_names_the_near_and_the_allowed() -> None:
    with pytest.raises(PydanticCustomError) as refused:
        annotations.find_term("provincal", vocabulary("levels", {"provincial": "省级"}), "没有")
    message = (refused.value.context or {})["message"]
    assert message == "没有 “provincal”；相近的有：provincial。可以写：省级（provincial）"


def test_an_invisible_character_is_told_with_what_stands_before_it() -> None:
    with pytest.raises(PydanticCustomError) as refused:
        fields.read_line("示例区东镇一号\u200b楼")
    assert "U+200B，在 “示例区东镇一号” 后面" in (refused.value.context or {})["message"]


@pytest.mark.parametrize(
    ("kind", "field"), [("bases", "programmes"), ("bases", "directions"), ("incubators", "entry_conditions")]
)
def test_each_line_of_what_is_written_line_by_line_stays_a_line(kind: str, field: str, tmp_path: Path) -> None:
    text = POND.format(f"{field}: |\n  看标本\n  做书签\n\n  - 甲\n  - 乙\n")
    project = lay_project(tmp_path)
    (project / f"data/{kind}/pond.yml").write_text(text, "utf-8")
    record = load(project, AS_OF).collection.records["pond"]
    assert getattr(record, field) == "看标本  \n做书签\n\n- 甲\n- 乙"
