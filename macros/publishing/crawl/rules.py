"""Rules of links: whether an address leads to where its use allows, and if not, what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from macros.publishing.crawl.destinations import Addresses, Destination, DestinationKind
from macros.publishing.crawl.link_extraction import Use


class Verdict(NamedTuple):
    """What the crawl thinks of one address.

    Attributes:
        target: the file that it leads to; empty where it leads nowhere in this site.
        rule: the rule that it breaks; empty for none.
        message: in Chinese, ``%s`` standing for the address as it is written.
    """

    target: str = ""
    rule: str = ""
    message: str = ""


SOUND = Verdict()
EMPTY = Verdict(rule="missing-asset", message="这里的地址是空的；请补上文件的地址，或删去这个标签")

LINKED_SCHEMES = frozenset({"mailto:", "tel:"})
"""What links may begin with that lead to no page; what is not here is refused."""

_LINKS = {Use.LINK, Use.REDIRECT, Use.STATEMENT, Use.LISTED}
_OPEN = {Use.LINK, Use.STATEMENT}
_FETCHING = {
    Use.ASSET: "会向外部主机 “{host}” 取文件；请把文件放进本站，改用相对地址",
    Use.CODE: "会从外部主机 “{host}” 装入代码；请把文件放进本站，改用相对地址",
    Use.CONNECTION: "会联系外部主机 “{host}”；请删去这个标签或属性",
    Use.FORM: "会把读者填写的内容送往外部主机 “{host}”；请改成普通链接",
    Use.BASE: "会让本页所有相对地址指向外部主机 “{host}”；请删去 <base> 或改用相对地址",
    Use.REDIRECT: "会自动转到外部主机 “{host}”；请改成由读者点击的普通链接",
    Use.LISTED: "列出了不属于本站的网址（主机 “{host}”）；请检查 mkdocs.yml 的 site_url",
}


class LinkRules:
    """Checks the addresses of one site; equal questions are answered once.

    Args:
        addresses: what is known of the site's own address.
        files: every file of the site, POSIX form, relative to its folder.
    """

    def __init__(self, addresses: Addresses, files: Iterable[str]) -> None:
        self._addresses = addresses
        self._files = frozenset(files)
        self._by_folded = {name.casefold(): name for name in sorted(self._files, reverse=True)}
        self._verdicts: dict[tuple[Use, str, str], Verdict] = {}

    def check(self, use: Use, directory: str, address: str) -> Verdict:
        """Return the verdict on an address, without its fragment, that is used in a folder."""
        question = (use, directory, address)
        verdict = self._verdicts.get(question)
        if verdict is None:
            verdict = self._verdicts[question] = self._check_destination(
                use, self._addresses.resolve(directory, address)
            )
        return verdict

    def _check_destination(self, use: Use, destination: Destination) -> Verdict:
        """Return the verdict on where an address leads."""
        if destination.kind is DestinationKind.INSIDE:
            return SOUND if use in {Use.BASE, Use.CONNECTION} else self._check_file(use, destination)
        if destination.kind is DestinationKind.OUTSIDE:
            message = "地址 “%s” 离开了本站的文件夹；请改成本站内的相对地址，或写出完整的网址"
            return Verdict(rule="outside-site", message=message)
        return (
            _check_scheme(use, destination.name)
            if destination.kind is DestinationKind.SCHEME
            else _check_host(use, destination.name)
        )

    def _check_file(self, use: Use, destination: Destination) -> Verdict:
        """Return the verdict on a file of this site."""
        if destination.name in self._files:
            return Verdict(destination.name)
        rule = "dead-link" if use in _LINKS or use is Use.FORM else "missing-asset"
        return Verdict(rule=rule, message=self._remedy(destination.name))

    def _remedy(self, name: str) -> str:
        """Return what to do about an address whose file does not exist."""
        if f"{name}/index.html" in self._files:
            return "链接 “%s” 少了结尾的 “/”；请在末尾补上"
        near = self._by_folded.get(name.casefold())
        if near is not None:
            return f"地址 “%s” 的大小写不对，文件名是 “{near}”；请改成完全一样的大小写"
        return f"地址 “%s” 指向的文件 {name} 不存在；请改正地址，或补上这个文件"


def check_fragment(target: str, fragment: str, identifiers: frozenset[str]) -> Verdict:
    """Return the verdict on an address that leads to a place in a page.

    Args:
        target: the page, which exists.
        fragment: what stands behind ``#``, as it is written.
        identifiers: the places that the page has.
    """
    place = unquote(fragment).partition(":~:")[0]
    # An empty place and `top` lead to the top of any page (HTML Standard, section 7.4.6.4).
    if not place or place.lower() == "top" or place in identifiers or fragment in identifiers:
        return Verdict(target)
    message = f"地址 “%s” 指向的位置 “{place}” 在 {target} 里不存在；请改正 “#” 后面的名字，或在那里加上 id"
    return Verdict(target, "dead-anchor", message)


def _check_host(use: Use, host: str) -> Verdict:
    """Return the verdict on an address of a foreign host: readers may follow it, browsers may not ask it."""
    if use in _OPEN:
        return SOUND
    return Verdict(rule="foreign-request", message=f"地址 “%s” {_FETCHING[use].format(host=host)}")


def _check_scheme(use: Use, scheme: str) -> Verdict:
    """Return the verdict on an address without a host: mail and telephone may be linked, passive data written in."""
    allowed = scheme in LINKED_SCHEMES if use in _OPEN else use is Use.ASSET and scheme == "data:"
    if allowed:
        return SOUND
    return Verdict(rule="forbidden-scheme", message=f"地址 “%s” 不能以 “{scheme}” 开头；请改成本站的文件或 https 网址")
