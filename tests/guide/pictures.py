"""Take the pictures of the editor guide from the running program: ``make pictures``.

    python -m tests.guide.pictures

Everything is shown on the annotated examples. Each picture carries the words that it shows; a test takes them anew and
tells when a picture no longer fits what the program says today.
"""

from __future__ import annotations

import base64
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from macros.site.git import ask
from tests.guide.desk import ENDS
from tests.guide.png import with_words, words_of
from tests.guide.sheets import sheet
from tests.publishing.repository import Repository
from tests.support import CHROMIUM, ENVIRONMENT, EPOCH, ROOT
from tests.support.examples import lay_examples

FOLDER = ROOT / "docs" / "pictures"
RECORD = "data/bases/xingkong-guan.yml"
ADDRESS = "bases/xingkong-guan/"
TABLE = "表格.xlsx"
COLOURS = 96
WIDE, ROWS = 1200, 6
BEFORE = "看星星、学天文的地方，有一架能看到土星光环的望远镜。"
AFTER = "山顶上看星星的地方，望远镜能看到土星的光环。"
STYLE = """
body { background: var(--paper); margin: 0; padding: 12px; width: max-content; }
.terminal { background: #10262f; border-radius: 8px; color: #e8f1f3; font: 15px/1.6 var(--font-code); margin: 0;
  padding: 16px 20px; white-space: pre-wrap; width: 780px; }
.terminal b { color: #8fd3e4; font-weight: normal; }
figure { margin: 0; } figure + figure { margin-top: 12px; }
figcaption { color: var(--muted); font: 15px/1.8 var(--font); }
figure img { border: 1px solid var(--line); display: block; width: 780px; }
.sheet { border: 1px solid #b8c4c9; font: 14px/1.45 var(--font); position: relative; width: max-content; }
.sheet table { border-collapse: collapse; table-layout: fixed; width: max-content; }
.sheet td, .sheet th { border: 1px solid #d5dde0; padding: 4px 6px; text-align: left; vertical-align: top;
  white-space: pre-line; }
.sheet th { background: #eef2f3; color: #5b6b72; font-weight: normal; text-align: center; }
.sheet th:first-child { width: 28px; }
.sheet .noted { background-image: linear-gradient(225deg, #c0392b 6px, transparent 0) !important; }
.sheet .chosen { outline: 2px solid #1f6b33; outline-offset: -2px; }
.sheet aside { background: #fffbe0; border: 1px solid #b9b08a; font-size: 13px; padding: 6px 10px; position: absolute;
  left: 288px; top: 76px; white-space: pre-wrap; width: 170px; }
.sheet ul { background: #eef2f3; display: flex; gap: 2px; list-style: none; margin: 0; padding: 4px 8px 0; }
.sheet li { background: #dfe6e8; padding: 3px 10px; } .sheet li:first-child { background: #fff; font-weight: bold; }
"""


@dataclass
class Studio:
    """A project of examples, a browser, and the pictures taken so far.

    Attributes:
        project: the project's folder.
        browser: what photographs.
        pictures: name → file with its words.
    """

    project: Path
    browser: Browser
    pictures: dict[str, bytes] = field(default_factory=dict)

    def write(self, before: str, after: str) -> None:
        """Change the record."""
        path = self.project / RECORD
        text = path.read_text("utf-8")
        assert text.count(before) == 1, before
        path.write_text(text.replace(before, after), "utf-8")

    def type(self, command: str) -> str:
        """Type a command as the guide has it, and return what the terminal shows."""
        arguments = command.removeprefix("py -m macros ").removeprefix("kepu ").split()
        line = [sys.executable, "-m", "macros", *arguments]
        done = subprocess.run(
            line, cwd=self.project, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return f"> {command}\n{done.stdout.rstrip()}"

    def take(self, name: str, body: str, words: str) -> None:
        """Photograph some HTML in the look of the site."""
        tokens = (ROOT / "overrides/assets/stylesheets/tokens.css").read_text("utf-8")
        with opened(self.browser) as page:
            page.set_content(f"<!DOCTYPE html><meta charset=utf-8><style>{tokens}{STYLE}</style><body>{body}</body>")
            self.pictures[name] = with_words(page.locator("body").screenshot(), words)

    def take_terminal(self, name: str, words: str) -> None:
        """Photograph what a terminal shows."""
        shown = re.sub(r"^(&gt; .*)$", r"<b>\1</b>", escape(words), flags=re.MULTILINE)
        self.take(name, f'<pre class="terminal">{shown}</pre>', words)


@contextmanager
def opened(browser: Browser, width: int = 800) -> Iterator[Page]:
    """Open a page that is sharp on paper and on fine screens, and small in bytes."""
    size = {"width": width, "height": 620}
    context = browser.new_context(
        viewport=size, device_scale_factor=1200 / width, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    # Pages tell of the reader's own day.
    page.clock.set_fixed_time(datetime.fromtimestamp(int(EPOCH), UTC))
    yield page
    context.close()


@contextmanager
def previewed(project: Path, said: str, *command: str) -> Iterator[str]:
    """Run the preview, or the editor, and give the address before which something is said, once its first site stands."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "macros", *command, "--port", str(port)]
    with subprocess.Popen(line, cwd=project, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        address = next(found[1] for line in lines if (found := re.search(rf"{said}.*?：(http\S+)", line)))
        next(line for line in lines if ENDS.search(line))
        try:
            yield address
        finally:
            process.terminate()


def take_all(browser: Browser, folder: Path) -> dict[str, bytes]:
    """Walk through the guide on the examples and return every picture by its name."""
    studio = Studio(lay_examples(folder), browser)
    (studio.project / ".gitignore").write_text(f"{TABLE}\n.*\n", "utf-8")
    Repository(studio.project).commit()
    for setting in ("user.name 王小明", "user.email wang@example.org"):
        ask(studio.project, "config", *setting.split())
    _pages(studio)
    _editor(studio)
    _table(studio)
    _office(studio)
    studio.take_terminal("diff", studio.type("kepu diff"))
    studio.write("phone: 0750-1234567", "phone: 0750-12")
    studio.take_terminal("check", studio.type("py -m macros check"))
    return studio.pictures


def _table(studio: Studio) -> None:
    studio.type(f"kepu excel export {TABLE}")
    file = studio.project / TABLE
    workbook = load_workbook(file)
    cell = next(cell for row in workbook["科普基地"] for cell in row if cell.value == BEFORE)
    cell.value = AFTER
    workbook.save(file)
    studio.take("sheet", *sheet(file, "科普基地", ("名称", "别名", "简介"), AFTER))
    studio.take_terminal("import", studio.type(f"kepu excel import {TABLE} --dry-run"))
    studio.type(f"kepu excel import {TABLE}")


def _office(studio: Studio) -> None:
    """Ask a place, and lay the change on paper."""
    studio.type("kepu ask 科普基地 --unit 示例星空馆")
    studio.type("kepu diff --format html --out 审核表.html")
    for name, file in (("questionnaire", "核对表/示例星空馆核对表.html"), ("review-sheet", "审核表.html")):
        with opened(studio.browser) as page:
            page.goto((studio.project / file).as_uri())
            studio.pictures[name] = with_words(page.screenshot(), page.locator("body").inner_text()[:600])


def _pages(studio: Studio) -> None:
    with previewed(studio.project, "预览地址", "serve") as address, opened(studio.browser) as page:
        page.goto(address + ADDRESS)
        about = page.locator(".about-record")
        about.scroll_into_view_if_needed()
        page.locator(".for-editors").evaluate("details => details.open = true")
        page.get_by_text(RECORD).wait_for()
        studio.pictures["page"] = with_words(_around(page, about), about.inner_text())
        before = _around(page, page.locator(".page-header"))
        studio.write(BEFORE, AFTER)
        page.get_by_text(AFTER).first.wait_for()
        _take_corrected(studio, before, _around(page, page.locator(".page-header")))
        page.goto(address + ADDRESS)
        studio.write("phone: 0750-1234567", "phone: 0750-12")
        overlay = page.locator("kepu-preview section")
        overlay.wait_for()
        studio.pictures["overlay"] = with_words(page.screenshot(), overlay.inner_text())
        studio.write("phone: 0750-12\n", "phone: 0750-1234567\n")
    studio.write(AFTER, BEFORE)


def _editor(studio: Studio) -> None:
    """Correct the record by form, as the guide tells, and take it back again."""
    with (
        previewed(studio.project, "编辑的网址", "edit", "--no-browser") as address,
        opened(studio.browser, WIDE) as page,
    ):
        page.goto(address)
        rows = page.locator(".rows tbody tr")
        studio.pictures["editor-list"] = with_words(page.screenshot(), "\n".join(rows.all_inner_texts()[:ROWS]))
        page.goto(f"{address.partition('?')[0]}records/{ADDRESS}")
        page.wait_for_selector("[data-preview]:not([hidden])")
        summary = page.locator('[id="field-summary"]')
        summary.fill(AFTER)
        page.frame_locator("[data-look]").get_by_text(AFTER).wait_for()
        summary.evaluate("field => field.scrollIntoView({block: 'center'})")
        words = f"{page.locator('.form-title').first.inner_text()}\n{AFTER}\n{page.locator('[data-preview-state]').inner_text()}"
        studio.pictures["editor-form"] = with_words(page.screenshot(), words)
        page.locator("[data-save]").click()
        page.locator("#reason").wait_for()
        _take_main(studio, "editor-changes", page)
        page.locator("[data-save]").click()
        page.wait_for_url("**note=saved")
        page.locator('.bar a[href$="/changes/"]').click()
        page.locator(".hand-in").wait_for()
        _take_main(studio, "editor-pending", page)
        page.locator("button[name=path]").click()
        page.wait_for_url("**note=undone")


def _take_main(studio: Studio, name: str, page: Page) -> None:
    """Photograph a page of the editor as far as something stands on it."""
    main = page.locator("main")
    lowest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('main *')].map((one) => one.getBoundingClientRect().bottom))"
    )
    clip = {"x": 0, "y": 0, "width": WIDE, "height": min(lowest + 24, 700)}
    studio.pictures[name] = with_words(page.screenshot(clip=clip, full_page=True), main.inner_text())


def _around(page: Page, place: Locator) -> bytes:
    """Photograph a part of a page with a margin."""
    box = place.bounding_box()
    assert box is not None
    top = box["y"] + page.evaluate("scrollY") - 16
    return page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": 800, "height": box["height"] + 32})


def _take_corrected(studio: Studio, *pictures: bytes) -> None:
    figures = [
        f'<figure><figcaption>{caption}</figcaption><img alt="" src="data:image/png;base64,{_encoded(picture)}"></figure>'
        for caption, picture in zip(("改之前", "改之后"), pictures, strict=True)
    ]
    studio.take("corrected", "".join(figures), f"{BEFORE}\n{AFTER}")


def _encoded(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


def main() -> None:
    """Take all pictures and write them."""
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        pictures = take_all(playwright.chromium.launch(**CHROMIUM), Path(folder))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        small = with_words(_with_few_colours(picture), words_of(picture))
        (FOLDER / f"{name}.png").write_bytes(small)
        print(f"{name}.png: {len(small) // 1000} KB")


def _with_few_colours(picture: bytes) -> bytes:
    """Return a picture in a third of its bytes; what it shows is text on plain grounds."""
    made = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    main()
