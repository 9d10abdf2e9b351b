"""The groups of fields that say when an activity takes place and how one gets in.

There is no rule of recurrence in the notation of calendars: hardly anybody can write one, and Open Referral gave it up.
Days are named, or a weekly rule has a first and a last day; `macros.records.hours.occurrences` works out the days.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.records.model.fields import DateField, FullDateField, Line, TimeField
from macros.records.model.groups import FieldGroup, Reservation, choice, optional, titled
from macros.records.model.opening import DAYS
from macros.records.model.terms import Term

PLACES = choice("places-left", {"free": "可约", "full": "约满", "over": "结束"})


class ActivityDate(FieldGroup):
    """One day of an activity."""

    date: FullDateField = titled("日期", "哪一天", example="2026-09-19")
    from_: TimeField | None = Field(
        None, title="开始", alias="from", description="几点开始；没有公布就不写", examples=["9:30"]
    )
    to: TimeField | None = optional("结束", "几点结束", example="11:00")
    note: Line | None = optional("说明", "这一天和别的不同的地方，例如 专场讲小学生听得懂的")
    state: Annotated[Term, PLACES] | None = optional("名额", "可约、约满 或 结束；只有这一天不同时写")


class WeeklyDates(FieldGroup):
    """The same days of each week from a first to a last day."""

    days: tuple[Annotated[Term, DAYS], ...] = titled(
        "星期", "每周的哪几天，写成 [周六, 周日]", example="[周六, 周日]", fewest=1
    )
    from_: TimeField | None = Field(None, title="开始", alias="from", description="几点开始", examples=["14:00"])
    to: TimeField | None = optional("结束", "几点结束", example="15:00")
    from_date: FullDateField = titled("从哪天起", "第一天", example="2026-09-01")
    to_date: FullDateField = titled("到哪天止", "最后一天；一直办下去的，先写到年底", example="2026-12-31")
    except_: tuple[FullDateField, ...] = Field(
        (), title="哪些天没有", alias="except", description="这段日子里不办的日子", examples=["[2026-10-03]"]
    )
    note: Line | None = optional("说明", "还要知道什么")


class Booking(Reservation):
    """How one gets in: whether to book, how, between which days, and whether places are left."""

    opens: DateField | None = optional("开始报名", "哪一天开始可以报名")
    closes: DateField | None = optional("截止报名", "最后一天")
    state: Annotated[Term, PLACES] | None = optional("名额", "可约、约满 或 结束；没有公布就不写")
