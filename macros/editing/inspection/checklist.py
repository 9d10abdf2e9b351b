"""What an inspection of public websites looks at, in the order of the State Council's table: vetoes first, then what costs points.

The table is that of the Office's notice 国办秘函〔2019〕19号; the items for old and blind users are those of the ministry's rules for
适老化 and 无障碍. No number of points is named here, since the provinces set their own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChecklistItem:
    """One item.

    Attributes:
        id: names it in findings.
        title: what it is called.
        is_veto: whether it alone fails the site.
        by_hand: boxes to tick: what a program can't judge, and how a person does.
    """

    id: str
    title: str
    is_veto: bool
    by_hand: tuple[str, ...] = ()


CHECKLIST = (
    ChecklistItem(
        "wording", "严重表述错误", True,
        ("图片、视频、音频里的文字和话：逐个打开看、听。", "领导人姓名、职务和排序，地图和旗帜：对照中央主要媒体最近的写法。", "附件的正文：打开看一遍，程序只看附件的名称。"),
    ),
    ChecklistItem(
        "privacy", "泄露个人信息和国家秘密", True,
        ("涉密和内部文件：对照保密审查表，查发布前有没有审查记录。", "照片里的车牌、证件、学生面部：逐张打开看。", "获奖和补助名单：只有姓名和单位，没有号码、住址、完整的账号。"),
    ),
    ChecklistItem(
        "links-out", "链接通到不良或失效的网站", True,
        ("域名被别人买走的外链：逐个点开外链，看是不是原来的单位；程序只知道打不打得开。",),
    ),
    ChecklistItem("forged-dates", "伪造发稿日期", True, ("抽 5 篇，对照 git 的提交日期和原文，看发布日期是不是真的。",)),
    ChecklistItem("reachable", "站点无法访问", True, ("在一周里分 5 次以上，用手机和电脑打开首页，15 秒内打不开记一次。", "电脑、手机，用移动、联通、电信各试一次。")),
    ChecklistItem("home", "首页不更新", True, ("看首页最近一条动态的日期，是不是在两周以内。",)),
    ChecklistItem("columns", "栏目不更新、空白", True, ("每个栏目点进去看一遍，第一条的日期在不在期限以内。",)),
    ChecklistItem("contact-answers", "互动回应差", True, ("用“内容有误”和公布的电话、邮箱各试一次，看 5 个工作日内有没有答复。",)),
    ChecklistItem("services", "服务不实用", True, ("照办事、预约的说明实际走一遍，看电话打得通、网址打得开、材料对得上。",)),
    ChecklistItem(
        "accessible", "适老化和无障碍", True,
        ("只用键盘（Tab、回车）从首页走到一条记录。", "用读屏软件（NVDA、手机旁白）读首页、一条记录、筛选页。", "换成大字，放大到 200%，看有没有字被切掉。", "看有没有弹窗、飘窗、自动播放。",
         "视频有字幕，附件有能读的文字版。"),
    ),
    ChecklistItem("dates", "日期互相矛盾", False),
    ChecklistItem("expired", "过期的政策没有提示", False, ("有效性没有填的政策：向发文机关查实后填 validity。",)),
    ChecklistItem("links", "站内链接打不开", False, ("kepu build 做完会再走一遍全部页面，看有没有报告。",)),
    ChecklistItem("link-texts", "链接的文字说不清通到哪里", False),
    ChecklistItem("unreachable", "走不到的页面、走不下去的页面", False),
    ChecklistItem("attachments", "附件打不开", False, ("用没有装 WPS 的手机打开每种附件各一个。",)),
    ChecklistItem(
        "tags", "网页标签和网站标识", False,
        ("门户网站给的标识码、域名、名称：对照全国政府网站基本信息数据库。", "页脚的备案号点得开，和主办单位一致；党政机关网站标识挂在页脚。"),
    ),
    ChecklistItem("statements", "无障碍声明、联系方式、找错", False, ("打一次页脚的电话；点一次“政府网站找错”。",)),
    ChecklistItem("pictures", "图片的说明和大小", False, ("抽 10 张图，看替代文字说的是不是图上的东西。",)),
    ChecklistItem("others", "其他检查出来的问题", False),
)  # fmt: skip

ITEM_OF_RULE = {
    **dict.fromkeys(("dead-link", "dead-anchor", "missing-asset", "missing-file", "dangling-reference", "outside-site", "empty-link", "reference-to-draft", "forbidden-scheme"), "links"),
    **dict.fromkeys(("foreign-request",), "links-out"),
    **dict.fromkeys(("position", "metadata"), "privacy"),
    **dict.fromkeys(("date-in-future",), "forged-dates"),
    **dict.fromkeys(("dates-out-of-order", "date-twice", "wrong-date", "changes-out-of-order", "spans-out-of-order", "hours-out-of-order", "hours-overlap", "stage-without-date", "best-day-closed"), "dates"),
    **dict.fromkeys(("unreachable-page", "unused-file", "stray-record-files"), "unreachable"),
    **dict.fromkeys(("file-type", "file-content", "broken-picture", "empty-file"), "attachments"),
    **dict.fromkeys(("configuration", "no-front-matter"), "tags"),
    **dict.fromkeys(("missing-page",), "statements"),
    **dict.fromkeys(("size-budget", "picture-size", "missing-alt"), "pictures"),
    **dict.fromkeys(("headings", "duplicate-id"), "accessible"),
}  # fmt: skip
"""Rule of a problem that `kepu check` tells → the item that it belongs to; others belong to ``others``."""
