"""``hub.yml``: which districts a city's site joins, and what it says of itself.

>>> read_hub_file("hub.yml", b"name: x\ndescription: y\ndistricts: []")
Traceback (most recent call last):
macros.records.problems.ProblemsFound: ...
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import ValidationError

from macros.pages.site_settings import PALETTES, SITE_CODE, Mode, Site
from macros.records import yaml
from macros.records.messages import translate
from macros.records.model.annotations import FromText, complain
from macros.records.model.fields import Line, Name, read_line
from macros.records.model.groups import FieldGroup, choice, optional, titled
from macros.records.model.terms import Term
from macros.records.problems import Level, Problem, ProblemsFound
from macros.records.reading import read_bytes
from macros.records.region import COUNTRY, province_named
from macros.records.scan import IDENTIFIER
from macros.records.yaml.document import Document
from macros.text import web_addresses

FILE = "hub.yml"

_MODES = choice("modes", {"preview": "预览", "standalone": "独立", "column": "栏目"})
_PALETTES = choice("palettes", dict(zip(PALETTES, ("湖蓝", "叶绿", "砖红", "梅紫", "墨"), strict=True)))
_LONGEST_ID = 40
_RESERVED = ("list", "page", "home")


def _read_id(text: str) -> str:
    word = text.strip()
    if not IDENTIFIER.fullmatch(word) or len(word) > _LONGEST_ID or word in _RESERVED:
        complain(
            "wrong-id", f"“{word[:_LONGEST_ID]}” 不能用作 id；只用小写英文字母、数字和单个短横，以字母开头，例如 xinhui"
        )
    return word


def _read_address(text: str) -> str:
    """Read an address to which citizens are led."""
    word = read_line(text)
    if objection := web_addresses.objection(word):
        complain("wrong-url", objection)
    if not word.isascii() or urlsplit(word).query or urlsplit(word).fragment:
        complain(
            "wrong-url",
            f"网址 “{word[:60]}” 不能带 ? 和 #，也不能有汉字；请写首页的网址，例如 https://www.example.org/kepu/",
        )
    return word.rstrip("/") + "/"


def _read_province(text: str) -> str:
    word = text.strip()
    if not province_named(word):
        complain("unknown-province", f"没有 “{word[:40]}” 这个省；请写全名，例如 浙江省")
    return word


def is_remote(site: str) -> bool:
    """Tell whether a member is read over the network."""
    return "://" in site


def _read_site(text: str) -> str:
    """Read where a finished site lies: an address, which may be one of the intranet, or a folder."""
    word = read_line(text)
    if not is_remote(word):
        return word
    parts = urlsplit(word)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or not word.isascii():
        complain("wrong-url", f"“{word[:60]}” 不能用；网址只能以 https:// 或 http:// 开头，不带用户名，也可以写文件夹")
    return word.rstrip("/") + "/"


Identifier = Annotated[str, FromText(_read_id)]
PublicAddress = Annotated[str, FromText(_read_address)]
SiteSource = Annotated[str, FromText(_read_site)]


class MemberFields(FieldGroup):
    """One district."""

    id: Identifier = titled("id", "这个区在本站网址里的名字", example="xinhui")
    name: Name = titled("名称", "市民怎么叫这个区", example="新会区")
    site: SiteSource = titled(
        "网站", "已经生成的网站：文件夹（相对 hub.yml），或发布后的网址", example="../xinhui/site"
    )
    address: PublicAddress | None = optional(
        "网址", "市民打开的网址；site 写的是文件夹时一定要写", example="https://www.example.org/kepu/"
    )
    project: Line | None = optional(
        "项目", "这个区的数据所在的文件夹；写了才能用 --members 一起生成", example="../xinhui"
    )

    @property
    def home(self) -> str:
        """Where its start page is, for citizens."""
        return self.address or self.site


class PortalFields(FieldGroup):
    """Names and codes that only the public body can give."""

    portal_name: Line | None = optional("门户网站名称")
    portal_domain: Line | None = optional("门户网站域名")
    site_code: Line | None = optional("网站标识码")
    icp_number: Line | None = optional("ICP 备案号")
    police_number: Line | None = optional("公安备案号")
    organizer: Line | None = optional("主办单位")
    contact: Line | None = optional("联系方式")


class HubFields(FieldGroup):
    """The whole file."""

    name: Name = titled("名称", "本站叫什么", example="示例市科普")
    description: Line = titled("说明", "一句话说清本站做什么")
    city: Name | None = optional("城市", example="示例市")
    mode: Annotated[Term, _MODES] | None = optional("方式", "preview 预览、standalone 独立、column 栏目；默认 preview")
    province: Annotated[str, FromText(_read_province)] | None = optional(
        "省份", "有的省份还能用方言的罗马字搜索", example="浙江省"
    )
    notice: Line | None = optional("声明", "standalone 时每一页上面的一句话")
    palette: Annotated[Term, _PALETTES] | None = optional("主色", "不写就是 lake", example="leaf")
    url: PublicAddress | None = optional("网址", "本站发布后的网址；写了才有订阅")
    portal: PortalFields | None = optional("门户信息")
    districts: tuple[MemberFields, ...] = titled("各区", fewest=1)

    @property
    def site(self) -> Site:
        """The site that is made."""
        portal = self.portal.model_dump(exclude_none=True) if self.portal else {}
        return Site(
            name=self.name,
            description=self.description,
            mode=Mode(self.mode.id if self.mode else "preview"),
            url=self.url or "",
            portal=portal,
            district=self.city or "",
            city=self.city or "",
            region=(province_named(self.province) if self.province else None) or COUNTRY,
            notice=self.notice or "",
            palette=self.palette.id if self.palette else PALETTES[0],
            is_city=True,
        )


@dataclass(frozen=True)
class HubFile:
    """``hub.yml`` as it was read.

    Attributes:
        fields: what it says.
        document: where it says it.
    """

    fields: HubFields
    document: Document

    def notice(self, member: MemberFields, message: str) -> Problem:
        """Return a notice about one district."""
        place = ("districts", self.fields.districts.index(member), "site")
        return replace(self.document.problem(place, message, "member-failed"), level=Level.NOTICE)


def read_hub(root: Path) -> HubFile:
    """Read ``hub.yml`` of a folder.

    Raises:
        ProblemsFound: there is none, or something in it is wrong.
    """
    path = root / FILE
    if not path.is_file():
        message = "没有 hub.yml；请在市级网站的文件夹里运行，或用 --root 指明"
        raise ProblemsFound([Problem(FILE, 1, 1, message, "no-hub-file")])
    return read_hub_file(FILE, read_bytes(root, path))


def read_hub_file(where: str, raw: bytes) -> HubFile:
    """Read the file's bytes.

    Args:
        where: the file, for messages.
        raw: its bytes.

    Raises:
        ProblemsFound: with everything that is wrong in it.
    """
    document = yaml.read(where, raw)
    try:
        fields = HubFields.model_validate(document.data)
    except ValidationError as error:
        raise ProblemsFound([*translate(error, HubFields, document), *_repeated(document)]) from None
    if problems := [*_repeated(document), *_without_address(fields, document), *_lacking(fields, document)]:
        raise ProblemsFound(problems)
    return HubFile(fields, document)


def _repeated(document: Document) -> Iterator[Problem]:
    """Yield a problem for each id, name or address that two districts have."""
    districts = document.data.get("districts")
    for field in ("id", "name", "site", "address"):
        owners: dict[str, int] = {}
        for number, member in enumerate(districts if isinstance(districts, list) else ()):
            value = member.get(field) if isinstance(member, dict) else None
            if isinstance(value, str) and owners.setdefault(value.strip().rstrip("/"), number) != number:
                first = owners[value.strip().rstrip("/")] + 1
                message = f"{field} “{value[:60]}” 和第 {first} 个区的一样；请改正其中一个"
                yield document.problem(("districts", number, field), message, "repeated-member")


def _without_address(fields: HubFields, document: Document) -> Iterator[Problem]:
    for number, member in enumerate(fields.districts):
        if member.project and is_remote(member.site):
            message = "写了 project（由市里生成），site 就要写生成到哪个文件夹，不写网址"
            yield document.problem(("districts", number, "site"), message, "project-without-folder")
        if member.address:
            continue
        if not is_remote(member.site):
            message = "site 写的是文件夹，还要写 address（市民打开的网址），不然不知道把人领到哪里"
            yield document.problem(("districts", number, "site"), message, "no-address")
        elif objection := web_addresses.objection(member.site):
            message = f"{objection}；或者另写 address（市民打开的网址）"
            yield document.problem(("districts", number, "site"), message, "no-address")


def _lacking(fields: HubFields, document: Document) -> Iterator[Problem]:
    """Codes are never invented: a column of a portal has all of them."""
    site = fields.site
    if site.mode is Mode.COLUMN and (missing := site.missing()):
        message = f"column 方式缺少：{'、'.join(missing)}；请向门户网站主管单位取得后写在 portal 里"
        yield document.problem(("portal",), message, "configuration")
    code = site.portal.get("site_code", "")
    if code and not SITE_CODE.fullmatch(code):
        message = f"网站标识码 “{code[:40]}” 不对；是 10 位数字，或 bm 加 8 位数字"
        yield document.problem(("portal", "site_code"), message, "configuration")
