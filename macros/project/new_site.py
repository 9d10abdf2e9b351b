"""What a new site begins with: configuration, pages by hand, vocabularies, continuous integration, and ways to start it.

Most of it is the same for every district and is taken from the generator's own repository (`SHARED`), so that there is one copy
to keep; what differs stands in ``files/``, with ``[[ words ]]`` to fill in and ``_`` for the dot of a hidden name. Of a shared
vocabulary a section that is headed 本地 is left out: it is about the first site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.pages.theme import packaged
from macros.project.pins import pins
from macros.records.divisions import District
from macros.records.model.registry import MODEL
from macros.text.pinyin import slug

SHARED = (
    *(
        f"data/terms/{name}.yml"
        for name in (
            "audiences", "categories", "facilities", "fields", "holidays", "indicators", "kinds", "readings", "route-themes", "school-stages",
            "subjects", "synonyms", "themes", "types", "validity", "wishes", "wording",
        )
    ),
    *(f"content/{name}.md" for name in ("accessibility", "copyright", "privacy")),
    *(f".github/workflows/{name}.yml" for name in ("links", "publish")),
    *(f".github/ISSUE_TEMPLATE/{name}.yml" for name in ("addition", "correction")),
    ".workflow/check.yml", ".ci/links.toml", ".ci/pages", ".editorconfig", ".vscode/extensions.json",
)  # fmt: skip
"""The files of the generator's repository that a new site takes as they are, but for what is local in them."""

EXAMPLES = "docs/examples"
"""A record of each kind with everything in it, explained; no records of the site."""

NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,20}")
"""A name of a district, city or province: Chinese characters alone, so that it can stand in any file."""

_EXECUTABLE = (".ci/pages", ".ci/set-up")
_BLANK = re.compile(r"\[\[ (\w+) ]]")
_FILES = Path(__file__).parent / "files"
_LOCAL_SECTION = re.compile(r"^# —— 本地.*\n(?:(?!# ——).*\n)*", re.MULTILINE)
_TOWN_KIND = re.compile(r"(?<=..)(街道|地区|镇|乡|苏木|民族乡)$")
_YEAR_OF_CODES = 2023


@dataclass(frozen=True)
class NewSite:
    """What is asked for a new site.

    Attributes:
        district: name of the district or county, as `NAME`.
        city: name of its city.
        province: full name of its province.
        code: its six digits, or empty if its towns are not known.
        towns: code → name of its towns.
    """

    district: str
    city: str
    province: str
    code: str
    towns: Mapping[str, str]

    @property
    def name(self) -> str:
        """The site's name: 临平科普 for 临平区, 长沙县科普 for 长沙县."""
        short = (
            self.district[:-1] if self.district[-1] in "区市" and len(self.district) > len("某区") else self.district
        )
        return f"{short}科普"


def new_site_of(district: District) -> NewSite:
    """Return what is asked for a new site of a district of the national list."""
    return NewSite(district.name, district.city, district.province, district.code, district.towns)


def files_of(site: NewSite) -> dict[str, bytes]:
    """Return the files of a new site by path; what is generated from the models comes on top (`kepu schema`).

    Raises:
        ValueError: a name is not of the form `NAME`.
    """
    for name in (site.district, site.city, site.province):
        if not NAME.fullmatch(name):
            raise ValueError(name)
    texts = {**dict(_shared()), **dict(_filled_in(site)), **dict(_towns(site))}
    found = {name: _with_line_ends(name, text).encode() for name, text in texts.items()}
    return dict(sorted({**found, **dict(_examples()), **pins()}.items()))


def own_files() -> dict[str, bytes]:
    """Return the files of any site that are the generator's own, by path: no word of a district stands in them."""
    paths = (path for path in sorted(_FILES.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    names = {path: _name_of(path) for path in paths}
    own = {name: path for path, name in names.items() if name.startswith(".ci/") or name.endswith(".cmd")}
    return {name: _with_line_ends(name, path.read_text("utf-8")).encode() for name, path in own.items()}


def is_executable(name: str) -> bool:
    """Tell whether a file is a program."""
    return name in _EXECUTABLE


def _shared() -> Iterator[tuple[str, str]]:
    folder = packaged("project/shared", ".")
    for name in SHARED:
        yield name, _LOCAL_SECTION.sub("", (folder / name).read_text("utf-8"))


def _examples() -> Iterator[tuple[str, bytes]]:
    folder = packaged("project/shared", ".")
    for path in sorted((folder / EXAMPLES).rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _filled_in(site: NewSite) -> Iterator[tuple[str, str]]:
    words = {
        "site_name": site.name,
        "model": str(MODEL),
        "district": site.district,
        "city": site.city,
        "province": site.province,
        "city_and_district": site.district if site.city == site.district else f"{site.city}{site.district}",
    }
    for path in sorted(_FILES.rglob("*")):
        # Pip compiles every program that it installs, also one that is there to be copied.
        if path.is_file() and path.suffix != ".pyc":
            yield _name_of(path), _BLANK.sub(lambda blank: words[blank[1]], path.read_text("utf-8"))


def _name_of(path: Path) -> str:
    name = path.relative_to(_FILES).as_posix()
    return name.replace("_", ".", 1) if name.startswith("_") else name


def _towns(site: NewSite) -> Iterator[tuple[str, str]]:
    """Yield the vocabulary of towns; one that is empty would be a fault, so there is none without towns."""
    identifiers = _identifiers(site.towns)
    rows = [
        f"{identifiers[code]}:\n  label: {name}\n  order: {number}\n"
        f"  help: {site.district}的{_kind_of_town(name)}；统计用区划代码 {code}（国家统计局，{_YEAR_OF_CODES} 年）\n"
        for number, (code, name) in enumerate(site.towns.items(), 1)
    ]
    if rows:
        yield "data/terms/towns.yml", "".join(rows)


def _identifiers(towns: Mapping[str, str]) -> Mapping[str, str]:
    """Return an id for each town: its name in pinyin, with its kind or its code where two would have the same."""
    found: dict[str, str] = {}
    for code, name in towns.items():
        short = slug(_TOWN_KIND.sub("", name)).replace("-", "")
        whole = slug(name)
        found[code] = next(one for one in (short, whole, f"town-{code}") if one and one not in found.values())
    return found


def _kind_of_town(name: str) -> str:
    kind = _TOWN_KIND.search(name)
    return kind[1] if kind else "乡镇一级"


def _with_line_ends(name: str, text: str) -> str:
    plain = text.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if name.endswith(".cmd") else plain
