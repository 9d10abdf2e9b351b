"""Styles and scripts as the site publishes them: under names made of their content, so that browsers keep them for ever.

Sources stay small files. Style sheets are joined along their ``@import`` rules, scripts along their imports
(`macros.pages.scripts`), one file for each that is asked for; without comments and indentation, nearly half of their bytes
when compressed. Another programme that imports a module of ours needs an address that stays: there lies a module of one line
that leads on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.pages.scripts import entries, joined
from macros.pages.site_settings import Site
from macros.pages.theme import Theme

STYLESHEETS = "assets/stylesheets/"
SCRIPTS = "assets/javascripts/"
IMAGES = "assets/images/"

SHEETS = (
    "site.css",
    "print.css",
    "quiz.css",
    "visit_plan.css",
    "route.css",
    "route-sheet.css",
    "passport.css",
    "alert.css",
    "booklet.css",
    "embed.css",
    "poster.css",
)
"""The style sheets that pages link to; all others are imported by them."""

PARTS = ("scripts.css",)
"""Style sheets that are joined to the first of them where a site has what they are for."""

PAGE_SCRIPTS = (
    "preferences.js", "alert.js", "site.js", "traditional.js", "finder/finder_page.js", "passport/passport_page.js", "quiz/quiz.js", "search/search_box.js",
    "search/results_page.js", "print/stop_codes.js", "embed/embedded_list.js", "embed/embed_code.js",
)  # fmt: skip
"""The scripts that pages link to; all others are imported by them, at once or later."""

CLASSIC_SCRIPTS = ("preferences.js", "alert.js")
"""Those among them that are no modules, since they must run before a page is painted."""

OPTIONAL = {
    "booklets": ("booklet.css",),
    "posters": ("poster.css",),
    "embeds": ("embed.css", "embed/embedded_list.js", "embed/embed_code.js"),
    "traditional": ("scripts.css", "traditional.js"),
}
"""What only pages need that not every site has, by the setting that asks for them."""

PUBLIC_MODULES = ("search/open.js",)
"""Modules whose addresses are documented (docs/dev/search.md)."""

_STYLE_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
_DESCRIPTION = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n|/\*\* @type (?:(?!\*/).)*\*/ ?", re.MULTILINE | re.DOTALL
)
"""A comment of its own lines, as JSDoc is written, or the type of an expression before it."""
_REMARK = re.compile(r"^[ \t]*//.*\n|(?<=[;{},]) // [^\n\"'`]*$", re.MULTILINE)
"""A comment to the end of a line. What might be part of a string stays."""


@dataclass(frozen=True)
class Assets:
    """The styles and scripts of one build.

    Attributes:
        theme: where their sources are, below ``assets/``.
        palette: the style sheet below ``palettes/`` whose colours take the place of the first palette's; empty for that one.
        without: names of those that no page of the site needs, out of `OPTIONAL`.
    """

    theme: Theme
    palette: str = ""
    without: frozenset[str] = frozenset()

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """What is published, by path below the site's root."""
        sheets = {self._sheets[name]: text.encode() for name, text in self._joined.items()}
        modules = {self.script(name): text.encode() for name, text in self._modules.items()}
        lead = {f"{SCRIPTS}{name}": self._leading_on(name).encode() for name in PUBLIC_MODULES}
        return {**sheets, **modules, **lead}

    def stylesheet(self, name: str) -> str:
        """Return the path of a joined style sheet below the site's root.

        Args:
            name: one of `SHEETS`.
        """
        return self._sheets[name]

    def script(self, name: str) -> str:
        """Return the path of a script below the site's root.

        Args:
            name: relative to the folder of scripts, e.g. ``site.js``; subfolders with slashes.

        Raises:
            KeyError: there is no such script, or others bring it along.
        """
        if name not in self._modules:
            raise KeyError(name)
        return f"{SCRIPTS}{self._build}/{name}"

    @cached_property
    def _sheets(self) -> Mapping[str, str]:
        return {
            name: f"{STYLESHEETS}{name.removesuffix('.css')}.{_digest({name: text})}.css"
            for name, text in self._joined.items()
        }

    @cached_property
    def _joined(self) -> Mapping[str, str]:
        sheets = {name: self._join(name) for name in SHEETS if name not in self.without}
        sheets[SHEETS[0]] += "".join(self._join(name) for name in PARTS if name not in self.without)
        if self.palette:
            sheets[SHEETS[0]] += self._join(f"palettes/{self.palette}.css")
        return {name: bare_styles(text) for name, text in sheets.items()}

    def _join(self, name: str) -> str:
        text = self.theme.read(STYLESHEETS + name)
        return _STYLE_IMPORT.sub(lambda found: self._join(found[1]), text)

    @cached_property
    def _modules(self) -> Mapping[str, str]:
        sources = self.theme.files(SCRIPTS, "*.js")
        texts = {name: bare_script(path.read_text("utf-8")) for name, path in sources.items()}
        pages = tuple(name for name in (*PAGE_SCRIPTS, *PUBLIC_MODULES) if name not in self.without)
        return {entry: joined(entry, texts) for entry in sorted(entries(texts, pages))}

    @cached_property
    def _build(self) -> str:
        return _digest(self._modules)

    def _leading_on(self, name: str) -> str:
        return f'export * from "{"../" * name.count("/") or "./"}{self._build}/{name}";\n'


def not_needed(site: Site) -> frozenset[str]:
    """Return the names of those that no page of a site needs."""
    return frozenset(name for setting, names in OPTIONAL.items() if setting not in site.options for name in names)


def bare_styles(text: str) -> str:
    """Return a style sheet without comments and without the space that nothing needs; strings in ours hold nothing alike."""
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    tight = re.sub(r"\s*([{;,])\s*", r"\1", re.sub(r"(?<=[\w-]): ", ":", without_comments))
    return re.sub(r";?\s*\}\s*", "}\n", tight).lstrip()


def bare_script(text: str) -> str:
    """Return a module without comments, indentation and empty lines; no string of ours goes over lines."""
    return re.sub(r"^\s+", "", _REMARK.sub("", _DESCRIPTION.sub("", text)), flags=re.MULTILINE)


def _digest(texts: Mapping[str, str]) -> str:
    """Return 16 hexadecimal digits that stand for names and content."""
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\0{len(text)}\0{text}".encode())
    return digest.hexdigest()[:16]
