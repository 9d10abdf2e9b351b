"""Which addresses prose may hold: links to the web, to records and to pages, images of the record's own folder.

Addresses come here as Markdown understands them: entities and backslashes are resolved, what is not ASCII is
percent-encoded. A browser drops tabs and line breaks, ignores case, and takes a backslash for a slash (WHATWG URL
Standard, 4.4); whatever would look different to it is refused, rather than mended.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, unquote

from macros.text import file_names, web_addresses

_WEB = re.compile(r"https?://([^/?#]+)", re.IGNORECASE)
_AUTHORITY = re.compile(r"[^\s\\/?#@<>\"'`{}|^\x00-\x20\x7f]+")
_MAIL = re.compile(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+(\?[^\s\x00-\x20]*)?", re.IGNORECASE)
_PHONE = re.compile(r"tel:\+?\d[\d-]*(?:[,;](?:ext=)?\d{1,6})?", re.IGNORECASE)
_RECORD = re.compile(r"id:", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_BLANK = re.compile(r"\s+")
_SCHEME = re.compile(r"[^/?#]*:")
_IMAGE = re.compile(r".+\.(avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
_NEARLY_WEB = re.compile(r"\s*(?:https?(?:：|[:：]?／|//)|www\.)", re.IGNORECASE)
_NOT_READABLE = re.compile(r"[\s\\<>\"`{}|^]")
_SHOWN = 40

_ALLOWED = "只能写 https://…、http://…、mailto:…、tel:…、id:编号 或相对地址"


def is_external(address: str) -> bool:
    """Tell whether an address leads to another site."""
    return _WEB.match(address) is not None


def record_id(address: str) -> str | None:
    """Return the id that ``id:luyuan`` names, or None if the address is of another form."""
    return unquote(address)[3:] if _RECORD.match(address) else None


def image_name(address: str) -> str | None:
    """Return the name of the file in the record's folder, or None if the address is not a plain name of an image."""
    name = unquote(address)
    return name if _IMAGE.fullmatch(name) and file_names.is_allowed(name) else None


def objection_to_link(address: str) -> str | None:
    """Say in Chinese why a link may not lead to an address, and what to write instead; None if it may."""
    if record_id(address) is not None:
        return None
    web = _WEB.match(address)
    if web is not None:
        return _objection_to_web(address, authority=unquote(web[1]))
    plain = unescape(unquote(unquote(address)))
    if _CONTROL.search(plain):
        return f"链接地址 “{shown(address)}” 里有看不见的控制字符；请删去"
    if _MAIL.fullmatch(address) or _PHONE.fullmatch(address):
        return None
    if _NEARLY_WEB.match(plain) and (message := web_addresses.objection(plain.strip())):
        return message
    return _objection_to_relative(address, _BLANK.sub("", plain))


def _objection_to_web(address: str, authority: str) -> str | None:
    if _AUTHORITY.fullmatch(authority):
        readable = _NOT_READABLE.sub(lambda found: quote(found[0]), unquote(address))
        scheme, colon, rest = readable.partition(":")
        return web_addresses.objection(scheme.lower() + colon + rest)
    return f"网址 “{shown(address)}” 里的域名不对；请写成 https://域名/…，不带空格、反斜杠和 @"


def _objection_to_relative(address: str, squeezed: str) -> str | None:
    if not squeezed:
        return "链接没有地址；请在圆括号里写上地址，或去掉方括号和圆括号"
    if squeezed.startswith(("//", "\\", "/\\")):
        return f"链接地址 “{shown(address)}” 没有写明协议；请写全，例如 https://…"
    if squeezed.startswith("/"):
        return f"链接地址 “{shown(address)}” 以 / 开头，网站换了目录就会失效；请改用 id:编号 或相对地址"
    if _SCHEME.match(squeezed) or "\\" in squeezed:
        return f"链接地址 “{shown(address)}” 不允许；{_ALLOWED}"
    return None


def objection_to_image(address: str) -> str | None:
    """Say in Chinese why an image may not be shown, and what to do; None if it is a plain name of an image file."""
    if image_name(address) is not None:
        return None
    remedy = "请把图片放进本记录的文件夹，只写文件名，例如 ![说明](photo.jpg)"
    return f"图片 “{shown(address)}” 不是本记录文件夹里的图片文件；{remedy}"


def shown(text: str) -> str:
    """Return a piece of the author's text as messages show it: on one line, readable, not too long."""
    line = _CONTROL.sub("�", re.sub(r"\s+", " ", unquote(text)))
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
