"""Small finished sites for tests of publishing."""

from __future__ import annotations

from pathlib import Path

from macros.publishing.release.metadata import write_metadata
from macros.publishing.release.releases import current, releases
from macros.site.session import Session

FILES = 3


def make_site(folder: Path, text: str) -> Path:
    """Write a finished site whose pages all say one thing."""
    for number in range(FILES):
        path = folder / f"{number}" / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text * 2000, "utf-8")
    (folder / "index.html").write_text(text, "utf-8")
    write_metadata(folder, {"commit": "", "as_of": "2026-11-24"}, "")
    return folder


def addresses_of_templates(session: Session) -> dict[str, str]:
    """Return one page for each template, pages by hand included: template → address."""
    return {page.template: page.address for page in session.pages if not page.leads_to}


def served(dest: Path) -> str:
    """Return what a site that is served says, after every file of it was looked at."""
    texts = {path.read_text("utf-8")[0] for path in (dest / "current").rglob("*.html")}
    assert len(list((dest / "current").glob("*/index.html"))) == FILES
    assert len(texts) == 1
    return texts.pop()


def assert_whole(dest: Path) -> None:
    """Every release is whole, and one of them is served."""
    assert current(dest) is not None
    for release in releases(dest):
        assert release.faults == [], release.name


def left_overs(dest: Path) -> list[str]:
    """Return what no finished run leaves."""
    return sorted(path.name for folder in (dest, dest / "releases") for path in folder.glob(".*"))
