"""Read what ``mkdocs.yml`` says about the site, without MkDocs, so that a check starts at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from macros.pages.site_settings import Mode, Site
from macros.pages.theme import Theme, theme_of
from macros.records import conflicts
from macros.records.problems import Problem, ProblemsFound
from macros.site.site_from_settings import WrongSetting, site_from

FILE = "mkdocs.yml"
_PLUGIN = "kepu"
_OURS = f"plugins.{_PLUGIN}."


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
        ProblemsFound: the file can't be read, or values in it are not allowed.
    """
    settings = read_settings(root)
    theme = settings.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    plugin = {**plugin_settings(settings), **({"mode": mode.value} if mode else {})}
    extensions = settings.get("markdown_extensions")
    own = theme_of(root / (folder or "overrides"))
    return Configuration(site_of(root, settings, plugin, own), own, tuple(extensions or ()))


def site_of(root: Path, settings: Mapping[str, Any], plugin: Mapping[str, Any], theme: Theme) -> Site:
    """Make the site from MkDocs' settings and the plugin's; what is wrong is told at its place in ``mkdocs.yml``.

    Raises:
        ProblemsFound: values are not allowed.
    """
    try:
        return _with_font(root, site_from(settings, plugin, theme))
    except WrongSetting as wrong:
        places = _places((root / FILE).read_text("utf-8"))
        raise ProblemsFound([_problem(text, *places.get(key, (1, 1))) for key, text in wrong.faults]) from None


def _with_font(root: Path, site: Site) -> Site:
    """Return a site that names no font which is not there."""
    is_missing = site.share_font and not (root / site.share_font).is_file()
    return replace(site, share_font="", missing_font=site.share_font) if is_missing else site


def read_settings(root: Path) -> Mapping[str, Any]:
    """Read ``mkdocs.yml`` as it is, without asking what its values mean.

    Raises:
        ProblemsFound: the file can't be read.
    """
    try:
        text = (root / FILE).read_text("utf-8")
        conflicts.refuse(FILE, text)
        settings = yaml.load(text, Loader=_Loader)
    except OSError:
        raise _refused("没有 mkdocs.yml；请在项目的文件夹里运行") from None
    except UnicodeDecodeError:
        raise _refused("文件不是 UTF-8 编码；请在编辑器里“另存为”，编码选 UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _refused("YAML 写法不对；请对照上一个版本改正", mark.line + 1 if mark else 1) from None
    if not isinstance(settings, dict):
        raise _refused("内容不对；要写成 “字段: 值”")
    return settings


def plugin_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings of our own plugin in a parsed ``mkdocs.yml``."""
    for plugin in settings.get("plugins") or ():
        if isinstance(plugin, dict) and _PLUGIN in plugin:
            return plugin[_PLUGIN] or {}
    return {}


def _places(text: str) -> Mapping[str, tuple[int, int]]:
    """Return the line and column of each key of ours, and of those one level below (``portal.site_code``)."""
    found: dict[str, tuple[int, int]] = {}
    for above, key in _keys(yaml.compose(text, Loader=_Loader)):
        path = f"{above}{key.value}"
        if path.startswith(_OURS):
            found[path.removeprefix(_OURS)] = (key.start_mark.line + 1, key.start_mark.column + 1)
    return found


def _keys(node: yaml.Node | None, above: str = "") -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _keys(one, above)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield above, key
            yield from _keys(value, f"{above}{key.value}.")


def _refused(message: str, line: int = 1) -> ProblemsFound:
    return ProblemsFound([_problem(message, line)])


def _problem(message: str, line: int = 1, column: int = 1) -> Problem:
    return Problem(FILE, line, column, message, "configuration")
