"""The groups of fields that say when a place is open; what they mean together, `macros.records.hours` works out."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import Field, model_validator

from macros.records.model.annotations import complain
from macros.records.model.fields import (
    BoolField,
    FullDateField,
    HolidayNameField,
    Line,
    SeasonField,
    TimeField,
)
from macros.records.model.groups import FieldGroup, choice, optional, several, titled
from macros.records.model.terms import Term

DAYS = choice("days", {day: f"周{day}" for day in "一二三四五六日"})
WEEKS = choice("weeks", {**{str(n): f"第{word}个" for n, word in enumerate("一二三四五", 1)}, "last": "最后一个"})
HOLIDAY_RULES = choice(
    "holiday-rules",
    {"as-usual": "照常", "closed": "不开放", "as-sunday": "按周日", "announced": "另行通知"},
)


class Opening(FieldGroup):
    """Regular opening hours of some days of the week."""

    days: tuple[Annotated[Term, DAYS], ...] = titled(
        "星期", "哪几天，写成 [周二, 周三]", example="[周二, 周三]", fewest=1
    )
    from_: TimeField | None = Field(
        None, title="开门", alias="from", description="几点开门，用半角冒号；只知道哪几天开就不写", examples=["9:00"]
    )
    to: TimeField | None = optional(
        "关门", "几点关门；开到半夜的照写，例如 2:00；全天开放写 0:00 到 24:00", example="17:00"
    )
    last_entry: TimeField | None = optional("最晚入场", "几点以后不让进；没有规定就不写")
    season: SeasonField | None = optional(
        "季节", "每年只在一段时间里这样开放时写，例如 4月—10月、3月15日—11月15日", example="4月—10月"
    )
    from_date: FullDateField | None = optional("从哪天起", "只在某一年的一段日子里这样开放时写，第一天")
    to_date: FullDateField | None = optional("到哪天止", "这段日子的最后一天")
    weeks: tuple[Annotated[Term, WEEKS], ...] = several(
        "每月第几个", "只有每月的第几个才开放时写，例如 [第一个, 第三个] 加上 days: [周日]"
    )
    booking: BoolField | None = optional("须预约", "这几天只接待预约的人时写 是")
    part: Line | None = optional("哪一部分", "只是其中一处的时间时写，例如 天象厅")
    note: Line | None = optional("说明", "写了就按“看说明”提示读者，例如 下雨不开放")


class HolidayHours(FieldGroup):
    """What is different on some holidays, every year."""

    holidays: tuple[HolidayNameField, ...] = titled(
        "节日", "哪些节日或哪一天，例如 [除夕, 初一]、[国庆节第一天]", example="[除夕, 初一]", fewest=1
    )
    rule: Annotated[Term, HOLIDAY_RULES] | None = optional(
        "怎么开放", "照常、不开放、按周日 或 另行通知；写了时间就不写"
    )
    from_: TimeField | None = Field(None, title="开门", alias="from", description="这几天几点开门")
    to: TimeField | None = optional("关门", "这几天几点关门")
    note: Line | None = optional("说明", "为什么不同，例如 延长开放")

    @model_validator(mode="after")
    def _one_form(self) -> HolidayHours:
        has_hours = self.from_ is not None or self.to is not None
        if self.rule is not None and has_hours:
            complain("holiday-form", "写了 rule（怎么开放）就不再写时间；请删掉 from 和 to，或删掉 rule")
        if self.rule is None and not has_hours and self.note is None:
            complain("empty", "只有节日，没有说怎么开放；请写 rule: 不开放，或写 from（开门）和 to（关门）")
        return self


class SpecialHours(FieldGroup):
    """Other hours on some days, such as a holiday; without hours the days are described by the note."""

    from_date: FullDateField = titled("开始日期", "第一天")
    to_date: FullDateField | None = optional("结束日期", "最后一天；只有一天就不写")
    from_: TimeField | None = Field(None, title="开门", alias="from", description="这几天几点开门")
    to: TimeField | None = optional("关门", "这几天几点关门")
    note: Line | None = optional("说明", "为什么不同，例如 国庆假期延长开放")
    part: Line | None = optional("哪一部分", "只是其中一处的时间时写，例如 天象厅")

    @model_validator(mode="after")
    def _says_something(self) -> SpecialHours:
        if self.from_ is None and self.to is None and self.note is None:
            complain(
                "empty",
                "只有日期，没有说怎么不同；请写 from（开门）和 to（关门），或写 note（说明），不开放的日子写在 closures（闭馆）里",
            )
        return self


class Closure(FieldGroup):
    """Days on which the place is closed."""

    from_date: FullDateField = titled("开始日期", "第一天")
    to_date: FullDateField | None = optional("结束日期", "最后一天；只有一天就不写")
    reason: Line = titled("原因", "为什么不开放")
    part: Line | None = optional("哪一部分", "只关其中一处时写，例如 天象厅")


class OpeningFields(NamedTuple):
    """All that a record says about when it is open."""

    opening: tuple[Opening, ...]
    on_holidays: Term | None
    holiday_hours: tuple[HolidayHours, ...]
    special_hours: tuple[SpecialHours, ...]
    closures: tuple[Closure, ...]
    status: Term | None
    phone: str
    must_book: bool
