"""Read what ``mkdocs.yml`` says about the site, without MkDocs, so that a check starts at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from macros.pages.site_settings import FINDER_FROM, PAGE, PATH, Mode, Site
from macros.pages.theme import Theme, theme_of
from macros.records import conflicts
from macros.records.problems import Problem, ProblemsFound

FILE = "mkdocs.yml"
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+")
_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_HOST = re.compile(r"(?<=//)[\w-]+(\.[\w-]+)+|^[\w-]+(\.[\w-]+)+")


class _Loader(yaml.SafeLoader):
    """A loader that passes over the tags that MkDocs adds, such as ``!ENV``."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


@dataclass(frozen=True)
class Configuration:
    """What ``mkdocs.yml`` says that is needed before MkDocs starts.

    Attributes:
        site: the site.
        theme: templates, styles and scripts: the site's own, then the generator's.
        extensions: the Markdown extensions of pages by hand, as listed: names, or a name with its settings.
    """

    site: Site
    theme: Theme
    extensions: tuple[Any, ...] = ()


def read_configuration(root: Path, mode: Mode | None = None) -> Configuration:
    """Read ``mkdocs.yml``.

    Args:
        root: the project's folder.
        mode: the mode to take in place of the one that it says.

    Raises:
        ProblemsFound: the file can't be read, or a value in it is not allowed.
    """
    settings = _read(root / FILE)
    theme = settings.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    plugin = {**plugin_settings(settings), **({"mode": mode.value} if mode else {})}
    site, extensions = site_from(settings, plugin), settings.get("markdown_extensions")
    return Configuration(site, theme_of(root / (folder or "overrides")), tuple(extensions or ()))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text("utf-8")
        conflicts.refuse(FILE, text)
        settings = yaml.load(text, Loader=_Loader)
    except OSError:
        raise _problem("没有 mkdocs.yml；请在项目的文件夹里运行") from None
    except UnicodeDecodeError:
        raise _problem("文件不是 UTF-8 编码；请在编辑器里“另存为”，编码选 UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _problem("YAML 写法不对；请对照上一个版本改正", mark.line + 1 if mark else 1) from None
    if not isinstance(settings, dict):
        raise _problem("内容不对；要写成 “字段: 值”")
    return settings


def plugin_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings of our own plugin in a parsed ``mkdocs.yml``."""
    for plugin in settings.get("plugins") or ():
        if isinstance(plugin, dict) and "kepu" in plugin:
            return plugin["kepu"] or {}
    return {}


def site_from(settings: Mapping[str, Any], plugin: Mapping[str, Any]) -> Site:
    """Make the site from MkDocs' settings and the plugin's.

    Raises:
        ProblemsFound: the mode is not one, the portal's domain is more than that, or a ``column`` build lacks a code or
            a name.
    """
    mode = plugin.get("mode") or Mode.PREVIEW.value
    if mode not in tuple(Mode):
        raise _problem(f"mode 不能写 “{mode}”；可以写：{'、'.join(Mode)}")
    url = str(settings.get("site_url") or "")
    site = Site(
        name=str(settings.get("site_name") or ""),
        description=str(settings.get("site_description") or ""),
        mode=Mode(mode),
        url=url and url.rstrip("/") + "/",
        portal={key: str(value) for key, value in (plugin.get("portal") or {}).items() if value},
        edit_template=str(plugin.get("edit_template") or ""),
        corrections_template=str(plugin.get("corrections_template") or ""),
        district=str(plugin.get("district") or ""),
        city=str(plugin.get("city") or ""),
        finder_from=_finder_from(plugin.get("finder_from")),
    )
    _refuse_domain(site.portal.get("portal_domain", ""))
    _refuse_template("edit_template", site.edit_template, PATH)
    _refuse_template("corrections_template", site.corrections_template, PAGE)
    if site.mode is Mode.COLUMN and (missing := site.missing()):
        raise _problem(
            f"column 模式缺少：{'、'.join(missing)}；请向门户网站主管单位取得后写在 plugins → kepu → portal 里"
        )
    return site


def _refuse_domain(domain: str) -> None:
    """Refuse a domain with a scheme or a path: the tag ``SiteDomain`` of public sites holds a bare domain."""
    if domain and not _DOMAIN.fullmatch(domain):
        host = _HOST.search(domain)
        example = host[0] if host else "www.example.gov.cn"
        raise _problem(f"portal_domain 不能写 “{domain[:60]}”；只写域名，不写 https:// 和路径，例如 {example}")


def _finder_from(value: object) -> int:
    if value is None:
        return FINDER_FROM
    if type(value) is not int or value < 1:
        raise _problem(f"finder_from 要写 1 以上的整数，是 “{str(value)[:60]}”；一类不到这么多条记录，就不显示筛选")
    return value


def _refuse_template(name: str, template: str, place: str) -> None:
    """Refuse a template of an address with anything in braces but the one that is filled in."""
    rest = template.replace(place, "")
    if found := _BRACES.search(rest):
        raise _problem(f"{name} 里的 “{found[0][:40]}” 不认识；网址里要填的地方只能写 {place}")


def _problem(message: str, line: int = 1) -> ProblemsFound:
    return ProblemsFound([Problem(FILE, line, 1, message, "configuration")])
