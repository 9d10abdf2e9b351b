"""Render many pages on all processors.

Rendering is pure, so it can be split: each worker is a copy of this process as it stands after planning, which costs
nothing to make where the system can fork, and sends back finished HTML in order. Elsewhere, and for few pages, the
pages are rendered here, one after the other; the bytes are the same.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from macros.pages.plan import PlannedPage
from macros.pages.render import Renderer

FEW_PAGES = 300
"""So many pages are rendered in less time than workers take to start and stop."""

_CHUNK = 40


class Rendered(NamedTuple):
    """What comes from records on one page."""

    address: str
    head: str
    content: str


def render_all(renderer: Renderer, pages: Sequence[PlannedPage]) -> Iterator[Rendered]:
    """Yield every page's head and article, in the order of the pages.

    Args:
        renderer: makes the HTML.
        pages: what is to be rendered.
    """
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if processors == 1 or len(pages) <= FEW_PAGES:
        yield from (_render(renderer, page) for page in pages)
        return
    _Work.renderer, _Work.pages = renderer, pages
    with multiprocessing.get_context("fork").Pool(processors) as pool:
        for chunk in pool.imap(_render_chunk, range(0, len(pages), _CHUNK)):
            yield from chunk


class _Work:
    """What the workers inherit; it never travels between processes."""

    renderer: Renderer
    pages: Sequence[PlannedPage]


def _render_chunk(start: int) -> list[Rendered]:
    return [_render(_Work.renderer, page) for page in _Work.pages[start : start + _CHUNK]]


def _render(renderer: Renderer, page: PlannedPage) -> Rendered:
    return Rendered(page.address, str(renderer.head(page)), str(renderer.content(page)))
