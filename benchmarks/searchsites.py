"""Write the corpus of the search tests for two engines: as our index, and as pages for Pagefind.

python -m benchmarks.searchsites {corpus,index,pages} FOLDER [--count 10000] [--body 800]
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path

from tests.search.sets.corpus import SEED, Item, make_items
from tests.search.sets.queries import QueryMaker
from tests.search.sites import write_index

_ITEMS = "items.json"
_QUERIES = "queries.json"


def write_corpus(folder: Path, count: int, body_length: int) -> None:
    """Write the items, and the queries that people type about them."""
    generator = random.Random(SEED)
    items = make_items(generator, count, body_length)
    plain, hard = QueryMaker(generator, items).make()
    (folder / _ITEMS).write_text(json.dumps([asdict(item) for item in items], ensure_ascii=False), "utf-8")
    (folder / _QUERIES).write_text(json.dumps([query.text for query in (*plain, *hard)], ensure_ascii=False), "utf-8")


def read_queries(folder: Path) -> list[str]:
    """Return the queries that `write_corpus` wrote."""
    queries: list[str] = json.loads((folder / _QUERIES).read_text("utf-8"))
    return queries


def _items(folder: Path) -> Iterator[Item]:
    for fields in json.loads((folder / _ITEMS).read_text("utf-8")):
        yield Item(**fields)


def _write_index(folder: Path) -> None:
    write_index(folder / "site", [item.document() for item in _items(folder)])


def _write_pages(folder: Path) -> None:
    for item in _items(folder):
        page = folder / "pages" / item.id / "index.html"
        page.parent.mkdir(parents=True)
        facts = "".join(f"<p>{escape(str(fact))}</p>" for fact in (item.alias, item.place, item.level, item.year))
        page.write_text(
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(item.name)}</title></head>'
            f"<body><h1>{escape(item.name)}</h1>{facts}<p>{escape(item.body)}</p></body></html>",
            "utf-8",
        )
    (folder / "pages/index.html").write_text('<!doctype html><html lang="zh-CN"><title>示例</title></html>', "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("corpus", "index", "pages"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--body", type=int, default=800)
    options = parser.parse_args(arguments)
    if options.what == "corpus":
        write_corpus(options.folder, options.count, options.body)
    elif options.what == "index":
        _write_index(options.folder)
    else:
        _write_pages(options.folder)


if __name__ == "__main__":
    main()
