"""The peers get the same records: their pages say all that ours say (``make audit``; Hugo only where it is installed)."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.measure import ENVIRONMENT, measure, module
from benchmarks.peers import hugo, markdown, programs
from benchmarks.records import AS_OF, write_project
from macros.library.library import Library
from macros.records.load import load
from macros.records.model.kinds import Record
from macros.site.git import as_of

COUNT = 200
# Of closures a page shows those that are ahead, and of a place that is closed nothing that helps to visit it.
NOT_ON_PAGES = {"former_ids", "closures"}
NOT_OF_CLOSED = {"opening", "special_hours", "admission", "reservation"}
# Three days in a row are a span, what is held has its level as a badge, and a yes is a sentence.
SHOWN_OTHERWISE = {"周一", "周二", "周三", "周四", "周五", "周六", "周日", "已认定", "是", "否"}
Page = Callable[[Record], str]


def words(text: str) -> set[str]:
    """Return the words of a page or a value; addresses of links count, so that all of a source is held."""
    return set(re.findall(r"\w+", html.unescape(text)))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("peers") / "project"
    write_project(folder, COUNT, body=800)
    return folder


@pytest.fixture(scope="module")
def library(project: Path) -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(AS_OF))
        yield Library(load(project, as_of(project).date).collection)


def _shown(library: Library, record: Record) -> dict[str, Any]:
    status = getattr(record, "status", None)
    hidden = NOT_ON_PAGES | (NOT_OF_CLOSED if status and status.id == "closed" else set())
    return {name: value for name, value in hugo.values(library, record).items() if name not in hidden}


def missing(library: Library, page: Page) -> dict[str, set[str]]:
    """Return the words of records that stand on no page of theirs, by the record's id."""
    found = {}
    for record in library.published.values():
        if lost := words(" ".join(hugo.leaves(_shown(library, record)))) - words(page(record)):
            found[record.id] = lost
    return found


@pytest.mark.audit
def test_our_own_pages_say_everything(project: Path, library: Library, tmp_path: Path) -> None:
    measure(module("benchmarks.pages_only", project, tmp_path / "site"))
    lost = missing(library, lambda record: _read(tmp_path / "site" / record.kind / record.id / "index.html"))
    assert {identifier: rest for identifier, gone in lost.items() if (rest := gone - SHOWN_OTHERWISE)} == {}


@pytest.mark.audit
def test_pages_of_hugo_say_everything(project: Path, library: Library, tmp_path: Path) -> None:
    try:
        program = programs.hugo()
    except programs.PeerMissing as absent:
        pytest.skip(str(absent))
    site = tmp_path / "site"
    measure(module("benchmarks.peers.hugo", project, site))
    told = subprocess.run([program, "--quiet"], cwd=site, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert told.stdout + told.stderr == ""
    assert missing(library, lambda record: _read(site / "public" / record.kind / record.id / "index.html")) == {}


@pytest.mark.audit
def test_lists_of_hugo_lead_to_every_record(project: Path, library: Library, tmp_path: Path) -> None:
    try:
        program = programs.hugo()
    except programs.PeerMissing as absent:
        pytest.skip(str(absent))
    site = tmp_path / "site"
    measure(module("benchmarks.peers.hugo", project, site))
    measure([program, "--quiet"], site)
    addresses = {f"/{record.kind}/{record.id}/" for record in library.published.values()}
    assert addresses <= set(re.findall(r'href="([^"]+)"', _read(site / "public/az/index.html")))
    for kind in library.kinds():
        lists = (site / "public" / kind).glob("**/index.html")
        linked = {address for page in lists for address in re.findall(r'<h2><a href="([^"]+)"', _read(page))}
        assert {address for address in addresses if address.startswith(f"/{kind}/")} <= linked
        assert (site / "public" / kind / "index.csv").read_text("utf-8").count("\n") > len(library.records(kind))
        assert (site / "public" / kind / "index.json").exists()
        assert (site / "public" / kind / "index.xml").exists()


@pytest.mark.parametrize("in_nav", [True, False])
def test_markdown_says_everything(
    in_nav: bool, project: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(AS_OF))
    markdown.write_site(project, tmp_path / "site", in_nav=in_nav)
    assert missing(library, lambda record: _read(tmp_path / "site" / "docs" / record.kind / f"{record.id}.md")) == {}


def _read(path: Path) -> str:
    return path.read_text("utf-8")
