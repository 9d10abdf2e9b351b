"""The invented district and its expected output; ``make bless`` accepts a change after it was looked at."""

from __future__ import annotations

import shutil

import pytest

from macros.media.renditions import recipe
from macros.site.session import Session
from tests.support import DISTRICT

EXPECTED = DISTRICT / "expected"


def output_of(session: Session) -> dict[str, str]:
    """Return what is made from records: head and article of each planned page, and the files beside the pages."""
    # What scripts read is named after its content and has tests of its own; workbooks are looked at in tests/exports.
    files = session.files()
    output = {
        path: files[path].decode() for path in files if not path.startswith("assets/") and not path.endswith(".xlsx")
    }
    for address, page in session.planned.items():
        output[f"{address}index.html"] = (
            f"{session.renderer.head(page)}\n<!-- article -->\n{session.renderer.content(page)}\n"
        )
    for uri, expansion in session.expansions.items():
        output[f"macros/{uri}"] = expansion.fill(expansion.markdown)
    # The name of the folder of scripts changes with each of them (tests/pages/test_assets.py holds it), that of pictures with Pillow.
    build = session.assets.script("site.js").split("/")[2]
    changing = {f"/{build}/": "/BUILD/", f"/{recipe()}/": "/RECIPE/"}
    return {path: _with_names(text, changing) for path, text in output.items()}


def _with_names(text: str, names: dict[str, str]) -> str:
    for name, steady in names.items():
        text = text.replace(name, steady)
    return text


def test_output_is_as_expected(district: Session, request: pytest.FixtureRequest) -> None:
    output = output_of(district)
    if request.config.getoption("--bless"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, text in output.items():
            target = EXPECTED / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes().decode()
        for path in EXPECTED.rglob("*")
        if path.is_file()
    }
    assert sorted(output) == sorted(expected)
    different = [path for path in output if output[path] != expected[path]]
    assert not different, f"see the difference, then `make bless`: {different}"


def test_district_is_without_problem(district: Session) -> None:
    assert district.problems() == []
