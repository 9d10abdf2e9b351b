"""What the settings in ``mkdocs.yml`` mean: the site, or everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from macros.pages.site_settings import (
    ALL,
    FINDER_FROM,
    OFF,
    PAGE,
    PALETTES,
    PATH,
    PORTAL,
    SOME,
    SWITCHES,
    Mode,
    Site,
)
from macros.pages.theme import Theme
from macros.records.model.registry import KINDS, MODEL
from macros.records.region import COUNTRY, DIALECTS, PROVINCES, Region, province_named
from macros.site.settings import SETTINGS

_FORMS = {str: "一段文字", int: "整数", list: "列表，例如 [yue]", dict: "几行 “字段: 值”", bool: "true 或 false"}
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+")
_ORIGIN = re.compile(r"https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?")
_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_HOST = re.compile(r"(?<=//)[\w-]+(\.[\w-]+)+|^[\w-]+(\.[\w-]+)+")
_AREA_CODE = re.compile(r"0\d{2,3}")
_LOGO = re.compile(r"[A-Za-z0-9][\w.-]*\.(svg|png|webp)")
Faults = Iterator[tuple[str, str]]
"""Pairs of a key below ``plugins → kepu``, and what is wrong with it in Chinese."""


class WrongSetting(Exception):
    """Settings that can't be.

    Attributes:
        faults: pairs of a key below ``plugins → kepu`` (empty for all of it) and what is wrong, in Chinese.
    """

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("\n".join(text for _, text in faults))
        self.faults = faults


def site_from(settings: Mapping[str, Any], plugin: Mapping[str, Any], theme: Theme) -> Site:
    """Make the site from MkDocs' settings and the plugin's.

    Args:
        settings: what ``mkdocs.yml`` says, parsed.
        plugin: what it says below ``plugins → kepu``.
        theme: where a logo is looked for.

    Raises:
        WrongSetting: names or values are wrong, or a ``column`` build lacks a code or a name; all that is wrong is told.
    """
    given = {name: value for name, value in plugin.items() if value is not None}
    # To YAML, off is a truth value.
    if given.get("traditional") is False:
        given["traditional"] = OFF
    # What another version wrote may be right there: no other fault is certain then.
    faults = (
        [*_wrong_model(given.get("model"))] or [*_unknown(given), *_ill_formed(given)] or [*_not_allowed(given, theme)]
    )
    if faults:
        raise WrongSetting(faults)
    url = str(settings.get("site_url") or "")
    site = Site(
        name=str(settings.get("site_name") or ""),
        description=str(settings.get("site_description") or ""),
        mode=Mode(given.get("mode") or Mode.PREVIEW),
        url=url and url.rstrip("/") + "/",
        portal={key: str(value) for key, value in given.get("portal", {}).items() if value},
        edit_template=str(given.get("edit_template", "")),
        corrections_template=str(given.get("corrections_template", "")),
        district=str(given.get("district", "")),
        city=str(given.get("city", "")),
        finder_from=given.get("finder_from", FINDER_FROM),
        region=_region(given),
        notice=str(given.get("notice", "")),
        palette=str(given.get("palette", PALETTES[0])),
        logo=str(given.get("logo", "")),
        search_placeholder=str(given.get("search_placeholder", "")),
        share_font=str(given.get("share_font", "")),
        frame_ancestors=tuple(given.get("frame_ancestors", ())),
        **{name: given.get(name, False) for name in SWITCHES},
        traditional=str(given.get("traditional", OFF)),
        without_twin=frozenset(KINDS) - frozenset(given.get("traditional_kinds", KINDS)),
    )
    if site.mode is Mode.COLUMN and (missing := site.missing()):
        message = f"column 模式缺少：{'、'.join(missing)}；请向门户网站主管单位取得后写在 plugins → kepu → portal 里"
        raise WrongSetting([("mode", message)])
    return site


def _region(given: Mapping[str, Any]) -> Region:
    region = province_named(given.get("province", "")) or COUNTRY
    dialects = tuple(given.get("dialects", region.dialects))
    words = {name: given[name] for name in ("town_word", "area_code") if name in given}
    return replace(region, dialects=dialects, **words)


def _unknown(given: Mapping[str, Any]) -> Faults:
    portal = given.get("portal")
    for above, names, known in (
        ("", given, [setting.name for setting in SETTINGS]),
        ("portal.", portal if isinstance(portal, Mapping) else {}, list(PORTAL)),
    ):
        for name in names:
            if name not in known:
                near = get_close_matches(str(name), known, 1)
                hint = f"是不是想写 {near[0]}" if near else f"可以写：{'、'.join(known)}"
                yield f"{above}{name}", f"没有 “{str(name)[:60]}” 这个设置；{hint}"


def _ill_formed(given: Mapping[str, Any]) -> Faults:
    for setting in SETTINGS:
        value = given.get(setting.name)
        # An area code without quotation marks is a number to YAML, which loses its nought.
        wanted = (str,) if setting.form is str else (setting.form,)
        if value is not None and type(value) not in wanted:
            quoted = "，数字要加引号" if setting.form is str else ""
            yield setting.name, f"{setting.name} 要写{_FORMS[setting.form]}，是 “{str(value)[:60]}”{quoted}"


def _not_allowed(given: Mapping[str, Any], theme: Theme) -> Faults:
    for origin in given.get("frame_ancestors", ()):
        if not _ORIGIN.fullmatch(str(origin)):
            example = "https://www.example.gov.cn"
            yield (
                "frame_ancestors",
                f"frame_ancestors 不能写 “{str(origin)[:60]}”；写网站的地址，到域名为止，例如 {example}",
            )
    for setting, allowed in (("mode", list(Mode)), ("palette", list(PALETTES)), ("traditional", [OFF, SOME, ALL])):
        if given.get(setting, allowed[0]) not in allowed:
            yield setting, f"{setting} 不能写 “{given[setting][:60]}”；可以写：{'、'.join(allowed)}"
    if (province := given.get("province")) and not province_named(province):
        yield "province", f"没有 “{province[:60]}” 这个省；可以写：{'、'.join(PROVINCES)}"
    for dialect in given.get("dialects", ()):
        if dialect not in DIALECTS:
            yield "dialects", f"dialects 里的 “{str(dialect)[:60]}” 不认识；可以写：{'、'.join(DIALECTS)}"
    if given.get("finder_from", 1) < 1:
        yield (
            "finder_from",
            f"finder_from 要写 1 以上的整数，是 “{given['finder_from']}”；一类不到这么多条记录，就不显示筛选",
        )
    if (code := given.get("area_code")) and not _AREA_CODE.fullmatch(code):
        yield "area_code", f'area_code 不能写 “{code[:60]}”；写 0 开头的三四位数字，加引号，例如 "0571"'
    yield from _wrong_kinds(given)
    yield from _wrong_logo(given.get("logo", ""), theme)
    yield from _wrong_domain(str(given.get("portal", {}).get("portal_domain") or ""))
    for name, place in (("edit_template", PATH), ("corrections_template", PAGE)):
        yield from _wrong_template(name, given.get(name, ""), place)


def _wrong_model(written: object) -> Faults:
    model = written if type(written) is int else 1
    if model < MODEL:
        yield "model", f"内容是第 {model} 版的写法，程序要第 {MODEL} 版；请先运行 kepu upgrade，它会说明要改什么"
    elif model > MODEL:
        yield "model", f"内容是第 {model} 版的写法，程序只懂第 {MODEL} 版；请按 requirements.txt 装上新的程序"


def _wrong_kinds(given: Mapping[str, Any]) -> Faults:
    picked = given.get("traditional_kinds", ())
    for kind in picked:
        if kind not in KINDS:
            yield "traditional_kinds", f"traditional_kinds 里没有种类 “{str(kind)[:60]}”；可以写：{'、'.join(KINDS)}"
    if given.get("traditional") in (None, OFF, SOME, ALL) and (given.get("traditional") == SOME) != bool(picked):
        key = "traditional_kinds" if picked else "traditional"
        yield key, "traditional: pages 和 traditional_kinds 要一起写：只有写出的种类有繁体版"


def _wrong_logo(logo: str, theme: Theme) -> Faults:
    if logo and not _LOGO.fullmatch(logo):
        yield "logo", f"logo 不能写 “{logo[:60]}”；只写文件名，SVG、PNG 或 WebP，例如 logo.svg"
    elif logo and theme.find(f"assets/images/{logo}") is None:
        yield "logo", f"没有 overrides/assets/images/{logo} 这个文件；请放进去，或删掉 logo 这一行"


def _wrong_domain(domain: str) -> Faults:
    """Refuse a domain with a scheme or a path: the tag ``SiteDomain`` of public sites holds a bare domain."""
    if domain and not _DOMAIN.fullmatch(domain):
        host = _HOST.search(domain)
        example = host[0] if host else "www.example.gov.cn"
        text = f"portal_domain 不能写 “{domain[:60]}”；只写域名，不写 https:// 和路径，例如 {example}"
        yield "portal.portal_domain", text


def _wrong_template(name: str, template: str, place: str) -> Faults:
    """Refuse a template of an address with anything in braces but the one that is filled in."""
    if found := _BRACES.search(template.replace(place, "")):
        yield name, f"{name} 里的 “{found[0][:40]}” 不认识；网址里要填的地方只能写 {place}"
