"""Where old addresses lead, so that no address ever published dies: those of records and of pages by hand.

Pages that lead on stand at the old addresses (`macros.pages.plan.redirect_pages`), for hosts that know no redirects; the others
get a list: ``_redirects``, a map for nginx, directives for Caddy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, NamedTuple
from urllib.parse import quote

from macros.library.library import Library
from macros.records.collection import address_of
from macros.records.model.annotations import FromText, complain
from macros.records.model.fields import read_line
from macros.records.model.kinds import Record
from macros.records.model.terms import shorten
from macros.text.file_names import LONGEST, is_allowed

Pairs = Iterable[tuple[str, str]]
"""Old and new addresses from the host's root on, as people write them."""


class Redirect(NamedTuple):
    """An old address that leads on.

    Attributes:
        old: where something stood, relative to the site's root, with a final slash.
        new: where what took over stands.
        heading: what that is called.
        record: the record that took over; None if it is no record.
    """

    old: str
    new: str
    heading: str
    record: Record | None = None


def record_redirects(library: Library) -> dict[str, Redirect]:
    """Return the old addresses of records, each with where it leads.

    A former id leads to the record that bears it today, a merged record to the one that it was merged into; where that
    one has been merged too, to the last of the chain. A record that was split keeps its page, which names its parts.
    """
    return {redirect.old: redirect for redirect in _record_redirects(library)}


def _record_redirects(library: Library) -> Iterator[Redirect]:
    for record in (*library.published.values(), *library.withdrawn.values()):
        successor = library.successor(record)
        new = library.address(successor)
        if successor is not record:
            yield Redirect(library.address(record), new, successor.heading, successor)
        for former in record.former_ids:
            yield Redirect(address_of(record.kind, former), new, successor.heading, successor)


def first_address(record: Record) -> str:
    """Return the address at which a record stood first, which stays when its id changes: what readers know it by."""
    return address_of(record.kind, record.former_ids[0] if record.former_ids else record.id)


# --- Former addresses of pages by hand, as editors write them in front matter ------------------------------------------

_HOST = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_FILE = re.compile(r"\.(md|html?)/?$", re.IGNORECASE)
# What means something in addresses, in file systems or in the lists that web servers read.
_LONGEST_STEP, _LONGEST_ADDRESS = 255, 1000
_FORBIDDEN = re.compile(r"""[\\?#%:*"'<>|;{}$&~^`\[\]@!=]""")


def read_former_address(text: str) -> str:
    """Return an address relative to the site's root, with a final slash, e.g. ``guide/visit/``.

    It may begin with a slash and lack the final one; whatever leads out of the site, or is no page, is refused.
    """
    written = read_line(text)
    if _HOST.match(written):
        _refuse(f"网址 “{shorten(written)}” 不能用；只写本站里的，例如 guide/visit/，不写 https:// 和域名")
    if _FILE.search(written):
        _refuse(f"“{shorten(written)}” 是文件名；请写网址，例如 {_page(written)}")
    steps = written.strip("/").split("/")
    if steps == [""]:
        _refuse("首页不会有别的网址；请删掉这一项")
    if found := _FORBIDDEN.search(written):
        _refuse(f"网址 “{shorten(written)}” 里的 “{found[0]}” 不能用；请照旧网址写，例如 guide/visit/")
    if any(step != step.strip() or step.strip(".") != step or not step for step in steps):
        _refuse(f"网址 “{shorten(written)}” 不能用；不能有 “..” 和空的一段，例如 guide/visit/")
    # A page that leads on is a file in a folder of this name.
    if any(len(step.encode()) > _LONGEST_STEP for step in steps) or len(written.encode()) > _LONGEST_ADDRESS:
        _refuse(f"网址 “{shorten(written)}” 太长，放不进磁盘；一段最多 {_LONGEST_STEP} 个字节，一个汉字是三个")
    if device := next((step for step in steps if len(step.encode()) <= LONGEST and not is_allowed(step)), ""):
        _refuse(f"网址 “{shorten(written)}” 里的 “{device}” 在 Windows 上不能作文件夹名；请删掉这一项")
    return "/".join(steps) + "/"


def _refuse(message: str) -> None:
    complain("former-address-form", message)


def _page(name: str) -> str:
    stem = _FILE.sub("", name).strip("/").removesuffix("index").rstrip("/")
    return f"{stem}/" if stem else "guide/visit/"


FormerAddress = Annotated[str, FromText(read_former_address)]

# --- The lists that hosts read -----------------------------------------------------------------------------------------


def hosted(pairs: Pairs) -> str:
    """Return ``_redirects`` as hosts of static pages read it: old address, new address, status."""
    return "".join(f"{quote(old)} {quote(new)} 301\n" for old, new in pairs)


def read_hosted(text: str) -> list[tuple[str, str]]:
    """Return the pairs of addresses, percent-encoded, that a text like `hosted` returns it names."""
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return [(words[0], words[1]) for words in lines if len(words) > 1]


def nginx(pairs: Pairs) -> str:
    """Return the lines of a map of nginx: ``map $uri $moved { default ""; include redirects.nginx.map; }``.

    nginx compares what was asked for after its signs were decoded, and sends the answer as it stands here.
    """
    return "".join(f"{_quoted(old)} {quote(new)};\n" for old, new in pairs)


def caddy(pairs: Pairs) -> str:
    """Return what Caddy imports in a site block; a matcher of a path compares what was asked for, decoded."""
    return "".join(f"redir {_quoted(old)} {quote(new)} permanent\n" for old, new in pairs)


HOSTED = "_redirects"
HOST_FILES: Mapping[str, Callable[[Pairs], str]] = {
    HOSTED: hosted,
    "redirects.nginx.map": nginx,
    "redirects.caddy": caddy,
}
"""The lists by name; they may be empty."""


def _quoted(address: str) -> str:
    """Return an address as a single word of a configuration; `read_former_address` lets none hold quotes."""
    return f'"{address}"' if " " in address else address
