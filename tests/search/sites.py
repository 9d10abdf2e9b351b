"""Build small sites that have nothing but the search, for tests in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

import yaml
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader

from macros.pages.site_settings import Site
from macros.records.collection import Collection, Synonym, Wish
from macros.records.model.dates import PartialDate
from macros.records.termfiles import read_wishes
from macros.records.yaml import parse
from macros.search.documents import SearchDocument
from macros.search.index import build_index, build_name, manifest
from macros.search.language import Synonyms
from macros.search.wishes import with_titles
from macros.text.pinyin import Readings
from tests.support import ASSETS, ROOT

TERMS = Path(__file__).parent / "terms"
"""Vocabularies as they were on 2026-11-30: how well is found does not hang on what editors add to theirs, or on whose they are."""

_OVERRIDES = ROOT / "overrides"
_FRAME = "{% macro breadcrumbs() %}{% endmacro %}"


def document(
    name: str,
    summary: str = "",
    *,
    id: str = "",
    url: str = "",
    kind: str = "bases",
    kind_label: str = "科普基地",
    aliases: tuple[str, ...] = (),
    attributes: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    body: str = "",
    past: str = "",
) -> SearchDocument:
    """One document; what is not given is made up from the name."""
    url = url or f"{kind}/{id or name}/"
    return SearchDocument(id or name, url, kind, kind_label, name, aliases, attributes, summary, body, past)


def curated() -> tuple[Readings, Synonyms, tuple[Wish, ...]]:
    """Readings, synonyms and wishes; see `TERMS`."""
    readings = yaml.safe_load((TERMS / "readings.yml").read_text("utf-8"))
    synonyms = yaml.safe_load((TERMS / "synonyms.yml").read_text("utf-8"))
    return (
        {word: tuple(syllables.split()) for word, syllables in readings.items()},
        {str(short): Synonym(entry["means"], entry["weight"]) for short, entry in synonyms.items()},
        with_titles(read_wishes(parse("data/terms/wishes.yml", (TERMS / "wishes.yml").read_text("utf-8")))),
    )


def write_index(folder: Path, documents: Sequence[SearchDocument]) -> Path:
    """Put the index of the documents into a site, in place of the one before; return the folder of the build."""
    search = folder / "assets/search"
    shutil.rmtree(search, ignore_errors=True)
    files = build_index(documents, *curated())
    build = search / build_name(files)
    for path, content in files.items():
        (build / path).parent.mkdir(parents=True, exist_ok=True)
        (build / path).write_bytes(content)
    (search / "manifest.json").write_bytes(manifest(files))
    return build


def write_site(folder: Path, documents: Sequence[SearchDocument]) -> Path:
    """Write a site with a start page, ``search/`` and ``az/``; return its folder."""
    for path, content in ASSETS.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    write_index(folder, documents)
    _write_page(folder / "index.html", ".", "<h1>首页</h1>")
    _write_page(folder / "az/index.html", "..", "<h1>拼音索引</h1>")
    page = _templates().get_template("pages/search.html")
    body = page.render(page={"title": "搜索", "trail": []})
    _write_page(folder / "search/index.html", "..", body)
    return folder


def _write_page(path: Path, base_url: str, body: str) -> None:
    templates = _templates()
    form = templates.get_template("partials/search-form.html").render(base_url=base_url)
    dialog = templates.get_template("partials/search-dialog.html").render(base_url=base_url)
    sheet = f'<link rel="stylesheet" href="{base_url}/{ASSETS.stylesheet("site.css")}">'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>示例</title>{sheet}'
        f'<link rel="icon" href="data:,"></head><body><header>{form}</header><main>{body}</main>{dialog}</body></html>',
        "utf-8",
    )


def _templates() -> Environment:
    stubs = DictLoader({"pages/parts/frame.html": _FRAME})
    environment = Environment(loader=ChoiceLoader([stubs, FileSystemLoader(_OVERRIDES)]), autoescape=True)
    environment.globals.update(
        site=Site("示例"),
        library=SimpleNamespace(collection=Collection({}, {}, PartialDate(2026))),
        assets=ASSETS,
        icon=lambda name: "",
        url=lambda address: f"../{address}",
    )
    return environment
