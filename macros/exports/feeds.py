"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 for the site and beside each list and facet page.

Entries are the news of the library; their dates are the records', and their ids stay when a record gets another id. A feed without entries is not made, since Atom asks
for the time of the last one; without the site's own address there are none at all, since entries need whole addresses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice

from macros.addresses.redirects import first_address
from macros.exports.files import Files, Maker
from macros.exports.publication import Publication
from macros.library.news import APPLICATIONS, News, application_news
from macros.records.model.kinds import Record
from macros.text.notation import json_text, xml_text

LONGEST_FEED = 50
"""Entries of a feed, the newest."""


@dataclass(frozen=True)
class FeedEntry:
    """One piece of news, written in both notations: it stands in several feeds and is written once."""

    news: News
    xml: str
    json: str


@dataclass(frozen=True)
class Feed:
    """One feed.

    Attributes:
        address: address of the page that it belongs to, relative to the site's root.
        title: what it is called.
        records: what it tells of; at least one of them has news.
        news: what it tells, the newest first; all news of the records if None.
    """

    address: str
    title: str
    records: Sequence[Record]
    news: Sequence[News] | None = None


@dataclass(frozen=True)
class Feeds:
    """All feeds of a site.

    Attributes:
        publication: what they tell of.
    """

    publication: Publication

    def files(self) -> Files:
        """Return the feeds, paths below the site's root."""
        makers: dict[str, Maker] = {}
        for feed in self.feeds() if self.publication.url else ():
            makers[f"{feed.address}feed.xml"] = partial(self.atom, feed)
            makers[f"{feed.address}feed.json"] = partial(self.json_feed, feed)
        return Files(makers)

    def feeds(self) -> Iterator[Feed]:
        """Yield every feed that has an entry."""
        return (feed for feed in self._possible() if self._has_entry(feed))

    def _has_entry(self, feed: Feed) -> bool:
        return any(id(record) in self._in_news for record in feed.records) if feed.news is None else bool(feed.news)

    def _possible(self) -> Iterator[Feed]:
        library, name = self.publication.library, self.publication.name
        yield Feed("", name, tuple(library.published.values()))
        policies = library.records("policies")
        news = application_news(policies, library.as_of)
        yield Feed(APPLICATIONS, f"正在受理 - {name}", policies, news)
        for kind in library.kinds():
            label = library.kind_label(kind)
            yield Feed(f"{kind}/", f"{label} - {name}", library.records(kind))
            for facet in library.facets(kind):
                for group in library.groups(kind, facet):
                    assert group.term is not None
                    address = f"{kind}/by/{facet.name}/{group.term.id}/"
                    yield Feed(address, f"{label}：{group.label} - {name}", group.records)

    def entries(self, feed: Feed) -> Sequence[FeedEntry]:
        """Return the entries of a feed, the newest first."""
        # By identity: asking thousands of records for their ids, or comparing them, would take longer than all the rest.
        shown = {id(record) for record in feed.records}
        every = self.publication.library.news if feed.news is None else feed.news
        news = (item for item in every if id(item.record) in shown)
        return tuple(self._entry(item) for item in islice(news, LONGEST_FEED))

    @cached_property
    def _in_news(self) -> frozenset[int]:
        return frozenset(id(item.record) for item in self.publication.library.news)

    @cached_property
    def _written(self) -> dict[tuple[str, str], FeedEntry]:
        return {}

    def _entry(self, news: News) -> FeedEntry:
        key = news.record.id, news.key
        if key not in self._written:
            self._written[key] = self._write(news)
        return self._written[key]

    def _write(self, news: News) -> FeedEntry:
        library = self.publication.library
        url = self._url(library.address(news.record))
        title, label = f"{news.record.heading}：{news.text}", library.kind_label(news.record.kind)
        concerned = f"（{'、'.join(news.field_titles)}）" if news.fields else ""
        text = f"{news.text}{concerned}\n\n{news.record.summary}"
        identifier, time = f"{self._url(first_address(news.record))}#{news.key}", _time(news)
        xml = (
            f"<entry><id>{xml_text(identifier)}</id><title>{xml_text(title)}</title>"
            f'<link rel="alternate" href="{xml_text(url)}"/><updated>{time}</updated><published>{time}</published>'
            f'<category term="{xml_text(news.record.kind)}" label="{xml_text(label)}"/>'
            f"<content>{xml_text(text)}</content></entry>"
        )
        item = {"id": identifier, "url": url, "title": title, "content_text": text, "date_published": time}
        return FeedEntry(news, xml, json_text({**item, "tags": [label]}))

    def atom(self, feed: Feed) -> bytes:
        """Return a feed as Atom."""
        entries = self.entries(feed)
        page = xml_text(self._url(feed.address))
        author = xml_text(self.publication.publisher or self.publication.name)
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(self.publication.locale)}">',
            f"<id>{page}</id><title>{xml_text(feed.title)}</title><updated>{_time(entries[0].news)}</updated>",
            f'<link rel="self" type="application/atom+xml" href="{page}feed.xml"/><link rel="alternate" href="{page}"/>',
            f"<author><name>{author}</name></author>",
            *(entry.xml for entry in entries),
            "</feed>",
        ]
        return ("\n".join(lines) + "\n").encode()

    def json_feed(self, feed: Feed) -> bytes:
        """Return a feed as JSON Feed 1.1."""
        page = self._url(feed.address)
        head = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": page,
            "feed_url": f"{page}feed.json",
            "language": self.publication.locale,
        }
        items = ",\n".join(entry.json for entry in self.entries(feed))
        return f'{json_text(head)[:-1]},"items":[\n{items}\n]}}\n'.encode()

    def _url(self, address: str) -> str:
        return self.publication.absolute(address) or ""


def _time(news: News) -> str:
    """Return the beginning of the day in China's time, as RFC 3339 writes it."""
    return f"{news.date.iso}T00:00:00+08:00"
