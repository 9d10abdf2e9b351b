"""A record whose file can't be read is put right by its text, or given back as it was handed in; nothing is lost."""

from __future__ import annotations

from pathlib import Path

from tests.editor.browser import sent_by
from tests.editor.projects import POND, POND_TEXT, commit, lay_repository, write
from tests.editor.window import Window, changed
from tests.support import open_session

RECORD = "records/bases/pond/"
BROKEN = POND_TEXT.replace("aliases: [小池]", "aliases: [小池")
TWO = POND_TEXT.replace("summary: 一处。\n", "<<<<<<< HEAD\nsummary: 甲的。\n=======\nsummary: 乙的。\n>>>>>>> main\n")


def now(window: Window) -> str:
    return (window.root / POND).read_text("utf-8")


def test_a_broken_file_is_put_right_by_its_text(tmp_path: Path) -> None:
    window = Window(lay_repository(tmp_path))
    write(window.root, {POND: BROKEN})
    assert f"{RECORD}" in window.get("").text
    assert "读不出来" in window.get("").text
    page = window.get(RECORD)
    assert 'data-line="' in page.text
    assert ("_text", BROKEN) in [(name, value.replace("\r\n", "\n")) for name, value in sent_by(page.text)]
    pairs = sent_by(page.text)
    refused = window.post(f"{RECORD}text", changed(pairs, _text=BROKEN + "x: [\n"))
    assert refused.status_code == 422
    assert "还没有改好，先存着" in refused.text
    assert now(window) == BROKEN
    mended = window.post(f"{RECORD}text", [*changed(pairs, _text=BROKEN.replace(": 池塘", "：池塘")), ("_do", "mend")])
    assert "还没有保存" in mended.text
    assert "name: 池塘" in mended.text
    kept = window.post(f"{RECORD}text", [*changed(pairs, _text=BROKEN + "# 甲\n"), ("_unfinished", "1")])
    assert (kept.status_code, now(window)) == (200, BROKEN + "# 甲\n")
    late = window.post(f"{RECORD}text", changed(pairs, _text=POND_TEXT))
    assert late.status_code == 422
    assert "什么也没有写" in late.text
    saved = window.post(
        f"{RECORD}text", changed(sent_by(window.get(RECORD).text), _text=POND_TEXT.replace("\n", "\r\n"))
    )
    assert saved.url.query == b"note=saved"
    assert now(window) == POND_TEXT

    _two_versions_are_chosen_by_field_and_gbk_is_read(window)


def _two_versions_are_chosen_by_field_and_gbk_is_read(window: Window) -> None:
    write(window.root, {POND: TWO})
    page = window.get(RECORD).text
    assert "甲的。" in page
    assert 'name="_choice.summary"' in page
    pairs = [pair for pair in sent_by(page) if not pair[0].startswith("_choice.")]
    window.post(f"{RECORD}text", [*pairs, ("_choice.summary", "theirs"), ("_do", "choose")])
    assert now(window) == POND_TEXT.replace("一处。", "乙的。")
    (window.root / POND).write_bytes(POND_TEXT.replace("\n", "\r\n").encode("gbk"))
    page = window.get(RECORD).text
    assert "不是 UTF-8" in page
    saved = window.post(f"{RECORD}text", sent_by(page))
    assert saved.url.query == b"note=saved"
    assert (window.root / POND).read_bytes() == POND_TEXT.replace("\n", "\r\n").encode()


def test_what_was_handed_in_is_given_back_and_the_rest_put_aside(tmp_path: Path) -> None:
    window = Window(lay_repository(tmp_path))
    for raw in (BROKEN.encode(), b"\xff\xfe\x00\xd8 no text", b"\x00\x01\x02\x80\x81"):
        (window.root / POND).write_bytes(raw)
        page = window.get(RECORD)
        assert "换回上次提交的样子" in page.text, raw
        form = [pair for pair in sent_by(page.text) if pair[0] != "_text"]
        given = window.post(f"{RECORD}text", [*form, ("_do", "give-back")])
        assert given.url.query == b"note=given-back"
        assert now(window) == POND_TEXT
        assert (window.root / ".kepu-edit/removed" / POND).read_bytes() == raw
    commit(window.root, {POND: BROKEN})
    write(window.root, {POND: BROKEN + "y: [\n"})
    assert "换回上次提交的样子" not in window.get(RECORD).text
    assert open_session(window.root).loaded.collection.broken == {"pond"}
    for place in ("nokind/x", "bases/..", "bases/NO"):
        for page in ("text", "ending"):
            assert window.post(f"records/{place}/{page}", [window.signed]).status_code in (404, 405)
