"""A build of the index that remembers the last one makes the same files as one that begins anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from macros.search.documents import SearchDocument, documents
from macros.search.index import build_index
from macros.search.memory import Memory, Remembered
from macros.search.postings import build_postings
from macros.site.session import Session
from tests.search.sets.corpus import SEED, make_items

Documents = list[SearchDocument]
Edit = Callable[[random.Random, Documents], None]

READINGS = {"重庆": ("chong", "qing")}
_LETTERS = "科普馆科学重庆廣東AI 5g，。"


def _change_body(chance: random.Random, edited: Documents) -> None:
    place = chance.randrange(len(edited))
    body = edited[place].body
    cut = chance.randint(0, len(body))
    new = "".join(chance.choices(_LETTERS, k=chance.randint(0, 30)))
    edited[place] = replace(edited[place], body=body[:cut] + new + body[cut + chance.randint(0, 20) :])


def _change_name(chance: random.Random, edited: Documents) -> None:
    place = chance.randrange(len(edited))
    name = edited[place].name + chance.choice(_LETTERS)
    edited[place] = replace(edited[place], name=name, aliases=(name[:2],), summary=f"{name}讲重庆的来历。")


def _change_attributes(chance: random.Random, edited: Documents) -> None:
    place = chance.randrange(len(edited))
    attributes = {**edited[place].attributes, "town": (f"镇{chance.randrange(100)}",)}
    edited[place] = replace(edited[place], attributes=attributes, current=chance.random() < 0.5)


def _add(chance: random.Random, edited: Documents) -> None:
    copied = chance.choice(edited)
    edited.append(replace(copied, id=f"new-{chance.random()}", body=copied.body[::-1]))


def _delete(chance: random.Random, edited: Documents) -> None:
    edited.pop(chance.randrange(len(edited)))


_EDITS: tuple[Edit, ...] = (_change_body, _change_body, _change_name, _change_attributes, _add, _delete)


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_give_the_bytes_of_a_fresh_build(seed: int) -> None:
    chance = random.Random(seed)
    edited = [item.document() for item in make_items(random.Random(SEED), 80)]
    memory = Memory()
    for _ in range(15):
        readings = READINGS if chance.random() < 0.8 else {}
        remembering = build_index(edited, readings, {}, memory)
        fresh = build_index(edited, readings, {})
        assert remembering == fresh
        assert list(remembering) == list(fresh)
        chance.choice(_EDITS)(chance, edited)


@pytest.mark.parametrize("seed", range(4))
def test_lists_that_are_cut_are_mended_too(seed: int) -> None:
    chance = random.Random(seed)
    texts = ["".join(chance.choices("科普馆学", k=chance.randint(2, 9))) for _ in range(600)]
    memory = Memory()
    for _ in range(25):
        assert build_postings(texts, texts[::-1], memory) == build_postings(texts, texts[::-1])
        texts = texts.copy()
        for _ in range(chance.choice((0, 1, 1, 2, 300))):
            texts[chance.randrange(len(texts))] = "".join(chance.choices("科普馆学习", k=chance.randint(0, 9)))


def test_records_are_gathered_as_before(district: Session) -> None:
    memory = Memory()
    fresh = list(documents(district.library, {}))
    assert [list(documents(district.library, {}, memory)) for _ in range(2)] == [fresh, fresh]


def test_only_the_last_round_is_remembered() -> None:
    asked: list[str] = []

    def shout(word: str) -> str:
        asked.append(word)
        return word.upper()

    cached_per_record: Remembered[str, str] = Remembered()
    for words in ("ab", "bc", "ac"):
        assert [*map(cached_per_record.through(shout), words)] == [*words.upper()]
    assert asked == ["a", "b", "c", "a"]
    cached_per_record.through(shout, given=1)("a")
    assert asked[-2:] == ["a", "a"]
