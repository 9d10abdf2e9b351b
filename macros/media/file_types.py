"""Which files are published as they lie under ``content/``: what visitors can open, and what runs nothing in their browser.

A list of what is allowed, since a list of what is not would never be whole: HTML beside the pages would bring scripts
past every other check, and programs have no place on a public site.
"""

from __future__ import annotations

from pathlib import PurePosixPath

DOCUMENTS = frozenset(
    [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".csv", ".txt", ".wps", ".et", ".dps", ".ofd", ".zip"]
)
PICTURES = frozenset([".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"])


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
