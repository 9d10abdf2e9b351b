"""Put planned pages into the theme's frame, which is rendered once for each section and depth.

The frame (``overrides/main.html``) prints three slots and looks at nothing of a page but its address, so one rendering with
place-holders serves all pages that share a section and a depth (design.md, decision 4). The engine never hears of planned
pages: a `Page` and a `File` for each would take longer than their content does (HACKING.md, "How pages are made").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import SimpleNamespace
from typing import Any

import jinja2
from markupsafe import escape

from macros.library.library import Library
from macros.pages.layout import Shell, slot
from macros.pages.plan import PlannedPage
from macros.pages.render import Renderer
from macros.site.session import Session


def theme_globals(session: Session) -> dict[str, Any]:
    """Return what the theme may know: ``kepu.site``, ``kepu.as_of``, ``kepu.kinds`` and ``kepu.assets`` of its templates."""
    library = session.library
    kinds = [_kind(library, kind) for kind in library.kinds()]
    return {"site": session.site, "as_of": library.as_of, "kinds": kinds, "assets": session.assets}


def _kind(library: Library, kind: str) -> dict[str, Any]:
    term = library.kind_term(kind)
    return {
        "kind": kind,
        "label": library.kind_label(kind),
        "count": len(library.records(kind)),
        "help": term.help if term else "",
    }


class Frame:
    """The theme's frame around planned pages.

    Args:
        environment: the theme's templates, with their globals.
        config: the engine's configuration, as the theme knows it.
        kepu: what the theme may know of the site: see `theme_globals`.
    """

    def __init__(self, environment: jinja2.Environment, config: Any, kepu: Mapping[str, Any]) -> None:
        self._template = environment.get_template("main.html")
        self._config, self._kepu = config, kepu
        self._shells: dict[tuple[str, int], Shell] = {}

    def prepare(self, renderer: Renderer, pages: Collection[PlannedPage]) -> None:
        """Render the frames of pages and one page of each template, so that workers find all templates compiled."""
        for planned in pages:
            self.shell(planned)
        for planned in {planned.template: planned for planned in pages}.values():
            self.page(renderer, planned)

    def page(self, renderer: Renderer, planned: PlannedPage) -> bytes:
        """Return a whole page as its file holds it.

        Args:
            renderer: makes what comes from records.
            planned: the page.
        """
        topic = str(escape(planned.title))
        parts = {"head": str(renderer.head(planned)), "topic": topic, "content": str(renderer.content(planned))}
        return self.shell(planned).fill(parts).encode()

    def shell(self, planned: PlannedPage) -> Shell:
        """Return the frame of a page; pages in one folder of the first level and of one depth share it."""
        key = planned.address.partition("/")[0], planned.depth
        if key not in self._shells:
            self._shells[key] = self._cut(planned)
        return self._shells[key]

    def _cut(self, planned: PlannedPage) -> Shell:
        meta = {"head": slot("head"), "topic": slot("topic")}
        page = SimpleNamespace(url=planned.address, meta=meta, content=slot("content"))
        base = "/".join([".."] * planned.depth) or "."
        return Shell.cut(self._template.render(page=page, base_url=base, config=self._config, kepu=self._kepu))
