"""Kinds of records: which fields each has, with type, Chinese title, help and example.

A kind is a class; its records lie in ``data/KIND/`` (articles in ``content/articles/``), one file each, the file's stem
being the id. `KINDS` lists them all. Add a field here and it appears everywhere fields are shown or checked.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import PrivateAttr

from macros.records.parts import (
    STATUSES,
    Admission,
    AppliesTo,
    Area,
    Attachment,
    Change,
    Closure,
    Contact,
    Event,
    Image,
    Indicator,
    Location,
    Opening,
    Part,
    Recognition,
    Reservation,
    Source,
    SpecialHours,
    optional,
    several,
    titled,
)
from macros.records.terms import Term
from macros.records.types import (
    BoolField,
    DateField,
    FullDateField,
    In,
    Line,
    Name,
    NumberOrLine,
    PeriodField,
    ProseField,
    Reference,
    ReferenceOrUrl,
    TimeField,
    To,
    Url,
    choice,
)
from macros.records.yamlfile import Document

PLATFORM_STAGES = choice(
    "platform-stages", {"goal": "目标", "planned": "拟引进", "building": "建设中", "running": "已有"}
)


class Record(Part):
    """What every kind has: an id from its file's name, and the file for telling where a value stands."""

    kind: ClassVar[str]

    _id: str = PrivateAttr("")
    _document: Document = PrivateAttr()

    summary: Line = titled("简介", "一两句话说清楚是什么，用在卡片和搜索结果上")
    sources: tuple[Source, ...] = titled("来源", "事实从哪里来，至少一条")
    reviewed_on: FullDateField | None = optional("核对日期", "编辑最近一次核对全部内容的日子", example="2026-11-24")

    def settle(self, identifier: str, document: Document) -> None:
        """Give the record its id and the document that it was read from; done once by the loader."""
        self._id, self._document = identifier, document

    @property
    def id(self) -> str:
        """Name in addresses and references: the file's stem."""
        return self._id

    @property
    def document(self) -> Document:
        """The file that the record was read from."""
        return self._document

    @property
    def heading(self) -> str:
        """What people call the record."""
        raise NotImplementedError


class Authored(Record):
    """The fields that all records under ``data/`` share."""

    name: Name = titled("名称", example="绿源环保")
    name_hant: Name | None = optional("繁体名称", "自动转换不对时才写")
    aliases: tuple[Line, ...] = several("别名", "简称、旧称、人们会搜的叫法")
    former_ids: tuple[Line, ...] = several("曾用 id", "改过文件名时写旧的 id，旧网址会自动跳转")
    body: ProseField | None = optional("正文")
    images: tuple[Image, ...] = several("图片")
    events: tuple[Event, ...] = several("大事")
    changes: tuple[Change, ...] = several("更新说明")
    merged_into: Annotated[Reference, To()] | None = optional("已并入", "并入了哪一条记录，写它的 id")
    draft: BoolField | None = optional("草稿", "写 是 就不发布")

    @property
    def heading(self) -> str:
        """What people call the record."""
        return self.name


class Place(Authored):
    """The fields of what stands somewhere."""

    town: Annotated[Term, In("towns")] | None = optional("镇街", expected=True)
    address: Line | None = optional("地址", expected=True)
    location: Location | None = optional("坐标")
    directions: ProseField | None = optional("怎么去")
    contact: Contact | None = optional("联系方式", expected=True)
    recognitions: tuple[Recognition, ...] = several("认定")


class Base(Place):
    """科普基地: a place that opens to citizens to explain science."""

    kind: ClassVar[str] = "bases"

    category: Annotated[Term, In("categories")] | None = optional("类别", expected=True)
    fields: tuple[Annotated[Term, In("fields")], ...] = several("领域", expected=True)
    audience: tuple[Annotated[Term, In("audiences")], ...] = several("适合人群", expected=True)
    host_unit: Line | None = optional("依托单位", expected=True)
    opened: DateField | None = optional("开馆日期", "什么时候开始对外开放")
    opening: tuple[Opening, ...] = several("开放时间", expected=True)
    special_hours: tuple[SpecialHours, ...] = several("特别开放时间")
    closures: tuple[Closure, ...] = several("闭馆")
    programmes: ProseField | None = optional("活动内容", expected=True)
    admission: Admission | None = optional("票价与优惠", expected=True)
    reservation: Reservation | None = optional("预约", expected=True)
    facilities: tuple[Annotated[Term, In("facilities")], ...] = several("设施", expected=True)
    status: Annotated[Term, STATUSES] | None = optional("开放状态", expected=True)


class Incubator(Place):
    """孵化载体: a place that helps young companies."""

    kind: ClassVar[str] = "incubators"

    type: Annotated[Term, In("types")] | None = optional("类型", expected=True)
    operator: Line | None = optional("运营方", expected=True)
    specialty: tuple[Line, ...] = several("特色", expected=True)
    area: Area | None = optional("场地面积", expected=True)
    indicators: tuple[Indicator, ...] = several("年度指标", expected=True)
    services: tuple[Line, ...] = several("服务", expected=True)
    entry_conditions: ProseField | None = optional("入驻条件", expected=True)
    status: Annotated[Term, STATUSES] | None = optional("状态", expected=True)


class Policy(Authored):
    """政策: a document that a public body issued."""

    kind: ClassVar[str] = "policies"

    type: Annotated[Term, In("types")] | None = optional("体裁", expected=True)
    doc_no: Line | None = optional("文号", "没有文号写 无", example="江府函〔2022〕126号", expected=True)
    index_no: Line | None = optional("索引号", "没有写 无")
    issuers: tuple[Line, ...] = several("发布机构", "联合发文时牵头的写在前", expected=True)
    adopted: DateField | None = optional("通过日期")
    written: DateField | None = optional("成文日期", expected=True)
    published: DateField | None = optional("发布日期", expected=True)
    published_time: TimeField | None = optional("发布时刻")
    revised: DateField | None = optional("修订日期")
    effective_from: DateField | None = optional("施行日期", expected=True)
    effective_to: DateField | None = optional("有效期至")
    validity: Annotated[Term, In("validity")] | None = optional("有效性", "没有查实就不写", expected=True)
    theme: Annotated[Term, In("themes")] | None = optional("主题", expected=True)
    keywords: tuple[Line, ...] = several("主题词")
    key_points: tuple[Line, ...] = several("要点")
    applies_to: AppliesTo | None = optional("申请指引")
    attachments: tuple[Attachment, ...] = several("附件")
    replaces: tuple[Annotated[Reference, To(("policies",))], ...] = several("取代")
    interpretation: tuple[ReferenceOrUrl, ...] = several("政策解读")
    original_url: Url | None = optional("原文网址")


class Platform(Place):
    """创新平台: an institute or a park."""

    kind: ClassVar[str] = "platforms"

    type: Annotated[Term, In("types")] | None = optional("类型", expected=True)
    host_unit: Line | None = optional("依托单位", expected=True)
    partners: tuple[Line, ...] = several("合作单位")
    stage: Annotated[Term, PLATFORM_STAGES] | None = optional("阶段", expected=True)
    stage_as_of: DateField | None = optional("阶段截至", expected=True)


class Target(Authored):
    """目标: a figure or an event that was aimed at, and what came of it."""

    kind: ClassVar[str] = "targets"

    unit: Line | None = optional("单位", example="家")
    period: PeriodField | None = optional("时间", example="2022下半年", expected=True)
    target: NumberOrLine = titled("目标值", example="563")
    actual: NumberOrLine | None = optional("实际", "没有公布就不写", expected=True)
    as_of: DateField | None = optional("实际截至")
    actual_sources: tuple[Source, ...] = several("实际值的来源")
    part_of: Annotated[Term, In("programmes")] | None = optional("所属工程")
    related: tuple[Annotated[Reference, To()], ...] = several("相关记录")


class Article(Record):
    """科普文章: a page by hand whose front matter is checked like a record."""

    kind: ClassVar[str] = "articles"

    title: Line = titled("标题")
    audience: tuple[Annotated[Term, In("audiences")], ...] = several("适合人群")
    fields: tuple[Annotated[Term, In("fields")], ...] = several("领域")
    related: tuple[Annotated[Reference, To()], ...] = several("相关记录")

    @property
    def heading(self) -> str:
        """What people call the article."""
        return self.title


KINDS: dict[str, type[Record]] = {kind.kind: kind for kind in (Base, Incubator, Policy, Platform, Target, Article)}
