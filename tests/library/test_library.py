"""The library: what follows from the records, on the day of the build."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from macros.library.facets import facets_of, highest_level
from macros.library.library import Library
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Base, Policy, Record
from macros.records.model.registry import KINDS
from tests.support.looping import failures
from tests.support.projects import base, load_project, platform, policy, target

HELD = "recognitions:\n  - {title: 甲, level: 市级, stage: held}\n  - {title: 乙, level: 省级, stage: "


def library(folder: Path, **files: str) -> Library:
    """Return the library of the good project and further files, named ``kind__id``."""
    named = {f"data/{name.replace('__', '/')}.yml": text for name, text in files.items()}
    loaded = load_project(folder, named)
    assert loaded.problems == []
    return Library(loaded.collection)


def ids(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]


def test_drafts_have_no_page(tmp_path: Path) -> None:
    found = library(tmp_path, bases__pond=base("draft: 是\n"))
    assert "pond" in found.collection.records
    assert found.get("pond") is None
    assert ids(found.records("bases")) == ["wetland"]


def test_merged_records_have_a_page_and_stand_on_no_list(tmp_path: Path) -> None:
    found = library(tmp_path, bases__pond=base("merged_into: wetland\ntown: east\n"))
    assert found.get("pond") is not None
    assert ids(found.records("bases")) == ["wetland"]
    assert "pond" not in [record.id for group in found.alphabet for record in group.records]
    assert all("pond" not in ids(group.records) for facet in facets_of(Base) for group in found.groups("bases", facet))


def test_a_kind_without_records_is_no_kind(tmp_path: Path) -> None:
    found = library(tmp_path, targets__hundred=target("draft: 是\n"))
    assert found.kinds() == ("bases", "incubators", "policies", "platforms", "articles")
    assert found.records("targets") == ()


def test_lists_have_the_current_first_and_go_by_pinyin(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        bases__a=base("status: 已关闭\n", name="阿里"),
        bases__b=base("status: 暂停开放\n", name="杜阮"),
        bases__c=base(name="重庆"),
    )
    assert ids(found.records("bases")) == ["c", "b", "wetland", "a"]
    assert found.records("bases") == tuple(sorted(found.records("bases"), key=found.list_order))


@pytest.mark.parametrize(("validity", "current"), [("有效", True), ("废止", False)])
def test_a_repealed_policy_is_not_current(validity: str, current: bool, tmp_path: Path) -> None:
    found = library(tmp_path, policies__rules=policy(f"validity: {validity}\n"))
    assert found.is_current(found.published["rules"]) is current
    assert found.is_current(found.published["plan"])


@pytest.mark.parametrize(
    ("written", "expired"), [("2026-11-23", True), ("2026-11-24", False), ("2026", False), ("2025", True)]
)
def test_a_policy_has_run_out_only_if_certainly_so(written: str, expired: bool, tmp_path: Path) -> None:
    found = library(tmp_path, policies__rules=policy(f"effective_to: {written}\n"))
    assert found.is_expired(found.published["rules"]) is expired
    assert not found.is_expired(found.published["plan"])
    assert not found.is_expired(found.published["wetland"])


@pytest.mark.parametrize(
    ("stage", "level"),
    [
        ("held}", "省级"),
        ("held, valid_to: 2026}", "省级"),
        ("held, valid_to: 2025}", "市级"),
        ("planned}", "市级"),
        ("applied}", "市级"),
        ("ended}", "市级"),
    ],
)
def test_the_level_is_the_highest_that_is_held_today(stage: str, level: str, tmp_path: Path) -> None:
    terms = "provincial: {label: 省级, order: 1}\nmunicipal: {label: 市级, order: 2}\n"
    found = library(tmp_path, bases__pond=base(HELD + stage + "\n"), terms__levels=terms)
    assert str(found.level(found.published["pond"])) == level
    assert found.level(found.published["wetland"]) is None
    assert found.level(found.published["plan"]) is None


def test_an_aim_is_no_level(tmp_path: Path) -> None:
    found = library(tmp_path, bases__pond=base(HELD + "planned}\n"))
    assert [aim.title for aim in found.aims(found.published["pond"])] == ["乙"]
    assert found.aims(found.published["plan"]) == ()
    assert highest_level(found.published["plan"], found.as_of) is None


def test_relations_go_both_ways_once_and_in_the_order_of_records(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        bases__pond=base("body: 看[湿地](id:wetland)，也看[湿地](id:wetland)和[自己](id:pond)。\n"),
        targets__aim=target("related: [pond]\n"),
    )
    assert ids(found.related(found.published["pond"])) == ["wetland", "plan", "aim"]
    assert "pond" in ids(found.related(found.published["wetland"]))
    assert "pond" in ids(found.related(found.published["plan"]))
    assert ids(found.targets_about(found.published["pond"])) == ["aim"]
    assert ids(found.related(found.published["aim"])) == ["pond", "plan"]


def test_drafts_are_related_to_nothing(tmp_path: Path) -> None:
    found = library(tmp_path, bases__pond=base("draft: 是\nbody: 看[湿地](id:wetland)。\n"))
    assert "pond" not in ids(found.related(found.published["wetland"]))


def test_a_policy_knows_what_replaces_it(tmp_path: Path) -> None:
    found = library(tmp_path, policies__rules=policy("replaces: [plan]\n"))
    assert ids(found.replaced_by(found.published["plan"])) == ["rules"]
    assert found.replaced_by(found.published["rules"]) == ()


def test_only_reposts_leave_a_fact_unverified(tmp_path: Path) -> None:
    reposts = "name: 甲\nsummary: 乙。\nsources:\n  - {title: 丙, mark: repost}\n"
    found = library(tmp_path, bases__a=reposts, bases__b=reposts + "  - {title: 丁, mark: press}\n")
    assert found.is_unverified(found.published["a"].sources)
    assert not found.is_unverified(found.published["b"].sources)
    assert not found.is_unverified(())


def test_the_last_change_or_review_dates_a_record(tmp_path: Path) -> None:
    changed = "changes: [{date: 2025-05-01, text: 甲}]\n"
    found = library(
        tmp_path,
        bases__a=base(changed),
        bases__b=base(changed + "reviewed_on: 2026-01-01\n"),
    )
    assert found.modified(found.published["a"]) == PartialDate(2025, 5, 1)
    assert found.modified(found.published["b"]) == PartialDate(2026, 1, 1)
    assert found.modified(found.published["wetland"]) is None


def test_the_alphabet_holds_every_listed_record_under_its_letter(tmp_path: Path) -> None:
    readings = "重庆: chong qing\n"
    found = library(tmp_path, bases__a=base(name="重庆"), bases__b=base(name="AI 馆"), terms__readings=readings)
    letters = {group.label: ids(group.records) for group in found.alphabet}
    assert letters["C"] == ["a"]
    assert letters["A"] == ["b"]
    assert letters["S"] == ["wetland"]
    assert sum(map(len, letters.values())) == sum(len(found.records(kind)) for kind in KINDS)
    assert list(letters) == sorted(letters)


def test_every_kind_has_its_facets() -> None:
    for model in KINDS.values():
        facets = facets_of(model)
        assert len({facet.name for facet in facets}) == len(facets) > 0


def test_records_are_grouped_by_the_terms_that_occur_in_their_order(tmp_path: Path) -> None:
    found = library(tmp_path, bases__pond=base("town: 西镇\nstatus: open\n"), bases__lake=base("town: east\n"))
    facets = {facet.name: facet for facet in found.facets("bases")}
    towns = found.groups("bases", facets["town"])
    assert [(group.label, ids(group.records)) for group in towns] == [("东镇", ["lake", "wetland"]), ("西镇", ["pond"])]
    assert [group.label for group in found.groups("bases", facets["status"])] == ["开放"]
    assert found.groups("bases", facets["level"]) == ()
    assert [term.id for term in found.vocabulary_of(facets["town"])] == ["east", "west"]
    assert found.vocabulary_of(facets["status"]) == ()


def test_every_facet_reads_every_record_of_its_kind(tmp_path: Path) -> None:
    found = library(tmp_path, platforms__lab=platform("stage: 已有\nstage_as_of: 2022\n"))

    def check(kind: str) -> None:
        for record in found.records(kind):
            for facet in found.facets(kind):
                assert isinstance(found.terms(record, facet), tuple)

    assert failures(check, KINDS) == []


def test_addresses_are_those_of_kind_and_id(tmp_path: Path) -> None:
    found = library(tmp_path)
    assert found.address(found.published["wetland"]) == "bases/wetland/"
    assert isinstance(found.published["wetland"], Base)
    assert isinstance(found.published["plan"], Policy)
