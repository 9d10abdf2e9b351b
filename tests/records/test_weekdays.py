"""Days of the week as people write them."""

from __future__ import annotations

from macros.records.model.weekdays import weekdays

ALL = [f"周{day}" for day in "一二三四五六日"]
READINGS = {
    "周二": ["周二"],
    "星期天": ["周日"],
    "礼拜六": ["周六"],
    "周二至周日": ALL[1:],
    "周一到周五": ALL[:5],
    "周六-周一": ["周六", "周日", "周一"],
    "星期三~五": ["周三", "周四", "周五"],
    "周日至周六": ["周日", *ALL[:6]],
    " 每天 ": ALL,
    "工作日": ALL[:5],
    "周末": ["周六", "周日"],
    "节假日": None,
    "周八": None,
    "": None,
    "周二至": None,
}


def test_words_and_spans_are_read() -> None:
    assert {text: weekdays(text) for text in READINGS} == READINGS
