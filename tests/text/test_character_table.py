from __future__ import annotations

from macros.text.character_table import CharacterTable, character_table
from macros.text.traditional import Traditional
from tests.text.test_traditional import PINNED


def shown(table: CharacterTable, text: str) -> str:
    """Convert a text as overrides/assets/javascripts/traditional.js does."""
    made, whole = [], f"\n{text}\n"
    for at, one in enumerate(text, start=1):
        fits = (
            out
            for before, after, out in table.rules.get(one, ())
            if whole[:at].endswith(before) and whole[at + 1 :].startswith(after)
        )
        made.append(next(fits, table.characters.get(one, one)))
    return "".join(made)


def test_the_table_does_with_all_texts_what_the_converter_did() -> None:
    converts = Traditional({"余艾冰": "余艾冰"}).convert
    texts = [pair.split("→")[0] for pair in PINNED.split()]
    pairs = [(text, converts(text)) for text in [*texts, "、".join(texts)]]
    both = [*pairs, *((out, out) for _, out in pairs)]
    table = character_table(both)
    assert [(text, shown(table, text)) for text, out in both if shown(table, text) != out] == []
    # It is small, and says the same whatever comes first.
    assert sum(map(len, table.rules.values())) < len(texts)
    assert character_table(reversed(both)) == table
