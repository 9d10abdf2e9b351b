"""The site as Markdown for any engine: every page with its front matter, macros worked out, nothing of ours left to run.

What comes from records is HTML that engines leave alone (`macros.pages.portable.html`); what was written by hand stays the
Markdown that it is. Files are named so that engines give the pages the addresses that they have on our site.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from markupsafe import Markup

from macros.library.library import Library
from macros.pages.inline import Expansion
from macros.pages.plan import PlannedPage
from macros.pages.plan.passport_page import PASSPORT
from macros.pages.plan.quiz_pages import QUIZ
from macros.pages.portable.html import BODY, around_body, inert, inert_line, inert_text
from macros.pages.render import Renderer
from macros.pages.site_settings import Site
from macros.text import allowed_links
from macros.text.markdown import MarkupKind, find_markup

_IDENTIFIER = re.compile(r"<?id:[^\s()<>]*>?", re.IGNORECASE)

STYLESHEETS = ("assets/stylesheets/tokens.css", "assets/stylesheets/figures.css")
"""Drawings in articles take their colours from these; all other looks are the other engine's."""

# Some engines escape a title or a description and others don't, so neither may have anything to escape.
FULL_WIDTH = str.maketrans("<>&\"'{}", "＜＞＆＂＇｛｝")


class _Lowercase:
    """Stands for the function that makes anchors of Chinese headings; an engine makes it when it reads its settings."""


class _Dumper(yaml.SafeDumper):
    """Writes settings, indented as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists too."""
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Lowercase,
    lambda dumper, value: dumper.represent_mapping(
        "tag:yaml.org,2002:python/object/apply:pymdownx.slugs.slugify", {"kwds": {"case": "lower"}}
    ),
)


def staged_page(renderer: Renderer, page: PlannedPage) -> str:
    """Return a page that is made from records, as a Markdown file."""
    return f"{_front_matter(page)}\n{_block(inert(renderer.content(page)))}"


def staged_by_hand(renderer: Renderer, expansion: Expansion, library: Library) -> str:
    """Return a page that was written by hand, with the output of its macros, as a Markdown file."""
    page, body = expansion.page.planned, _filled(expansion, library).strip()
    if page.address == "":
        return f"{_front_matter(page)}\n{_opening(renderer.site, library)}\n{body}\n"
    before, after = map(_block, around_body(renderer.around(page, BODY, has_heading=True)))
    return "\n".join([_front_matter(page), *filter(None, (before, f"{body}\n", after))])


def configuration(site: Site, library: Library, extensions: Sequence[Any]) -> str:
    """Return ``mkdocs.yml`` for the staged pages.

    Args:
        site: the site.
        library: knows the kinds, whose lists stand in the navigation.
        extensions: the Markdown extensions that the pages by hand rely on, as the project's ``mkdocs.yml`` lists them.
    """
    settings = {
        "site_name": site.name.translate(FULL_WIDTH),
        "site_description": site.description.translate(FULL_WIDTH),
        **({"site_url": site.url} if site.url else {}),
        "docs_dir": "content",
        "site_dir": "site",
        "use_directory_urls": True,
        "theme": {"name": "material", "language": "zh", "font": False},
        "extra_css": list(STYLESHEETS),
        "plugins": ["search"],
        "markdown_extensions": _extensions(extensions),
        "nav": _navigation(library),
        # Thousands of records in the navigation of every page would make a build of minutes.
        "not_in_nav": "*",
    }
    return yaml.dump(settings, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def _extensions(extensions: Sequence[Any]) -> list[Any]:
    """Return Markdown extensions with the anchors of headings as our own engine makes them."""
    named = {
        name: value for one in extensions for name, value in (one.items() if isinstance(one, dict) else [(one, {})])
    }
    named["toc"] = {"slugify": _Lowercase(), **(named.get("toc") or {})}
    return [{name: value} if value else name for name, value in named.items()]


def _navigation(library: Library) -> list[Mapping[str, str]]:
    kinds = [(library.kind_label(kind).translate(FULL_WIDTH), f"{kind}/index.md") for kind in library.kinds()]
    return [{title: file} for title, file in (("首页", "index.md"), *kinds, ("拼音索引", "az/index.md"))]


def _front_matter(page: PlannedPage) -> str:
    fields = {"title": page.title.translate(FULL_WIDTH), "description": page.description.translate(FULL_WIDTH)}
    return f"---\n{yaml.dump(fields, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**31)}---\n"


def _opening(site: Site, library: Library) -> str:
    """Return what the frame of our own start page opens with: name, description, a door to each kind, the passport and the quiz."""
    doors = [(library.kind_label(kind), f"{kind}/") for kind in library.kinds()]
    doors += [(PASSPORT.title, PASSPORT.address)] if library.with_passport else []
    doors += [(QUIZ.title, QUIZ.address)] if library.with_questions else []
    listed = "\n".join(f"- [{inert_text(title)}]({address}index.md)" for title, address in doors)
    return "\n\n".join([f"# {inert_text(site.name)}", inert_text(site.description), listed]) + "\n"


def _block(html: str) -> str:
    """Return HTML as a block of its own; CommonMark knows by the first tag that one begins."""
    return f'<div class="kepu">\n{html}\n</div>\n' if html else ""


def _filled(expansion: Expansion, library: Library) -> str:
    """Put the macros' output into a page's Markdown, and files in place of ids."""
    markdown = _with_files(expansion, library)
    if not expansion.outputs:
        return markdown
    token = "|".join(expansion.outputs)
    return re.sub(
        f"^(?P<alone>{token})$|{token}",
        lambda match: _output(match, expansion.outputs),
        markdown,
        flags=re.MULTILINE,
    )


def _with_files(expansion: Expansion, library: Library) -> str:
    """Return a page's Markdown with links to the files of records, which other engines know no ids of."""
    lines = expansion.markdown.split("\n")
    for piece in reversed(find_markup(expansion.markdown) if "id:" in expansion.markdown.lower() else ()):
        identifier = allowed_links.record_id(piece.text) if piece.kind is MarkupKind.LINK else None
        record = library.get(identifier) if identifier else None
        if record:
            file = posixpath.relpath(f"{library.address(record)}index.md", posixpath.dirname(expansion.page.uri) or ".")
            line, start = lines[piece.line - 1], piece.column - 1
            end = _IDENTIFIER.match(line, start)
            lines[piece.line - 1] = line[:start] + file + line[end.end() if end else start :]
    return "\n".join(lines)


def _output(match: re.Match[str], outputs: Mapping[str, Markup]) -> str:
    write = inert if match["alone"] else inert_line
    return write(outputs[match[0]])
