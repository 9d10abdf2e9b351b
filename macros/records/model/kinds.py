"""Kinds of records: which fields each has, with type, Chinese title, help and example.

A kind is a class; its records lie in ``data/KIND/`` (articles in ``content/articles/``), one file each, the file's stem
being the id. What people go to stands in `outings`, the list of all in `registry`. Add a field here and it appears
everywhere fields are shown or checked.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from macros.records.model.annotations import In
from macros.records.model.bound import BoundGroup
from macros.records.model.fields import (
    BoolField,
    DateField,
    FullDateField,
    Line,
    Name,
    NumberOrLine,
    PeriodField,
    ProseField,
    ProseLines,
    Reference,
    ReferenceOrUrl,
    TimeField,
    To,
    Url,
)
from macros.records.model.group_visit import GroupVisit
from macros.records.model.groups import (
    PLATFORM_STAGES,
    STATUSES,
    Admission,
    AppliesTo,
    Area,
    Attachment,
    Change,
    Contact,
    Event,
    Image,
    Indicator,
    Location,
    Passport,
    Question,
    Recognition,
    Reservation,
    Source,
    optional,
    several,
    titled,
)
from macros.records.model.opening import HOLIDAY_RULES, Closure, HolidayHours, Opening, OpeningFields, SpecialHours
from macros.records.model.terms import Term


class Record(BoundGroup):
    """What every kind has: an id from its file's name, and the file for telling where a value stands."""

    kind: ClassVar[str]
    counter: ClassVar[str]
    """The word that counts records of the kind, e.g. 处."""
    columns: ClassVar[tuple[str, ...]]
    """The fields that tell records of the kind apart in a table on a page."""
    on_card: ClassVar[tuple[str, ...]] = ()
    """The fields whose values a card shows, as far as they are known."""
    has_finder: ClassVar[bool] = True
    """Whether people choose among many records of the kind by its facets."""

    summary: Line = titled("简介", "一两句话说清楚是什么，用在卡片和搜索结果上")
    sources: tuple[Source, ...] = titled("来源", "事实从哪里来，至少一条")
    reviewed_on: FullDateField | None = optional(
        "核对日期", "编辑最近一次核对全部内容的日子", example="2026-11-24", past=True
    )
    former_ids: tuple[Line, ...] = several("曾用 id", "改过文件名时写旧的 id，旧网址会自动跳转")
    publish_from: FullDateField | None = optional(
        "从哪天起发布", "到这一天才出现在网站上；现在就发布的不写", example="2026-12-10"
    )
    publish_until: FullDateField | None = optional(
        "发布到哪天", "最后一天；过了以后这一页只说已经下线", example="2026-12-31"
    )
    questions: tuple[Question, ...] = several("问答", "给读者答的题，一题一项；答案要由这一页里的一句话证明")

    @property
    def heading(self) -> str:
        """What people call the record."""
        raise NotImplementedError

    @property
    def names(self) -> tuple[str, ...]:
        """What people call the record: its heading, then its other names."""
        return (self.heading, *getattr(self, "aliases", ()))

    @property
    def successors(self) -> tuple[Reference, ...]:
        """Ids of the records that took this one's place; a record that has any stands on no list."""
        return ()


class Authored(Record):
    """The fields that all records under ``data/`` share."""

    name: Name = titled("名称", "正式的全名；简称写进别名", example="星空馆")
    name_hant: Name | None = optional("繁体名称", "自动转换不对时才写")
    aliases: tuple[Line, ...] = several("别名", "简称、旧称、人们会搜的叫法")
    body: ProseField | None = optional("正文", "还有什么要告诉读者；不重复别的字段，不写口号")
    images: tuple[Image, ...] = several("图片", "文件放在 content/files/种类/id/ 里")
    events: tuple[Event, ...] = several("大事", "按先后写，一件一项")
    changes: tuple[Change, ...] = several("更新说明", "改了读者该知道的事，就加一项")
    merged_into: Annotated[Reference, To()] | None = optional("已并入", "并入了哪一条记录，写它的 id", succession=True)
    split_into: tuple[Annotated[Reference, To()], ...] = several(
        "已分为", "分成了哪几条记录，写它们的 id，至少两条", succession=True
    )
    draft: BoolField | None = optional("草稿", "写 是 就不发布，缺的可以以后再填", withholds=True)

    @property
    def heading(self) -> str:
        """What people call the record."""
        return self.name

    @property
    def successors(self) -> tuple[Reference, ...]:
        """Ids of the records that took this one's place: the one it was merged into, or those it was split into."""
        return (self.merged_into,) if self.merged_into else self.split_into


class Place(Authored):
    """The fields of what stands somewhere."""

    town: Annotated[Term, In("towns")] | None = optional("镇街", "在哪个镇街，写词表里的词", expected=True)
    address: Line | None = optional("地址", "写到门牌号，前面的省、市、区不写", expected=True, announced=True)
    location: Location | None = optional("坐标", "大门的位置；没有量过就不写")
    directions: ProseLines | None = optional("怎么去", "公交、地铁的线路和站名，停车，入口在哪里")
    contact: Contact | None = optional("联系方式", "公开的办公电话和网址，不写私人手机", expected=True)
    recognitions: tuple[Recognition, ...] = several("认定", "得到的和争取的称号，一个称号一项")
    undisclosed: tuple[Line, ...] = several("不公开的字段", "单位答复不公开的，写英文名", names_fields=True)


class Base(Place):
    """科普基地: a place that opens to citizens to explain science."""

    kind: ClassVar[str] = "bases"
    counter: ClassVar[str] = "处"
    columns: ClassVar[tuple[str, ...]] = ("category", "town", "status")
    on_card: ClassVar[tuple[str, ...]] = ("category", "fields", "town")

    category: Annotated[Term, In("categories")] | None = optional("类别", "写词表里的一个词", expected=True)
    fields: tuple[Annotated[Term, In("fields")], ...] = several("领域", "讲解哪些学科，一般一到三个", expected=True)
    audience: tuple[Annotated[Term, In("audiences")], ...] = several(
        "适合人群", "谁去最合适，一般一到三个", expected=True
    )
    host_unit: Line | None = optional("依托单位", "由哪个单位举办", expected=True)
    opened: DateField | None = optional("开馆日期", "什么时候开始对外开放", past=True)
    opening: tuple[Opening, ...] = several(
        "开放时间", "时间相同的几天写成一项；周几没写，就是不开放", expected=True, announced=True
    )
    on_holidays: Annotated[Term, HOLIDAY_RULES] | None = optional(
        "法定节假日",
        "照常、不开放、按周日 或 另行通知；“周一闭馆，逢法定节假日开放”写 按周日；没有查到就不写",
        example="按周日",
        announced=True,
    )
    holiday_hours: tuple[HolidayHours, ...] = several(
        "个别节日", "和别的节假日不同的，例如 除夕、初一闭馆；每年都一样的才写", announced=True
    )
    special_hours: tuple[SpecialHours, ...] = several(
        "特别开放时间", "某一年里和平时不同的日子；日子少的一条优先", announced=True
    )
    closures: tuple[Closure, ...] = several("闭馆", "平时开放、这几天不开放的日子", announced=True)
    programmes: ProseLines | None = optional("活动内容", "能看什么、做什么，一项一行", expected=True)
    admission: Admission | None = optional("票价与优惠", "要不要钱，谁可以少付", expected=True, announced=True)
    reservation: Reservation | None = optional("预约", "要不要先约，怎么约", expected=True, announced=True)
    facilities: tuple[Annotated[Term, In("facilities")], ...] = several("设施", "现场确实有的才写", expected=True)
    group_visit: GroupVisit | None = optional("带班级去", "学校带一个班来：接待多少人，怎么约", expected=True)
    passport: Passport | None = optional("科普护照", "参加科普护照的才写：读者到了现场，凭墙上的词盖章")
    status: Annotated[Term, STATUSES] | None = optional(
        "开放状态", "关闭的不删记录，写 已关闭", expected=True, announced=True, ends="closed"
    )

    @property
    def is_receiving(self) -> bool:
        """Whether the place receives anybody at present; of one that is closed down, hours mean nothing."""
        return self.status is None or self.status.id == "open"

    @property
    def opening_fields(self) -> OpeningFields:
        """What the record says about when it is open, and the number to call before one goes."""
        numbers = [part.phone for part in (self.contact, self.reservation) if part and part.phone]
        return OpeningFields(
            self.opening,
            self.on_holidays,
            self.holiday_hours,
            self.special_hours,
            self.closures,
            self.status,
            numbers[0] if numbers else "",
            bool(self.reservation and self.reservation.required),
        )


class Incubator(Place):
    """孵化载体: a place that helps young companies."""

    kind: ClassVar[str] = "incubators"
    counter: ClassVar[str] = "个"
    columns: ClassVar[tuple[str, ...]] = ("type", "operator", "town")
    on_card: ClassVar[tuple[str, ...]] = ("type", "town")

    type: Annotated[Term, In("types")] | None = optional("类型", "写词表里的一个词", expected=True)
    operator: Line | None = optional("运营方", "签约、收租的单位全称", expected=True)
    specialty: tuple[Line, ...] = several("特色", "主要扶持的行业，一项几个字", expected=True)
    area: Area | None = optional("场地面积", "公布过的面积和截至时间", expected=True)
    indicators: tuple[Indicator, ...] = several("年度指标", "一个指标一年一项，照来源的数写", expected=True)
    services: tuple[Line, ...] = several("服务", "给企业做什么，一项几个字", expected=True)
    entry_conditions: ProseLines | None = optional("入驻条件", "什么企业可以进，要交什么材料", expected=True)
    status: Annotated[Term, STATUSES] | None = optional(
        "状态", "关闭的不删记录，写 已关闭", expected=True, announced=True, ends="closed"
    )


class Policy(Authored):
    """政策: a document that a public body issued."""

    kind: ClassVar[str] = "policies"
    counter: ClassVar[str] = "份"
    columns: ClassVar[tuple[str, ...]] = ("doc_no", "issuers", "validity")
    on_card: ClassVar[tuple[str, ...]] = ("doc_no", "issuers")

    type: Annotated[Term, In("types")] | None = optional("体裁", "写词表里的一个词", expected=True)
    doc_no: Line | None = optional("文号", "没有文号写 无", example="国发〔2021〕9号", expected=True)
    index_no: Line | None = optional("索引号", "没有写 无")
    issuers: tuple[Line, ...] = several("发布机构", "联合发文时牵头的写在前", expected=True)
    adopted: DateField | None = optional("通过日期", "会议通过的日子，法律法规才有", past=True)
    written: DateField | None = optional("成文日期", "文件末尾落款的日子", expected=True, past=True)
    published: DateField | None = optional("发布日期", "在网上或公报上公布的日子", expected=True, past=True)
    published_time: TimeField | None = optional("发布时刻", "网页上写到几点几分才写", example="9:30")
    revised: DateField | None = optional("修订日期", "最近一次修改的日子", past=True)
    effective_from: DateField | None = optional(
        "施行日期", "从哪天起执行，看正文最后一条", expected=True, announced=True
    )
    effective_to: DateField | None = optional("有效期至", "“有效期三年”要算出到哪天；没有写明就不写", announced=True)
    validity: Annotated[Term, In("validity")] | None = optional(
        "有效性",
        "向发文机关查实才写，没有查实就不写",
        expected=True,
        unknown="有效性待核对",
        announced=True,
        ends="废止",
    )
    theme: Annotated[Term, In("themes")] | None = optional("主题", "写词表里的一个词", expected=True)
    keywords: tuple[Line, ...] = several("主题词", "人们会搜的词，三到五个")
    key_points: tuple[Line, ...] = several("要点", "读者最该知道的几句，一句一项")
    applies_to: AppliesTo | None = optional("申请指引", "可以申请的文件才写", announced=True)
    attachments: tuple[Attachment, ...] = several("附件", "申请表、名单等；存在本站写 file，在别处写 url")
    replaces: tuple[Annotated[Reference, To(("policies",))], ...] = several(
        "取代", "这份文件取代了本站的哪些政策，写 id"
    )
    interpretation: tuple[ReferenceOrUrl, ...] = several("政策解读", "解读的网址，或本站一条政策的 id")
    original_url: Url | None = optional("原文网址", "发文机关网站上的原文")


class Platform(Place):
    """创新平台: an institute or a park."""

    kind: ClassVar[str] = "platforms"
    counter: ClassVar[str] = "个"
    columns: ClassVar[tuple[str, ...]] = ("type", "stage", "town")
    on_card: ClassVar[tuple[str, ...]] = ("type", "town")

    type: Annotated[Term, In("types")] | None = optional("类型", "写词表里的一个词", expected=True)
    host_unit: Line | None = optional("依托单位", "由哪个单位建设", expected=True)
    partners: tuple[Line, ...] = several("合作单位", "已经签约的才写")
    stage: Annotated[Term, PLATFORM_STAGES] | None = optional("阶段", "照来源当时的说法写", expected=True)
    stage_as_of: DateField | None = optional(
        "阶段截至", "来源说的是什么时候；写了阶段就必须写", expected=True, past=True
    )


class Target(Authored):
    """目标: a figure or an event that was aimed at, and what came of it."""

    kind: ClassVar[str] = "targets"
    counter: ClassVar[str] = "项"
    columns: ClassVar[tuple[str, ...]] = ("period", "target", "actual")
    on_card: ClassVar[tuple[str, ...]] = ("period", "part_of")
    has_finder: ClassVar[bool] = False

    unit: Line | None = optional("单位", "数字后面的量词；目标值是文字时不写", example="家")
    period: PeriodField | None = optional(
        "时间",
        "到什么时候做到；可以写季度（2022第三季度）、年底（2022年底）、几年（2021—2025）",
        example="2022下半年",
        expected=True,
    )
    target: NumberOrLine = titled("目标值", "数字，或几个字，例如 列入", example="563", unit="unit")
    actual: NumberOrLine | None = optional("实际", "没有公布就不写", expected=True, unit="unit")
    as_of: DateField | None = optional("实际截至", "实际值是什么时候的数；写了实际就必须写", past=True)
    actual_sources: tuple[Source, ...] = several("实际值的来源", "写了实际就必须写")
    part_of: Annotated[Term, In("programmes")] | None = optional("所属工程", "写词表里的一个词")
    related: tuple[Annotated[Reference, To()], ...] = several("相关记录", "这个目标说的是哪些单位，写 id")


class Article(Record):
    """科普文章: a page by hand whose front matter is checked like a record."""

    kind: ClassVar[str] = "articles"
    counter: ClassVar[str] = "篇"
    columns: ClassVar[tuple[str, ...]] = ("audience", "fields")

    title: Line = titled("标题", "一句大白话，最好就是读者的问题", example="星星为什么眨眼")
    audience: tuple[Annotated[Term, In("audiences")], ...] = several("适合人群", "写给谁看")
    fields: tuple[Annotated[Term, In("fields")], ...] = several("领域", "讲的是哪些学科")
    related: tuple[Annotated[Reference, To()], ...] = several("相关记录", "读完可以去哪里看，写 id")
    draft: BoolField | None = optional("草稿", "写 是 就不发布，缺的可以以后再填", withholds=True)

    @property
    def heading(self) -> str:
        """What people call the article."""
        return self.title
