"""Which files are published as they lie under ``content/``: what visitors can open, and what runs nothing in their browser.

A list of what is allowed, since a list of what is not would never be whole: HTML beside the pages would bring scripts
past every other check, and programs have no place on a public site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

DOCUMENTS = frozenset(
    [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".csv", ".txt", ".wps", ".et", ".dps", ".ofd", ".zip"]
)
PICTURES = frozenset([".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"])
_RUNNING = {"script", "foreignobject", "handler", "listener", "iframe", "embed", "object"}
_LOADED = re.compile(r"#|data:image/(png|jpeg|webp|gif)[;,]", re.IGNORECASE)
_LOADING = re.compile(r"@import|url\(\s*['\"]?(?!\s*#)", re.IGNORECASE)
_SAVE = "请用绘图软件另存为“普通 SVG”，或导出成 PNG"


def refusal(name: str) -> str | None:
    """Say in Chinese why a file is not published, by its name alone, or None if it may be."""
    path = PurePosixPath(name)
    if path.name.lower() in {"thumbs.db", "desktop.ini"}:
        return "这是 Windows 自己放的文件；请删掉"
    if path.suffix.lower() in DOCUMENTS | PICTURES:
        return None
    what = f" {path.suffix} 文件" if path.suffix else "没有扩展名的文件"
    return (
        f"网站不发布{what}；文档请用 PDF、Word、Excel、PPT、WPS、OFD、CSV 或 TXT，"
        "图片请用 JPG、PNG、WebP、GIF 或 SVG，别的请打成 ZIP 压缩包"
    )


def drawing_refusal(raw: bytes) -> str | None:
    """Say in Chinese why an SVG is not published, or None if it may be.

    An SVG that is opened by itself is a document: its scripts run and its links load (SVG 2, section 2.2).
    """
    try:
        text = raw.decode("utf-8-sig")
        # Entities are what makes a small file grow without end.
        root = None if "<!entity" in text.lower() else ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        root = None
    if root is None:
        return f"这个 SVG 读不出来；{_SAVE}"
    found = next((fault for element in root.iter() for fault in _faults(element)), None)
    return found and f"这个 SVG 里有 {found}，打开它会运行脚本或从别处取东西；{_SAVE}"


def _faults(element: ElementTree.Element) -> Iterator[str]:
    name = _local(element.tag)
    if name in _RUNNING:
        yield f"<{name}>"
    if name == "style" and _LOADING.search(element.text or ""):
        yield "引用别处的样式"
    for attribute, value in element.attrib.items():
        local = _local(attribute)
        if local.startswith("on") or (local == "attributename" and re.match(r"\s*(on|(xlink:)?href)", value.lower())):
            yield local
        elif (local == "href" and not _LOADED.match(value.strip())) or _LOADING.search(value):
            yield f"{local}=“{value[:40]}”"


def _local(name: object) -> str:
    """Return a name without its namespace; comments have a function in its place."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""
