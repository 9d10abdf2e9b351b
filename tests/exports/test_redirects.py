"""Where old addresses lead."""

from __future__ import annotations

import re
from urllib.parse import unquote

from macros.addresses.redirects import caddy, hosted, nginx, read_hosted
from macros.exports import redirects
from macros.exports.api import Api
from macros.exports.publication import Publication
from tests.exports.conftest import SOURCES, Make


def test_former_ids_and_merged_records_lead_on(api: Api) -> None:
    assert hosted(redirects(api)).splitlines() == [
        "/kepu/bases/old-stars/ /kepu/bases/star-hall/ 301",
        "/kepu/bases/old-observatory/ /kepu/bases/star-hall/ 301",
        "/kepu/bases/sun-lane/ /kepu/bases/sun-street/ 301",
        "/kepu/articles/twinkling/ /kepu/articles/why-stars-twinkle/ 301",
        "/kepu/api/v1/bases/old-observatory.json /kepu/api/v1/bases/star-hall.json 301",
        "/kepu/api/v1/bases/sun-lane.json /kepu/api/v1/bases/sun-street.json 301",
        "/kepu/api/v1/articles/twinkling.json /kepu/api/v1/articles/why-stars-twinkle.json 301",
        "/kepu/legal/privacy/ /kepu/privacy/ 301",
        "/kepu/%E6%97%A7%20%E6%A0%8F%E7%9B%AE/%E9%9A%90%E7%A7%81/ /kepu/privacy/ 301",
    ]


def test_what_was_written_is_read_again(api: Api) -> None:
    read = [(unquote(old), unquote(new)) for old, new in read_hosted("# 旧网址\n\n" + hosted(redirects(api)))]
    assert read == list(redirects(api))


def test_the_map_for_nginx_tells_the_same(api: Api) -> None:
    lines = nginx(redirects(api)).splitlines()
    assert lines[-1] == '"/kepu/旧 栏目/隐私/" /kepu/privacy/;'
    assert all(re.fullmatch(r"/[a-z0-9/.-]+ /[a-z0-9/.-]+;", line) for line in lines[:-1])
    assert [line.rstrip(";") + " 301" for line in lines[:-1]] == hosted(redirects(api)).splitlines()[:-1]


def test_the_directives_for_caddy_tell_the_same(api: Api) -> None:
    pairs = [line.removesuffix(";") for line in nginx(redirects(api)).splitlines()]
    assert caddy(redirects(api)).splitlines() == [f"redir {pair} permanent" for pair in pairs]


def base(**fields: object) -> dict[str, object]:
    """Return a record of a base."""
    return {"name": "馆", "summary": "一个馆。", "sources": SOURCES, **fields}


def test_a_chain_of_mergers_leads_to_its_end_at_once(make: Make) -> None:
    publication = make(
        {
            "bases/first": base(former_ids=["zeroth"], merged_into="second"),
            "bases/second": base(merged_into="third"),
            "bases/third": base(),
        },
        url="",
    )
    lines = hosted(redirects(Api(publication))).splitlines()
    assert lines[:3] == [
        "/bases/first/ /bases/third/ 301",
        "/bases/zeroth/ /bases/third/ 301",
        "/bases/second/ /bases/third/ 301",
    ]


def test_a_draft_has_no_old_address(make: Make) -> None:
    publication = make({"bases/draft": base(draft="是", former_ids=["older"])})
    assert publication.record_redirects == {}
    assert hosted(redirects(Api(publication))) == ""


def test_a_record_merged_into_one_of_another_kind_leads_there(make: Make) -> None:
    publication = make({"bases/first": base(merged_into="seedbed")})
    assert hosted(redirects(Api(publication))).startswith("/kepu/bases/first/ /kepu/incubators/seedbed/ 301")


def test_every_new_address_exists(publication: Publication, api: Api) -> None:
    pages = {f"/kepu/{publication.library.address(record)}" for record in publication.library.published.values()}
    pages.add("/kepu/privacy/")
    files = {f"/kepu/{path}" for path in api.files()}
    assert all(new in pages | files for _, new in redirects(api))
