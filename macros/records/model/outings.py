"""The kinds of records that people go to on a day of their choice."""

from __future__ import annotations

from typing import Annotated, ClassVar

from macros.records.model.annotations import In
from macros.records.model.fields import Line, NumberField, ProseLines, Reference, SeasonField, To
from macros.records.model.groups import BY_ANY_TEXT, Admission, Attachment, Contact, optional, several
from macros.records.model.kinds import Authored
from macros.records.model.opening import DAYS
from macros.records.model.recurrence import ActivityDate, Booking, WeeklyDates
from macros.records.model.stops import RouteStop, duration_in_words
from macros.records.model.terms import Term
from macros.records.model.textbooks import SchoolStage, TextbookLink


class Activity(Authored):
    """科普活动: something that takes place on certain days."""

    kind: ClassVar[str] = "activities"
    counter: ClassVar[str] = "项"
    columns: ClassVar[tuple[str, ...]] = ("type", "audience", "town")
    on_card: ClassVar[tuple[str, ...]] = ("type", "audience", "town")

    type: Annotated[Term, In("types")] | None = optional("类型", "写词表里的一个词", expected=True)
    dates: tuple[ActivityDate, ...] = several("日期", "一天一项；每周都有的写在 weekly", announced=True)
    weekly: tuple[WeeklyDates, ...] = several("每周", "从哪天到哪天每周都有；要写第一天和最后一天", announced=True)
    cancelled: Line | None = optional(
        "已取消", "取消了就写原因，记录不删", example="台风", announced=True, ends=BY_ANY_TEXT
    )
    place: Annotated[Reference, To(("bases", "incubators", "platforms"))] | None = optional(
        "地点", "在本站的哪一处举办，写它的 id", announced=True
    )
    venue: Line | None = optional("场所", "在几楼哪个厅，或本站没有的地方的名称", example="三楼报告厅")
    town: Annotated[Term, In("towns")] | None = optional("镇街", "在哪个镇街，写词表里的词", expected=True)
    address: Line | None = optional("地址", "地点不在本站时写；前面的省、市、区不写", announced=True)
    organizers: tuple[Line, ...] = several("主办", "主办的单位，牵头的写在前", expected=True)
    fields: tuple[Annotated[Term, In("fields")], ...] = several("领域", "讲的是哪些学科")
    audience: tuple[Annotated[Term, In("audiences")], ...] = several("适合人群", "谁来最合适", expected=True)
    stages: tuple[SchoolStage, ...] = several("适合学段", "哪几个年级来最合适，给学校看的才写")
    programme: ProseLines | None = optional("内容", "做什么，按先后一项一行")
    admission: Admission | None = optional("费用", "要不要钱", expected=True, announced=True)
    capacity: NumberField | None = optional("名额", "一次最多多少人，只写数字")
    booking: Booking | None = optional("报名", "要不要先报名，怎么报", expected=True, announced=True)
    contact: Contact | None = optional("联系方式", "问谁；公开的办公电话")
    series: Annotated[Reference, To(("activities",))] | None = optional("系列", "属于哪个系列活动，写它的 id")
    attachments: tuple[Attachment, ...] = several("附件", "通知、日程；存在本站写 file，在别处写 url")


class Route(Authored):
    """科普线路: places that one goes to one after the other within a day or two."""

    kind: ClassVar[str] = "routes"
    counter: ClassVar[str] = "条"
    columns: ClassVar[tuple[str, ...]] = ("stages", "themes", "towns")
    on_card: ClassVar[tuple[str, ...]] = ("stages", "themes", "towns")

    themes: tuple[Annotated[Term, In("route-themes")], ...] = several(
        "主题", "看的是哪一方面，一般一到三个", expected=True
    )
    stages: tuple[SchoolStage, ...] = several("适合学段", "哪几个年级去最合适", expected=True)
    audience: tuple[Annotated[Term, In("audiences")], ...] = several("适合人群", "谁去最合适；学生已写在适合学段里")
    group_max: NumberField | None = optional(
        "人数上限", "一次最多多少人，只写数字；各站不同的，写最少的那一站", example="45", expected=True
    )
    stops: tuple[RouteStop, ...] = several("站点", "按走的先后一站一项，至少两站", expected=True)
    minutes: NumberField | None = optional(
        "总时长", "从到第一站到离开最后一站多少分钟；各站和路上都写了的不用写，由程序相加", example="240"
    )
    best_days: tuple[Annotated[Term, DAYS], ...] = several(
        "适合的星期", "星期几去最好，写成 [周六, 周日]；各站都要开放", example="[周六, 周日]"
    )
    season: SeasonField | None = optional("季节", "一年里什么时候去，例如 3月—5月")
    towns: tuple[Annotated[Term, In("towns")], ...] = several("经过的镇街", "各站在哪些镇街", expected=True)
    textbook: tuple[TextbookLink, ...] = several("和课本的联系", "和哪一册的哪一课有关，一课一项")
    contact: Contact | None = optional("联系方式", "带队的人可以问谁；公开的办公电话")
    attachments: tuple[Attachment, ...] = several("附件", "任务单、讲解词；存在本站写 file，在别处写 url")
    ended: Line | None = optional(
        "已停用", "不再走这条线路了就写原因，记录不删", example="第二站已经关闭", announced=True, ends=BY_ANY_TEXT
    )

    @property
    def total(self) -> int | None:
        """Minutes from the first stop's beginning to the last one's end; None if some of them are not known."""
        if self.minutes is not None:
            return int(self.minutes)
        return None if None in self.parts else sum(part for part in self.parts if part is not None) or None

    @property
    def parts(self) -> tuple[int | None, ...]:
        """Minutes of each stop and of each way between two of them, in their order; None for those not known."""
        times = [time for stop in self.stops for time in (stop.minutes, stop.travel_minutes)][:-1]
        return tuple(None if time is None else int(time) for time in times)

    @property
    def duration(self) -> str:
        """The total in words, e.g. ``3 小时 20 分钟``; empty if it is not known."""
        return "" if self.total is None else duration_in_words(self.total)
