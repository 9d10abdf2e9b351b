"""Styles and scripts under names made of their content."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from macros.pages.assets import PUBLIC_MODULES, SHEETS, Assets, bare_script, bare_styles
from macros.pages.scripts import entries, joined
from macros.pages.theme import Theme, theme_of
from macros.site.session import Session
from tests.support import ROOT

FOLDER = ROOT / "overrides" / "assets"
ASSETS = Assets(theme_of())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sources."""
    return Path(shutil.copytree(FOLDER, tmp_path / "assets"))


def test_every_style_sheet_is_joined_once() -> None:
    joined = "".join(ASSETS.files[ASSETS.stylesheet(name)].decode() for name in SHEETS)
    assert "@import" not in joined
    for path in (FOLDER / "stylesheets").glob("*.css"):
        own = bare_styles(re.sub(r'^@import "[^"]+";\n', "", path.read_text("utf-8"), flags=re.MULTILINE))
        assert not own or joined.count(own) == 1, path.name
    assert "/*" not in joined
    assert (
        bare_styles("/* A */\n@media (a: b) {\n  p, a:hover > b { c: d, e; }\n}\n")
        == "@media (a:b){p,a:hover > b{c:d,e}\n}\n"
    )


def test_nothing_within_a_string_is_taken_for_space() -> None:
    for path in FOLDER.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert [
            one for one in re.findall(r'"[^"]*"', text) if re.search(r"\w: |[{};,]", one) and ".css" not in one
        ] == []
    for path in FOLDER.rglob("*.js"):
        code = bare_script(path.read_text("utf-8"))
        assert [line for line in code.splitlines() if line.count("`") % 2] == [], path.name


def test_a_change_renames_what_it_changes_and_nothing_else(folder: Path) -> None:
    before = names_of(folder)
    (folder / "stylesheets" / "base.css").write_text("p { margin: 0; }\n", "utf-8")
    after = names_of(folder)
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True]
    with (folder / "javascripts" / "print" / "page_address.js").open("a", encoding="utf-8") as file:
        file.write("page();\n")
    assert [one == other for one, other in zip(after, names_of(folder), strict=True)] == [True, True, False]


def names_of(folder: Path) -> tuple[str, str, str]:
    """Return under which names two style sheets and a script are published."""
    assets = Assets(Theme((folder.parent,)))
    return assets.stylesheet("site.css"), assets.stylesheet("print.css"), assets.script("site.js")


def test_modules_are_published_without_their_descriptions(folder: Path) -> None:
    source = '/**\n * What it is.\n */\n\n/** @type {A} */\nlet a = "/** kept */";\n  /** @type {B} */ (a).b(); // "kept"\n// C\n\n/** D */\n'
    (folder / "javascripts" / "site.js").write_text(source, "utf-8")
    assets = Assets(Theme((folder.parent,)))
    assert assets.files[assets.script("site.js")].decode() == 'let a = "/** kept */";\n(a).b(); // "kept"\n'


def test_line_ends_of_a_checkout_change_nothing(folder: Path) -> None:
    before = Assets(Theme((folder.parent,))).files
    for path in (*folder.rglob("*.js"), *folder.rglob("*.css")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert Assets(Theme((folder.parent,))).files == before


MODULES = {
    "a.js": 'import { b as c } from "./deep/b.js";\nimport { d } from "./d.js";\nexport function a() {}\nc(d, import("./later.js"));\n',
    "deep/b.js": 'import { d } from "../d.js";\nexport function b() {}\nimport("../deep/last.js");\n',
    "d.js": "export const d = 1;\nexport class E {}\n",
    "later.js": 'import { d } from "./d.js";\n',
    "deep/last.js": "",
}
JOINED = """\
const $0 = (() => {
const d = 1;
class E {}
return { d, E };
})();
const $1 = (() => {
const { d } = $0;
function b() {}
import("./deep/last.js");
return { b };
})();
const { b: c } = $1;
const { d } = $0;
export function a() {}
c(d, import("./later.js"));
"""


def test_modules_are_joined_along_their_imports() -> None:
    assert joined("a.js", MODULES) == JOINED
    assert entries(MODULES, ("a.js",)) == ("a.js", "deep/last.js", "later.js")
    for source in ('import { a } from "./a.js";\n', 'import "./later.js";\n', "export default 1;\n", "export { d };\n"):
        with pytest.raises(ValueError, match=r"d\.js"):
            joined("a.js", {**MODULES, "d.js": source})


def test_only_what_is_asked_for_is_published() -> None:
    with pytest.raises(KeyError):
        ASSETS.script("finder/records.js")
    build = ASSETS.script("site.js").removesuffix("site.js")
    modules = {path: text.decode() for path, text in ASSETS.files.items() if path.startswith(build)}
    assert len(modules) == 24
    assert [path for path, text in modules.items() if re.search(r"^import [^(]", text, re.MULTILINE)] == []


def test_documented_addresses_stay(district: Session) -> None:
    assert PUBLIC_MODULES == ("search/open.js",)
    content = district.file_at("assets/javascripts/search/open.js")
    build = district.assets.script("site.js").split("/")[2]
    assert content == f'export * from "../{build}/search/open.js";\n'.encode()


def test_sources_are_not_published_beside(district_site: Path, district: Session) -> None:
    files = {path.relative_to(district_site).as_posix() for path in (district_site / "assets").rglob("*.*s")}
    assert files == set(district.assets.files)


# Bytes, compressed, of all that a page's first view asks for: its own, its styles and its scripts. With 1,000 records a page is
# heavier; `benchmarks/first_view.py` measures that.
FIRST_VIEWS = {"": 20_500, "bases/": 23_500, "bases/star-hall/": 29_500}


def test_first_views_stay_light(district_site: Path) -> None:
    weights = {address: _weight(district_site / address) for address in FIRST_VIEWS}
    assert {address: weight for address, weight in weights.items() if weight > FIRST_VIEWS[address]} == {}


def _weight(folder: Path) -> int:
    page = (folder / "index.html").read_text("utf-8")
    named = re.findall(r'<(?:script[^>]* src|link rel="(?:stylesheet|modulepreload)" href)="([^"]+)"', page)
    files = [folder / "index.html", *((folder / name).resolve() for name in dict.fromkeys(named))]
    assert len(files) >= 6
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files)
