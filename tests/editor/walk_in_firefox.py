"""A short way through the editor for a browser that knows WebDriver alone: form, page beside, saving, a table."""

from __future__ import annotations

import json
from typing import Any

from tests.browsers.drivers import DOWN, ENTER, Browser, patiently

READY = "document.readyState === 'complete' && "
FIELD = "document.querySelector('[id=\"field-{}\"]')"
SENT = "return JSON.stringify([...new FormData(document.getElementById('form'))].filter(([name]) => !name.startsWith('~')))"
FRAME = "document.querySelector('[data-look]').contentDocument"
LIST = "名称,地址,联系电话\n甲甲馆,东街 1 号,0750-1234567\n乙乙馆,西街 2 号,8626\n"


def walk(browser: Browser, home: str) -> None:
    """Go through the editor.

    Args:
        browser: a browser that was let in.
        home: the editor's address.
    """
    browser.go(f"{home}records/bases/star-hall/")
    wait(browser, "document.querySelector('.form-week') && document.querySelector('[data-preview]:not([hidden])')")
    before = browser.run(SENT)
    _items(browser)
    _reference(browser)
    _prose(browser)
    for _ in range(20):
        browser.run(
            "const back = [...document.querySelectorAll('button')].find((one) => one.textContent === '撤销'); if (!back.disabled) back.click()"
        )
    assert json.loads(browser.run(SENT)) == json.loads(before)
    _faults_and_page_beside(browser)
    _save(browser)
    _table(browser, home)


def wait(browser: Browser, what: str) -> None:
    """Wait until something holds in the page."""

    def look() -> None:
        if not browser.run(f"return Boolean({READY}({what}))"):
            raise ValueError(what)

    patiently(look)


def type_into(browser: Browser, name: str, text: str) -> None:
    """Open what a field is folded into, empty it, and type."""
    field = FIELD.format(name)
    browser.run(
        f"let at = {field}; for (let up = at; up; up = up.parentElement?.closest('details')) up.open = true; at.focus(); at.select?.()"
    )
    browser.press(text)


def sent(browser: Browser, name: str) -> Any:
    """Return what the form would send for a field now."""
    return dict(json.loads(browser.run(SENT))).get(name)


def _items(browser: Browser) -> None:
    browser.run(
        "const add = document.querySelector('button[name=\"+events\"]'); for (let up = add; up; up = up.parentElement?.closest('details')) up.open = true; add.click()"
    )
    last = browser.run("return document.activeElement.name")
    browser.press("2022")
    assert sent(browser, last) == "2022"


def _reference(browser: Browser) -> None:
    type_into(browser, "merged_into", "小池")
    wait(browser, "document.querySelector('.form-found [role=option]')?.getClientRects().length")
    browser.press(DOWN + ENTER)
    assert sent(browser, "merged_into")


def _prose(browser: Browser) -> None:
    type_into(browser, "body", "甲乙")
    browser.run(
        "const field = document.getElementById('field-body'); field.select();"
        "[...field.closest('[data-path]').querySelectorAll('button')].find((one) => one.textContent === '列表').click()"
    )
    assert sent(browser, "body") == "- 甲乙"


def _faults_and_page_beside(browser: Browser) -> None:
    type_into(browser, "contact.phone", "12")
    wait(browser, "document.querySelector('[data-faults] a')")
    type_into(browser, "contact.phone", "0750-1234512")
    wait(browser, "document.querySelector('[data-faults]').hidden")
    wait(browser, f"{FRAME}?.querySelector('main')?.textContent.includes('0750-1234512')")
    wait(browser, f"{FRAME}.querySelector('[data-opening-today]')?.textContent")


def _save(browser: Browser) -> None:
    browser.run("document.querySelector('[data-save]').click()")
    wait(browser, "document.getElementById('reason')")
    browser.run("document.getElementById('reason').focus()")
    browser.press(ENTER)
    wait(browser, "location.search.includes('note=')")


def _table(browser: Browser, home: str) -> None:
    browser.go(f"{home}adopt/")
    wait(browser, "document.querySelector('[data-drop]')")
    browser.run(
        f"const data = new DataTransfer(); data.items.add(new File([{json.dumps(LIST)}], '科普基地名单.csv'));"
        "dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))"
    )
    wait(browser, "document.getElementById('source')")
    browser.run("document.querySelector('input[name=_mark]').click(); document.querySelector('[data-save]').click()")
    wait(browser, "document.querySelector('h1').textContent.includes('已经写好 2 条')")
