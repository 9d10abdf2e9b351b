"""Make a small table of a large converter, for browsers: it does with all texts that scripts may show what the converter did.

>>> table = character_table([("皇后", "皇后"), ("后天", "後天"), ("前后", "前後")])
>>> table.characters, table.rules
({'后': '後'}, {'后': [('皇', '', '后')]})

Of each character, what most often becomes of it; and where something else does, the shortest neighbours that always go with it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

_HAN = re.compile(r"[\u3400-\u9fff]")
_WIDTHS = ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (2, 2), (3, 3), (5, 5))
"""How many characters before and after are looked at, in this order."""

EDGE = "\n"
"""Stands for where a text begins or ends."""

Rule = tuple[str, str, str]
"""What stands before a character, what stands behind it, and what becomes of it there."""


@dataclass(frozen=True)
class CharacterTable:
    """What becomes of characters.

    Attributes:
        characters: those that change wherever no rule says otherwise, and what becomes of them.
        rules: character → its rules, those with the longest neighbours first.
    """

    characters: dict[str, str]
    rules: dict[str, list[Rule]]


def character_table(pairs: Iterable[tuple[str, str]]) -> CharacterTable:
    """Return the table that converts all of these texts as they were converted.

    Args:
        pairs: texts and what became of them; those of another length are passed over.
    """
    texts = sorted({(text, out) for text, out in pairs if len(text) == len(out)})
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (one, out), count in Counter(chain.from_iterable(zip(*pair, strict=True) for pair in texts)).items():
        if _HAN.match(one):
            counts[one][out] = count
    usual = {one: min(outs, key=lambda out: (-outs[out], out)) for one, outs in counts.items()}
    contested = {one for one, outs in counts.items() if len(outs) > 1}
    places: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for text, out in texts:
        for at, one in () if contested.isdisjoint(text) else enumerate(text):
            if one in contested:
                places[one].append((text, at, out[at]))
    rules = {one: _rules(usual[one], found) for one, found in sorted(places.items())}
    return CharacterTable({one: usual[one] for one in sorted(usual) if usual[one] != one}, rules)


def _rules(usual: str, places: list[tuple[str, int, str]]) -> list[Rule]:
    rules: dict[Rule, None] = {}
    left = [place for place in places if place[2] != usual]
    for width in _WIDTHS:
        outcomes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for text, at, out in places if left else ():
            outcomes[_around(text, at, width)].add(out)
        certain = {key: min(outs) for key, outs in outcomes.items() if len(outs) == 1}
        rules |= dict.fromkeys(_made(left, width, certain))
        left = [(text, at, out) for text, at, out in left if _around(text, at, width) not in certain]
    return sorted(rules, key=lambda rule: (-len(rule[0]) - len(rule[1]), rule))


def _made(
    places: list[tuple[str, int, str]], width: tuple[int, int], certain: dict[tuple[str, str], str]
) -> Iterator[Rule]:
    for text, at, out in places:
        if (key := _around(text, at, width)) in certain:
            yield (*key, out)


def _around(text: str, at: int, width: tuple[int, int]) -> tuple[str, str]:
    before, after = width
    place, whole = at + 1, f"{EDGE}{text}{EDGE}"
    return whole[max(0, place - before) : place], whole[place + 1 : place + 1 + after]
