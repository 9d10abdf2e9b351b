"""Take pictures of every template in both schemes at three widths, on one sheet: ``make screenshots``.

    python -m tests.support.screenshots [OUT]

The pictures are of the invented district, whose records show every state. A stranger's walks are pictured on the
repository's own site. Nothing is judged here: people look at the sheet.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import CHROMIUM, DISTRICT, ROOT, build_whole, serve_folder
from tests.support.stranger import QUESTIONS, Question
from tests.support.templates import SCHEMES, TEMPLATES, WIDTHS, reader, visit

STYLE = """
body { background: #e9eef0; color: #14242b; font: 16px/1.6 system-ui, sans-serif; margin: 2rem; }
section > div { align-items: flex-start; display: flex; gap: 1rem; overflow-x: auto; padding-bottom: 1rem; }
figure { flex: none; margin: 0; }
img { border: 1px solid #9fb2ba; display: block; height: auto; }
"""


@contextmanager
def served(project: Path) -> Iterator[str]:
    """Build a project, serve its site, and give the address."""
    with TemporaryDirectory() as folder:
        yield from serve_folder(build_whole(project, Path(folder) / "site"))


def picture_templates(browser: Browser, site: str, out: Path) -> str:
    """Take the pictures of all templates and return their part of the sheet."""
    for scheme in SCHEMES:
        for width in WIDTHS:
            with reader(browser, scheme, width) as page:
                for name, address in TEMPLATES.items():
                    visit(page, site + address)
                    page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=True)
    return "".join(_row(name, _pictures_of(name)) for name in TEMPLATES)


def _pictures_of(name: str) -> Sequence[tuple[str, str]]:
    return [(f"{name}-{width}-{scheme}.png", f"{width} px, {scheme}") for scheme in SCHEMES for width in WIDTHS]


def picture_walk(page: Page, site: str, question: Question, out: Path) -> str:
    """Walk as the stranger does, take a picture after each step, and return the walk's part of the sheet."""
    pictures = []
    for number, step in enumerate(question.walk(page, site)):
        name = f"{question.name}-{number}.png"
        page.screenshot(path=out / name)
        pictures.append((name, step))
    return _row(f"{question.text} {question.answer}", pictures)


def _row(title: str, pictures: Sequence[tuple[str, str]]) -> str:
    figures = "".join(
        f'<figure><figcaption>{escape(caption)}</figcaption><a href="{name}">'
        f'<img src="{name}" alt="" width="320" loading="lazy"></a></figure>'
        for name, caption in pictures
    )
    return f"<section><h2>{escape(title)}</h2><div>{figures}</div></section>\n"


def sheet(rows: str) -> str:
    """Return the sheet as an HTML page."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Screenshots</title>'
        f"<style>{STYLE}</style></head><body><h1>Screenshots</h1>\n{rows}</body></html>\n"
    )


def main() -> None:
    """Take all pictures and write the sheet."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "screenshots"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        with served(DISTRICT) as site:
            rows = picture_templates(browser, site, out)
        with served(ROOT) as site, reader(browser, "light", 1440) as page:
            rows += "".join(picture_walk(page, site, question, out) for question in QUESTIONS)
    (out / "index.html").write_text(sheet(rows), encoding="utf-8")
    print(out / "index.html")


if __name__ == "__main__":
    main()
