"""Put planned pages into the theme's frame, which is rendered once for each section and depth.

The frame (``overrides/main.html``) prints three slots and looks at nothing of a page but its address, so one rendering with
place-holders serves all pages that share a section and a depth (design.md, decision 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import jinja2
from markupsafe import escape

from macros.pages.plan import PlannedPage
from macros.pages.shell import Shell, slot
from macros.pages.workers import Rendered, render_all
from macros.session import Session

PLANNED = "kepu-planned-page"
"""The name under which the engine asks for the template of a planned page."""


class ThemeEnvironment:
    """The theme's environment, except that planned pages get the shell."""

    def __init__(self, environment: jinja2.Environment, session: Session) -> None:
        self._environment = environment
        self._planned = PlannedTemplate(environment, session)

    def get_template(self, name: str) -> Any:
        """Return the template with this name."""
        return self._planned if name == PLANNED else self._environment.get_template(name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._environment, name)


class PlannedTemplate:
    """Stands for the theme's template of planned pages."""

    def __init__(self, environment: jinja2.Environment, session: Session) -> None:
        self._frame = environment.get_template("main.html")
        self._shells: dict[tuple[str, int], Shell] = {}
        self._rendered = render_all(session.renderer, tuple(session.planned.values()))
        self._early: dict[str, Rendered] = {}

    def render(self, context: Mapping[str, Any]) -> str:
        """Return a whole page.

        Args:
            context: what the engine gives to templates; ``page.planned`` is what is to be made.
        """
        planned: PlannedPage = context["page"].planned
        key = planned.section, planned.depth
        if key not in self._shells:
            self._shells[key] = self._cut(context)
        rendered = self._take(planned.address)
        topic = str(escape(planned.title))
        return self._shells[key].fill({"head": rendered.head, "topic": topic, "content": rendered.content})

    def _take(self, address: str) -> Rendered:
        while address not in self._early:
            rendered = next(self._rendered)
            self._early[rendered.address] = rendered
        return self._early.pop(address)

    def _cut(self, context: Mapping[str, Any]) -> Shell:
        meta = {"head": slot("head"), "topic": slot("topic")}
        page = SimpleNamespace(url=context["page"].url, meta=meta, content=slot("content"))
        return Shell.cut(self._frame.render({**context, "page": page}))
