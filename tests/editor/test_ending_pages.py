"""A record is closed, merged or split by a page of its own, which tells what follows before anything is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.editor.ending_pages import endings_of
from macros.records.model.registry import KINDS
from tests.editor.browser import sent_by
from tests.editor.window import Window
from tests.support import open_session, project_copy

HALL = "records/bases/star-hall/"
FILE = "data/bases/star-hall.yml"


@pytest.fixture
def window(tmp_path: Path) -> Window:
    return Window(project_copy(tmp_path))


def test_a_place_is_closed_and_readers_are_told(window: Window) -> None:
    _each_kind_ends_in_its_own_ways(window)
    assert f'href="/__kepu__/edit/{HALL}ending"' in window.get(HALL).text
    page = window.get(f"{HALL}ending").text
    for words in ("开放状态改为“已关闭”", "并入另一条", "分成几条"):
        assert words in page
    before = (window.root / FILE).read_text("utf-8")
    sent = [window.signed, ("_field", "status"), ("status", "closed"), ("_day", "2026-11-20"), ("_words", "")]
    asked = window.post(f"{HALL}ending", sent)
    assert asked.status_code == 422
    # The invented routes and activities that go there would be wrong: that is told, with the way to them.
    assert "另一条记录" in asked.text
    assert (window.root / FILE).read_text("utf-8") == before
    address, path = "records/bases/pier/", window.root / "data/bases/pier.yml"
    path.write_text(_text("码头科普角"), "utf-8")
    asked = window.post(f"{address}ending", sent)
    assert asked.status_code == 200
    assert "以后会怎样" in asked.text
    saved = window.post(f"{address}save", sent_by(asked.text))
    assert saved.url.query == b"note=saved", saved.text
    text = path.read_text("utf-8")
    assert "status: closed\n" in text
    assert "开放状态改为已关闭。" in text
    assert "2026-11-20" in text


def test_a_record_is_merged_by_name_and_split_into_several(window: Window) -> None:
    (window.root / "data/bases/pier.yml").write_text(_text("码头科普角"), "utf-8")
    (window.root / "data/bases/quay.yml").write_text(_text("埠头科普角") + "body: 看[码头](id:pier)。\n", "utf-8")
    address = "records/bases/pier/"
    own = [window.signed, ("_day", "2026-11-20"), ("_words", "")]
    nobody = window.post(f"{address}ending", [*own, ("_field", "merged_into"), ("merged_into", "没有这个馆")])
    assert nobody.status_code == 422
    assert "没有这个馆" in nobody.text
    asked = window.post(f"{address}ending", [*own, ("_field", "merged_into"), ("merged_into", "示例星空馆")])
    assert asked.status_code == 200
    assert "会自动转到“示例星空馆”" in asked.text
    assert "有 1 条记录提到它" in asked.text
    assert "records/bases/quay/" in asked.text
    window.post(f"{address}save", sent_by(asked.text))
    text = (window.root / "data/bases/pier.yml").read_text("utf-8")
    assert "merged_into: star-hall\n" in text
    assert "已并入“示例星空馆”。" in text
    parts = [("split_into", "star-hall"), ("split_into", "码头科普角"), ("split_into", "")]
    asked = window.post("records/bases/quay/ending", [*own, ("_field", "split_into"), *parts])
    assert asked.status_code == 200, asked.text
    assert "分成了“示例星空馆”“码头科普角”" in asked.text


def _text(name: str) -> str:
    return f"name: {name}\nsummary: 一处。\nsources:\n  - title: 甲\n    mark: official\n"


def _each_kind_ends_in_its_own_ways(window: Window) -> None:
    collection = open_session(window.root).loaded.collection
    found = {kind: [one.field.name for one in endings_of(model, collection)] for kind, model in KINDS.items()}
    both = ["merged_into", "split_into"]
    assert found == {
        "bases": ["status", *both],
        "activities": ["cancelled", *both],
        "routes": ["ended", *both],
        "incubators": ["status", *both],
        "policies": ["validity", *both],
        "platforms": both,
        "targets": both,
        "articles": [],
    }
    for kind, identifier in ((one.kind, one.id) for one in collection.records.values()):
        page = window.get(f"records/{kind}/{identifier}/ending")
        assert page.status_code == 200
