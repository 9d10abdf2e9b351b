"""What became known in the districts, out of their feeds (JSON Feed 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from macros.hub.distrust import LONGEST_NAME, day, mapping, objects, rows, text
from macros.hub.last_good import FEED, KeptFiles

_PATH = re.compile(r"[a-z0-9][a-z0-9/-]{0,300}/")
_ID = re.compile(r"https?://[!-~]{1,500}")
_MOST = 50


class CityNews(NamedTuple):
    """One piece of news of a district.

    Attributes:
        date: its day, as ISO 8601 has it.
        district: id of the district.
        key: its id in the district's feed.
        url: the page that it is about.
        title: what happened.
        text: more of it.
        label: what its kind is called.
    """

    date: str
    district: str
    key: str
    url: str
    title: str
    text: str
    label: str


def news_of_member(files: KeptFiles, district: str, home: str) -> Iterator[CityNews]:
    """Yield the news of a district; what leads elsewhere than to its own site is left out.

    Args:
        files: its state.
        district: its id.
        home: its start page.

    Raises:
        MemberFailed: the feed is broken.
    """
    feed = mapping(files.json(FEED))
    own = feed.get("home_page_url")
    for item in list(objects(feed.get("items")))[:_MOST] if isinstance(own, str) else ():
        date, url, key = day(item.get("date_published")), item.get("url"), item.get("id")
        if date is None or not isinstance(url, str) or not isinstance(key, str) or not url.startswith(str(own)):
            continue
        path = url[len(str(own)) :]
        if _PATH.fullmatch(path) and _ID.fullmatch(key):
            tags = [text(tag, LONGEST_NAME) for tag in rows(item.get("tags"))]
            words = text(item.get("title")), text(item.get("content_text")), (tags or [""])[0]
            yield CityNews(date.isoformat(), district, key, home + path, *words)
