"""What machines read: files beside the pages, made from the same records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

from macros.addresses.redirects import HOST_FILES, Pairs, Redirect
from macros.exports import activity_calendar, calendar, openapi, opening_calendar
from macros.exports.api import ROOT, Api, file_of
from macros.exports.feeds import Feeds
from macros.exports.files import Files
from macros.exports.package import Package
from macros.exports.publication import Publication
from macros.exports.tables import Tables


def export_all(publication: Publication) -> Files:
    """Return all files for machines, paths below the site's root; each is made when it is read."""
    api = Api(publication)
    tables = Tables(api)
    return (
        api.files()
        | openapi.files(api)
        | tables.files()
        | Package(tables).files()
        | Feeds(publication).files()
        | calendar.files(publication)
        | opening_calendar.files(publication)
        | activity_calendar.files(publication)
        | Files({name: partial(_host_file, write, api) for name, write in HOST_FILES.items()})
    )


def _host_file(write: Callable[[Pairs], str], api: Api) -> bytes:
    return write(redirects(api)).encode()


def redirects(api: Api) -> Iterator[tuple[str, str]]:
    """Yield old and new addresses from the host's root on, as people write them: pages, and files of the API."""
    publication = api.publication
    base = urlsplit(publication.url).path or "/"
    yield from _of_pages(publication, base, publication.record_redirects.values())
    for old, record in api.former.items():
        yield f"{base}{ROOT}{old}", base + file_of(record)
    yield from _of_pages(publication, base, publication.page_redirects)


def _of_pages(publication: Publication, base: str, redirects: Iterable[Redirect]) -> Iterator[tuple[str, str]]:
    for redirect in redirects:
        yield base + redirect.old, base + redirect.new
        if twin := publication.twin_of(redirect.old):
            yield base + twin, base + (publication.twin_of(redirect.new) or redirect.new)
