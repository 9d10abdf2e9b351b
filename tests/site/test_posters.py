"""Posters to hang up, and the pictures that message programs show beside links: the words of the record, nothing else."""

from __future__ import annotations

import functools
import http.server
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFont
from playwright.sync_api import Browser
from pypdf import PdfReader

from macros.media.share_picture import SIZE, wrapped
from macros.site import share_pictures
from macros.site.configuration import read_configuration
from macros.site.session import Session
from macros.site.share_pictures import FOLDER, SharePictures, font_notices
from tests.support import DISTRICT, QuietServer, open_session, project_copy

FONT = "font.ttf"


@pytest.fixture(scope="module")
def posters() -> Session:
    """The district with posters."""
    district = open_session(DISTRICT)
    return replace(district, site=replace(district.site, posters=True))


def test_every_current_record_has_a_poster_where_the_site_wants_them(posters: Session, district: Session) -> None:
    assert not [path for path in (*district.planned, *district.assets.files) if "poster" in path]
    made = {address for address in posters.planned if address.endswith("/poster/")}
    library = posters.library
    places = [one for one in library.published.values() if one.kind != "articles"]
    current = [one for one in places if library.is_current(one) and not one.successors]
    assert made == {f"{library.address(one)}poster/" for one in current if not library.is_expired(one)}
    hall = str(posters.renderer.content(posters.planned["bases/star-hall/poster/"]))
    for words in (
        "示例星空馆",
        "看星星、学天文的地方",
        "周二至周五 9:00–17:00",
        "https://example.org/kepu/bases/star-hall/",
    ):
        assert words in hall
    assert 'href="../../bases/star-hall/poster/"' in str(posters.renderer.content(posters.planned["bases/star-hall/"]))


@pytest.mark.audit
def test_a_poster_is_one_page_with_everything_on_it(posters: Session, browser: Browser, tmp_path: Path) -> None:
    addresses = [address for address in posters.planned if address.endswith("/poster/")]
    pages = {f"{address}index.html": posters.layout.page(posters.planned[address]) for address in addresses}
    for path, content in {**posters.assets.files, **pages}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with QuietServer(handler).running() as base:
        page = browser.new_page()
        for address in ("bases/star-hall/poster/", "bases/attack/poster/", "activities/star-talks/poster/"):
            page.goto(base + address, wait_until="networkidle")
            assert page.locator(".poster-code svg").count() == 1
            [printed] = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
            text = "".join(unicodedata.normalize("NFKC", printed.extract_text()).split())
            record = posters.planned[address].data["poster"]
            assert "".join(unicodedata.normalize("NFKC", record.heading).split()) in text
            assert "127.0.0.1" not in text
        page.close()


def test_pictures_of_links_are_drawn_once_from_the_words_of_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_copy(tmp_path)
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("finder_from: 1", f"finder_from: 1\n      share_font: {FONT}"), "utf-8"
    )
    without = read_configuration(project).site
    assert ["font.ttf" in str(notice) for notice in font_notices(without)] == [True]
    assert without.share_picture("bases", "star-hall") is None
    # Pillow brings one along, which is the same on all machines; it has no Chinese, and draws boxes.
    (project / FONT).write_bytes(ImageFont.load_default(20).path.getvalue())
    session = open_session(project)
    assert font_notices(session.site) == []
    head = str(session.renderer.head(session.planned["bases/star-hall/"]))
    assert '<meta property="og:image" content="https://example.org/kepu/assets/share/bases/star-hall.png">' in head
    made = session.shared.files["assets/share/bases/star-hall.png"]
    assert Image.open(BytesIO(made)).size == SIZE
    assert len(list((project / FOLDER).glob("*.zip"))) == 1
    monkeypatch.setattr(share_pictures, "draw", None)
    assert SharePictures(project, session.site, session.library).files["assets/share/bases/star-hall.png"] == made
    face = ImageFont.load_default(40)
    assert len(wrapped("a" * 200, face, 3)) == 3
    assert wrapped("a" * 200, face, 1)[0].endswith("…")
