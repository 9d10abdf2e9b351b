"""What the search does with bad input, missing files and other builds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from macros.search.numbers import encode, encode_ascending
from macros.search.tokens import shard_of
from macros.text.fold import fold
from tests.search.sites import document, write_index, write_site
from tests.support import serve_folder
from tests.support.sources import serve_sources

_LUYUAN = document("绿源环保科普基地", "垃圾焚烧发电和污水处理的过程", id="luyuan", aliases=("绿源馆",))
_CLOSED = document("旧水厂科普馆", "自来水的净化", id="a-old", past="已关闭")
_OPEN = document("新水厂科普馆", "自来水的净化", id="b-new")
_DOCUMENTS = [_LUYUAN, _CLOSED, _OPEN]
_EXPLORE = """async ([text, options]) => {
  const { openSearch } = await import("./assets/javascripts/search/open.js");
  window.opened ??= await openSearch("./");
  return window.opened.explore(text, options);
}"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", _DOCUMENTS)


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    yield from serve_folder(site)


@pytest.fixture
def search_page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address)
    yield page
    page.close()


def _explore(page: Page, text: str, **options: Any) -> Any:
    return page.evaluate(_EXPLORE, [text, options])


def _ids(page: Page, text: str, **options: Any) -> list[str]:
    return [result["id"] for result in _explore(page, text, **options)["results"]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n ",
        "垃" * 10_000,
        "绿源" + "x" * 10_000,
        "😀😀😀",
        "\x00\x01\x1b[31m\x7f\u202e\u200b",
        "(.*)+[a-z]{2,}\\d|^$?",
        "<img src=x onerror=alert(1)>",
        "&lt;script&gt;",
        "'\"`;--",
        "__proto__ constructor toString",
        "%E4%BD%A0 %",
        "。，！？",
    ],
)
def test_bad_queries_find_nothing_and_break_nothing(search_page: Page, text: str) -> None:
    assert _ids(search_page, text) == []
    assert _ids(search_page, "绿源") == ["luyuan"]


def test_unpaired_surrogate_is_a_space(search_page: Page) -> None:
    search_page.evaluate("window.texts = ['绿源\\ud800', '\\udc00绿源', '绿\\ud83d源环保']")
    for number in range(3):
        found = search_page.evaluate(
            f"async () => {{ const run = {_EXPLORE}; return (await run([window.texts[{number}], {{}}])).results; }}"
        )
        assert [result["id"] for result in found] == ["luyuan"]


def test_control_characters_are_ignored(search_page: Page) -> None:
    assert _ids(search_page, "\x00绿源\u200b环保\x1f") == ["luyuan"]


def test_open_comes_before_closed(search_page: Page) -> None:
    assert _ids(search_page, "水厂科普馆") == ["b-new", "a-old"]


def test_result_has_what_is_documented(search_page: Page) -> None:
    (result,) = _explore(search_page, "綠源環保")["results"]
    assert result["url"] == _LUYUAN.url
    assert (result["kind"], result["kindLabel"]) == ("bases", "科普基地")
    assert result["snippet"] == _LUYUAN.summary
    assert result["matches"] == {"name": [[0, 4]], "snippet": []}
    assert result["why"] == {"reason": "name", "text": ""}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("绿源馆", "alias"),
        ("污水处理", "text"),
        ("lvyuanhb", None),
        ("luyuan huanbao", "pinyin"),
        ("lyhb", "initials"),
        ("lukjyunwaanbou", "jyutping"),
        ("绿园环保", "sound"),
        ("绿源环深科普", "spelling"),
        ("脏水处理", "synonym"),
    ],
)
def test_says_why(search_page: Page, text: str, reason: str | None) -> None:
    reasons = [result["why"]["reason"] for result in _explore(search_page, text)["results"]]
    assert reasons == ([reason] if reason else [])


def test_filters_and_counts(search_page: Page) -> None:
    outcome = _explore(search_page, "科普馆", filters={"kind": ["bases"]}, counts=True)
    assert outcome["facets"]["kind"] == [["bases", "科普基地", outcome["total"]]]
    assert _ids(search_page, "科普馆", filters={"kind": ["policies"]}) == []


def test_missing_shards_give_partial_results_and_are_tried_again(search_page: Page, site: Path) -> None:
    (postings,) = site.glob("assets/search/*/postings")
    hidden = postings.rename(postings.with_name("hidden"))
    outcome = _explore(search_page, "绿源环保")
    assert outcome["partial"]
    assert [result["id"] for result in outcome["results"]] == ["luyuan"]
    hidden.rename(postings)
    assert not _explore(search_page, "绿源环保")["partial"]


@pytest.mark.audit
def test_slow_shards_give_partial_results(search_page: Page) -> None:
    held: list[Route] = []
    search_page.context.route("**/postings/*.txt", lambda route: held.append(route))
    outcome = _explore(search_page, "绿源环保")
    assert outcome["partial"]
    assert [result["id"] for result in outcome["results"]] == ["luyuan"]
    assert len(held) == 2
    for route in held:
        route.abort()


def test_another_build_is_loaded_once(search_page: Page, site: Path) -> None:
    assert _ids(search_page, "") == []
    write_index(site, [document("绿源新馆", "搬到了别处", id="moved")])
    outcome = _explore(search_page, "绿源 别处")
    assert [result["id"] for result in outcome["results"]] == ["moved"]
    assert not outcome["partial"]


def test_missing_index_is_an_error_that_passes(search_page: Page, site: Path) -> None:
    manifest = site / "assets/search/manifest.json"
    manifest.rename(manifest.with_suffix(".away"))
    assert search_page.evaluate(f"async () => ({_EXPLORE})(['绿源', {{}}]).catch(() => 'refused')") == "refused"
    manifest.with_suffix(".away").rename(manifest)
    assert _ids(search_page, "绿源") == ["luyuan"]


def test_answers_where_no_worker_starts_and_where_one_fails_later(browser: Browser, address: str) -> None:
    refused = "window.Worker = class { constructor() { throw new Error('refused'); } }"
    failed = """window.Worker = class extends Worker {
      constructor(...settings) {
        super(...settings);
        const fail = () => setTimeout(() => this.dispatchEvent(new ErrorEvent("error")));
        this.addEventListener("message", fail, { once: true });
      }
    }"""
    for worker in (refused, failed):
        page = browser.new_page()
        page.add_init_script(worker)
        page.goto(address)
        assert _ids(page, "绿源") == ["luyuan"], worker
        page.close()


def test_an_empty_site_answers_nothing(search_page: Page, site: Path) -> None:
    shutil.rmtree(site / "assets/search")
    write_index(site, [])
    outcome = _explore(search_page, "绿源", counts=True)
    assert (outcome["results"], outcome["total"], outcome["near"]) == ([], 0, [])


def test_browser_and_builder_agree(search_page: Page) -> None:
    script = """async ([base, texts, forms]) => {
      const { foldWith } = await import(base + "search/fold.js");
      const { shardOf } = await import(base + "search/postings.js");
      const { decode, decodeAscending } = await import(base + "search/numbers.js");
      const fold = foldWith(forms);
      return [texts.map(fold), texts.map((text) => shardOf(text, 97)), decode("AfgBof"), decodeAscending("DBgB")];
    }"""
    base = serve_sources(search_page, search_page.url)
    texts = ["ＡＢ廣東", "衞生㎡½", "İstanbul ß", "𠮷野家😀", "科普", "5g"]
    forms = ["广廣", "东東", "卫衛衞"]
    folded, shards, numbers, rising = search_page.evaluate(script, [base, texts, forms])
    assert folded == [fold(text) for text in texts]
    assert shards[4:] == [shard_of(text, 97) for text in texts[4:]]
    assert "".join(map(encode, numbers)) == "AfgBof"
    assert encode_ascending(rising) == "DBgB"
