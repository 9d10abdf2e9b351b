"""Vocabularies are changed by a form: words are added, moved and taken out, and nothing else of the file changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editor.browser import sent_by
from tests.editor.window import Window, changed
from tests.support import bytes_of, project_copy

TOWNS = "terms/towns/"


@pytest.fixture
def window(tmp_path: Path) -> Window:
    return Window(project_copy(tmp_path))


def test_each_vocabulary_opens_and_is_saved_unchanged_byte_for_byte(window: Window) -> None:
    before = bytes_of(window.root)
    listed = window.get("terms/").text
    for path in sorted((window.root / "data/terms").glob("*.yml")):
        if path.stem in ("readings", "synonyms", "wishes", "holidays", "traditional"):
            assert window.get(f"terms/{path.stem}/").status_code == 404
            continue
        assert f"terms/{path.stem}/" in listed
        saved = window.post(f"terms/{path.stem}/", window.form(f"terms/{path.stem}/"))
        assert saved.url.query == b"note=saved", path.stem
    assert {name: raw for name, raw in bytes_of(window.root).items() if ".kepu-edit" not in name} == before


def test_words_are_added_moved_and_taken_out(window: Window) -> None:
    file = window.root / "data/terms/towns.yml"
    before = file.read_text("utf-8")
    more = window.post(TOWNS, [*window.form(TOWNS), ("+terms", "")])
    pairs = [pair for pair in window.form(TOWNS) if pair[0] != "~before"]
    assert "新的一项" in more.text
    count = before.count("label:")
    saved = window.post(TOWNS, [*window.form(TOWNS), (f"terms.{count}", ""), (f"terms.{count}.label", "河东镇")])
    assert saved.url.query == b"note=saved"
    after = file.read_text("utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert "label: 河东镇" in after
    assert f"order: {count + 1}" in after
    moved = window.post(TOWNS, [*window.form(TOWNS), (f"^terms.{count}", "")])
    assert window.post(TOWNS, sent_by(moved.text)).url.query == b"note=saved"
    taken = window.post(TOWNS, [*window.form(TOWNS), (f"-terms.{count - 1}", "")])
    assert window.post(TOWNS, sent_by(taken.text)).url.query == b"note=saved"
    assert "河东镇" not in file.read_text("utf-8")
    stale = window.post(TOWNS, pairs)
    assert "刚刚被别人改了" in stale.text


def test_what_would_be_wrong_is_refused_and_stays_in_the_form(window: Window) -> None:
    before = bytes_of(window.root)
    pairs = window.form(TOWNS)
    emptied = window.post(TOWNS, changed(pairs, terms__0__label=""))
    assert "缺少" in emptied.text
    twice = window.post(TOWNS, changed(pairs, terms__0__label=dict(pairs)["terms.1.label"]))
    assert "不能同名" in twice.text
    taken = window.post(TOWNS, sent_by(window.post(TOWNS, [*pairs, ("-terms.0", "")]).text))
    assert "还有记录在用" in taken.text
    assert {name: raw for name, raw in bytes_of(window.root).items() if ".kepu-edit" not in name} == before
