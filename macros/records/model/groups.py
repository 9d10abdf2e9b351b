"""Groups of fields that several kinds share, such as a source or a recognition.

Together with `macros.records.model.kinds` this is the one truth of fields: type, Chinese title, help
and example stand here and nowhere else; tables, schemas, sheets and messages are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from macros.records.model.annotations import In, OneOf, complain
from macros.records.model.dates import PartialDate
from macros.records.model.fields import (
    BoolField,
    DateField,
    Email,
    FileNameField,
    FullDateField,
    Line,
    NumberField,
    NumberOrLine,
    PeriodField,
    Phone,
    Reference,
    StampField,
    To,
    Url,
)
from macros.records.model.terms import Term, vocabulary
from macros.text import prose


def choice(name: str, labels: Mapping[str, str]) -> OneOf:
    """Return the annotation for a closed choice of ids with labels."""
    return OneOf(vocabulary(name, labels))


MARKS = choice("marks", {"official": "官方", "press": "媒体", "repost": "转载"})
STAGES = choice("recognition-stages", {"held": "已认定", "applied": "已申报", "planned": "目标", "ended": "已失效"})
STATUSES = choice("statuses", {"open": "开放", "suspended": "暂停开放", "closed": "已关闭"})
PLATFORM_STAGES = choice(
    "platform-stages", {"goal": "目标", "planned": "拟引进", "building": "建设中", "running": "已有"}
)
COORDINATES = choice("coordinate-systems", {"gcj02": "GCJ-02"})


BY_ANY_TEXT = "*"
"""For fields whose text says why a record has ended."""


def titled(
    title: str,
    help_text: str = "",
    *,
    default: Any = ...,
    example: str = "",
    expected: bool = False,
    unit: str = "",
    unknown: str = "",
    past: bool = False,
    fewest: int | None = None,
    announced: bool = False,
    names_fields: bool = False,
    withholds: bool = False,
    ends: str = "",
    succession: bool = False,
    personal: bool = False,
) -> Any:
    """Declare a field.

    Args:
        title: Chinese title, for messages, tables and sheets.
        help_text: what to write, for editors.
        default: value of a field left out; a field without default is required.
        example: a value that may be written.
        expected: whether an empty field shows 未公布 on the page.
        unit: name of the field beside it that says what a number counts.
        unknown: what an empty field shows in place of 未公布.
        past: whether a date tells of what has happened, and so can't lie in the future.
        fewest: number of items that a list must have.
        announced: whether readers should be told where it changes.
        names_fields: whether its values are names of fields of the record.
        withholds: whether a yes keeps the record from the site.
        ends: the value by which a record comes to its end, or `BY_ANY_TEXT`; empty if it can't end by this field.
        succession: whether its values are the records that took this one's place.
        personal: whether it may name a person, who has to agree.
    """
    return Field(
        default,
        title=title,
        description=help_text or None,
        examples=[example] if example else None,
        json_schema_extra={
            "expected": expected,
            "unit": unit,
            "unknown": unknown,
            "past": past,
            "announced": announced,
            "names_fields": names_fields,
            "withholds": withholds,
            "ends": ends,
            "succession": succession,
            "personal": personal,
        },
        min_length=fewest,
    )


def optional(title: str, help_text: str = "", **options: Any) -> Any:
    """Declare a field that may be left out."""
    return titled(title, help_text, default=None, **options)


def several(title: str, help_text: str = "", **options: Any) -> Any:
    """Declare a list that may be left out."""
    return titled(title, help_text, default=(), **options)


class FieldGroup(BaseModel):
    """A group of fields; unknown fields are refused and values can't be changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(FieldGroup):
    """Where a fact comes from: a policy of this site, or a publication."""

    ref: Annotated[Reference, To(("policies",))] | None = optional("政策", "来源是本站的一条政策时写它的 id")
    title: Line | None = optional("标题", "网页、文件或报道的标题")
    publisher: Line | None = optional("发布者", "发布它的机关、单位或报纸")
    published: DateField | None = optional("发布日期", "知道到哪一级就写到哪一级", example="2023-12-01", past=True)
    date_note: Line | None = optional("日期说明", "日期不全时写明，例如 只见 8 月 16 日")
    url: Url | None = optional("网址", "整个复制，以 https:// 或 http:// 开头")
    mark: Annotated[Term, MARKS] | None = optional("来源性质", "official 官方、press 媒体、repost 转载")

    @model_validator(mode="after")
    def _one_form(self) -> Source:
        if self.ref is None and (self.title is None or self.mark is None):
            complain("source-form", "来源要么只写 ref（本站政策的 id），要么写 title（标题）和 mark（来源性质）")
        if self.ref is not None and self.model_fields_set != {"ref"}:
            complain("source-form", "来源写了 ref 就不再写别的；请删掉其余各项，或删掉 ref")
        return self

    @property
    def is_repost(self) -> bool:
        """Whether the source is only a repost, whose address is not printed."""
        return self.mark is not None and self.mark.id == "repost"


class Recognition(FieldGroup):
    """A recognition that is held or aimed at; its level is the level of the record."""

    title: Line = titled("名称", "照公文写称号的全名", example="省级科普基地")
    level: Annotated[Term, In("levels")] = titled("级别", "称号是哪一级给的", example="provincial")
    issuer: Line | None = optional("认定机构", "发文认定的机关", expected=True)
    year: DateField | None = optional("认定时间", "只知道年份就只写年份", expected=True, past=True)
    valid_to: DateField | None = optional("有效期至", "称号到期的日子")
    stage: Annotated[Term, STAGES] = titled("状态", "held 已认定、applied 已申报、planned 目标、ended 已失效")
    due: PeriodField | None = optional(
        "目标时间",
        "打算什么时候得到；状态是目标或已申报才写；可以写季度（2022第三季度）、年底（2022年底）、几年（2021—2025）",
        example="2022下半年",
    )
    sources: tuple[Source, ...] = several("来源", "这个称号从哪里知道的")

    def is_current(self, as_of: PartialDate) -> bool:
        """Tell whether the recognition is held and not past its validity on the given day."""
        lapsed = self.valid_to is not None and self.valid_to.is_certainly_before(as_of)
        return self.stage.id == "held" and not lapsed


class Image(FieldGroup):
    """A picture in the record's folder."""

    file: FileNameField = titled("文件", "只写文件名，不写文件夹", example="outside.jpg")
    alt: Line = titled("替代文字", "给看不见图的人：图上是什么，一句话", example="山顶上的白色圆顶，门口有台阶和坡道")
    credit: Line | None = optional("作者", "谁拍的、谁画的")
    licence: Line | None = optional("授权", "凭什么可以用，例如 作者同意")


class Event(FieldGroup):
    """Something that happened, for the timeline."""

    date: DateField = titled("日期", "知道到哪一级就写到哪一级", past=True)
    text: Line = titled("事件", "一句话，以句号结束")
    sources: tuple[Source, ...] = several("来源", "这件事从哪里知道的")


class Change(FieldGroup):
    """A change of the record that readers are told about."""

    date: FullDateField = titled("日期", "改的那一天", past=True)
    text: Line = titled("改了什么", "写给读者的一句话，例如 更新了开放时间。")
    fields: tuple[Line, ...] = several("涉及的字段", "字段的英文名，例如 opening", names_fields=True)


class Location(FieldGroup):
    """One point on the earth."""

    longitude: NumberField = titled("经度", "大的那个数，东经", example="113.08")
    latitude: NumberField = titled("纬度", "小的那个数，北纬", example="22.59")
    crs: Annotated[Term, COORDINATES] = titled("坐标系", "只能是 gcj02（高德、腾讯、百度都认）")


class Contact(FieldGroup):
    """Whom to ask."""

    person: Line | None = optional("联系人", "姓名或科室，要本人同意公开", expected=True, personal=True)
    phone: Phone | None = optional(
        "电话", "区号-号码，有分机写成 010-12345678-802，两个号码用顿号隔开", example="010-12345678", expected=True
    )
    email: Email | None = optional("邮箱", "公开的办公邮箱")
    url: Url | None = optional("网址", "自己的网站", expected=True)
    wechat: Line | None = optional("微信公众号", "公众号的名称")


class Admission(FieldGroup):
    """What a visit costs."""

    free: BoolField | None = optional("是否免费", "全部免费才写 是", expected=True)
    price: Line | None = optional("票价", "要钱时写，例如 每人 10 元")
    concession: Line | None = optional("优惠办法", "谁免费、谁半价，凭什么证件", expected=True)


class Reservation(FieldGroup):
    """Whether and how to book."""

    required: BoolField | None = optional("是否须预约", "不约能不能进", expected=True)
    how: Line | None = optional("预约办法", "提前几天，找谁，怎么约")
    phone: Phone | None = optional("预约电话", "和联系电话不同才写")
    url: Url | None = optional("预约网址", "直接打开预约页面的网址")


class Area(FieldGroup):
    """Floor space."""

    value: NumberField = titled("面积", "只写数字")
    unit: Line = titled("单位", "面积的单位", example="平方米")
    as_of: DateField | None = optional("截至", "是什么时候的数", past=True)


class Indicator(FieldGroup):
    """A figure of one year."""

    name: Annotated[Term, In("indicators")] = titled("指标", "写词表里的一个词")
    year: DateField = titled("年份", "哪一年的数", past=True)
    approximate: BoolField | None = optional("年份是约数", "年份不确切时写 是，页面显示“约 2020 年”")
    value: NumberOrLine = titled("数值", "照来源写；约数写成文字", example="50 多家", unit="unit")
    unit: Line | None = optional("单位", "数值是文字、已带单位时不写", example="家")
    sources: tuple[Source, ...] = several("来源", "这个数从哪里知道的")


class AppliesTo(FieldGroup):
    """A policy in five lines: who may apply, for what, until when, whom to ask."""

    who: Line | None = optional("谁可以申请", "什么人、什么单位，要什么条件")
    what: Line | None = optional("能得到什么", "多少钱，或什么称号")
    from_: DateField | None = Field(None, title="开始日期", alias="from", description="哪一天开始受理；没有写明就不写")
    until: DateField | None = optional("截止日期", "最后一天；常年受理就不写")
    ask: Line | None = optional("问谁", "受理的科室和电话")


class Attachment(FieldGroup):
    """A file of a policy: kept here or elsewhere."""

    title: Line = titled("标题", "附件叫什么")
    file: FileNameField | None = optional("文件", "存在本站时写文件名")
    url: Url | None = optional("网址", "在别的网站时写网址")

    @model_validator(mode="after")
    def _one_place(self) -> Attachment:
        if (self.file is None) == (self.url is None):
            complain("attachment-form", "附件要写 file（文件名）或 url（网址）中的一个，不能都写或都不写")
        return self


class Question(FieldGroup):
    """A question of the quiz, on the page that proves its answer; that it does is a law."""

    question: Line = titled("题目", "一句话，读了这一页就能答", example="星星为什么眨眼？")
    choices: tuple[Line, ...] = titled("选项", "两到六个，只有一个对", fewest=1)
    answer: Line = titled("答案", "照抄对的那个选项")
    because: Line = titled("依据", "照抄这一页里能证明答案的一句话；网页上没有的话，检查会指出来")

    @property
    def proof(self) -> str:
        """The sentence of the page that proves the answer, without marks of Markdown."""
        return prose.plain(self.because)

    @property
    def letter(self) -> str:
        """The letter of the right choice, as ``B``; empty where none is right, which the check refuses."""
        return "ABCDEF"[self.choices.index(self.answer)] if self.answer in self.choices[:6] else ""


class Passport(FieldGroup):
    """How a base takes part in the passport: by a word on its wall, of which only a hash is published."""

    stamp: StampField = titled(
        "印章", "运行 kepu stamp，把它给的一串贴在这里；墙上的词不要写进任何文件",
        example="k1-xingkong-guan-9f86d081884c7d659a2feaa0c55ad015",
    )  # fmt: skip
    where: Line | None = optional("词在哪里", "挂在什么地方，读者去了能找到，例如 一楼大厅的星图旁边")
