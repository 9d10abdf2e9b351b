"""A record gets another id by form: everything that names it follows, or nothing has changed."""

from __future__ import annotations

from pathlib import Path

from tests.editor.browser import sent_by
from tests.editor.window import Window, changed
from tests.support import bytes_of, open_session, project_copy

RECORD = "records/bases/star-hall/"


def test_another_id_is_given_with_all_that_names_it(tmp_path: Path) -> None:
    window = Window(project_copy(tmp_path))
    before = bytes_of(window.root)
    assert f'href="/__kepu__/edit/{RECORD}rename"' in window.get(RECORD).text
    form = sent_by(window.get(f"{RECORD}rename").text)
    for wanted, reason in (("Star Hall", "不能用作"), ("small-pond", "已经用在"), ("con", "保留")):
        refused = window.post(f"{RECORD}rename", changed(form, id=wanted))
        assert (refused.status_code, reason in refused.text, f'value="{wanted}"' in refused.text) == (422, True, True)
    assert {path: raw for path, raw in bytes_of(window.root).items() if not path.startswith(".kepu")} == before
    done = window.post(f"{RECORD}rename", changed(form, id="big-star-hall"))
    assert done.url.path.endswith("records/bases/big-star-hall/")
    assert "旧网址会自动转过来" in done.text
    session = open_session(window.root)
    assert session.loaded.collection.records["big-star-hall"].former_ids[-1] == "star-hall"
    assert [problem for problem in session.problems() if problem.level == "错误"] == []
    assert not any("ref: star-hall" in path.read_text("utf-8") for path in (window.root / "data").rglob("*.yml"))
    assert window.get("records/bases/nowhere/rename").status_code == 404
    assert window.browser.post(f"/__kepu__/edit/{RECORD}rename", content="id=other").status_code == 403
