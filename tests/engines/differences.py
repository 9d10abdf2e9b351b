"""What may differ between our own pages and the staged ones as another engine shows them, and why.

docs/dev/engines.md tells the same. Whatever differs and is not told here is a fault of the staging.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.pages.portable.staging import FULL_WIDTH
from macros.pages.site_settings import TRADITIONAL
from tests.engines.reading import Seen

LOST = "404.html"
BUNDLE_HEADING = "整个网站"


@dataclass(frozen=True)
class Difference:
    """One thing on which two sites disagree.

    Attributes:
        page: address of the page.
        what: ``page``, ``title``, ``headings`` or ``links``.
        ours: what our own site has; None where it has no such page.
        theirs: what the other site has; None where it has no such page.
    """

    page: str
    what: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        return f"/{self.page}: {self.what}: {self.ours!r} → {self.theirs!r}"


@dataclass(frozen=True)
class Explanation:
    """Why some differences are no fault.

    Attributes:
        reason: the reason, for people.
        covers: tells whether it explains a difference.
        setting: of the site that makes the difference; empty where every site has it.
    """

    reason: str
    covers: Callable[[Difference], bool]
    setting: str = ""

    def is_expected(self, configurations: Iterable[str]) -> bool:
        """Tell whether one of these sites has what it explains.

        Args:
            configurations: their ``mkdocs.yml``.
        """
        switched_on = re.compile(rf"^ +{self.setting}: (?!off|false)", re.MULTILINE)
        return not self.setting or any(map(switched_on.search, configurations))


def _without_places(page: str, links: list[str]) -> list[str]:
    """Return links without those to places of their own page."""
    return [link for link in links if not link.startswith((f"{page}#", f"{page}index.html#"))]


EXPLANATIONS = (
    Explanation(
        "The page for lost readers belongs to the engine's own theme, which knows nothing of our sections.",
        lambda found: found.page == LOST,
    ),
    Explanation(
        "The theme adds the site's name to the title of the start page too, where we do not repeat it.",
        lambda found: found.page == "" and found.what == "title" and found.theirs == f"{found.ours} - {found.ours}",
    ),
    Explanation(
        "The button that folds a finder is a link where scripts fail; other engines have no finder.",
        lambda found: found.what == "links" and found.theirs == [link for link in found.ours if link != "site-map/"],
    ),
    Explanation(
        "Our list of contents leads to places of its own page; other engines have lists of their own beside the page.",
        lambda found: (
            found.what == "links"
            and _without_places(found.page, found.ours) == _without_places(found.page, found.theirs)
        ),
    ),
    Explanation(
        "What changed last stands below every start page by our own layout, not in its text.",
        lambda found: found.page == "" and found.what != "title" and found.ours[: len(found.theirs)] == found.theirs,
    ),
    Explanation(
        "Pages in traditional characters are made of finished pages, which staged ones are not.",
        lambda found: found.page.startswith(TRADITIONAL) and found.what == "page" and found.theirs is None,
        "traditional",
    ),
    Explanation(
        "The site that opens from a folder is packed from the finished site; before that the page of data can't offer it.",
        lambda found: (
            found.page == "data/"
            and found.theirs
            == [one for one in found.ours if one != (2, BUNDLE_HEADING) and not str(one).endswith(".zip")]
        ),
        "bundle",
    ),
    Explanation(
        "Titles in front matter have marks of HTML in full width, since some engines escape titles and others do not.",
        lambda found: found.what == "title" and found.theirs == found.ours.translate(FULL_WIDTH),
    ),
)


def compare(ours: Mapping[str, Seen], theirs: Mapping[str, Seen]) -> Iterator[Difference]:
    """Yield everything on which two sites disagree, page by page."""
    for page in sorted({*ours, *theirs}):
        if page not in ours or page not in theirs:
            yield Difference(page, "page", page in ours or None, page in theirs or None)
            continue
        for what in ("title", "headings", "links"):
            pair = getattr(ours[page], what), getattr(theirs[page], what)
            if pair[0] != pair[1]:
                yield Difference(page, what, *pair)


def explanation(found: Difference) -> Explanation | None:
    """Return what explains a difference, or None."""
    return next((one for one in EXPLANATIONS if one.covers(found)), None)
