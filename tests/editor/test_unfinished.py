"""What is not finished is kept: as a draft that stops nothing, or, where readers see the record already, on this machine alone."""

from __future__ import annotations

from pathlib import Path

from macros.editor.hand_in_words import HandInResult
from macros.editor.handing_in import hand_in
from macros.records.problems import has_errors
from tests.editor.browser import sent_by
from tests.editor.projects import LAKE, LAKE_TEXT, POND, POND_TEXT, git, lay_pair, text_at, write
from tests.editor.window import Window, changed
from tests.support import open_session, project_copy
from tests.support.projects import base, lay_project

SECRET = "data/bases/secret.yml"
PIER, PIER_TEXT = "data/bases/pier.yml", "name: 码头\ndraft: 是\ncontact:\n  phone: '12'\n"


def test_a_draft_stops_nothing_whatever_it_lacks(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    write(project, {SECRET: PIER_TEXT, POND: base("body: 看[码头](id:secret)。\n")})
    session = open_session(project)
    found = session.problems()
    assert not has_errors(found)
    assert [problem.rule for problem in found if problem.path == SECRET] == [
        "missing-field",
        "missing-field",
        "wrong-phone",
    ]
    assert all(problem.message.startswith("草稿还没有写完：") for problem in found if problem.path == SECRET)
    assert session.loaded.collection.unfinished == {"secret"}
    assert "bases/secret/" not in session.planned
    assert "看码头。" in session.layout.page(session.planned["bases/pond/"]).decode()
    article = "---\ntitle: 星\nsummary: 说。\nsources:\n  - ref: plan\n{}---\n[名](id:secret)\n"
    write(project, {LAKE: base("merged_into: secret\n", name="湖"), "content/articles/note.md": article.format("")})
    told = {(problem.path, problem.rule) for problem in open_session(project).problems() if has_errors([problem])}
    assert told == {(LAKE, "reference-to-draft"), ("content/articles/note.md", "reference-to-draft")}
    write(
        project,
        {LAKE: base("draft: 是\nopened: 2030\n", name="湖"), "content/articles/note.md": article.format("draft: 是\n")},
    )
    session = open_session(project)
    assert not has_errors(session.problems())
    assert {page.address for page in session.pages}.isdisjoint({"articles/note/", "bases/lake/"})
    write(project, {SECRET: "name: [\ndraft: 是\n"})
    assert has_errors(open_session(project).problems())


def test_a_new_record_is_kept_taken_up_and_finished(tmp_path: Path) -> None:
    window = Window(project_copy(tmp_path))
    form = window.get("new/?kind=bases&name=观鸟塔科普角")
    assert "还没有写完，先存着" in form.text
    address = form.url.path.split("/new/")[1]
    kept = window.post(f"records/{address}save", [*sent_by(form.text), ("_unfinished", "1")])
    assert kept.url.query == b"note=draft", kept.text
    assert "这一条是草稿，不发布" in kept.text
    path = window.root / f"data/{address.rstrip('/')}.yml"
    assert "draft: 是" in path.read_text("utf-8")
    assert not has_errors(open_session(window.root).problems())
    for question in ("list=unfinished", "q=观鸟塔", "kind=bases&list=unfinished"):
        listed = window.get(f"?{question}").text
        assert f"records/{address}" in listed, question
        assert "观鸟塔科普角" in listed
    assert "简介、" in window.get("?list=unfinished&kind=bases").text
    assert f"records/{address}" not in window.get("?list=unfinished&kind=policies").text
    pairs = window.form(f"records/{address}")
    more = window.post(f"records/{address}save", changed(pairs, host_unit="区科协"))
    assert more.url.query == b"note=draft"
    early = window.post(f"records/{address}", [*window.form(f"records/{address}"), ("_finished", "1")])
    assert early.status_code == 422
    assert 'href="#field-summary"' in early.text
    source = {"": "", ".title": "区政府网站", ".url": "https://example.org/a", ".mark": "official"}
    whole = [*changed(window.form(f"records/{address}"), summary="塔上看鸟的地方。"), ("_finished", "1")]
    asked = window.post(
        f"records/{address}", [*whole, *((f"sources.0{name}", value) for name, value in source.items())]
    )
    assert asked.status_code == 200
    assert "草稿" in asked.text
    saved = window.post(f"records/{address}save", sent_by(asked.text))
    assert saved.url.query == b"note=saved"
    assert "draft: 是" not in path.read_text("utf-8")
    assert f"records/{address}" not in window.get("?list=unfinished").text


def test_what_is_wrong_waits_while_the_rest_is_handed_in(tmp_path: Path) -> None:
    project, bare, _ = lay_pair(tmp_path)
    window, address = Window(project), "records/bases/lake/"
    kept = window.post(f"{address}save", [*changed(window.form(address), summary=""), ("_unfinished", "1")])
    assert kept.url.query == b"note=here"
    assert "draft" not in (project / LAKE).read_text("utf-8")
    write(
        project, {POND: POND_TEXT.replace("一处。", "甲的。"), PIER: PIER_TEXT, "content/files/bases/lake/a.txt": "甲"}
    )
    listed = window.get("changes/").text
    assert (listed.count("还没有写好，先不提交"), listed.count("草稿，不发布")) == (2, 1)
    assert "提交这 2 处改动" in listed
    done = hand_in(project, "更正")
    assert (done.result, done.left_out) == (HandInResult.DONE, (LAKE,))
    assert "甲的。" in text_at(bare, POND)
    assert text_at(bare, PIER) == PIER_TEXT
    assert text_at(bare, LAKE) == LAKE_TEXT
    assert "summary" not in (project / LAKE).read_text("utf-8")
    assert git(project, "status", "--porcelain", "data").split() == ["M", LAKE]
    # What refers to a record that waits can't go before it.
    write(project, {"data/bases/cape.yml": "name: 岬\n", POND: POND_TEXT + "merged_into: cape\n"})
    refused = hand_in(project, "更正")
    assert refused.result is HandInResult.CHECK_FAILED
    assert {problem.path for problem in refused.problems} == {POND}
