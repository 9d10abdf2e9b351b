"""The passport: a word on the wall opens a stamp, the word is nowhere in the site, and stamps stay in the browser."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from macros.editing.stamp import stamp_of
from tests.site.test_faults import HOST, REFUSED, complaints_of
from tests.support.projects import kepu, lay_project

WORD = "土星光环"
SAVED = "kepu-passport"


def test_the_word_is_nowhere_and_its_hash_on_one_page(district_site: Path, tmp_path: Path) -> None:
    project = lay_project(tmp_path / "good")
    assert f"stamp: {stamp_of('wetland', '芦苇')}" in kepu(project, "stamp", "wetland", " 芦苇！").output
    for arguments, reason in (
        (("wetlands", "芦苇"), "相近的有：wetland"),
        (("seedbed", "芦苇"), "没有科普基地"),
        (("wetland", "芦 "), "太短"),
    ):
        done = kepu(project, "stamp", *arguments)
        assert (done.exit_code, reason in done.output) == (2, True), done.output
    salt, count = b"kepu-passport:star-hall", 50_000
    digest = hashlib.pbkdf2_hmac("sha256", WORD.encode(), salt, count).hex()[:32]
    files = {path: path.read_bytes() for path in district_site.rglob("*") if path.is_file()}
    assert [path for path, raw in files.items() if WORD.encode() in raw] == []
    assert [path for path, raw in files.items() if digest.encode() in raw] == [district_site / "passport/index.html"]
    published = json.loads(files[district_site / "api/v1/bases/star-hall.json"])
    assert published["passport"] == {"where": "一楼大厅的星图旁边"}


def test_stamps_stay_in_the_browser_over_plain_http(browser: Browser, district_site: Path, tmp_path: Path) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    found, asked = complaints_of(page), []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        path = route.request.url.removeprefix(HOST).partition("#")[0]
        route.fulfill(path=district_site / (path if "." in path else f"{path}index.html"))

    context.route("**/*", answer)
    page.goto(f"{HOST}passport/#base-star-hall")
    assert page.evaluate("[isSecureContext, typeof crypto.subtle]") == [False, "undefined"]
    said = len(asked)
    hall = page.locator("#base-star-hall")
    stamp(page, "土星")
    expect(hall.get_by_role("status")).to_contain_text("不是这个词")
    stamp(page, f" {WORD[:2]}・{WORD[2:]}！")
    expect(hall.get_by_role("status")).to_contain_text("盖好了")
    expect(hall).to_contain_text("已盖章：")
    expect(hall.locator("form")).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    download.value.save_as(tmp_path / "passport.json")
    kept = json.loads((tmp_path / "passport.json").read_text("utf-8"))
    assert list(kept["stamps"]) == ["star-hall"]
    assert json.loads(page.evaluate(f"localStorage.getItem('{SAVED}')")) == kept
    # What every page asks for while nothing else is to be done: the code for paper, and the browser's tab.
    idle = ("/print/qr_code.js", "/favicon.svg")
    assert [url for url in asked[said:] if not url.endswith(idle)] == [], "something was sent"
    page.reload()
    expect(page.locator("[data-count]")).to_have_text("共 2 处，已经盖了 1 个章。")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="全部清除").click()
    expect(page.locator("[data-count]")).to_have_text("共 2 处，已经盖了 0 个章。")
    imported(page, tmp_path, kept)
    page.emulate_media(media="print")
    expect(page.locator(".panel-code svg:visible")).to_have_count(3)
    expect(page.locator(".panel:visible")).to_have_count(8)
    page.emulate_media(media="screen")
    page.evaluate(f"localStorage.setItem('{SAVED}', '[')")
    page.reload()
    expect(page.locator("[data-broken]")).to_be_visible()
    page.add_init_script(REFUSED)
    page.reload()
    expect(page.locator("[data-refused]")).to_be_visible()
    stamp(page, WORD)
    expect(hall.get_by_role("status")).to_contain_text("关掉这一页就没有了")
    assert found == []
    context.close()


def stamp(page: Page, word: str) -> None:
    """Type a word at the base and press the button by the keyboard."""
    page.locator("#word-star-hall").fill(word)
    page.locator("#word-star-hall").press("Enter")


def imported(page: Page, folder: Path, kept: dict[str, object]) -> None:
    """Import files that are right and files that are not; hold that each is answered, and that no stamp is lost."""
    older = {**kept, "stamps": {"star-hall": "2020-01-01", "gone": "2021-01-01", "odd": "x", "<b>": "2021-01-01"}}
    for content, answer in (
        ("[", "坏了"),
        ("{}", "坏了"),
        (json.dumps({**kept, "type": "other"}), "坏了"),
        ("x" * 100_001, "坏了"),
        (json.dumps(kept), "有 1 个章，新添了 1 个"),
        (json.dumps(older), "有 2 个章，新添了 1 个"),
        (json.dumps(older), "有 2 个章，新添了 0 个"),
    ):
        (folder / "import.json").write_text(content, "utf-8")
        page.locator("[data-load]").set_input_files(folder / "import.json")
        expect(page.locator("[data-moved]")).to_contain_text(answer)
    expect(page.locator("[data-count]")).to_have_text(
        "共 2 处，已经盖了 1 个章。另有 1 个章的基地现在不在名单上，也留着。"
    )
    expect(page.locator("#base-star-hall")).to_contain_text("已盖章：2020 年 1 月 1 日")
