"""The pages by hand of one session, made whole: what their editors wrote, with the layout around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from markupsafe import Markup

from macros.library.library import Library
from macros.pages.body import Body, make_body
from macros.pages.handwritten import HandwrittenPage, HandwrittenPages
from macros.pages.inline import Expansion, expand
from macros.pages.layout import PageLayout
from macros.pages.link_targets import LinkTargets
from macros.pages.page_macros import PageMacros
from macros.pages.plan import PlannedPage
from macros.pages.render import Renderer
from macros.records.laws.evidence import unproven_answers
from macros.records.problems import Problem, ProblemsFound

Made = TypeVar("Made")


@dataclass(frozen=True)
class WrittenPages:
    """The pages by hand, and what has to be known to make them.

    Attributes:
        by_hand: the pages as they were read.
        library: the records.
        planned: the pages made from records, by address.
        renderer: makes articles.
        layout: makes whole pages.
    """

    by_hand: HandwrittenPages
    library: Library
    planned: Mapping[str, PlannedPage]
    renderer: Renderer
    layout: PageLayout

    @cached_property
    def targets(self) -> LinkTargets:
        """What their links may lead to."""
        addresses = {page.uri: page.planned.address for page in (*self.by_hand.pages, *self.by_hand.withdrawn)}
        return LinkTargets(self.library, addresses, self.planned, frozenset(self.by_hand.files))

    @property
    def expansions(self) -> Mapping[str, Expansion]:
        """The pages with their macros worked out, by path below ``content/``; those that are wrong are left out."""
        return self._expanded[0]

    @property
    def bodies(self) -> Mapping[str, Body]:
        """What the pages say, by path below ``content/``; those that are wrong are left out."""
        return self._bodies[0]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with each page by itself."""
        return [*self._expanded[1], *self._bodies[1], *self._unproven()]

    def _unproven(self) -> Iterator[Problem]:
        for body in self.bodies.values():
            record = body.page.planned.data.get("record")
            if record and record.questions:
                yield from unproven_answers(record, (body.text,))

    def whole(self, uri: str, layout: PageLayout | None = None) -> str | None:
        """Return a whole page by its path below ``content/``; None if there is none that is right.

        Args:
            uri: its path.
            layout: what makes it whole; None for the pages' own.
        """
        body = self.bodies.get(uri)
        return self._whole(body, self.expansions[uri], layout or self.layout) if body else None

    def draft(self, page: HandwrittenPage) -> str:
        """Return a page whole that need not be among the others.

        Raises:
            ProblemsFound: something in it is wrong.
        """
        expansion = expand(page, PageMacros(self.library, self.renderer))
        return self._whole(make_body(expansion, partial(self.targets.address, page)), expansion, self.layout)

    def _whole(self, body: Body, expansion: Expansion, layout: PageLayout) -> str:
        planned = body.page.planned
        article = self.renderer.around(planned, Markup(body.html), bool(body.headings))
        return layout.around(planned, article, self._from_templates(body, expansion))

    def from_templates(self) -> Iterator[str]:
        """Yield each page as far as it comes from our templates: the layout, and the macros' output."""
        for body in self.bodies.values():
            yield self.layout.around(body.page.planned, self._from_templates(body, self.expansions[body.page.uri]))

    def _from_templates(self, body: Body, expansion: Expansion) -> Markup:
        outputs = Markup().join(expansion.outputs.values())
        return self.renderer.around(body.page.planned, outputs, has_heading=True)

    @cached_property
    def _expanded(self) -> tuple[dict[str, Expansion], list[Problem]]:
        macros = PageMacros(self.library, self.renderer)
        return _each((page.uri, partial(expand, page, macros)) for page in self.by_hand.pages)

    @cached_property
    def _bodies(self) -> tuple[dict[str, Body], list[Problem]]:
        address = self.targets.address
        return _each((uri, partial(make_body, one, partial(address, one.page))) for uri, one in self.expansions.items())


def _each(makers: Iterable[tuple[str, Callable[[], Made]]]) -> tuple[dict[str, Made], list[Problem]]:
    """Return what could be made, by name, and what is wrong with the others."""
    made: dict[str, Made] = {}
    problems: list[Problem] = []
    for uri, make in makers:
        try:
            made[uri] = make()
        except ProblemsFound as found:
            problems += found.problems
    return made, problems
