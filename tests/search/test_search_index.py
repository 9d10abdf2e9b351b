from __future__ import annotations

import json
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
import ToJyutping
from hypothesis import given
from hypothesis import strategies as st

from macros.library.library import Library
from macros.records.collection import Synonym
from macros.records.load import load
from macros.search.documents import documents
from macros.search.index import build_index, build_name, manifest
from macros.search.language import cantonese
from macros.search.numbers import encode, encode_ascending
from macros.search.postings import build_postings
from macros.search.tokens import is_piece, pieces, spelled
from macros.text.fold import fold
from tests.search.sets.corpus import SEED, make_items
from tests.search.sites import document
from tests.support import AS_OF
from tests.support.projects import base, lay_project

READINGS = {"重庆": ("chong", "qing")}
SYNONYMS = {"高企": Synonym("高新技术企业", 0.9)}


def test_same_documents_give_the_same_bytes_in_any_order() -> None:
    documents = [item.document() for item in make_items(random.Random(SEED), 100)]
    shuffled = random.Random(1).sample(documents, len(documents))
    first, second = (build_index(each, READINGS, SYNONYMS) for each in (documents, shuffled))
    assert first == second
    assert list(first) == list(second)


def test_build_is_named_after_its_content() -> None:
    before = build_index([document("甲馆")], READINGS, SYNONYMS)
    after = build_index([document("乙馆")], READINGS, SYNONYMS)
    assert build_name(before) != build_name(after)
    assert json.loads(manifest(before)) == {"build": build_name(before)}


def test_an_empty_site_has_an_index() -> None:
    index = json.loads(build_index([], {}, {})["index.json"])
    assert (index["ids"], index["names"], index["shards"]) == ("", "", 1)


def test_usual_addresses_are_not_stored() -> None:
    documents = [document("jia", url="bases/jia/"), document("yi", url="about/")]
    index = json.loads(build_index(documents, {}, {})["index.json"])
    assert index["urls"] == {"1": "about/"}


def test_names_with_line_breaks_and_surrogates_stay_apart() -> None:
    index = json.loads(build_index([document("甲\n馆\ud800", aliases=("乙\t馆",))], {}, {})["index.json"])
    assert index["names"] == "甲 馆\ud800\t乙 馆"


def test_curated_readings_and_traditional_forms_are_stored() -> None:
    files = build_index([document("重庆馆")], READINGS, {})
    assert "重" in json.loads(files["readings.json"])["pinyin"]["chong"]
    assert "慶" in next(row for row in json.loads(files["index.json"])["forms"] if row[0] == "庆")


def test_facets_of_many_labels_are_fetched_apart() -> None:
    documents = [document(f"d{n:03}", attributes={"town": (f"镇{n}",), "level": ("省级",)}) for n in range(100)]
    files = build_index(documents, {}, {})
    assert set(json.loads(files["index.json"])["facets"]) == {"level"}
    assert set(json.loads(files["facets.json"])) == {"town"}


@pytest.mark.parametrize(("number", "text"), [(0, "A"), (31, "f"), (32, "gB"), (1000, "of")])
def test_writes_numbers(number: int, text: str) -> None:
    assert encode(number) == text


def test_writes_rising_numbers_as_steps() -> None:
    assert encode_ascending([3, 4, 36]) == "DBgB"
    assert encode_ascending([]) == ""


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("AI科普館，VR。5g", {"ai", "科普", "普馆", "vr", "5g"}),
        ("〇㐀龥，科", {"〇㐀", "㐀龥"}),
        ("ＡＢ①②科\ud800普\U00020000館", {"ab12"}),
        ("a科b普", {"a", "b"}),
        ("", set()),
    ],
)
def test_cuts_text_into_pairs_and_words(text: str, listed: set[str]) -> None:
    assert set(map(spelled, filter(is_piece, pieces(text)))) == listed


@given(st.text(st.sampled_from("科普館路〇，。 aＢ①\ud800\U00020000")))
def test_pieces_are_what_runs_of_folded_text_hold(text: str) -> None:
    runs = re.findall(r"[\u3007\u3400-\u9fff]{2,}|[a-z0-9]+", fold(text))
    lines = {line.replace(" ", "") for line in re.findall(r"(?<![a-z0-9])[0-9]+ ?路", fold(text))}
    expected = lines | {piece for run in runs for piece in ((run,) if run[0] <= "z" else map("".join, pairwise(run)))}
    assert set(map(spelled, filter(is_piece, pieces(text)))) == expected


def test_descriptions_and_bodies_are_listed_apart() -> None:
    lines = "\n".join(build_postings(["科普", ""], ["", "科普科普。科普"])).split("\n")
    assert lines == ["普科\t\tB", "科普\tA\tB"]


def test_long_lists_are_cut_and_keep_the_shortest_texts() -> None:
    (line,) = build_postings(["科普，" * 9] * 200 + ["科普"] * 100, [""] * 300)
    documents = line.split("\t")[1]
    assert documents == encode_ascending([*range(100), *range(200, 300)])


def test_a_telephone_is_found_by_its_digits_alone(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    text = base("contact: {phone: (0750)765 4321转802、13800138000}\n")
    (project / "data/bases/pond.yml").write_text(text, "utf-8")
    library = Library(load(project, AS_OF).collection)
    [found] = [one for one in documents(library, {}) if one.id == "pond"]
    assert {"07507654321", "13800138000"} <= {piece for piece in pieces(found.body) if isinstance(piece, str)}


def test_cantonese_is_read_as_the_dictionary_reads_it() -> None:
    chance = random.Random(SEED)
    characters = "".join(item.document().name for item in make_items(chance, 200)) + "䇆竓a1 行长重庆"
    names = ["".join(chance.choices(characters, k=length)) for length in range(1, 9) for _ in range(500)]
    read = {name: ToJyutping.get_jyutping_list(name) for name in names}
    assert {name: cantonese(name) for name in names} == {
        name: [(reading or "").rstrip("123456") for _, reading in readings] for name, readings in read.items()
    }
