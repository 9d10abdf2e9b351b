"""The settings of a site: what stands below ``plugins → kepu`` in ``mkdocs.yml``, each with what it is for.

Whatever reads or describes settings follows from this table: the plugin's own configuration, the refusal of names that are
none, and ``docs/settings.md``. What they mean to pages stands in `macros.pages.site_settings.Site`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.pages.site_settings import PORTAL


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        name: its key.
        form: the type of its value in YAML.
        help: what it is for and what happens without it, in Chinese.
        example: a value as YAML has it.
    """

    name: str
    form: type
    help: str
    example: str


SETTINGS = (
    Setting("mode", str, "网站怎样发布：preview（预览）、standalone（独立发布的非政府网站）、column（政府门户的栏目）；不写就是 preview", "standalone"),
    Setting("district", str, "区、县、市（县级）的名称；地图链接和政府网站的标签用", "示例区"),
    Setting("city", str, "所在的市；地图链接用", "示例市"),
    Setting(
        "province",
        str,
        "所在的省、自治区、直辖市、特别行政区；坐标要落在里面。不写就按全国核对",
        "浙江省",
    ),
    Setting(
        "dialects",
        list,
        "除了普通话拼音，还能用哪些方言的罗马字搜索；现有 yue（粤拼）。不写就看 province：说粤语的省份有，别处没有；写 [] 就关掉",
        "[yue]",
    ),
    Setting(
        "notice",
        str,
        "standalone 的网站在每页顶部说的一句话；不写就说“不代表任何政府部门。”",
        "本站由示例区科学技术协会主办，不是政府网站。",
    ),
    Setting("palette", str, "网站的主色：lake（湖蓝）、leaf（叶绿）、brick（砖红）、plum（梅紫）、ink（墨）；不写就是 lake", "leaf"),
    Setting(
        "logo",
        str,
        "页头名称旁边的标志：overrides/assets/images/ 里的文件名，SVG、PNG 或 WebP；不写就用自带的",
        "logo.svg",
    ),
    Setting("search_placeholder", str, "搜索框里的提示；不写就按能用的搜法提示", "搜基地、政策、活动"),
    Setting("area_code", str, "电话区号；整理表格时，没有区号的电话用它。不写就看别的号码", '"0571"'),
    Setting("town_word", str, "区以下一级叫什么，列表、筛选和记录页上用；不写就叫“镇街”", "苏木乡镇"),
    Setting("finder_from", int, "一类有多少条记录以上才显示筛选；不写就是 12", "20"),
    Setting("bundle", bool, "每次构建都另外打包一个不用联网就能打开的网站，放在“开放数据”页供下载；不写就只在 kepu build --bundle 时打包", "true"),
    Setting("markdown", bool, "每页旁边放一份 Markdown（index.md）和总目录 /llms.txt，给政务问答助手等程序读：写明状态、有效期、核对日期和来源；不写就没有", "true"),
    Setting("embeds", bool, "给别的网站嵌入的列表，在 /embed/，还有一页写着代码；不写就没有", "true"),
    Setting("frame_ancestors", list, "哪些网站可以嵌入上面的列表，写到域名为止；不写就都不可以", "[https://www.example.gov.cn]"),
    Setting("posters", bool, "每条记录一张可以打印的 A4 海报，从它的页面打开；不写就没有", "true"),
    Setting("booklets", bool, "每个栏目、每个镇街一册可以打印的小册子，在 /booklet/；不写就没有", "true"),
    Setting(
        "traditional",
        str,
        "繁体版：off（没有）、all（每一页都有，在 /zh-hant/）、pages（只有 traditional_kinds 写出的种类有，首页和总的页面也有）；不写就是 off。"
        "打开以后，网址就不能再没有，关掉要先想好",
        "all",
    ),
    Setting("traditional_kinds", list, "traditional 是 pages 时，哪几种记录有繁体版", "[bases, activities]"),
    Setting("edit_template", str, "修改一个文件的网址，文件的路径写 {path}；不写，页面上就没有“修改”", "https://example.org/edit/{path}"),
    Setting(
        "corrections_template",
        str,
        "报告错误的网址，页面的网址写 {page}；不写就用“关于本站”里的办法",
        "https://example.org/corrections?page={page}",
    ),
    Setting("model", int, "内容是按第几版的数据模型写的；由 kepu init 和 kepu upgrade 写，不要手改", "1"),
    Setting(
        "share_font",
        str,
        "画分享图用的字体：文件的路径，从项目的文件夹算起，要有简体字。有了它，每条记录有一张 1200×630 的图，微信等转发时显示；还要写 site_url。不写就没有",
        "fonts/NotoSansCJKsc-Bold.otf",
    ),
    Setting("portal", dict, "只有主管单位能给的名称和代码，见下表；column 必须全写，别的方式有什么写什么", ""),
)  # fmt: skip

PATH = "docs/settings.md"
"""Where the document lies, below the project's root."""

_INTRODUCTION = """# 网站的设置

由 `kepu schema` 从程序里生成，不要手改。网站的名称、一句话介绍和网址写在 `mkdocs.yml` 开头：`site_name`、`site_description`、`site_url`；
下面这些写在 `plugins` → `kepu` 里，都可以不写。写错了，`kepu check` 会指出在哪一行。

| 设置 | 做什么 | 例子 |
|---|---|---|
"""
_PORTAL = """
## portal：主管单位给的名称和代码

在网站上原样显示；没有取得的不要编，预览里会写“未配置”。

| 设置 | 意思 |
|---|---|
"""


def settings_document() -> str:
    """Return the document with the tables of all settings, for whoever sets a site up."""
    return (
        _INTRODUCTION
        + "".join(_rows())
        + _PORTAL
        + "".join(f"| `{name}` | {title} |\n" for name, title in PORTAL.items())
    )


def _rows() -> Iterator[str]:
    for setting in SETTINGS:
        example = f"`{setting.example}`" if setting.example else ""
        yield f"| `{setting.name}` | {setting.help} | {example} |\n"
