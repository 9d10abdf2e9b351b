"""Terms are found by id or label, sorted by order, and near ones are named."""

from __future__ import annotations

from macros.records.model.terms import Term, Vocabulary, describe, near, unread_vocabulary, vocabulary

LEVELS = vocabulary("levels", {"national": "国家级", "provincial": "省级", "即": "即"})


def test_a_term_is_found_by_id_and_by_label() -> None:
    assert LEVELS.find("provincial") is LEVELS.find("省级")
    assert LEVELS.find("省") is None


def test_the_id_wins_over_the_label_of_another_term() -> None:
    words = Vocabulary("words", (Term("words", "a", "b"), Term("words", "b", "甲")))
    assert words.find("b") == Term("words", "b", "甲")


def test_terms_sort_by_order() -> None:
    assert [term.id for term in sorted(LEVELS, reverse=True)] == ["即", "provincial", "national"]
    assert Term("a", "x", "x").__lt__("x") is NotImplemented


def test_a_vocabulary_that_could_not_be_read_takes_any_word() -> None:
    found = unread_vocabulary("towns").find("east")
    assert found == Term("towns", "east", "east")


def test_terms_are_listed_with_their_ids_and_cut() -> None:
    assert describe(LEVELS) == "国家级（national）、省级（provincial）、即"
    assert describe(LEVELS, limit=1) == "国家级（national）……"


def test_near_words_are_found_whatever_their_case() -> None:
    assert near("adress", ["name", "address", "body"]) == ["address"]
    assert near("LUYUAN", ["luyuan", "zhuxi-chuanggu"]) == ["luyuan"]
    assert near("zhuxi", ["luyuan", "zhuxi-chuanggu"]) == []
    assert near("x" * 100_000, ["x"]) == []


def test_a_kind_has_the_terms_of_all_and_its_own() -> None:
    words = Vocabulary(
        "words",
        (Term("words", "a", "其他"), Term("words", "b", "甲", kind="bases"), Term("words", "c", "乙", kind="x")),
    )
    assert [term.id for term in words.for_kind("bases")] == ["a", "b"]
    assert words.for_kind("bases") is words.for_kind("bases")
    assert unread_vocabulary("towns").for_kind("bases").find("east") == Term("towns", "east", "east")
