"""A period has one reading, however it is written; what could mean two spans is refused."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.records.model.periods import ISO, Period
from tests.support.looping import failures

READINGS = {
    "2022": ("2022", "2022 年", "2022-01-01", "2022-12-31"),
    "2022年": ("2022", "2022 年", "2022-01-01", "2022-12-31"),
    "2022年度": ("2022", "2022 年", "2022-01-01", "2022-12-31"),
    "到2022年": ("2022", "2022 年", "2022-01-01", "2022-12-31"),
    "2022年5月": ("2022-05", "2022 年 5 月", "2022-05-01", "2022-05-31"),
    "2022-05-03": ("2022-05-03", "2022 年 5 月 3 日", "2022-05-03", "2022-05-03"),
    "2022 上半年": ("2022上半年", "2022 年上半年", "2022-01-01", "2022-06-30"),
    "2022年下半年": ("2022下半年", "2022 年下半年", "2022-07-01", "2022-12-31"),
    **dict.fromkeys(
        ("2022年第三季度", "2022年三季度", "2022第3季度", "2022Q3", "2022 Q3", "2022年Q3", "2022-Q3", "2022年3季度", "2022 年第三季"),
        ("2022第三季度", "2022 年第三季度", "2022-07-01", "2022-09-30"),
    ),
    "2022年第一季度": ("2022第一季度", "2022 年第一季度", "2022-01-01", "2022-03-31"),
    "2022年前三季度": ("2022前三季度", "2022 年前三季度", "2022-01-01", "2022-09-30"),
    **dict.fromkeys(("2025年底", "2025年末", "2025年年底", "到2025年底"), ("2025年底", "2025 年底", "2025-12-01", "2025-12-31")),
    "2025年底前": ("2025年底前", "2025 年底前", "2025-12-01", "2025-12-31"),
    "2025年初": ("2025年初", "2025 年初", "2025-01-01", "2025-01-31"),
    "2024年2月底": ("2024年2月底", "2024 年 2 月底", "2024-02-21", "2024-02-29"),
    "2025年6月底前": ("2025年6月底前", "2025 年 6 月底前", "2025-06-21", "2025-06-30"),
    "2025年6月中旬": ("2025年6月中旬", "2025 年 6 月中旬", "2025-06-11", "2025-06-20"),
    "2025年12月31日前": ("2025年12月31日前", "2025 年 12 月 31 日前", "2025-12-31", "2025-12-31"),
    **dict.fromkeys(
        ("2021—2025", "2021-2025", "2021–2025年", "2021年至2025年", "2021年-2025年", "2021～2025", "2021——2025年", "2021到2025年"),
        ("2021—2025", "2021—2025 年", "2021-01-01", "2025-12-31"),
    ),
    **dict.fromkeys(
        ("2022年3月至6月", "2022年3—6月", "2022年3-6月", "2022-03至2022-06"),
        ("2022-03—2022-06", "2022 年 3 月 至 6 月", "2022-03-01", "2022-06-30"),
    ),
    "2022年第三季度至第四季度": ("2022第三季度—2022第四季度", "2022 年第三季度 至 第四季度", "2022-07-01", "2022-12-31"),
    "2022下半年至2023年底": ("2022下半年—2023年底", "2022 年下半年 至 2023 年底", "2022-07-01", "2023-12-31"),
    **dict.fromkeys(("“十四五”期间", "十四五", "“十四五”", "十四五时期"), ("“十四五”期间", "“十四五”期间", "2021-01-01", "2025-12-31")),
    "十五五": ("“十五五”期间", "“十五五”期间", "2026-01-01", "2030-12-31"),
    "“十四五”末": ("“十四五”末", "“十四五”末", "2025-01-01", "2025-12-31"),
}  # fmt: skip


def test_a_period_has_one_reading() -> None:
    def is_read(written: str) -> None:
        period = Period.parse(written)
        assert (period.iso, str(period), str(period.first_day), str(period.last_day)) == READINGS[written]
        assert Period.parse(period.iso) == period

    assert failures(is_read, READINGS) == []


@pytest.mark.parametrize(
    "written",
    ["", "2022-00", "2022年0月", "2022年13月", "2022Q5", "2022Q0", "2022年五季度", "2022-2", "2022-23", "2025—2021", "2022—2022", "2021—2023—2025",
     "2025年前", "2025年5月前", "今年", "明年底", "2022年3—6月—8月", "—2025", "2025—", "2023年2月30日前", "２０２２Q3", "2022" * 30],
)  # fmt: skip
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Period.parse(written)


def test_periods_sort_by_when_they_begin_and_end() -> None:
    written = ["2021—2025", "2022第一季度", "2022上半年", "2022", "2022第三季度", "2022年底", "2023"]
    assert [period.iso for period in sorted(map(Period.parse, reversed(written)))] == written


@given(st.text("0122345年月日季度第三四Qq上下半底前初—-~至“”十五 ", max_size=24))
def test_what_is_read_is_read_the_same_again(text: str) -> None:
    try:
        period = Period.parse(text)
    except ValueError:
        return
    assert ISO.fullmatch(period.iso), period.iso
    assert Period.parse(period.iso) == period
    assert datetime.date(1000, 1, 1) <= period.first_day <= period.last_day
