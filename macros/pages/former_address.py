"""Former addresses of pages by hand, as editors write them in front matter."""

from __future__ import annotations

import re
from typing import Annotated

from macros.records.model.fields import FromText, complain, read_line, shorten

_HOST = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_FILE = re.compile(r"\.(md|html?)/?$", re.IGNORECASE)
# What means something in addresses, in file systems or in the lists that web servers read.
_FORBIDDEN = re.compile(r"""[\\?#%:*"'<>|;{}$&~^`\[\]@!=]""")


def read_former_address(text: str) -> str:
    """Return an address relative to the site's root, with a final slash, e.g. ``guide/visit/``.

    It may begin with a slash and lack the final one; whatever leads out of the site, or is no page, is refused.
    """
    written = read_line(text)
    if _HOST.match(written):
        complain(
            "former-address-form",
            f"网址 “{shorten(written)}” 不能用；只写本站里的，例如 guide/visit/，不写 https:// 和域名",
        )
    if _FILE.search(written):
        complain("former-address-form", f"“{shorten(written)}” 是文件名；请写网址，例如 {_page(written)}")
    steps = written.strip("/").split("/")
    if steps == [""]:
        complain("former-address-form", "首页不会有别的网址；请删掉这一项")
    if found := _FORBIDDEN.search(written):
        complain(
            "former-address-form",
            f"网址 “{shorten(written)}” 里的 “{found[0]}” 不能用；请照旧网址写，例如 guide/visit/",
        )
    if any(step != step.strip() or step.strip(".") != step or not step for step in steps):
        complain("former-address-form", f"网址 “{shorten(written)}” 不能用；不能有 “..” 和空的一段，例如 guide/visit/")
    return "/".join(steps) + "/"


def _page(name: str) -> str:
    stem = _FILE.sub("", name).strip("/").removesuffix("index").rstrip("/")
    return f"{stem}/" if stem else "guide/visit/"


FormerAddress = Annotated[str, FromText(read_former_address)]
