"""A record is saved whole or not at all, merged with what others wrote, and nothing that anybody wrote is lost."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from macros.editing.resolving import Side
from macros.editing.source.splice import trimmed
from macros.editor.locking import locked
from macros.editor.reasons import reasons
from macros.editor.store import Choices, Conflicts, NotSaved, Refused, Saved, Store
from macros.records.problems import Problem
from macros.site import whole_files
from tests.editing.documents import DOCUMENTS
from tests.editor.projects import POND, POND_TEXT
from tests.support.looping import failures
from tests.support.projects import lay_project

ODDITIES = DOCUMENTS[:4]
PAIRS = 200


def lay_store(folder: Path, text: str = POND_TEXT) -> Store:
    """Lay a project whose pond has a text."""
    project = lay_project(folder)
    (project / POND).write_bytes(text.encode())
    return Store(project)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text in a value with the names on the way to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, str(value)


def added(before: Any, after: Any) -> Counter[tuple[tuple[str, ...], str]]:
    """Return the texts that somebody wrote: those that were not there."""
    return Counter(leaves(trimmed(after))) - Counter(leaves(trimmed(before)))


def gone(before: Any, *versions: Any) -> set[tuple[tuple[str, ...], str]]:
    """Return the texts that somebody took away, and that nobody wrote anew."""
    texts = {*leaves(trimmed(before))}
    taken = {text for version in versions for text in texts - {*leaves(trimmed(version))}}
    return taken - {text for version in versions for text in added(before, version)}


def edited(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return data in which one to three things were changed as a person changes them."""
    made: dict[str, Any] = trimmed(data)
    for _ in range(chance.randint(1, 3)):
        _edit(made, chance)
    return made


def _edit(group: dict[str, Any], chance: random.Random) -> None:
    name = chance.choice(list(group))
    value = group[name]
    if isinstance(value, dict) and value and chance.random() < 0.8:
        _edit(value, chance)
    elif isinstance(value, list) and value and chance.random() < 0.9:
        _edit_list(value, chance)
    elif len(group) > 1 and chance.random() < 0.15:
        del group[name]
    elif chance.random() < 0.15:
        group[f"new{chance.randint(0, 3)}"] = f"新{chance.randint(0, 99)}"
    elif not isinstance(value, dict | list):
        group[name] = f"改{chance.randint(0, 99)}"


def _edit_list(items: list[Any], chance: random.Random) -> None:
    place = chance.randrange(len(items))
    move = chance.random()
    if move < 0.3:
        items.insert(
            place,
            {"title": f"新{chance.randint(0, 99)}"} if isinstance(items[0], dict) else f"新{chance.randint(0, 99)}",
        )
    elif move < 0.5 and len(items) > 1:
        del items[place]
    elif move < 0.6:
        items.insert(0, items.pop(place))
    elif isinstance(items[place], dict) and items[place]:
        _edit(items[place], chance)
    else:
        items[place] = f"改{chance.randint(0, 99)}"


def test_two_edits_end_in_a_merge_or_a_question(tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    store = lay_store(tmp_path)
    file = store.root / POND

    def check(number: int) -> None:
        chance = random.Random(number)
        file.write_bytes(chance.choice(DOCUMENTS).encode())
        opened = store.open("bases", "pond")
        mine, theirs = edited(opened.data, chance), edited(opened.data, chance)
        file.write_bytes(store.text_of(opened, theirs).encode())
        before = file.read_bytes()
        outcome = store.save(opened, mine)
        if isinstance(outcome, Saved):
            counts["merged"] += 1
            now = outcome.opened.data
            for version in (mine, theirs):
                assert not {*added(opened.data, version)} - {*leaves(trimmed(now))}
            assert not gone(opened.data, mine, theirs) & {*leaves(trimmed(now))}
            return
        assert isinstance(outcome, Conflicts)
        counts["asked"] += 1
        assert file.read_bytes() == before
        for side, version in ((Side.OURS, mine), (Side.THEIRS, theirs)):
            sides = {conflict.name: side for conflict in outcome.conflicts}
            stale = store.save(opened, mine, choices=Choices("0" * 32, sides))
            assert isinstance(stale, Conflicts), "chosen on another file"
            done = store.save(opened, mine, choices=Choices(outcome.opened.digest, sides))
            assert isinstance(done, Saved)
            assert not {*added(opened.data, version)} - {*leaves(trimmed(done.opened.data))}
            file.write_bytes(before)

    assert failures(check, range(PAIRS)) == []
    assert min(counts["merged"], counts["asked"]) > PAIRS // 10


def test_what_is_not_changed_stays_byte_for_byte(tmp_path: Path) -> None:
    store = lay_store(tmp_path)

    def check(text: str) -> None:
        (store.root / POND).write_bytes(text.encode())
        opened = store.open("bases", "pond")
        outcome = store.save(opened, opened.data)
        assert isinstance(outcome, Saved)
        assert not outcome.changed
        assert (store.root / POND).read_bytes() == text.encode()
        # A form brings the text back with the line ends of the browser.
        carried = store.opened_as("bases", "pond", text.replace("\r\n", "\n").replace("\n", "\r\n"))
        outcome = store.save(carried, {**carried.data, "summary": "新的。"}, "因为")
        assert isinstance(outcome, Saved)
        old, new = text.splitlines(), (store.root / POND).read_bytes().decode().splitlines()
        assert [line for line in old if line not in new] == [line for line in old if line.startswith("summary:")]
        assert ("\r\n" in text) == (b"\r\n" in (store.root / POND).read_bytes())

    assert failures(check, [*ODDITIES, POND_TEXT]) == []
    assert reasons(store.root) == {POND: ["因为"]}


def test_an_article_is_merged_by_its_lines(tmp_path: Path) -> None:
    store = lay_store(tmp_path)
    path = store.root / "content/articles/mist.md"
    path.parent.mkdir(exist_ok=True)
    head = "---\ntitle: 雾\nsummary: 说雾。\nsources: [{ref: plan}]\n---\n"
    path.write_bytes(f"{head}\n一\n\n二\n\n三\n".encode())
    opened = store.open("articles", "mist")
    path.write_bytes(f"{head}\n一\n\n二\n\n三三\n".encode())
    outcome = store.save(opened, {**opened.data, "title": "大雾"}, page="\r\n一一\r\n\r\n二\r\n\r\n三\r\n")
    assert isinstance(outcome, Saved)
    assert outcome.was_merged
    assert path.read_bytes().decode() == f"{head.replace('雾', '大雾', 1)}\n一一\n\n二\n\n三三\n"
    asked = store.save(opened, opened.data, page="\n一\n\n二\n\n三四\n")
    assert isinstance(asked, Conflicts)
    assert [conflict.name for conflict in asked.conflicts] == ["text"]


def test_what_can_not_be_saved_is_told_and_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = lay_store(tmp_path)
    file = store.root / POND
    opened = store.open("bases", "pond")
    data = {**opened.data, "summary": "新的。"}

    def refused(words: str) -> None:
        with pytest.raises(NotSaved, match=words):
            store.save(opened, data)
        assert [path.name for path in file.parent.glob(".*")] == []

    for number in (errno.ENOSPC, errno.EACCES, errno.EROFS):
        with monkeypatch.context() as patch:
            patch.setattr(whole_files.os, "fsync", lambda _, number=number: _fail(number))
            refused("没有写入|打不开")
            assert file.read_bytes() == POND_TEXT.encode()
    fault = Problem(POND, 1, 1, "不对", "wrong")
    assert isinstance(store.save(opened, data, check=lambda *_: [fault]), Refused)
    assert file.read_bytes() == POND_TEXT.encode()
    with locked(store.root), monkeypatch.context() as patch:
        patch.setattr("macros.editor.locking.PATIENCE", 0.1)
        with pytest.raises(NotSaved, match="另一个窗口"):
            store.save(opened, data)
    file.unlink()
    refused("已经不在了")
    file.symlink_to(tmp_path / "elsewhere.yml")
    (tmp_path / "elsewhere.yml").write_text(POND_TEXT, "utf-8")
    refused("链接")
    assert (tmp_path / "elsewhere.yml").read_text("utf-8") == POND_TEXT


def _fail(number: int) -> None:
    raise OSError(number, "no", POND)


def test_nothing_is_opened_outside_of_the_records(tmp_path: Path) -> None:
    store = lay_store(tmp_path)

    def check(where: tuple[str, str]) -> None:
        with pytest.raises(NotSaved):
            store.open(*where)
        with pytest.raises(NotSaved):
            store.create(*where, POND_TEXT)

    names = ("../../mkdocs", "..", "", "pond.yml", "/etc/passwd", "a/b", "a\\b", "pond\0", "Pond", "x" * 300)
    assert failures(check, [*(("bases", name) for name in names), ("terms", "towns"), ("../data", "pond")]) == []
    with pytest.raises(NotSaved, match="已经有一条"):
        store.create("bases", "pond", POND_TEXT)
    assert store.create("bases", "brook", POND_TEXT).data["name"] == "池塘"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    store = lay_store(tmp_path)
    chance = random.Random(1)
    seen: Counter[bool] = Counter()

    def check(number: int) -> None:
        before = (store.root / POND).read_bytes()
        opened = store.open("bases", "pond")
        data = {**opened.data, "summary": f"第 {number} 次。"}
        after = store.text_of(opened, data).encode()
        child = os.fork()
        if child == 0:
            store.save(opened, data, f"第 {number} 次")
            os._exit(0)
        time.sleep(chance.random() * 0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert (store.root / POND).read_bytes() in (before, after)
        seen[(store.root / POND).read_bytes() == after] += 1
        with locked(store.root, patience=1):
            reasons(store.root)

    assert failures(check, range(100)) == []
    assert all(seen.values()), seen
