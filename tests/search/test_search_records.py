"""Every record of the repository is found by what people may know of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.search.documents import SearchDocument, documents
from macros.site.session import Session
from tests.search.sets.queries import flat, initials, jyutping, traditional
from tests.search.sites import write_site
from tests.support import serve_folder

_FIND = """async ([module, texts]) => {
  const { openSearch } = await import(module);
  const search = await openSearch("./");
  const found = [];
  for (const text of texts) found.push((await search.query(text, { limit: 10 })).map((result) => result.id));
  return found;
}"""


@pytest.fixture(scope="module")
def records(repository: Session) -> list[SearchDocument]:
    """What search knows of each record."""
    return list(documents(repository.library, {}))


@pytest.fixture(scope="module")
def search_page(
    browser: Browser, records: list[SearchDocument], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """A page of a site with these records."""
    site: Path = write_site(tmp_path_factory.mktemp("records") / "site", records)
    for address in serve_folder(site):
        page = browser.new_page()
        page.goto(address)
        yield page
        page.close()


def _han(name: str) -> str:
    """The Chinese characters of a name alone, since romanization is made of those; the most that no digit or letter parts."""
    parts = re.split(r"[0-9A-Za-z]+", name)
    return max((re.sub(r"[^\u3400-\u9fff]", "", part) for part in parts), key=len)


def _middle(name: str) -> str:
    """Half of the name, from the middle; all of a short one."""
    quarter = len(name) // 4
    return name[quarter:-quarter] if len(name) >= 8 else name


def _ways(record: SearchDocument) -> Iterator[str]:
    yield record.name
    yield from record.aliases
    yield _middle(record.name)
    yield traditional(record.name)
    for romanize in (flat, initials, jyutping):
        yield romanize(_han(record.name)[:12])


def test_every_record_is_found(search_page: Page, records: list[SearchDocument]) -> None:
    asked = [(record.id, text) for record in records for text in _ways(record)]
    module = f"{search_page.url}assets/javascripts/search/open.js"
    found = search_page.evaluate(_FIND, [module, [text for _, text in asked]])
    missed = [(id_, text) for (id_, text), ids in zip(asked, found, strict=True) if id_ not in ids]
    assert missed == []
