"""Turn a corpus into a project with terms of its own, and read it as any project is read."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from macros.library.library import Library
from macros.records.load import load
from macros.search.documents import SearchDocument
from macros.search.wishes import search_documents
from tests.search.sets.corpus import Item
from tests.search.sites import TERMS
from tests.support import AS_OF

_FOLDERS = {"base": "bases", "incubator": "incubators", "policy": "policies"}
_SOURCES = [{"title": "示例来源", "mark": "official"}]
_KEPT_TERMS = (
    "levels",
    "kinds",
    "readings",
    "synonyms",
    "wishes",
    "categories",
    "audiences",
    "facilities",
    "themes",
    "validity",
)


def load_documents(items: Sequence[Item], project: Path) -> list[SearchDocument]:
    """Write the items as records, load them with the project's own loader, and gather what search knows of them.

    Args:
        items: the corpus.
        project: an empty folder.
    """
    _write_terms(items, project / "data/terms")
    for item in items:
        _write(project / "data" / _FOLDERS[item.kind] / f"{item.id}.yml", _record(item))
    loaded = load(project, AS_OF)
    assert [str(problem) for problem in loaded.problems] == []
    return list(search_documents(Library(loaded.collection), {}))


def _write_terms(items: Sequence[Item], folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in _KEPT_TERMS:
        shutil.copy(TERMS / f"{name}.yml", folder)
    places = (item.place for item in items if item.kind != "policy")
    _write(folder / "towns.yml", _vocabulary("town", places))
    _write(folder / "fields.yml", _vocabulary("field", (item.field for item in items if item.kind == "base")))
    types = {
        f"{_FOLDERS[kind]}-{identifier}": {**term, "kind": _FOLDERS[kind]}
        for kind in ("incubator", "policy")
        for identifier, term in _vocabulary("type", (item.field for item in items if item.kind == kind)).items()
    }
    _write(folder / "types.yml", types)


def _vocabulary(prefix: str, labels: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {
        f"{prefix}{number}": {"label": label, "order": number} for number, label in enumerate(dict.fromkeys(labels), 1)
    }


def _record(item: Item) -> dict[str, Any]:
    summary, _, body = item.body.partition("。")
    common = {"name": item.name, "summary": summary, "body": body, "sources": _SOURCES}
    aliases = {"aliases": [item.alias]} if item.alias else {}
    return {**common, **aliases, **(_policy(item) if item.kind == "policy" else _place(item))}


def _policy(item: Item) -> dict[str, Any]:
    return {"issuers": [item.place], "type": item.field, "keywords": [item.level], "published": str(item.year)}


def _place(item: Item) -> dict[str, Any]:
    recognition = {"title": "示例认定", "level": item.level, "year": str(item.year), "stage": "held"}
    own = {"fields": [item.field]} if item.kind == "base" else {"type": item.field}
    return {"town": item.place, "recognitions": [recognition], **own}


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(data, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper), "utf-8")
