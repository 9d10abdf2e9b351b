"""Text that could be a formula is guarded in CSV, and comes back as it was."""

from __future__ import annotations

from macros.spreadsheets.csv_file import read_csv, write_csv
from macros.spreadsheets.formulas import guarded, unguarded
from macros.spreadsheets.sheets import Cell
from tests.spreadsheets.test_xlsx import FORMULAS


def test_what_could_be_a_formula_is_led_by_an_apostrophe() -> None:
    for text in FORMULAS:
        assert guarded(text) == f"'{text}"
        assert guarded(f"'{text}") == f"''{text}"


def test_texts_that_are_no_formulas_stay() -> None:
    for text in ("0750-1234567", "a=b", "'a", ""):
        assert guarded(text) == unguarded(text) == text


def test_every_text_comes_back() -> None:
    texts = [*FORMULAS, *(f"'{text}" for text in FORMULAS), "'a", "a=b", "甲,乙", '"', "''"]
    read = read_csv("表", write_csv([[text] for text in texts])).rows
    assert [read[number][0] for number in sorted(read)] == [Cell(text) for text in texts]
