"""One walk through a site for every browser, by keys as a reader would press them; whatever is never true stops it."""

from __future__ import annotations

import json

from tests.browsers.drivers import DOWN, ENTER, ESCAPE, TAB, Browser, Refused, patiently

FINDER_COUNTS = """(() => {
  const shown = document.querySelectorAll('#results .card').length;
  return [/(\\d+) 处/.exec(document.querySelector('.finder-sentence').textContent)[1],
    /(\\d+) 处/.exec(document.querySelector('.finder-submit').textContent)[1]].every((count) => Number(count) === shown) && shown;
})()"""
# Styles for paper become styles for the screen, and what stands in them for the screen goes.
ON_PAPER = """for (const sheet of document.styleSheets) {
  if (sheet.media.length > 0) sheet.media.mediaText = sheet.media.mediaText === 'print' ? 'all' : 'not all';
}"""
SHUT = "document.getElementById('search-dialog').hidden"
IN_SIGHT = """(() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
})()"""


def walk(browser: Browser, site: str) -> None:
    """Finder, dark scheme and large type, skip links, record, code on paper, search by pinyin, Back, a result.

    Args:
        browser: what walks.
        site: address of the invented district's home page.

    Raises:
        AssertionError: what a reader would wait for does not come.
    """
    browser.go(f"{site}bases/")
    choose_in_the_finder(browser)
    switch(browser)
    browser.go(f"{site}bases/star-hall/")
    holds(browser, "document.documentElement.matches('[data-type=large][data-color-scheme=dark]')")
    skip_to_the_content(browser)
    search(browser)
    look_at_paper(browser)


def choose_in_the_finder(browser: Browser) -> None:
    """Choose by keys: sentence, button and cards count the same, and the choice stands in the address."""
    holds(browser, "getComputedStyle(document.querySelector('.finder')).display !== 'none'")
    holds(browser, f"{FINDER_COUNTS} === 3")
    if browser.run("return document.querySelector('.finder-fold').offsetParent !== null;"):
        press_on(browser, ".finder-fold", ENTER)
    press_on(browser, ".finder input[name=field][value=astronomy]", " ")
    holds(browser, f"{FINDER_COUNTS} === 1")
    holds(browser, "location.search === '?field=astronomy'")
    holds(browser, "document.querySelector('#results .card a').textContent === '示例星空馆'")
    holds(browser, "document.documentElement.scrollWidth <= innerWidth")


def switch(browser: Browser) -> None:
    """Large type and the dark scheme change what is seen."""
    size = "parseFloat(getComputedStyle(document.querySelector('.card-summary')).fontSize)"
    paper = luminance("body", "backgroundColor")
    before = browser.run(f"return {size};")
    holds(browser, f"{paper} > 200")
    for name in ("type", "scheme"):
        press_on(browser, f"[data-preference={name}]", ENTER)
    holds(browser, f"{size} > {before} * 1.15")
    holds(browser, f"{paper} < 60 && {luminance('h1', 'color')} > 180")
    holds(browser, "document.documentElement.scrollWidth <= innerWidth")


def skip_to_the_content(browser: Browser) -> None:
    """The first key shows the skip links, and the first of them leads into the content."""
    browser.press(TAB)
    holds(browser, f"document.activeElement.matches('.skips a[href=\"#content\"]') && {IN_SIGHT}")
    browser.press(ENTER)
    holds(browser, "location.hash === '#content'")
    browser.press(TAB)
    holds(browser, f"document.activeElement.matches('#content *') && {IN_SIGHT}")


def search(browser: Browser) -> None:
    """Search by pinyin: Escape and Back close the dialog and stay on the page, Enter leads to a result."""
    here = browser.run("return location.pathname;")
    is_shut = f"{SHUT} && location.search === '' && location.pathname === '{here}'"
    for shut in (lambda: browser.press(ESCAPE), lambda: browser.run("history.back();")):
        browser.press("/")
        holds(browser, "document.activeElement.id === 'search-field'")
        browser.press("xingkong")
        holds(browser, "document.querySelector('.search-option')")
        shut()
        holds(browser, is_shut)
    browser.press("/")
    holds(browser, "document.activeElement.id === 'search-field'")
    browser.press("xingkong")
    holds(browser, "document.querySelector('.search-option')?.textContent.includes('星空')")
    browser.press(DOWN + ENTER)
    holds(browser, f"{SHUT} && document.querySelector('h1').textContent.includes('星空')")


def look_at_paper(browser: Browser) -> None:
    """A page for paper shows the code of its address, and no controls."""
    holds(browser, "document.querySelector('[data-print-code] svg path') || !dispatchEvent(new Event('beforeprint'))")
    browser.run(ON_PAPER)
    holds(browser, "document.querySelector('[data-print-code] svg').getBoundingClientRect().width > 90")
    holds(browser, "document.querySelector('.site-header').offsetHeight === 0")


def press_on(browser: Browser, place: str, keys: str) -> None:
    """Press keys where an element has the focus."""
    browser.run(f"document.querySelector({json.dumps(place)}).focus();")
    holds(browser, f"document.activeElement.matches({json.dumps(place)})")
    browser.press(keys)


def luminance(place: str, colour: str) -> str:
    """Return an expression for the mean of a colour's three parts, 0 to 255."""
    style = f"getComputedStyle(document.querySelector('{place}')).{colour}"
    return f"{style}.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part) / 3, 0)"


def holds(browser: Browser, condition: str) -> None:
    """Wait until an expression of the page is true.

    Raises:
        AssertionError: it never is.
    """

    def look() -> None:
        if not browser.run(f"return Boolean({condition});"):
            raise Refused(f"never true: {condition}")

    try:
        patiently(look, 20)
    except Refused as last:
        raise AssertionError(f"never true: {condition} ({last})") from last
