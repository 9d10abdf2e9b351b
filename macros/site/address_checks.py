"""Whether each address of a site has one owner: a page by hand, a page or a file that is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from macros.pages.handwritten import CONTENT, HandwrittenPages, collisions
from macros.publishing.release.metadata import GENERATED
from macros.records.problems import Problem


def taken_addresses(
    root: Path, by_hand: HandwrittenPages, made: Collection[str], beside: Collection[str], others: Collection[str]
) -> Iterator[Problem]:
    """Yield where two share an address: a page by hand would be replaced by a made one without a word.

    Args:
        root: the project's folder.
        by_hand: the pages by hand.
        made: addresses of the pages that are made from records.
        beside: paths of the files that are made beside them.
        others: paths of all other files of the site.
    """
    for page in by_hand.pages:
        if page.planned.address.casefold() in made:
            message = f"网址 /{page.planned.address} 已经有自动生成的页面；请给这个文件改名"
            yield Problem(page.path, 1, 1, message, "address-taken")
    files = (*beside, *GENERATED)
    yield from collisions(by_hand.pages, made, (*files, *others, *by_hand.files))
    for path in files:
        if (root / CONTENT / path).is_file():
            message = f"网址 /{path} 已经有自动生成的文件；请给这个文件改名"
            yield Problem(f"{CONTENT}/{path}", 1, 1, message, "address-taken")
