"""The one rule by which a cell could be a formula, for every file that spreadsheet programs open.

Excel, WPS and LibreOffice work out a text that begins with one of these signs, in a CSV file at once and in a workbook
as soon as someone edits the cell, and what they work out may ask other computers. White space before the sign does not
protect, and programs in Chinese take the wide signs for their narrow ones.
"""

from __future__ import annotations

_SIGNS = frozenset("=+-@＝＋－＠")


def could_be_formula(text: str) -> bool:
    """Tell whether a spreadsheet program might work a text out instead of showing it."""
    return text.lstrip()[:1] in _SIGNS


def guarded(text: str) -> str:
    """Return text for a cell of CSV that no program works out: an apostrophe leads what could be a formula.

    What begins with apostrophes already gets one more, so that `unguarded` gives back every text.
    """
    return f"'{text}" if could_be_formula(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """Return the text that stands in a cell of CSV, without the apostrophe that guards it."""
    return text[1:] if text.startswith("'") and could_be_formula(text.lstrip("'")) else text
