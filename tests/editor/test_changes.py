"""What was changed and not handed in is told field by field, and each change can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.editing.announcing import announcement_of
from macros.editing.diff import Fate, FieldChange
from macros.editor.changes import FILES, changed_paths, changes_of, message_for, pending, reason_of
from macros.editor.reasons import reasons
from macros.editor.store import NotSaved, Refused, Saved, Store
from macros.editor.undo import REMOVED, undo_change, undo_field, undo_name
from macros.records.load import load
from macros.records.model.registry import KINDS
from macros.records.problems import Problem
from tests.editor.projects import LAKE, LAKE_TEXT, POND, POND_TEXT, commit, git, lay_repository, write
from tests.support import AS_OF
from tests.support.systems import needs_git

pytestmark = needs_git

MIST = "content/articles/mist.md"
MIST_TEXT = "---\ntitle: 雾\nsummary: 说雾。\nsources: [{ref: plan}]\n---\n\n一段。\n"
TOWNS = "data/terms/towns.yml"


def test_each_change_is_told_and_taken_back(tmp_path: Path) -> None:
    project = lay_repository(tmp_path)
    commit(project, {MIST: MIST_TEXT, "content/note.md": "甲"})
    store = Store(project)
    assert pending(project, load(project, AS_OF).collection) == ()
    pond = store.open("bases", "pond")
    contact = {"phone": "0750-7654321", "email": "a@example.org"}
    store.save(pond, {**pond.data, "contact": contact, "summary": "一处池塘。"}, "馆长 打来\n电话说的")
    mist = store.open("articles", "mist")
    store.save(mist, mist.data, page="\n一段。\n\n又一段。\n")
    renamed = LAKE_TEXT + "former_ids: [lake]\n"
    brook = LAKE_TEXT.replace("湖", "溪")
    files = {"data/bases/brook.yml": brook, "data/bases/big-lake.yml": renamed, LAKE: None}
    wrong = LAKE_TEXT.replace("name: 湖\n", "name: 坏的\nstatus: 不知道\n")
    write(project, {**files, "data/bases/wrong.yml": wrong, "content/note.md": "乙", "content/files/a.txt": "新"})
    towns = (project / TOWNS).read_text("utf-8")
    write(project, {TOWNS: towns + "# 只是注释\n"})
    collection = load(project, AS_OF).collection
    found = {change.path: change for change in pending(project, collection)}
    told = {path: (one.change.kind, one.change.fate, len(one.change.fields)) for path, one in found.items()}
    assert told == {
        POND: ("bases", Fate.CHANGED, 3),
        MIST: ("articles", Fate.CHANGED, 1),
        "data/bases/brook.yml": ("bases", Fate.ADDED, 0),
        "data/bases/big-lake.yml": ("bases", Fate.RENAMED, 1),
        "data/bases/wrong.yml": ("bases", Fate.ADDED, 0),
        "content/note.md": (FILES, Fate.CHANGED, 0),
        "content/files/a.txt": (FILES, Fate.ADDED, 0),
        TOWNS: (FILES, Fate.CHANGED, 0),
    }
    assert (found[POND].reason, found[MIST].reason) == ("馆长 打来 电话说的", "更正雾的正文")
    assert found["data/bases/wrong.yml"].change.heading == "坏的"
    assert found["data/bases/big-lake.yml"].former_path == LAKE
    assert message_for([found[POND]]) == "馆长 打来 电话说的"
    assert message_for([found[POND], found[MIST]]).splitlines()[::2] == [
        "馆长 打来 电话说的，另有 1 处改动",
        "- 馆长 打来 电话说的",
    ]
    outcome = undo_field(store, "bases", "pond", "contact.phone")
    assert isinstance(outcome, Saved)
    assert outcome.opened.data["contact"] == {"phone": "0750-1234567", "email": "a@example.org"}
    for change in found.values():
        undo_change(project, change)
    assert changed_paths(project) == set()
    assert git(project, "status", "--porcelain") == ""
    assert (project / REMOVED / "data/bases/brook.yml").read_text("utf-8") == brook
    assert reasons(project) == {}


def test_a_field_is_taken_back_by_itself(tmp_path: Path) -> None:
    project = lay_repository(tmp_path)
    store = Store(project)
    pond = store.open("bases", "pond")
    saved = store.save(pond, {**pond.data, "summary": "一处池塘。", "contact": {"email": "a@example.org"}}, "因为")
    assert isinstance(saved, Saved)
    for name in ("contact.email", "contact.phone", "summary"):
        assert isinstance(undo_field(store, "bases", "pond", name), Saved), name
    assert (project / POND).read_text("utf-8") == POND_TEXT
    assert reasons(project) == {}
    model = KINDS["bases"]
    names = ("contact.phone", "sources.title", "summary", "opening.days", "text")
    assert [undo_name(model, name) for name in names] == ["contact.phone", "sources", "summary", "opening", "text"]
    write(project, {POND: POND_TEXT.replace("一处。", "一处池塘。"), "data/bases/brook.yml": LAKE_TEXT})
    fault = Problem(POND, 1, 1, "不对", "wrong")
    assert isinstance(undo_field(store, "bases", "pond", "summary", lambda *_: [fault]), Refused)
    with pytest.raises(NotSaved, match="整条"):
        undo_field(store, "bases", "brook", "summary")


def test_changes_are_told_also_while_a_record_is_wrong(tmp_path: Path) -> None:
    project = lay_repository(tmp_path)
    collection = load(project, AS_OF).collection
    wrong = POND_TEXT.replace("0750-1234567", "12").replace("name: 池塘", "names: 池塘")
    found = changes_of(POND_TEXT, wrong, "bases", "pond", collection)
    assert [(one.field, one.title, one.before, one.after) for one in found] == [
        ("name", "名称", "池塘", ""),
        ("contact.phone", "联系方式·电话", "0750-1234567", "12"),
        ("names", "“names”", "", "池塘"),
    ]
    right = POND_TEXT.replace("一处。", "一处池塘。").replace("[小池]", "[小池, 塘]")
    assert [one.title for one in changes_of(POND_TEXT, right, "bases", "pond", collection)] == ["别名", "简介"]
    assert changes_of(POND_TEXT, POND_TEXT.replace("# 问馆长", ""), "bases", "pond", collection) == ()


def test_a_reason_is_offered_and_a_word_for_readers() -> None:
    def field(name: str, title: str, before: str = "甲", after: str = "乙") -> FieldChange:
        return FieldChange(name, title, before, after)

    phone, email = field("contact.phone", "联系方式·电话"), field("contact.email", "联系方式·邮箱", "")
    said = {
        "更正池塘的电话": [phone],
        "补充池塘的邮箱": [email],
        "删去池塘的电话": [field("contact.phone", "联系方式·电话", after="")],
        "更正池塘的电话、邮箱": [phone, email],
        "更正池塘的来源": [field("sources.title", "来源“某网”·标题"), field("sources", "来源", "")],
        "更正池塘的电话、邮箱等 4 处": [phone, email, field("a", "地址"), field("b", "票价")],
    }
    assert {reason_of("池塘", changes): changes for changes in said.values()} == said
    assert reason_of("池塘", [], Fate.ADDED) == "新增池塘"
    model = KINDS["bases"]
    told = announcement_of(
        model, [phone, field("opening.days", "开放时间·周几"), field("address", "地址")], "2026-11-30"
    )
    assert told is not None
    assert told == (
        "changes",
        {"date": "2026-11-30", "text": "更新了开放时间、地址。", "fields": ["opening", "address"]},
    )
    assert announcement_of(model, [phone], "2026-11-30") is None
    assert announcement_of(model, [field("address", "地址"), field("changes", "更新说明")], "2026-11-30") is None
