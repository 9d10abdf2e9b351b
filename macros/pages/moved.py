"""Pages by hand that moved: at each former address stands a page that leads on, so that no address ever published dies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from macros.pages.handwritten import HandwrittenPage
from macros.pages.plan import HOME, PlannedPage
from macros.records.problems import Problem


class _Successor(NamedTuple):
    """What ``redirect.html`` names: the page that took over."""

    heading: str


def redirects(pages: Iterable[HandwrittenPage]) -> Iterator[PlannedPage]:
    """Yield a page for each former address of pages by hand."""
    for page in pages:
        title = page.planned.title
        for address in page.former_addresses:
            yield PlannedPage(
                address,
                "redirect.html",
                title,
                f"这一页已经转到“{title}”。",
                (HOME,),
                data={"successor": _Successor(title)},
                indexed=False,
                leads_to=page.planned.address,
            )


def collisions(pages: Collection[HandwrittenPage], made: Collection[str], files: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each former address that something else has: a page, a file or another former address.

    Args:
        pages: the pages by hand.
        made: addresses of the pages that are made from records.
        files: paths of all other files of the site.
    """
    if not any(page.former_addresses for page in pages):
        return
    owners = {address.casefold(): "自动生成的页面" for address in made}
    owners |= {page.planned.address.casefold(): f" {page.path} " for page in pages}
    names = {path.casefold(): f"文件 {path} " for path in files}
    for page in pages:
        for position, address in enumerate(page.former_addresses):
            wanted = address.casefold()
            if owner := owners.get(wanted) or _file_above(wanted, names):
                message = f"旧网址 “{address}” 已经是{owner}的，不能再转到这里；请删掉这一项，或改正"
                yield Problem(page.path, *page.locate("former_addresses", position), message, "former-address-taken")
            owners.setdefault(wanted, f" {page.path} ")


def _file_above(address: str, names: Mapping[str, str]) -> str | None:
    """Return the file that stands where an address needs a folder, or None."""
    steps = address.split("/")[:-1]
    above = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
    return next((names[path] for path in above if path in names), None)
