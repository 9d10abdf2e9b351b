"""Redirects for hosts: where old addresses lead, as ``_redirects``, as a map for nginx and as directives for Caddy.

Pages that lead on stand at the old addresses too, for hosts that know no redirects (`macros.pages.plan`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote, urlsplit

from macros.exports.api import ROOT, Api
from macros.exports.files import Files

HOSTED = "_redirects"
NGINX = "redirects.nginx.map"
CADDY = "redirects.caddy"


def files(api: Api) -> Files:
    """Return the lists, paths below the site's root; they may be empty."""
    lists = {HOSTED: hosted, NGINX: nginx, CADDY: caddy}
    return Files({name: partial(_encoded, written, api) for name, written in lists.items()})


def hosted(api: Api) -> str:
    """Return ``_redirects`` as hosts of static pages read it: old address, new address, status."""
    return "".join(f"{quote(old)} {quote(new)} 301\n" for old, new in pairs(api))


def nginx(api: Api) -> str:
    """Return the lines of a map of nginx: ``map $uri $moved { default ""; include redirects.nginx.map; }``.

    nginx compares what was asked for after its signs were decoded, and sends the answer as it stands here.
    """
    return "".join(f"{_quoted(old)} {quote(new)};\n" for old, new in pairs(api))


def caddy(api: Api) -> str:
    """Return what Caddy imports in a site block; a matcher of a path compares what was asked for, decoded."""
    return "".join(f"redir {_quoted(old)} {quote(new)} permanent\n" for old, new in pairs(api))


def pairs(api: Api) -> Iterator[tuple[str, str]]:
    """Yield old and new addresses from the host's root on, as people write them: pages, and files of the API."""
    publication = api.publication
    base = urlsplit(publication.url).path or "/"
    for old, record in publication.library.moves.items():
        yield base + old, base + publication.library.address(record)
    for old, record in api.former.items():
        yield f"{base}{ROOT}{old}", f"{base}{ROOT}{record.kind}/{record.id}.json"
    for old, new in publication.moved.items():
        yield base + old, base + new


def _quoted(address: str) -> str:
    """Return an address as a single word of a configuration; former addresses hold no quotes (`macros.pages`)."""
    return f'"{address}"' if " " in address else address


def _encoded(written: Callable[[Api], str], api: Api) -> bytes:
    return written(api).encode()
