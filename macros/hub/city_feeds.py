"""Feeds of the city: all news, those of a kind, those of a district, as Atom (RFC 4287) and JSON Feed 1.1.

An entry keeps the id that it has in the district's own feed, so that who reads both is told once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macros.exports.feeds import LONGEST_FEED
from macros.hub.city import City
from macros.hub.city_news import CityNews
from macros.pages.site_settings import Site
from macros.text.notation import json_text, xml_text


@dataclass(frozen=True)
class CityFeed:
    """One feed.

    Attributes:
        address: address of the page that it belongs to.
        title: what it is called.
        news: what it tells, the newest first.
    """

    address: str
    title: str
    news: Sequence[CityNews]


def feeds_of(city: City, site: Site) -> tuple[CityFeed, ...]:
    """Return the feeds that have an entry; none without the site's own address, since entries need whole addresses."""
    return tuple(feed for feed in _possible(city, site) if feed.news) if site.url else ()


def _possible(city: City, site: Site) -> Iterator[CityFeed]:
    yield CityFeed("", site.name, city.news[:LONGEST_FEED])
    for kind in city.kinds:
        label = city.words[kind].label
        found = [item for item in city.news if item.label == label]
        yield CityFeed(f"{kind}/", f"{label} - {site.name}", found[:LONGEST_FEED])
    for district in city.districts:
        found = [item for item in city.news if item.district == district.id]
        yield CityFeed(district.address, f"{district.name} - {site.name}", found[:LONGEST_FEED])


def feed_files(feed: CityFeed, city: City, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield a feed in both notations, paths below the site's root."""
    yield f"{feed.address}feed.xml", _atom(feed, city, site)
    yield f"{feed.address}feed.json", _json(feed, city, site)


def _atom(feed: CityFeed, city: City, site: Site) -> bytes:
    page = xml_text(site.url + feed.address)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(site.locale)}">',
        f"<id>{page}</id><title>{xml_text(feed.title)}</title><updated>{_time(feed.news[0])}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{page}feed.xml"/><link rel="alternate" href="{page}"/>',
        f"<author><name>{xml_text(site.portal.get('organizer') or site.name)}</name></author>",
        *(_entry(item, city) for item in feed.news),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(item: CityNews, city: City) -> str:
    return (
        f"<entry><id>{xml_text(item.key)}</id><title>{xml_text(_title(item, city))}</title>"
        f'<link rel="alternate" href="{xml_text(item.url)}"/><updated>{_time(item)}</updated><published>{_time(item)}</published>'
        f'<category term="{xml_text(item.district)}" label="{xml_text(city.by_id[item.district].name)}"/>'
        f"<content>{xml_text(item.text)}</content></entry>"
    )


def _json(feed: CityFeed, city: City, site: Site) -> bytes:
    page = site.url + feed.address
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": page,
        "feed_url": f"{page}feed.json",
        "language": site.locale,
    }
    items = ",\n".join(json_text(_item(one, city)) for one in feed.news)
    return f'{json_text(head)[:-1]},"items":[\n{items}\n]}}\n'.encode()


def _item(item: CityNews, city: City) -> dict[str, object]:
    tags = [tag for tag in (city.by_id[item.district].name, item.label) if tag]
    said = {"title": _title(item, city), "content_text": item.text, "date_published": _time(item), "tags": tags}
    return {"id": item.key, "url": item.url, **said}


def _title(item: CityNews, city: City) -> str:
    return f"【{city.by_id[item.district].name}】{item.title}"


def _time(item: CityNews) -> str:
    return f"{item.date}T00:00:00+08:00"
