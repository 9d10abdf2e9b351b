"""Paper: where a page stands, as text and as a code that a phone can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from tests.support import ASSETS

CODE = ASSETS.script("print/qr_code.js")
SQUARES = "async ([module, text]) => (await import(module)).squaresOf(text)?.map(row => row.map(Number)) ?? null"
MARGIN = 4
SCALE = 3
# The most bytes that each of the first versions holds at level M (ISO/IEC 18004, table 7).
CAPACITIES = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666)


@pytest.fixture(scope="module")
def tab(browser: Browser, district_address: str) -> Iterator[Page]:
    """A page of the district, to load the encoder into."""
    page = browser.new_page()
    page.goto(f"{district_address}about/")
    yield page
    page.close()


def squares_of(tab: Page, address: str, text: str) -> list[list[int]] | None:
    squares: list[list[int]] | None = tab.evaluate(SQUARES, [address + CODE, text])
    return squares


def read(squares: Sequence[Sequence[int]]) -> tuple[str, str]:
    """Return what an independent reader makes of a code: its text and its level of error correction."""
    side = len(squares) + 2 * MARGIN
    light = [0] * side
    rows = [*[light] * MARGIN, *([*light[:MARGIN], *row, *light[:MARGIN]] for row in squares), *[light] * MARGIN]
    pixels = bytes(0 if dark else 255 for row in rows for _ in range(SCALE) for dark in row for _ in range(SCALE))
    (found,) = zxingcpp.read_barcodes(memoryview(pixels).cast("B", (side * SCALE, side * SCALE)))
    return found.text, found.ec_level


@pytest.mark.parametrize("capacity", CAPACITIES)
def test_every_size_can_be_read(tab: Page, district_address: str, capacity: int) -> None:
    version = CAPACITIES.index(capacity) + 1
    for length, size in ((capacity, 4 * version + 17), (capacity + 1, 4 * version + 21)):
        text = ("https://example.org/kepu/" + "bases/a-7_%E7%A7%91/?level=x&" * 30)[:length]
        squares = squares_of(tab, district_address, text)
        if length > CAPACITIES[-1]:
            assert squares is None
        else:
            assert squares is not None
            assert len(squares) == size
            assert read(squares) == (text, "M")


@pytest.mark.parametrize("text", ["a", "蓬江区科普", "𠮷😀", "\x7f\xff", "0" * 600])
def test_every_text_can_be_read(tab: Page, district_address: str, text: str) -> None:
    squares = squares_of(tab, district_address, text)
    assert squares is not None
    assert read(squares)[0] == text


def test_a_printed_page_has_its_address_and_a_code_that_leads_to_it(browser: Browser, district_address: str) -> None:
    page = browser.new_page(viewport={"width": 760, "height": 1000}, device_scale_factor=2, color_scheme="dark")
    address = f"{district_address}policies/science-measures-2024/"
    with page.expect_request("**/print/qr_code.js"):
        page.goto(f"{address}#facts")
    page.wait_for_load_state("networkidle")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    topic = page.locator(".print-topic")
    expect(topic).to_contain_text(address)
    expect(topic).to_contain_text("数据截至 2026 年 11 月 24 日")
    expect(topic).to_contain_text("打印于")
    expect(page.locator(".print-facts")).to_contain_text("文号：")
    code = page.get_by_role("img", name="本页网址的二维码")
    expect(code).to_be_visible()
    rows: list[list[int]] = code.evaluate(RASTER)
    assert read(rows)[0] == address
    page.close()


RASTER = """svg => {
  const size = svg.viewBox.baseVal.width - 8;
  const dark = new Set(svg.querySelector("path").getAttribute("d").match(/M\\d+ \\d+/g));
  const line = Array.from({ length: size }, (_, place) => place);
  return line.map(y => line.map(x => Number(dark.has(`M${x + 4} ${y + 4}`))));
}"""


def test_nothing_is_drawn_before_printing(browser: Browser, district_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{district_address}bases/star-hall/")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-print-code] svg").count() == 0
    expect(page.locator(".print-topic")).to_be_hidden()
    page.close()
