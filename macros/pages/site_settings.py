"""What the configuration says about the site: whose it is, in which mode it is built, where readers report errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import quote

from macros.records.region import COUNTRY, Region
from macros.text.web_addresses import quoted

PATH, PAGE = "{path}", "{page}"
"""What stands in the templates of addresses for the file, and for the page."""

FINDER_FROM = 12
"""Number of records from which on lists have facets to choose by; fewer are read faster than chosen from (GOV.UK's lists begin at ten)."""

SWITCHES = ("bundle", "booklets", "embeds", "markdown", "posters")
"""Settings that a site has or has not."""

TRADITIONAL = "zh-hant/"
"""The folder of the pages in traditional characters, which lie there as the others lie in the site."""

SCRIPTS = {"zh-Hans": "", "zh-Hant": TRADITIONAL}
"""Tags of the two scripts (BCP 47), and where their pages lie."""

SHARED = "assets/share/"
"""Where the pictures lie that message programs show beside links."""

SITE_CODE = re.compile(r"bm\d{8}|\d{10}")

OFF, SOME, ALL = "off", "pages", "all"
"""What `Site.traditional` may say."""

PORTAL = {
    "portal_name": "门户网站名称",
    "portal_domain": "门户网站域名",
    "site_code": "网站标识码",
    "icp_number": "ICP 备案号",
    "police_number": "公安备案号",
    "organizer": "主办单位",
    "contact": "联系方式",
}
"""What only the public body can give, with its name for people."""

PALETTES = ("lake", "leaf", "brick", "plum", "ink")
"""The site's main colours to choose from; each but the first has a style sheet below ``palettes/``."""


class Mode(StrEnum):
    """How the site is published, which decides whose name, codes and notices it bears (docs/dev/decisions.md, 19)."""

    PREVIEW = "preview"
    STANDALONE = "standalone"
    COLUMN = "column"


@dataclass(frozen=True)
class Site:
    """The site as configured in ``mkdocs.yml``.

    Attributes:
        name: the site's name.
        description: one sentence about it.
        mode: preview, standalone or column.
        url: address of the start page with a final slash, or empty if it is not known.
        portal: codes and names that only the public body can give; missing ones are shown as 未配置 in a preview.
        edit_template: address for editing a file, with ``{path}``, or empty.
        corrections_template: address for reporting an error, with ``{page}``, or empty.
        district: name of the district, e.g. 示例区.
        city: name of the city, for map searches.
        finder_from: number of records from which on a list can be chosen from by facets; fewer are read faster than chosen.
        region: the province, or the whole country if none is configured, with what is spoken there.
        notice: what a standalone site says of itself above each page.
        palette: the main colour, one of `PALETTES`.
        logo: name of the picture beside the site's name, below ``assets/images/``; empty for the generator's own.
        search_placeholder: what the field of search says while it is empty; empty to say how one may search.
        bundle: whether every build makes the zip that opens without a network.
        markdown: whether each page has its Markdown beside it, for programs that read.
        posters: whether each record has a poster to print.
        booklets: whether there are booklets to print.
        embeds: whether there are lists that other sites may show in a frame.
        share_font: path of the font that pictures beside links are drawn with, below the project's folder; empty for no pictures.
        missing_font: the same of a font that is not there.
        frame_ancestors: which sites may, by their origins; headers say so.
        locale: language of the pages.
        is_city: whether it shows the districts of a city and has no records of its own (docs/hub.md).
        traditional: which pages have a twin in traditional characters: ``off``, ``pages`` or ``all``.
        without_twin: first steps of the addresses that have none all the same: the kinds that were not picked.
    """

    name: str
    description: str = ""
    mode: Mode = Mode.PREVIEW
    url: str = ""
    portal: Mapping[str, str] = field(default_factory=dict)
    edit_template: str = ""
    corrections_template: str = ""
    district: str = ""
    city: str = ""
    finder_from: int = FINDER_FROM
    region: Region = COUNTRY
    notice: str = ""
    palette: str = PALETTES[0]
    logo: str = ""
    search_placeholder: str = ""
    bundle: bool = False
    booklets: bool = False
    embeds: bool = False
    frame_ancestors: tuple[str, ...] = ()
    share_font: str = ""
    missing_font: str = ""
    markdown: bool = False
    posters: bool = False
    locale: str = "zh-CN"
    is_city: bool = False
    traditional: str = OFF
    without_twin: frozenset[str] = frozenset()

    def share_picture(self, kind: str, identifier: str) -> str | None:
        """Return the absolute address of the picture that is shown beside links to a record, or None if there is none."""
        return self.canonical(f"{SHARED}{kind}/{identifier}.png") if self.share_font else None

    @property
    def options(self) -> frozenset[str]:
        """The names of the settings that are on, of those that a site has or has not."""
        switches = frozenset(name for name in SWITCHES if getattr(self, name))
        return switches if self.traditional == OFF else switches | {"traditional"}

    def edit_url(self, path: str) -> str | None:
        """Return the address at which a file of the project can be edited, or None if the host is not known."""
        return self.edit_template.replace(PATH, quote(path)) if self.edit_template else None

    def corrections_url(self, page: str) -> str | None:
        """Return the address for reporting an error on a page, or None if none is configured."""
        return self.corrections_template.replace(PAGE, quote(page, safe="")) if self.corrections_template else None

    def canonical(self, address: str) -> str | None:
        """Return the absolute address of a page, or None if the site's own address is not known."""
        return self.absolute(self._place(address))

    def absolute(self, address: str) -> str | None:
        """Return an address relative to the site's root with the site's own before it, or None if that is not known."""
        return self.url + quoted(address) if self.url else None

    def _place(self, address: str) -> str:
        """Return where a page lies, in the script of the pages that name it."""
        return TRADITIONAL + address if self.is_traditional and self.has_twin(address) else address

    @property
    def is_traditional(self) -> bool:
        """Whether pages are made in traditional characters."""
        return self.locale == "zh-Hant"

    @property
    def in_traditional(self) -> Site:
        """The site, as its pages in traditional characters see it."""
        return replace(self, locale="zh-Hant")

    def has_twin(self, address: str) -> bool:
        """Tell whether there is a page in both scripts.

        Args:
            address: relative to the site's root; files have none.
        """
        if self.traditional == OFF or (address and not address.endswith("/")):
            return False
        return address.partition("/")[0] not in self.without_twin

    def twin_of(self, address: str) -> str:
        """Return where a page stands in traditional characters, relative to the site's root; empty where it does not."""
        return TRADITIONAL + address if self.has_twin(address) else ""

    def switch(self, address: str) -> str:
        """Return where readers of a page find it in the other script, relative to the site's root; else that script's start page."""
        other = "" if self.is_traditional else TRADITIONAL
        return other + address if self.has_twin(address) else other

    def in_scripts(self, address: str) -> dict[str, str]:
        """Return a page's addresses, relative to the site's root, by the tag of their language; none if it is there in one only."""
        if not self.has_twin(address):
            return {}
        places = {tag: folder + address for tag, folder in SCRIPTS.items()}
        return {**places, "x-default": address}

    def missing(self) -> tuple[str, ...]:
        """Return what a ``column`` build lacks, each as ``title（name）``; codes are never invented."""
        names = [name for name in PORTAL if not self.portal.get(name)]
        code = self.portal.get("site_code", "")
        if code and not SITE_CODE.fullmatch(code):
            names.append("site_code")
        return tuple(f"{PORTAL[name]}（{name}）" for name in names)
