"""Score a site's search in a browser, whatever its documents were made from."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean
from urllib.request import urlopen

from playwright.sync_api import Page

from tests.search.sets.queries import Query

_OPEN = """async (module) => {
  const { openSearch } = await import(module);
  window.opened = await openSearch("./");
}"""
_ASK = """async (text) => {
  const start = performance.now();
  const results = await window.opened.query(text, { limit: 10 });
  return { ids: results.map((result) => result.id), milliseconds: performance.now() - start };
}"""


@dataclass(frozen=True)
class Scores:
    """What was measured.

    Attributes:
        ranks: class → mean reciprocal rank among the first ten; of queries without an answer, the share that is empty.
        opening_bytes: compressed bytes fetched before the first query, scripts included.
        query_bytes: compressed bytes that each query fetched, in order.
        milliseconds: how long each query took, in order.
    """

    ranks: dict[str, float]
    opening_bytes: int
    query_bytes: list[int]
    milliseconds: list[float]

    def table(self) -> str:
        """The measures as lines of text."""
        rows = [f"{kind:20}{rank:6.3f}" for kind, rank in self.ranks.items()]
        rows.append(f"{'macro':20}{mean(self.ranks.values()):6.3f}")
        rows.append(f"bytes: opening {self.opening_bytes}, a query's p95 {percentile95(self.query_bytes)}")
        rows.append(f"milliseconds: p95 {percentile95(self.milliseconds):.1f}")
        return "\n".join(rows)


def score(page: Page, address: str, queries: Sequence[Query]) -> Scores:
    """Ask every query on a site.

    Args:
        page: a page of a browser.
        address: address of the site, ending with a slash.
        queries: what to ask, and which ids rightly answer.

    Returns:
        The scores by class, and what it cost.
    """
    page.goto(address)
    page.wait_for_load_state("networkidle")
    meter = _Meter(page)
    page.evaluate(_OPEN, f"{address}assets/javascripts/search/open.js")
    page.wait_for_timeout(300)
    opening_bytes = meter.take()
    ranks: defaultdict[str, list[float]] = defaultdict(list)
    query_bytes, milliseconds = [], []
    for query in queries:
        answer = page.evaluate(_ASK, query.text)
        ranks[query.kind].append(_reciprocal_rank(answer["ids"], query))
        query_bytes.append(meter.take())
        milliseconds.append(answer["milliseconds"])
    return Scores({kind: mean(values) for kind, values in ranks.items()}, opening_bytes, query_bytes, milliseconds)


def percentile95(values: Iterable[float]) -> float:
    """The value that 95 of 100 don't pass."""
    ordered = sorted(values)
    return ordered[int(len(ordered) * 0.95)]


def _reciprocal_rank(ids: Sequence[str], query: Query) -> float:
    if not query.answers:
        return float(not ids)
    return next((1 / rank for rank, found in enumerate(ids, 1) if found in query.answers), 0.0)


class _Meter:
    """Counts what the page and its worker fetch, as a server that compresses would send it."""

    def __init__(self, page: Page) -> None:
        self._fetched: list[str] = []
        self._sizes: dict[str, int] = {}
        page.on("requestfinished", lambda request: self._fetched.append(request.url))

    def take(self) -> int:
        """The bytes since the last time; what a page preloads and its worker asks for again comes out of the browser's cache."""
        taken, self._fetched = set(self._fetched), []
        return sum(map(self._size, taken))

    def _size(self, url: str) -> int:
        """Asked again, because a browser doesn't keep the bodies of all that a worker fetched."""
        if url not in self._sizes:
            with urlopen(url) as response:
                self._sizes[url] = len(gzip.compress(response.read(), 9))
        return self._sizes[url]
