"""A record is opened, changed and saved by plain forms; what others wrote meanwhile is never lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.editing.stamp import stamp_of
from macros.records.model.registry import KINDS
from macros.site.git import ask
from tests.editor.browser import Pair, sent_by
from tests.editor.window import Window, changed
from tests.support import bytes_of, open_session, project_copy
from tests.support.looping import failures

RECORD = "records/bases/star-hall/"
FILE = "data/bases/star-hall.yml"
PHONE = "0750-7654398"


@pytest.fixture
def window(tmp_path: Path) -> Window:
    return Window(project_copy(tmp_path))


def test_every_record_opens_and_is_saved_unchanged_byte_for_byte(window: Window) -> None:
    before = bytes_of(window.root)

    def unchanged(address: str) -> None:
        pairs = window.form(address)
        for place in (address, f"{address}save"):
            answer = window.post(place, pairs)
            assert (answer.status_code, answer.url.query) == (200, b"note=same"), address

    records = open_session(window.root).loaded.collection.records.values()
    assert {record.kind for record in records} == set(KINDS)
    assert failures(unchanged, [f"records/{record.kind}/{record.id}/" for record in records]) == []
    after = {path: digest for path, digest in bytes_of(window.root).items() if not path.startswith(".kepu-edit/")}
    assert after == before


def test_what_was_changed_is_told_before_it_is_saved_by_one_line(window: Window) -> None:
    before = (window.root / FILE).read_text("utf-8")
    asked = window.post(RECORD, changed(window.form(RECORD), contact__phone=PHONE))
    assert "联系方式·电话" in asked.text
    assert f"<ins>{PHONE}</ins>" in asked.text
    assert (window.root / FILE).read_text("utf-8") == before
    back = window.post(RECORD, [*sent_by(asked.text), ("_do", "edit")])
    assert ("contact.phone", PHONE) in sent_by(back.text)
    saved = window.post(f"{RECORD}save", sent_by(asked.text))
    assert saved.url.query == b"note=saved"
    after = (window.root / FILE).read_text("utf-8")
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    assert [new for old, new in pairs if old != new] == [f"  phone: {PHONE}"]


def test_what_is_wrong_is_refused_and_stays_in_the_form(window: Window) -> None:
    before = bytes_of(window.root)
    wrong = changed(window.form(RECORD), contact__phone="12", name="")
    for place in (RECORD, f"{RECORD}save"):
        answer = window.post(place, wrong)
        assert answer.status_code == 422
        assert 'href="#field-contact.phone"' in answer.text
        assert ("contact.phone", "12") in sent_by(answer.text)
    found = window.post(f"{RECORD}check", wrong).json()
    assert found["changed"]
    assert ["contact.phone", "contact"] in [problem["names"] for problem in found["problems"]]
    after = {path: digest for path, digest in bytes_of(window.root).items() if not path.startswith(".kepu-edit/")}
    assert after == before


def test_two_windows_on_one_record_are_merged_or_asked(window: Window) -> None:
    first, second = window.form(RECORD), window.form(RECORD)
    window.post(f"{RECORD}save", changed(first, contact__phone=PHONE))
    merged = window.post(f"{RECORD}save", changed(second, contact__email="new@example.org"))
    assert merged.url.query == b"note=merged"
    text = (window.root / FILE).read_text("utf-8")
    assert PHONE in text
    assert "new@example.org" in text
    asked = window.post(f"{RECORD}save", changed(second, contact__phone="0750-1111111"))
    assert asked.status_code == 409
    assert PHONE in asked.text
    assert "0750-1111111" in asked.text
    assert (window.root / FILE).read_text("utf-8") == text
    for side, phone in (("theirs", PHONE), ("ours", "0750-1111111")):
        window.post(f"{RECORD}save", [*carried(asked.text), ("_choice.contact.phone", side)])
        assert phone in (window.root / FILE).read_text("utf-8")


def carried(html: str) -> list[Pair]:
    """Return what a page's form sends, but for what one has to choose."""
    return [pair for pair in sent_by(html) if not pair[0].startswith("_choice.")]


def test_the_page_beside_is_that_of_what_was_typed(window: Window) -> None:
    before = bytes_of(window.root)
    answer = window.post(f"{RECORD}look", changed(window.form(RECORD), contact__phone=PHONE))
    assert PHONE in answer.text
    assert re.search(r"<main\b", answer.text)
    assert answer.headers["content-type"].startswith("text/plain")
    assert window.post(f"{RECORD}look", changed(window.form(RECORD), name="")).status_code == 204
    article = "records/articles/why-stars-twinkle/"
    text = "## 亮一下\n\n去[星空馆](id:star-hall)。"
    made = window.post(f"{article}look", changed(window.form(article), _page=text)).text
    assert re.search(r"<h2[^>]*>亮一下", made)
    assert re.search(r'<a href="[./]*/bases/star-hall/"', made)
    wrong = changed(window.form(article), _page="<script>alert(1)</script>")
    assert window.post(f"{article}look", wrong).status_code == 204
    words = "看[馆](id:star-hall)和[无](id:nowhere)<script>alert(1)</script>\n\n[坏](javascript:alert(1)) **大**"
    prose = window.post(f"{RECORD}prose", [window.signed, ("_text", words)])
    assert '<a href="/bases/star-hall/">馆</a>' in prose.text
    assert "<strong>大</strong>" in prose.text
    assert "<script" not in prose.text
    assert 'href="javascript' not in prose.text
    assert prose.headers["content-type"].startswith("text/plain")
    assert bytes_of(window.root) == before


def test_a_new_record_begins_with_its_name_and_ends_as_a_file(window: Window) -> None:
    near = window.get("new/?kind=bases&name=示例星空")
    assert "示例星空馆" in near.text
    assert near.url.path.endswith("/new/")
    form = window.get("new/?kind=bases&name=观鸟塔科普角")
    path = form.url.path.split("/new/")[1]
    pairs = sent_by(form.text)
    assert ("name", "观鸟塔科普角") in pairs
    unfinished = window.post(f"records/{path}", pairs)
    assert unfinished.status_code == 422
    assert not (window.root / f"data/{path.rstrip('/')}.yml").exists()
    source = {"": "", ".title": "区政府网站", ".url": "https://example.org/a", ".mark": "official"}
    filled = changed(pairs, summary="塔上看鸟的地方。")
    whole = [*filled, *((f"sources.0{name}", value) for name, value in source.items())]
    asked = window.post(f"records/{path}", whole)
    assert asked.status_code == 200, re.findall(r'(?s)<section class="faults.*?</section>', asked.text)
    saved = window.post(f"records/{path}save", sent_by(asked.text))
    assert saved.url.query == b"note=saved"
    assert open_session(window.root).loaded.collection.records[path.split("/")[1]].heading == "观鸟塔科普角"
    again = window.post(f"records/{path}save", sent_by(asked.text))
    assert again.status_code == 422
    copied = window.get(f"new/?copy={path.rstrip('/')}&name=另一座望海楼")
    assert ("summary", "塔上看鸟的地方。") in sent_by(copied.text)


def test_a_word_on_the_wall_becomes_a_stamp_and_is_kept_nowhere(window: Window) -> None:
    pairs = [pair for pair in window.form(RECORD) if pair[0] != "_word"]
    short = window.post(RECORD, [*pairs, ("_word", "甲"), ("_do", "stamp:passport.stamp")])
    assert "太短" in short.text
    page = window.post(RECORD, [*pairs, ("_word", "凉瓜 ２０２６"), ("_do", "stamp:passport.stamp")])
    stamp = stamp_of("star-hall", "凉瓜2026")
    assert ("passport.stamp", stamp) in sent_by(page.text)
    asked = window.post(RECORD, sent_by(page.text))
    window.post(f"{RECORD}save", sent_by(asked.text))
    assert stamp in (window.root / FILE).read_text("utf-8")
    assert "凉瓜" not in page.text + asked.text + (window.root / FILE).read_text("utf-8")


def test_changes_are_listed_taken_back_and_handed_in(window: Window) -> None:
    before = (window.root / FILE).read_text("utf-8")
    ask(window.root, "init", "--quiet", "-b", "main")
    for name, value in (("user.name", "编辑"), ("user.email", "editor@example.org")):
        ask(window.root, "config", name, value)
    (window.root / ".gitignore").write_text(".kepu-edit/\n", "utf-8")
    ask(window.root, "add", "--all")
    ask(window.root, "commit", "--quiet", "-m", "开始")

    def save(**values: str) -> None:
        window.post(f"{RECORD}save", changed(window.form(RECORD), _reason="更正", **values))

    save(contact__phone=PHONE, contact__email="new@example.org")
    page = window.get("changes/").text
    assert "联系方式·电话" in page
    assert RECORD in window.get("?list=edited").text
    place = [window.signed, ("path", FILE)]
    assert "已经撤销" in window.post("changes/undo", [*place, ("field", "contact.phone")]).text
    text = (window.root / FILE).read_text("utf-8")
    assert PHONE not in text
    assert "new@example.org" in text
    window.post("changes/undo", place)
    assert (window.root / FILE).read_text("utf-8") == before
    save(contact__phone=PHONE)
    done = window.post("changes/hand-in", [window.signed, ("message", "更正电话")])
    assert done.status_code == 200, done.text
    assert "没有要提交" not in done.text
    assert ask(window.root, "log", "-1", "--format=%an %s").decode().strip() == "编辑 更正电话"
    assert ask(window.root, "status", "--porcelain").decode() == ""
