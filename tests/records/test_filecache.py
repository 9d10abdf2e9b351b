"""Loading again reads what changed, keeps the records of all other files, and gives what loading anew gives."""

from __future__ import annotations

import gc
import os
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from macros.addresses.redirects import record_redirects
from macros.library.library import Library
from macros.records import yaml
from macros.records.load import Loaded, check_laws, load, read
from macros.records.model.dates import PartialDate
from tests.records.edits import READINGS, TOWNS, Editor, write
from tests.support import AS_OF
from tests.support.projects import base, lay_project, policy
from tests.support.systems import ON_WINDOWS, needs_links

POND, LAKE, PLAN = "data/bases/pond.yml", "data/bases/lake.yml", "data/policies/plan.yml"
STEPS = 25


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The good project with two more bases."""
    folder = lay_project(tmp_path)
    write(folder, POND, base("town: east\n"))
    write(folder, LAKE, base("town: 西镇\n", name="湖"))
    return folder


def kept(before: Loaded, after: Loaded) -> set[str]:
    """Return the ids of the records that are the same objects."""
    return {key for key, record in after.collection.records.items() if before.collection.records.get(key) is record}


def others(loaded: Loaded, *ids: str) -> set[str]:
    """Return the ids of all other records."""
    return set(loaded.collection.records) - set(ids)


def facts(loaded: Loaded) -> list[Any]:
    """Return all that may be asked of what was loaded, in a form that compares."""
    collection, library = loaded.collection, Library(loaded.collection)
    documents = [(record.document.path, record.document.text) for record in collection.records.values()]
    related = {key: list(map(str, others)) for key, others in library._relations.items()}
    lists = {kind: [record.id for record in library.records(kind)] for kind in library.kinds()}
    letters = [(group.label, [record.id for record in group.records]) for group in library.alphabet]
    moves = {address: found.new for address, found in record_redirects(library).items()}
    return [
        list(collection.records), replace(collection), loaded.problems, documents, lists, list(lists), related, list(related),
        letters, library.news, moves, library.deadlines, dict(loaded.files).keys(),
    ]  # fmt: skip


def check(project: Path, before: Loaded, changed: set[Path] | None = None, as_of: PartialDate = AS_OF) -> Loaded:
    """Load again and hold it against loading anew."""
    again = load(project, as_of, before, changed)
    assert facts(again) == facts(load(project, as_of))
    return again


def test_nothing_changed(project: Path) -> None:
    before = load(project, AS_OF)
    after = check(project, before)
    assert kept(before, after) == others(before)
    assert after.collection.vocabularies["towns"] is before.collection.vocabularies["towns"]


def test_an_edited_record_alone_is_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load(project, AS_OF)
    write(project, POND, base("town: west\n"))
    read_files = []
    parse = yaml.read
    monkeypatch.setattr(yaml, "read", lambda path, raw: read_files.append(path) or parse(path, raw))
    after = load(project, AS_OF, before)
    assert read_files == [POND]
    assert kept(before, after) == others(before, "pond")
    check(project, after)


def test_added_removed_and_renamed_files(project: Path) -> None:
    before = load(project, AS_OF)
    write(project, "data/bases/marsh.yml", base(name="沼泽"))
    (project / LAKE).unlink()
    (project / POND).rename(project / "data/bases/pool.yml")
    after = check(project, before)
    assert {"marsh", "pool"} <= set(after.collection.records)
    assert not {"lake", "pond"} & set(after.collection.records)
    assert kept(before, after) == others(after, "marsh", "pool")


def test_a_file_with_other_times_and_the_same_bytes_keeps_its_record(project: Path) -> None:
    before = load(project, AS_OF)
    os.utime(project / POND, ns=(1, 1))
    assert kept(before, check(project, before)) == others(before)


@pytest.mark.skipif(ON_WINDOWS, reason="Windows tells no other time than that of writing")
def test_an_edit_that_keeps_size_and_times_is_seen(project: Path) -> None:
    before = load(project, AS_OF)
    status = (project / POND).stat()
    write(project, POND, base("town: west\n"))
    os.utime(project / POND, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (project / POND).stat().st_size == status.st_size
    assert kept(before, check(project, before)) == others(before, "pond")


def test_only_files_that_are_named_are_looked_at(project: Path) -> None:
    before = load(project, AS_OF)
    write(project, POND, base("town: west\n"))
    write(project, LAKE, base("town: east\n", name="湖"))
    after = load(project, AS_OF, before, {project / POND})
    assert kept(before, after) == others(before, "pond")
    assert kept(after, check(project, after, {Path(LAKE)})) == others(before, "lake")


def test_a_named_file_is_read_whatever_it_looks_like(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load(project, AS_OF)
    write(project, POND, base("town: west\n"))
    given = before.files[POND]
    now = (project / POND).stat()
    stamp = (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
    before = replace(before, files={**before.files, POND: replace(given, stamp=stamp)})
    assert kept(before, load(project, AS_OF, before)) == others(before)
    assert kept(before, load(project, AS_OF, before, {project / POND})) == others(before, "pond")


@needs_links
def test_a_link_is_looked_at_though_only_what_it_leads_to_is_named(project: Path) -> None:
    (project / "data/bases/pool.yml").symlink_to("pond.yml")
    before = load(project, AS_OF)
    write(project, POND, base("town: west\n"))
    after = check(project, before, {project / POND})
    assert kept(before, after) == others(before, "pond", "pool")


@pytest.mark.parametrize(
    ("path", "text", "kinds"),
    [
        (TOWNS, "east: {label: 东乡, order: 1}\nwest: {label: 西镇, order: 2}\n", {"bases", "incubators", "platforms"}),
        (TOWNS, "# 说明\neast: {label: 东镇, order: 1}\nwest: {label: 西镇, order: 2}\n", set()),
        (TOWNS, "name:甲\n", {"bases", "incubators", "platforms"}),
        (READINGS, "湿地: shi de\n", set()),
    ],
    ids=["label", "comment", "broken", "readings"],
)
def test_where_a_vocabulary_changed_the_kinds_that_use_it_are_read(
    path: str, text: str, kinds: set[str], project: Path
) -> None:
    before = load(project, AS_OF)
    write(project, path, text)
    after = check(project, before)
    records = after.collection.records
    assert {record.kind for key, record in records.items() if key not in kept(before, after)} == kinds


def test_problems_are_remembered_and_go(project: Path) -> None:
    write(project, POND, "name：甲\n")
    write(project, PLAN, policy("effective_from: 2020\neffective_to: 2019\n"))
    before = load(project, AS_OF)
    assert [problem.rule for problem in before.problems] == ["wide-colon", "dates-out-of-order"]
    assert check(project, before).problems == before.problems
    write(project, POND, base())
    write(project, PLAN, policy())
    assert check(project, before).problems == []


def test_another_day_is_judged_anew(project: Path) -> None:
    write(project, POND, base("reviewed_on: 2026-06-01\n"))
    before = load(project, AS_OF)
    after = check(project, before, as_of=PartialDate(2026, 1, 1))
    assert [problem.rule for problem in after.problems] == ["date-in-future"]
    assert kept(before, after) == others(before)


def test_a_file_that_could_not_be_opened_is_tried_again(project: Path) -> None:
    (project / POND).unlink()
    (project / POND).mkdir()
    (project / LAKE).write_bytes(b" " * 1_000_001)
    before = load(project, AS_OF)
    assert {"stray-folder", "file-too-large"} <= {problem.rule for problem in before.problems}
    (project / POND).rmdir()
    write(project, POND, base())
    write(project, LAKE, base(name="湖"))
    assert check(project, before, {project / POND, project / LAKE}).problems == []


def test_what_is_read_without_the_laws_is_judged_later(project: Path) -> None:
    write(project, POND, base("merged_into: nowhere\n"))
    loaded = read(project, AS_OF)
    assert loaded.problems == []
    assert check_laws(loaded).problems == load(project, AS_OF).problems != []


def test_a_record_that_was_replaced_is_freed_though_its_facts_hold_it(project: Path) -> None:
    write(project, POND, base("changes: [{date: 2026-01-02, text: 甲}]\n"))
    before = load(project, AS_OF)
    assert Library(before.collection).news[0].record is before.collection.records["pond"]
    record = weakref.ref(before.collection.records["pond"])
    write(project, POND, base())
    gc.disable()
    try:
        before = load(project, AS_OF, before)
        assert record() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("seed", range(6))
def test_after_random_edits_loading_again_gives_what_loading_anew_gives(seed: int, project: Path) -> None:
    write(project, "data/policies/rules.yml", policy())
    editor = Editor(project, seed)
    loaded = load(project, AS_OF)
    for _ in range(STEPS):
        changed = editor.edit()
        loaded = check(project, loaded, changed if editor.random.random() < 0.5 else None)
        _ = facts(loaded)
