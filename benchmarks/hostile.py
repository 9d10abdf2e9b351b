"""Input that was written to keep us busy: small YAML that stands for much, prose that makes readers look back, long tables."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

_LEVELS = 10


def _billion_laughs() -> str:
    """Return YAML whose aliases stand for 10⁹ items."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, _LEVELS)]
    return "\n".join(lines) + "\n"


def _hidden_bomb() -> str:
    """Return the same within braces, where anchors may follow a colon at once."""
    pairs = ['"a0":&a0 [x]', *(f'"a{n}":&a{n} [{", ".join([f"*a{n - 1}"] * 10)}]' for n in range(1, _LEVELS))]
    return f"contact: {{{', '.join(pairs)}}}\n"


BOMBS = {
    "aliases": _billion_laughs(),
    "hidden aliases": _hidden_bomb(),
    "brackets": "a: " + "[" * 2000 + "]" * 2000,
    "interleaved brackets": "a: " + "[[]," * 200_000,
    "braces": "{" * 900_000,
}
"""YAML that is small and stands for much."""

RECORDS = {
    "brackets and commas": "a: " + "[" * 800 + "，" * 800,
    "a line of spaces": "b: '乙'\n" + " " * 50_000,
    "many lines of spaces": "b: '乙'\n" + (" " * 9_000 + "x\n") * 5,
    "control characters": "\x01" * 50_000,
    "spaces in a block text": "a: |\n  x\n" + " " * 90_000 + "\nb: '乙\n",
    "openings of lists": ("a" + ": [" * 3_000 + "\n") * 5,
    "dashes far apart": ("-" + " " * 9_000 + "\n") * 5 + "x: [\n",
    "closing quotes": ("a: “" + "” " * 4_900 + "x\n") * 5,
    "spaces and no comment": "b: '1'\n" + ("a: x" + " " * 9_000 + "\n") * 5,
    "a document number": "doc_no: " + "a[2020]1" * 20_000,
    "parts of a document number": "doc_no: " + "a[2020]1" * 1_200,
    "half a document number": "doc_no: a" + " " * 9_000 + "[2020]1",
    "half a telephone": "contact:\n  phone: " + "0750-" * 1_900,
    "anchors": "".join(f"a{n}: &a{n} [x]\n" for n in range(2_000)),
    "dates": "events:\n" + "".join(f"  - date: 2020年5月3日\n    text: 甲{n}。\n" for n in range(300)),
    "full-width colons": "".join(f"a{n}：甲\n" for n in range(300)),
}
"""Records that make a search look back and forth: at a quadratic one, each keeps a processor busy for minutes."""

PROSE = [
    "[" * 2_000 + "x" + "]" * 2_000,
    "[" * 100_000,
    "![" * 50_000,
    "[x](" * 25_000,
    "[a](<b" * 16_000,
    "\\[" * 49_000 + "]:",
    ">" * 100_000,
    "- " * 50_000,
    "<a " * 33_000,
    "<!--" * 25_000,
    "</script>" * 11_000,
    "**甲：" * 20_000,
    "*甲 **乙 " * 12_000,
    "`甲" * 50_000,
    " " * 99_999 + "x",
    "```\n" + " " * 90_000,
    "甲\n" * 50_000,
    "|a" * 50_000,
    "a|b\n" * 25_000,
    "".join(f"[{number}]: u\n" for number in range(8_000)),
    "<b>" * 33_000,
    "x" * 1_000_000,
]
"""Prose that makes a reader of Markdown look back and forth."""


def long_workbook(rows: int, columns: int = 20) -> bytes:
    """Return a workbook whose only sheet has more rows than people write.

    Args:
        rows: number of rows.
        columns: cells of text in each.
    """
    made = io.BytesIO()
    with Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            for column in range(columns):
                sheet.write_string(row, column, "文字文字")
    return made.getvalue()
