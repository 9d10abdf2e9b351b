"""What the columns of foreign lists are called, and which of our columns each stands for.

Our columns are named as in our own tables, those of lists by list and column (认定：级别). What a heading says is looked for
in this order: what the editor wrote in the wordbook, our own title, the words below, and these within a longer heading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macros.editing.excel.workbook_schema import SheetColumn, SheetSchema

NOT_WANTED = "不要"
"""What stands for a column that is left out."""
OPENING = "开放时间"
"""The column of a list that says all hours in one text."""

OCCURRENCE = "举办时间"
"""The columns of a list that say on which days something takes place, and when."""

_SYNONYMS: Mapping[str, str] = {
    "name": "名称 活动名称 活动题目 基地名称 单位名称 机构名称 场馆名称 平台名称 载体名称 文件名称 政策名称 项目名称 全称 名字 基地 场馆 单位 机构 企业名称 学校名称 申报单位 所在单位",
    "aliases": "别名 简称 曾用名 又名",
    "summary": "简介 介绍 概况 简要介绍 基本情况 情况简介",
    "host_unit": "依托单位 主办单位 举办单位 建设单位 依托机构 管理单位 所属单位 承办单位 隶属单位 建设主体 法人单位",
    "organizers": "主办单位 举办单位 主办方 组织单位 承办单位 承办方 牵头单位 实施单位 主办机构 举办方",
    "occurrence": "日期 时间 日期时间 日期和时间 活动日期 活动时间 活动日期时间 举办时间 举办日期 开展时间 开展日期 活动时段 时段 星期 举行时间 起止时间 起止日期",
    "place": "活动地点 举办地点 开展地点 举行地点 活动场地 活动场所 举办场所 活动地址 场地",
    "programme": "活动内容 内容 主要内容 活动安排 活动简要内容 内容安排",
    "capacity": "人数 名额 规模 活动规模 活动名额 参与人数 参加人数 活动人数 人数上限 限额 容纳人数 招募人数 计划人数",
    "booking.how": "报名 报名方式 报名办法 参与方式 参加方式 是否报名 是否需要报名 是否须报名 预约方式 预约办法 是否预约 报名渠道 报名途径",
    "booking.phone": "报名电话 预约电话 报名咨询电话",
    "booking.url": "报名网址 报名链接 预约链接",
    "booking.closes": "报名截止 截止报名 报名截止日期 报名截止时间",
    "operator": "运营方 运营单位 运营机构 运营主体 管理机构",
    "town": "镇街 街道 乡镇 镇 所属镇街 所在镇街 所属街道 所在街道 镇街道 街镇 属地 所属乡镇 所在乡镇 所属地 所在镇 街道乡镇",
    "address": "地址 详细地址 通讯地址 具体地址 联系地址 地点 所在地 位置 单位地址 所在地址 办公地址 注册地址",
    "directions": "怎么去 交通 交通路线 乘车路线 公交线路 交通指引",
    "contact.person": "联系人 负责人 联络人 联系人姓名 联系人员 业务联系人 责任人 姓名",
    "contact.phone": "电话 联系电话 联系方式 咨询电话 座机 固定电话 办公电话 手机 手机号 手机号码 联系手机 联系人电话 电话号码 联系号码",
    "contact.email": "邮箱 电子邮箱 电子邮件 email e-mail",
    "contact.url": "网址 网站 官网 官方网站 单位网址",
    "contact.wechat": "微信公众号 公众号 微信 微信号",
    "category": "类别 类型 分类 基地类别 基地类型 所属类别 场馆类型",
    "type": "类型 类别 载体类型 平台类型 文种 体裁 分类 活动类型 活动形式 活动类别 形式",
    "fields": "领域 学科 学科领域 科普领域 主题领域 所属领域 专业领域 科普主题",
    "audience": "适合人群 适宜人群 面向人群 受众 服务对象 对象 开放对象 参观对象 参与对象 面向对象 参加对象 参与人群 活动对象 活动人群 人群 目标人群 面向群体",
    "opened": "开馆日期 开馆时间 建成时间 建馆时间 成立时间 启用时间 建成日期 成立日期 建成年份 建馆年份",
    "opening": "开放时间 开放时段 参观时间 营业时间 对外开放时间 接待时间 开放日期",
    "programmes": "活动内容 科普内容 科普活动 特色活动 主要内容 活动项目 特色项目 科普特色",
    "admission.price": "票价 门票 收费 收费情况 收费标准 门票价格 是否免费 是否收费 费用 门票情况",
    "admission.concession": "优惠办法 优惠 优惠政策",
    "reservation.how": "预约 预约办法 预约方式 是否预约 是否须预约 是否需要预约 预约情况 是否需预约 参观方式 预约要求",
    "reservation.phone": "预约电话",
    "reservation.url": "预约网址 预约链接",
    "facilities": "设施 配套设施 服务设施",
    "status": "状态 开放状态 开放情况 运营状态 是否开放",
    "stage": "阶段 建设阶段 建设状态 建设情况 状态 进展",
    "area.value": "面积 场地面积 孵化面积 建筑面积 总面积 孵化场地面积 场地总面积",
    "specialty": "特色 主导产业 产业方向 主要行业",
    "services": "服务 服务内容",
    "doc_no": "文号 发文字号 文件号",
    "index_no": "索引号",
    "issuers": "发布机构 发文机关 发文单位 发布单位 印发单位 制定机关",
    "written": "成文日期 成文时间 印发日期 印发时间 落款日期 发文日期 发文时间",
    "published": "发布日期 发布时间 公布日期 公布时间 公开日期",
    "effective_from": "施行日期 生效日期 实施日期 施行时间 实施时间",
    "effective_to": "有效期至 失效日期",
    "validity": "有效性 时效 效力 效力状态 文件状态",
    "original_url": "原文网址 原文链接 链接 文件链接",
    "partners": "合作单位 共建单位",
    "recognitions.title": "称号 认定名称 荣誉 荣誉称号 命名名称 资质名称 称号名称",
    "recognitions.level": "级别 等级 认定级别 基地级别 层级 认定等级 命名级别 称号级别",
    "recognitions.issuer": "认定机构 认定单位 命名单位 授牌单位 批准单位 认定部门 命名部门 授予单位 颁发单位 评定单位",
    "recognitions.year": "认定时间 认定年份 命名时间 命名年份 获批时间 批准时间 授牌时间 年份 年度 认定年度 认定日期 批准年份 评定时间 获评年份 认定年月",
    "recognitions.valid_to": "称号有效期至 认定有效期 有效期",
    "sources.title": "来源 信息来源 依据 认定文件 文件依据 认定依据 发文依据",
    "sources.url": "来源网址",
    NOT_WANTED: "序号 编号 序 号 no no. 行号 备注 说明 填表人 附注",
}
_ENDINGS = [
    "名称",
    "级别",
    "等级",
    "类别",
    "类型",
    "年度",
    "年份",
    "电话",
    "手机",
    "手机号",
    "手机号码",
    "联系电话",
    "地址",
    "联系人",
    "负责人",
    "简介",
    "网址",
    "邮箱",
    "公众号",
    "开放时间",
    "街道",
    "镇街",
    "乡镇",
    "门票",
    "票价",
    "认定时间",
]
"""Words that keep their meaning at the end of a longer heading: 获评等级, 申报单位名称."""
_OTHER_NUMBERS = re.compile("传真|投诉|监督|主管|上级")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS = re.compile(r"[\s*:.、\"“”]")
_LONGEST = 40


@dataclass(frozen=True)
class TargetColumn:
    """One of our columns that a list may fill.

    Attributes:
        title: what editors call it, e.g. ``认定：级别``.
        sheet: the sheet that it stands in.
        column: the column.
    """

    title: str
    sheet: SheetSchema
    column: SheetColumn

    @property
    def path(self) -> str:
        """The names of list, group and field, e.g. ``recognitions.level``."""
        return ".".join((*self.sheet.path, *self.column.path))


Targets = Mapping[str, TargetColumn]


def targets_of(kind: str, sheets: Sequence[SheetSchema]) -> Targets:
    """Return the columns that a list of records of a kind may fill, by their titles."""
    found = (
        TargetColumn(f"{sheet.titles[0]}：{column.title}" if sheet.has_items else column.title, sheet, column)
        for sheet in sheets
        if kind in sheet.kinds and len(sheet.path) <= 1
        for column in sheet.columns
    )
    return {target.title: target for target in found}


def name_title(kind: str, targets: Targets) -> str:
    """Return the title of the column with what records of a kind are called."""
    return next(
        target.title for target in targets.values() if target.sheet.kinds == (kind,) and not target.sheet.has_items
    )


def meanings_of(targets: Targets) -> dict[str, str]:
    """Return heading → title of our column, for all headings that are known by themselves."""
    found = {plain_heading(title): title for title in targets}
    titles = {target.path: target.title for target in targets.values()}
    titles[NOT_WANTED] = NOT_WANTED
    if any(target.sheet.path == ("opening",) for target in targets.values()):
        titles["opening"] = OPENING
    if any(target.sheet.path == ("dates",) for target in targets.values()):
        titles["occurrence"] = OCCURRENCE
    for path, words in _SYNONYMS.items():
        for word in words.split() if path in titles else ():
            found.setdefault(word, titles[path])
    return found


def meaning(heading: str, meanings: Mapping[str, str], label: str) -> str:
    """Return the title of our column that a heading stands for; empty if it is not known.

    Args:
        heading: as it stands in the list; for headings in two rows, both with ``：`` between them.
        meanings: what `meanings_of` gives.
        label: what records of the kind are called: 科普基地名称 is 名称.
    """
    for words in _spellings(heading, label):
        if found := meanings.get(words):
            return found
    return ""


def _spellings(heading: str, label: str) -> Iterator[str]:
    """Yield the ways to look for a heading, the surest first."""
    if len(heading) > _LONGEST:
        return
    plain = plain_heading(heading)
    yield plain
    yield plain.removeprefix(plain_heading(label)).removeprefix("的")
    if "：" in heading:
        yield plain_heading(heading.rpartition("：")[2])
    yield from (part for part in re.split("[/与和及或]", plain) if part)
    if not _OTHER_NUMBERS.search(plain):
        yield from (end for end in sorted(_ENDINGS, key=len, reverse=True) if plain.endswith(end))


def plain_heading(heading: str) -> str:
    """Return a heading without spaces, signs and what stands in brackets."""
    plain = unicodedata.normalize("NFKC", heading).lower()
    return _SIGNS.sub("", _BRACKETS.sub("", plain)) or _SIGNS.sub("", plain)
