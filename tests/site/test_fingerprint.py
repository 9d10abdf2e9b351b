"""A site whose sources have not changed is left as it is; whatever is wrong with the note about it costs time alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from macros.publishing.release.inventory import read_inventory
from macros.site import build
from macros.site.build import build_site
from tests.support import EPOCH, ROOT
from tests.support.projects import GOOD


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    project = tmp_path / "project"
    shutil.copytree(GOOD, project)
    # These tests write into the templates, to which other projects of tests have a link.
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    return project


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every folder into which the engine really rendered."""
    rendered: list[Path] = []
    real = build.render_site

    def render(root: Path, folder: Path, *given: frozenset[str]) -> object:
        rendered.append(folder)
        return real(root, folder, *given)

    monkeypatch.setattr(build, "render_site", render)
    return rendered


def test_nothing_is_made_again(project: Path, tmp_path: Path, builds: list[Path]) -> None:
    first = build_site(project, tmp_path / "site")
    digest = read_inventory(tmp_path / "site").digest
    assert build_site(project, tmp_path / "site") == first
    assert len(builds) == 1
    assert read_inventory(tmp_path / "site").digest == digest


def edit_record(project: Path, site: Path) -> None:
    path = next(iter(sorted((project / "data" / "bases").glob("*.yml"))))
    path.write_text(path.read_text("utf-8").replace("summary: ", "summary: 改过的", 1), "utf-8")


def edit_template(project: Path, site: Path) -> None:
    path = project.parent / "overrides" / "layout.html"
    path.write_text(path.read_text("utf-8").replace("<body>", "<body><!-- x -->"), "utf-8")


def edit_configuration(project: Path, site: Path) -> None:
    path = project / "mkdocs.yml"
    path.write_text(path.read_text("utf-8") + "# x\n", "utf-8")


def add_file(project: Path, site: Path) -> None:
    (project.parent / "overrides" / "assets" / "stylesheets" / "new.css").write_text("", "utf-8")


def change_page(project: Path, site: Path) -> None:
    (site / "index.html").write_text("changed", "utf-8")


def lose_page(project: Path, site: Path) -> None:
    (site / "index.html").unlink()


def lose_inventory(project: Path, site: Path) -> None:
    (site / "build.json").write_text("{}", "utf-8")


def damage_note(project: Path, site: Path) -> None:
    note = site.with_name(".site.inputs")
    note.write_bytes(note.read_bytes()[:-20])


def note_of_another_version(project: Path, site: Path) -> None:
    site.with_name(".site.inputs").write_text('{"hash": 1}', "utf-8")


CHANGES = (edit_record, edit_template, edit_configuration, add_file, change_page, lose_page)
FAULTS = (lose_inventory, damage_note, note_of_another_version)


def test_any_change_builds_again(project: Path, tmp_path: Path, builds: list[Path]) -> None:
    site = tmp_path / "site"
    build_site(project, site)
    for number, change in enumerate((*CHANGES, *FAULTS)):
        builds.clear()
        change(project, site)
        if change is lose_inventory:
            # Without its inventory the folder is not known as ours, and is not replaced.
            site.rename(tmp_path / f"foreign-{number}")
        build_site(project, site)
        assert len(builds) == 1, change.__name__
        assert (site / "index.html").stat().st_size > 1000, change.__name__


def test_another_day_builds_again(
    project: Path, tmp_path: Path, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(project, tmp_path / "site")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 86400))
    build_site(project, tmp_path / "site")
    assert len(builds) == 2


def test_a_note_that_cannot_be_written_is_left_out(project: Path, tmp_path: Path, builds: list[Path]) -> None:
    (tmp_path / ".site.inputs").mkdir()
    build_site(project, tmp_path / "site")
    build_site(project, tmp_path / "site")
    assert len(builds) == 2


def test_a_planted_link_is_neither_read_nor_written_through(project: Path, tmp_path: Path, builds: list[Path]) -> None:
    build_site(project, tmp_path / "site")
    note, moved, precious = tmp_path / ".site.inputs", tmp_path / "note", tmp_path / "precious"
    note.rename(moved)
    note.symlink_to(moved)
    before = moved.read_bytes()
    build_site(project, tmp_path / "site")
    assert len(builds) == 2
    assert not note.is_symlink()
    assert moved.read_bytes() == before
    note.unlink()
    note.symlink_to(precious)
    build_site(project, tmp_path / "site")
    assert not precious.exists()


def test_a_configuration_that_reads_elsewhere_is_always_built(
    project: Path, tmp_path: Path, builds: list[Path]
) -> None:
    path = project / "mkdocs.yml"
    path.write_text(path.read_text("utf-8") + "copyright: !ENV [COPYRIGHT, x]\n", "utf-8")
    assert "COPYRIGHT" not in os.environ
    build_site(project, tmp_path / "site")
    build_site(project, tmp_path / "site")
    assert len(builds) == 2
