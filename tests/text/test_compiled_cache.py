from __future__ import annotations

from pathlib import Path

import pytest

from macros.text import compiled_cache
from macros.text.compiled_cache import cached


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept, which is not there yet."""
    monkeypatch.setattr(compiled_cache, "__file__", str(tmp_path / "text" / "compiled_cache.py"))
    return tmp_path / "text" / "__pycache__"


def test_what_was_made_is_kept_until_its_inputs_change(folder: Path) -> None:
    made = [cached("table", [state], lambda state=state: {"made of": state}) for state in ("1", "2")]
    again = [cached("table", ["2"], dict), cached("table", ["1"], dict), cached("other", ["1"], lambda: 3)]
    assert [*made, *again] == [{"made of": "1"}, {"made of": "2"}, {"made of": "2"}, {}, 3]
    assert len(list(folder.iterdir())) == 2


def test_no_damage_and_no_cut_is_ever_read(folder: Path) -> None:
    cached("table", ["1"], lambda: ["right"])
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    for place in range(len(whole)):
        for wrong in (whole[:place], whole[:place] + bytes((whole[place] ^ 1,)) + whole[place + 1 :]):
            kept.write_bytes(wrong)
            assert cached("table", ["1"], lambda: ["new"]) == ["new"], place


def test_where_nothing_can_be_written_it_is_made_each_time(folder: Path) -> None:
    folder.parent.write_text("a file where the folder should be")
    assert [cached("table", [], lambda number=number: number) for number in (1, 2)] == [1, 2]
