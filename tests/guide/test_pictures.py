"""The pictures of the editor guide exist, are told in words, are small, and show what the program says today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.guide.pictures import FOLDER, take_all
from tests.guide.png import with_words, words_of
from tests.guide.text import GUIDE, commands, pictures
from tests.support import ROOT

LARGEST_SUM = 600_000
FILES = sorted(FOLDER.glob("*.png"))


def test_each_picture_is_shown_and_told_in_words() -> None:
    shown = dict(pictures())
    assert {ROOT / address for address in shown} == set(FILES)
    for told in shown.values():
        assert len(re.findall("[\u4e00-\u9fff]", told)) >= 10
        assert not told.startswith(("图", "截图"))


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < LARGEST_SUM


@pytest.mark.audit
def test_pictures_show_what_the_program_says_today(browser: Browser, tmp_path: Path) -> None:
    kept = {path.stem: words_of(path.read_bytes()) for path in FILES}
    today = {name: words_of(picture) for name, picture in take_all(browser, tmp_path).items()}
    assert kept == today, "run `make pictures`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_picture_shows_being_typed_stands_in_the_guide(path: Path) -> None:
    typed = re.findall(r"^> (.+)$", words_of(path.read_bytes()), re.MULTILINE)
    assert set(typed) <= set(commands(GUIDE))


@pytest.mark.parametrize("words", ["", "一行\n二行 <>&"])
def test_words_travel_with_a_picture(words: str) -> None:
    picture = FILES[0].read_bytes()
    made = with_words(picture, words)
    assert words_of(made) == words
    assert with_words(with_words(picture, "别的"), words) == made
