"""A record is opened, changed and saved by plain forms; what others wrote meanwhile is never lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.records.model.registry import KINDS
from tests.editor.browser import Pair, sent_by
from tests.editor.window import Window, changed
from tests.support import bytes_of, open_session, project_copy
from tests.support.looping import failures

RECORD = "records/bases/star-hall/"
FILE = "data/bases/star-hall.yml"
PHONE = "0750-7654321"


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
    assert bytes_of(window.root) == before
