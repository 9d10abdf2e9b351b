"""Redirects for hosts: where old addresses lead, as ``_redirects`` and as a map for nginx.

Pages that lead on stand at the old addresses too, for hosts that know no redirects (`macros.pages.plan`).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from macros.exports.api import ROOT, Api
from macros.exports.files import Files

HOSTED = "_redirects"
NGINX = "redirects.nginx.map"


def files(api: Api) -> Files:
    """Return the two lists, paths below the site's root; both may be empty."""
    return Files({HOSTED: lambda: hosted(api).encode(), NGINX: lambda: nginx(api).encode()})


def hosted(api: Api) -> str:
    """Return ``_redirects`` as hosts of static pages read it: old address, new address, status."""
    return "".join(f"{old} {new} 301\n" for old, new in pairs(api))


def nginx(api: Api) -> str:
    """Return the lines of a map of nginx: ``map $uri $moved { default ""; include redirects.nginx.map; }``."""
    return "".join(f"{old} {new};\n" for old, new in pairs(api))


def pairs(api: Api) -> Iterator[tuple[str, str]]:
    """Yield old and new addresses from the host's root on: pages, and files of the API."""
    publication = api.publication
    base = urlsplit(publication.url).path or "/"
    for old, record in publication.library.moves.items():
        yield base + old, base + publication.library.address(record)
    for old, record in api.former.items():
        yield f"{base}{ROOT}{old}", f"{base}{ROOT}{record.kind}/{record.id}.json"
