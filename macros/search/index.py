"""Build the index that the modules under ``assets/javascripts/search/`` read.

``index.json`` holds what every query needs: names, kinds, facets of few labels, synonyms. Everything else is fetched
when a query asks for it: ``postings/N.txt`` and ``texts/N.json``, ``facets.json`` with the facets of many labels,
``wishes.json``, ``fulfilled.json`` and ``days.json`` for what people wish,
``readings.json`` for Latin letters, ``common.json`` for words typed wrong. docs/dev/search.md describes the formats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping, Sequence
from typing import Any

from macros.records.collection import Collection, Wish
from macros.records.region import CANTONESE
from macros.search.catalogue import catalogue, facet_tables, is_short
from macros.search.descriptions import BodyTexts, described, snippet
from macros.search.documents import SearchDocument
from macros.search.language import Synonyms, common_pinyin, language, readings_of_names
from macros.search.postings import build_postings
from macros.search.wishes import day_table, doors, examples, wish_rows, wish_table, with_days, with_titles
from macros.text.fold import fold
from macros.text.notation import json_line
from macros.text.pinyin import Readings

FORMAT = 2
"""Rises when a browser with the modules of before could not read the index."""

_TEXTS_IN_FILE = 8
"""Descriptions in one file: a page of results needs a few of them from anywhere."""


def index_files(documents: Sequence[SearchDocument], collection: Collection) -> dict[str, bytes]:
    """Return the files of a site's index by path below the site's root, in a folder named after their content, so that two builds
    never mix in a cache; and the file that leads there.

    Args:
        documents: every page that can be found, in any order.
        collection: knows readings, synonyms, wishes, holidays and the region.
    """
    wishes = with_days(with_titles(collection.wishes), collection.calendar, collection.as_of.first_day)
    dialects = collection.region.dialects
    files = build_index(documents, collection.readings, collection.synonyms, wishes, dialects)
    folder = f"assets/search/{build_name(files)}"
    return {"assets/search/manifest.json": manifest(files), **{f"{folder}/{name}": files[name] for name in files}}


def build_index(
    documents: Sequence[SearchDocument],
    readings: Readings,
    synonyms: Synonyms,
    wishes: Sequence[Wish] = (),
    dialects: Container[str] = (CANTONESE,),
) -> dict[str, bytes]:
    """Make the files of the index.

    Args:
        documents: every page that can be found, in any order.
        readings: curated readings of words.
        synonyms: short form → what it means, and the weight of a result found so.
        wishes: what is understood of wishes.
        dialects: codes of the dialects by whose romanization names are found.

    Returns:
        Path below the folder of this build → content; the same bytes for the same arguments. ``build_name`` names the
        folder, ``manifest`` makes the file that leads to it.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    facets = facet_tables(ordered)
    long = {name: facet for name, facet in facets.items() if not is_short(facet)}
    descriptions = [described(document, long) for document in ordered]
    shards = build_postings(descriptions, BodyTexts(ordered))
    sizes = {"format": FORMAT, "shards": len(shards), "textsInFile": _TEXTS_IN_FILE}
    short = {name: facet for name, facet in facets.items() if name not in long}
    names = _names(ordered)
    tables = language(names, descriptions, synonyms)
    return {
        "index.json": json_line({**sizes, **catalogue(ordered), "facets": short, **tables}),
        "wishes.json": json_line(_wishes(wishes, ordered)),
        "fulfilled.json": json_line(wish_table(ordered)),
        "days.json": json_line(day_table(ordered)),
        "facets.json": json_line(long),
        "readings.json": json_line(readings_of_names(names, readings, dialects)),
        "common.json": json_line(common_pinyin(names)),
        **{f"postings/{number}.txt": shard.encode() for number, shard in enumerate(shards)},
        **_text_files([snippet(document) for document in ordered]),
    }


def build_name(files: Mapping[str, bytes]) -> str:
    """Name the folder of a build after its content, so that files of two builds never meet in a cache.

    Args:
        files: what ``build_index`` made.

    Returns:
        16 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Make ``manifest.json``, which lies beside the folder of the build at an address that never changes.

    Args:
        files: what ``build_index`` made.

    Returns:
        JSON with the name of the folder.
    """
    return json_line({"build": build_name(files)})


def _wishes(wishes: Sequence[Wish], documents: Sequence[SearchDocument]) -> dict[str, Any]:
    return {"words": wish_rows(wishes), "examples": examples(wishes, documents), "doors": doors(documents)}


def _names(documents: Sequence[SearchDocument]) -> list[str]:
    return [fold(name) for document in documents for name in (document.name, *document.aliases)]


def _text_files(descriptions: Sequence[str]) -> dict[str, bytes]:
    starts = range(0, len(descriptions), _TEXTS_IN_FILE)
    return {
        f"texts/{number}.json": json_line(descriptions[start : start + _TEXTS_IN_FILE])
        for number, start in enumerate(starts)
    }
