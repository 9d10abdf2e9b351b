"""The layout: what stands around the article of every page, rendered once and filled for each page that shares it.

Between two pages of one section and depth it differs in three places only: head, title and content. Rendering it again
for each would repeat the same work ten thousand times, so it is rendered with place-holders and cut there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from macros.pages.alert import Alert
from macros.pages.plan import PlannedPage
from macros.pages.render import Renderer, relative
from macros.pages.site_settings import Site

# Letters and dashes only, so that no template or filter changes it.
_SLOT = re.compile(r"kepu-slot-([a-z]+)-tols-upek")
_SLOTS = {name: Markup(f"kepu-slot-{name}-tols-upek") for name in ("head", "topic", "content", "switch")}
_LANGUAGE = "kepu-slot-language-tols-upek"
_POLICY = Markup("kepu-policy-ycilop-upek")


class PageLayout:
    """Makes whole pages.

    Args:
        renderer: makes their heads and articles.
        policy_of: returns the Content Security Policy of a whole page, without double quotes, for its head.
        alert: what is said on every page, or None.
    """

    def __init__(self, renderer: Renderer, policy_of: Callable[[str], str], alert: Alert | None = None) -> None:
        self._renderer = renderer
        self._alert = alert
        self._policy_of = policy_of
        self._cut: dict[tuple[str, str, int], tuple[str, ...]] = {}

    def page(self, page: PlannedPage) -> bytes:
        """Return a page that is made from records, as its file holds it."""
        return self.around(page, self.article(page)).encode()

    @property
    def site(self) -> Site:
        """What the configuration says."""
        return self._renderer.site

    def article(self, page: PlannedPage) -> Markup:
        """Return the article of a page that is made from records."""
        return self._renderer.content(page)

    def of(self, renderer: Renderer) -> PageLayout:
        """Return the same for another renderer."""
        return PageLayout(renderer, self._policy_of, self._alert)

    def head(self, page: PlannedPage) -> str:
        """Return the head of a page, the name of its language left open, so that it serves for both scripts."""
        return str(self._renderer.head(page, _LANGUAGE))

    def around(
        self, page: PlannedPage, content: Markup, from_templates: Markup | None = None, head: str | None = None
    ) -> str:
        """Return a whole page with this article.

        Args:
            page: the page.
            content: its article.
            from_templates: as much of the article as may say what the page's policy allows; all of it if None.
            head: the page's head, where it was made before.
        """
        head = (self.head(page) if head is None else head).replace(_LANGUAGE, self.site.locale)
        whole = self._around(page, head, content)
        return self._with_policy(whole, whole if from_templates is None else self._around(page, head, from_templates))

    def _around(self, page: PlannedPage, head: str, content: Markup) -> str:
        switch = relative(self._renderer.site.switch(page.address), page.depth)
        values = {"head": head, "topic": escape(page.title), "content": content, "switch": switch}
        parts = list(self._pieces(page))
        parts[1::2] = [str(values[name]) for name in parts[1::2]]
        return "".join(parts)

    def _with_policy(self, page: str, from_templates: str) -> str:
        """Return a page that brings its policy along; what it holds decides, so that comes last."""
        return page.replace(_POLICY, self._policy_of(from_templates), 1)

    def not_found(self) -> bytes:
        """Return the page for addresses that lead nowhere; it is served at any depth, so its links begin with the host."""
        data = {"base": urlsplit(self._renderer.site.url).path or "/", "policy": _POLICY, "alert": self._alert}
        description = "网址可能写错了，或者这一页已经移走。"
        page = PlannedPage("", "not-found.html", "没有找到这一页", description, data=data)
        content = str(self._renderer.content(page))
        return self._with_policy(content, content).encode()

    def prepare(self, pages: Iterable[PlannedPage]) -> None:
        """Make one page of each template, section and depth, so that workers, which are copies, find everything compiled."""
        for page in {(page.template, page.address.partition("/")[0], page.depth): page for page in pages}.values():
            self.page(page)

    def _pieces(self, page: PlannedPage) -> tuple[str, ...]:
        """Return the layout of a page: text and names of slots in turn, beginning and ending with text."""
        section = page.address.partition("/")[0]
        template = "bare.html" if page.data.get("is_bare") else "layout.html"
        key = template, section, page.depth
        if key not in self._cut:
            base_url = "/".join([".."] * page.depth) or "."
            html = self._renderer.render(
                template,
                page,
                {"section": section, "base_url": base_url, "policy": _POLICY, "alert": self._alert, **_SLOTS},
            )
            self._cut[key] = tuple(_SLOT.split(html))
        return self._cut[key]
