"""The kinds of records that people go to on a day of their choice."""

from __future__ import annotations

from typing import Annotated, ClassVar

from macros.records.model.annotations import In
from macros.records.model.fields import Line, NumberField, ProseLines, Reference, To
from macros.records.model.groups import Admission, Attachment, Contact, optional, several
from macros.records.model.kinds import Authored
from macros.records.model.recurrence import ActivityDate, Booking, WeeklyDates
from macros.records.model.terms import Term


class Activity(Authored):
    """科普活动: something that takes place on certain days."""

    kind: ClassVar[str] = "activities"
    counter: ClassVar[str] = "项"
    columns: ClassVar[tuple[str, ...]] = ("type", "audience", "town")
    on_card: ClassVar[tuple[str, ...]] = ("type", "audience", "town")

    type: Annotated[Term, In("types")] | None = optional("类型", "写词表里的一个词", expected=True)
    dates: tuple[ActivityDate, ...] = several("日期", "一天一项；每周都有的写在 weekly")
    weekly: tuple[WeeklyDates, ...] = several("每周", "从哪天到哪天每周都有；要写第一天和最后一天")
    cancelled: Line | None = optional("已取消", "取消了就写原因，记录不删", example="台风")
    place: Annotated[Reference, To(("bases", "incubators", "platforms"))] | None = optional(
        "地点", "在本站的哪一处举办，写它的 id"
    )
    venue: Line | None = optional("场所", "在几楼哪个厅，或本站没有的地方的名称", example="三楼报告厅")
    town: Annotated[Term, In("towns")] | None = optional("镇街", "在哪个镇街，写词表里的词", expected=True)
    address: Line | None = optional("地址", "地点不在本站时写；前面的省、市、区不写")
    organizers: tuple[Line, ...] = several("主办", "主办的单位，牵头的写在前", expected=True)
    fields: tuple[Annotated[Term, In("fields")], ...] = several("领域", "讲的是哪些学科")
    audience: tuple[Annotated[Term, In("audiences")], ...] = several("适合人群", "谁来最合适", expected=True)
    programme: ProseLines | None = optional("内容", "做什么，按先后一项一行")
    admission: Admission | None = optional("费用", "要不要钱", expected=True)
    capacity: NumberField | None = optional("名额", "一次最多多少人，只写数字")
    booking: Booking | None = optional("报名", "要不要先报名，怎么报", expected=True)
    contact: Contact | None = optional("联系方式", "问谁；公开的办公电话")
    series: Annotated[Reference, To(("activities",))] | None = optional("系列", "属于哪个系列活动，写它的 id")
    attachments: tuple[Attachment, ...] = several("附件", "通知、日程；存在本站写 file，在别处写 url")
