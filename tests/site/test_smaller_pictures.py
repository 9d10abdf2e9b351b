"""Smaller pictures of a site are made once, from nothing outside of it; a browser takes the one that suits its screen."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.records.problems import ProblemsFound
from macros.site import picture_cache
from macros.site.git import BuildDay
from macros.site.picture_cache import FOLDER
from macros.site.session import Session, open_session
from tests.media.pictures import photo
from tests.support import AS_OF, serve_folder
from tests.support.projects import base, lay_project

PICTURE = "content/files/bases/wetland/pond.jpg"


def opened(project: Path) -> Session:
    """Return a new session of a project."""
    return open_session(project, day=BuildDay(AS_OF))


def made(project: Path) -> dict[str, bytes]:
    """Return the smaller pictures as a build makes them."""
    return {path: raw for job in opened(project).pictures.jobs() for path, raw in job()}


def test_smaller_pictures_are_made_once_for_each_state_of_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = lay_project(tmp_path)
    (project / PICTURE).parent.mkdir(parents=True)
    images = "images: [{file: pond.jpg, alt: 荷叶}, {file: gone.jpg, alt: 荷叶}]\nbody: |\n  ![荷叶](pond.jpg)\n"
    (project / "data/bases/wetland.yml").write_text(base(images, "湿地"), "utf-8")
    (project / PICTURE).write_bytes(photo(500, 100))
    (project / "content/files/bases/wetland/gone.jpg").symlink_to("/etc/hostname")
    first, session = made(project), opened(project)
    assert [path.rpartition("-")[2] for path in first] == ["480.webp", "500.webp"]
    assert dict(session.pictures.files) == first
    assert session.file_at(next(iter(first))) == first[next(iter(first))]
    page = session.page_at("bases/wetland/")
    assert page
    html = session.renderer.content(page)
    assert html.count("<picture>") == 2
    assert all(html.count(f"../../{path} ") == 2 for path in first)
    assert (html.count("loading="), html.count('width="500" height="100"')) == (2, 2)
    with monkeypatch.context() as patched:
        patched.setattr(picture_cache, "renditions", lambda raw: pytest.fail("made again"))
        assert made(project) == first
    (entry,) = (project / FOLDER).glob("*.zip")
    entry.write_bytes(entry.read_bytes().replace(b"WEBP", b"WEBQ"))
    assert made(project) == first
    (project / PICTURE).write_bytes(photo(500, 101))
    assert made(project).keys().isdisjoint(first)
    opened(project).pictures.forget_others()
    assert entry not in (project / FOLDER).iterdir()
    for path in (project / FOLDER).iterdir():
        path.unlink()
    (project / FOLDER).rmdir()
    (tmp_path / "outside").mkdir()
    (project / FOLDER).symlink_to(tmp_path / "outside")
    assert made(project)
    assert list((tmp_path / "outside").iterdir()) == []
    (project / PICTURE).write_bytes(photo(500, 100)[:2000])
    assert "broken-picture" in {problem.rule for problem in opened(project).problems()}
    damaged = bytearray(photo(500, 100, form="PNG"))
    damaged[5000:5100] = bytes(100)
    (project / PICTURE).write_bytes(damaged)
    with pytest.raises(ProblemsFound, match=r"pond\.jpg:1:1: 错误：图片打不开"):
        made(project)


def test_a_browser_takes_the_picture_that_suits_its_screen(district_site: Path, browser: Browser) -> None:
    with contextmanager(serve_folder)(district_site) as address:
        for width, density, taken in ((360, 3, 960), (768, 3, 1440), (1440, 1, 480)):
            page = browser.new_page(viewport={"width": width, "height": 800}, device_scale_factor=density)
            page.goto(f"{address}/platforms/lamp-institute/")
            picture = page.locator("picture img")
            picture.scroll_into_view_if_needed()
            page.wait_for_function("image => image.complete && image.currentSrc", arg=picture.element_handle())
            assert picture.evaluate("image => image.currentSrc").endswith(f"-{taken}.webp"), (width, density)
            page.close()
