"""Jobs of an editor's year, done in the browser by mouse and keyboard alone, without a word of YAML or git.

The way by table (tests/guide/test_jobs.py) takes each of them through a workbook and at least nine commands.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from macros.site.git import ask
from tests.browsers import drivers
from tests.editing.excel import messy
from tests.editor.desk_in_browser import Hands, edited
from tests.editor.walk_in_firefox import walk
from tests.guide.test_jobs import EDITORS, ROUTINE
from tests.support.looping import failures

pytestmark = pytest.mark.audit


@pytest.fixture(scope="module")
def hands(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Hands]:
    """An editor's hands on one page, for all jobs one after the other."""
    with edited(tmp_path_factory.mktemp("editor-jobs")) as (project, address):
        page = browser.new_page()
        page.goto(address)
        yield Hands(page, project, address)
        page.close()


def telephone(hands: Hands) -> None:
    hands.find("星空馆")
    hands.fill("contact.phone", "1234599")
    assert hands.save_and_hand_in() == "已经提交"
    assert hands.record("bases", "star-hall")["contact"]["phone"] == "0750-1234599"


def hours(hands: Hands) -> None:
    hands.find("小池塘")
    monday = hands.page.locator(".form-week .form-day").first
    hands.unfold(monday)
    if monday.locator("input[type=checkbox]").is_checked():
        hands.click(monday.locator("input[type=checkbox]"))
    tuesday = hands.page.locator(".form-week .form-day").nth(1)
    if not tuesday.locator("input[type=checkbox]").is_checked():
        hands.click(tuesday.locator("input[type=checkbox]"))
    times = tuesday.locator("input[type=text]")
    for position, time in enumerate(("9：00", "1130")):
        hands.steps += 2
        times.nth(position).fill(time)
    hands.click(tuesday.get_by_text("＋一段"))
    for position, time in ((-2, "14:00"), (-1, "17点")):
        hands.steps += 2
        times.nth(times.count() + position).fill(time)
        times.nth(times.count() + position).blur()
    hands.click(tuesday.get_by_text("复制到其他天"))
    hands.choose("on_holidays", "按周日")
    assert hands.save_and_hand_in() == "已经提交"
    record = hands.record("bases", "small-pond")
    assert record["on_holidays"] in ("按周日", "as-sunday")
    assert {(one["from"], one["to"]) for one in record["opening"] if "season" not in one} >= {
        ("9:00", "11:30"),
        ("14:00", "17:00"),
    }


def new_base(hands: Hands) -> None:
    identifier = begin(hands, "科普基地", "示例观鸟塔")
    hands.fill("summary", "看鸟的地方。")
    hands.choose("town", "示例山镇")
    hands.fill("address", "观鸟路 1 号")
    hands.fill("contact.phone", "1234568")
    hands.fill("opened", "2016年5月")
    hands.add("sources")
    hands.fill("sources.0.title", "示例天文学会网站")
    hands.choose("sources.0.mark", "官方")
    assert hands.save_and_hand_in() == "已经提交"
    made = hands.record("bases", identifier)
    assert (made["opened"], made["contact"]["phone"]) == ("2016-05", "0750-1234568")


def closing(hands: Hands) -> None:
    hands.find("还没写完的基地")
    hands.choose("status", "已关闭")
    assert hands.save_and_hand_in() == "已经提交"


def merging(hands: Hands) -> None:
    hands.find("还没写完的基地")
    hands.fill("merged_into", "示例星空馆")
    assert hands.save_and_hand_in() == "已经提交"
    assert hands.record("bases", "hidden-draft")["merged_into"] == "star-hall"


def photo(hands: Hands) -> None:
    file = hands.project.parent / "IMG_2031.jpg"
    file.write_bytes(photograph())
    hands.find("小池塘")
    hands.upload("images", file)
    hands.fill("images.0.alt", "一片荷叶")
    assert hands.save_and_hand_in() == "已经提交"
    name = hands.record("bases", "small-pond")["images"][0]["file"]
    raw = (hands.project / "content/files/bases/small-pond" / name).read_bytes()
    assert b"Phone" not in raw


def photograph() -> bytes:
    """Return a photo that says which telephone took it."""
    picture, told = Image.new("RGB", (3000, 2000), "green"), Image.Exif()
    told[0x010F] = "Phone"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=told)
    return out.getvalue()


def attachment(hands: Hands) -> None:
    file = hands.project.parent / "附件1 科普基地 申报表（2025 年）.pdf"
    file.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    hands.find("扶持办法")
    before = len(hands.record("policies", "science-measures-2024").get("attachments", []))
    hands.upload("attachments", file)
    hands.fill(f"attachments.{before}.title", "申报表")
    assert hands.save_and_hand_in() == "已经提交"


def begin(hands: Hands, kind: str, name: str) -> str:
    """Begin a new record by its name; return its id."""
    hands.click('.bar a[href$="/new/"]')
    hands.click(f'label:has-text("{kind}")')
    hands.steps += 2
    hands.page.locator("#name").fill(name)
    hands.press("Enter")
    hands.page.wait_for_selector("[data-preview]:not([hidden]), .note")
    if "/new/?" in hands.page.url:
        hands.click(".main-button")
    hands.page.wait_for_selector("[data-preview]:not([hidden])")
    return hands.page.url.split("?")[0].rstrip("/").rpartition("/")[2]


def replacement(hands: Hands) -> None:
    hands.find("扶持办法")
    hands.choose("validity", "废止")
    hands.save()
    identifier = begin(hands, "政策", "示例区科普教育基地管理办法（2025年）")
    hands.fill("summary", "基地怎样认定、怎样管理。")
    hands.fill("doc_no", "示府[2025]1号")
    hands.fill("published", "2025.3.1")
    hands.fill("replaces", "示例区科普扶持办法")
    hands.add("sources")
    hands.fill("sources.0.title", "示例区政府网站")
    hands.choose("sources.0.mark", "官方")
    assert hands.save_and_hand_in() == "已经提交"
    made = hands.record("policies", identifier)
    assert (made["replaces"], made["published"]) == (["science-measures-2024"], "2025-03-01")


def renaming(hands: Hands) -> None:
    hands.find("旧星空馆")
    hands.fill("name", "示例老星空馆")
    hands.fill("aliases", "示例旧星空馆")
    hands.save()
    hands.click('a[href$="/rename"]')
    hands.steps += 2
    hands.page.locator("#id").fill("laoxing-guan")
    hands.press("Enter")
    hands.page.wait_for_url("**/laoxing-guan/**")
    assert hands.hand_in() == "已经提交"
    record = hands.record("bases", "laoxing-guan")
    assert (record["name"], record["former_ids"]) == ("示例老星空馆", ["old-stars"])


def article(hands: Hands) -> None:
    identifier = begin(hands, "科普文章", "梅花什么时候开")
    hands.fill("summary", "看冬天的温度。")
    hands.add("sources")
    hands.fill("sources.0.title", "示例气象站")
    hands.choose("sources.0.mark", "官方")
    hands.steps += 2
    hands.page.locator("#page").fill("去[星空馆](id:star-hall)看梅花。\n\n| 月 | 花 |\n| - | - |\n| 2 | 梅 |\n")
    assert hands.save_and_hand_in() == "已经提交"
    assert "| 2 | 梅 |" in (hands.project / f"content/articles/{identifier}.md").read_text("utf-8")


def actual(hands: Hands) -> None:
    hands.find("灯具研究院列入")
    hands.fill("actual", "已列入")
    hands.fill("as_of", "2026年10月")
    hands.add("actual_sources")
    hands.fill("actual_sources.0.title", "统计公报")
    hands.choose("actual_sources.0.mark", "官方")
    assert hands.save_and_hand_in() == "已经提交"
    assert hands.record("targets", "lamp-listed")["as_of"] == "2026-10"


def foreign_list(hands: Hands) -> None:
    file = hands.project.parent / "名单.xlsx"
    file.write_bytes(messy.workbook())
    hands.click('.bar a[href$="/adopt/"]')
    hands.steps += 1
    hands.page.locator("#file").set_input_files(file)
    hands.click('label:has-text("官方")')
    for words, answer in (
        ("“农业”", "其他类"), ("不是完整的号码", "1234592"), ("“第三批”", "2023"), ("没有写星期几", "周一至周五 8:30-16:30"),
        ("周末预约开放", "周一至周五 9:00-17:00"),
    ):  # fmt: skip
        question = hands.page.locator(".table-form .choice", has_text=words)
        if question.locator("input[type=text]").count():
            hands.steps += 2
            question.locator("input").fill(answer)
        else:
            hands.click(question.locator(f'label:has-text("{answer}")'))
    hands.press("Control+s")
    hands.page.locator("h1", has_text="已经写好 29 条").wait_for()
    assert hands.hand_in() == "已经提交"
    assert len(list((hands.project / "data/bases").glob("*.yml"))) >= 29


JOBS: dict[str, Callable[[Hands], None]] = {
    "1": telephone, "2": hours, "3": new_base, "4": attachment, "5": replacement, "6": closing,
    "7": renaming, "8": merging, "9": photo, "10": article, "11": actual, "12": foreign_list,
}  # fmt: skip


def test_each_job_is_done_and_handed_in_by_a_third_of_the_steps(hands: Hands) -> None:
    """A step is a click, a key, or a value typed into its place (two); of a command, which is typed by hand, each character."""
    by_table = {
        number: int(cells)
        for number, cells in re.findall(r"^\| (\d+) \|.*\| (\d+), \d+, \d+ \|$", EDITORS, re.MULTILINE)
    }
    by_form = dict(re.findall(r"^\| (\d+) by form \| (\d+) \|$", EDITORS, re.MULTILINE))
    commands = sum(len(command) + 1 for command in ROUTINE)

    def play(number: str) -> None:
        hands.steps = 0
        JOBS[number](hands)
        assert ask(hands.project, "status", "--porcelain") == b""
        assert hands.steps * 3 <= commands + 2 * by_table[number]
        assert by_form.get(number) == str(hands.steps)

    assert failures(play, JOBS) == []


def test_a_field_stays_where_it_is_while_one_types(hands: Hands) -> None:
    hands.page.set_viewport_size({"width": 360, "height": 780})
    hands.find("星空馆")
    field = hands.page.locator('[id="field-contact.phone"]')
    field.click()
    top = field.evaluate("field => field.getBoundingClientRect().top")
    hands.page.keyboard.type("x")
    hands.page.locator("[data-faults] a").first.wait_for()
    hands.page.keyboard.press("Backspace")
    hands.page.locator("[data-faults]").wait_for(state="hidden")
    hands.page.wait_for_timeout(1000)  # The page beside follows after a pause.
    assert abs(field.evaluate("field => field.getBoundingClientRect().top") - top) < 2
    field.fill("0750-1234512")
    beside = hands.page.frame_locator("[data-look]")
    beside.get_by_text("0750-1234512").first.wait_for()
    # What the page's own scripts fill in stands there as on the site.
    beside.locator("[data-opening-today]:not(:empty)").first.wait_for()
    switch = beside.locator("header button[data-preference=scheme]")
    was = switch.get_attribute("aria-pressed")
    switch.evaluate("button => button.click()")
    assert switch.get_attribute("aria-pressed") != was
    hands.find("星星为什么")
    hands.page.locator("#page").fill("## 亮一下\n\n一句话。")
    hands.page.frame_locator("[data-look]").get_by_role("heading", name="亮一下").wait_for()
    hands.page.set_viewport_size({"width": 1280, "height": 720})


def test_firefox_walks_through_the_editor(hands: Hands, tmp_path: Path) -> None:
    if shutil.which("firefox-esr") is None:
        pytest.fail("Firefox is missing: run `make browsers`, which installs it from Debian")
    with drivers.firefox(tmp_path) as browser:
        browser.go(hands.address)
        walk(browser, hands.address.partition("?")[0])
        assert browser.complaints() == []
