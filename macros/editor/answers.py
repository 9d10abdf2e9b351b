"""How the editor answers: pages from templates, in which everything is escaped, and files of its own and of the site."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from macros.pages.theme import Theme
from macros.preview.server import RESERVED, content_type, is_plain

HOME = f"{RESERVED}edit/"
"""Where the editor stands; the same on every machine, whatever the site's own addresses are."""

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_OF_SITE = {"tokens.css": "stylesheets", "preferences.js": "javascripts", "favicon.svg": "images"}
"""What the editor shares with the site: its colours and sizes, and the reader's choice of light or dark."""


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(_HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render(template: str, data: dict[str, Any]) -> str:
    """Return what a template says; the names that every page needs are there already."""
    common = {"home": HOME, "site_name": "", "site_address": "/", "place": ""}
    return _environment().get_template(template).render({**common, **data})


def page(template: str, data: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Return a page."""
    return HTMLResponse(render(template, data), status)


def message(heading: str, text: str, status: HTTPStatus = HTTPStatus.OK, again: bool = False) -> Response:
    """Return a page that says one thing.

    Args:
        heading: what it is about.
        text: what is to be said.
        status: of the answer.
        again: whether the browser asks again by itself, as there will soon be more to say.
    """
    return page("message.html", {"heading": heading, "text": text, "again": again}, status)


def static_file(name: str) -> Response:
    """Return a file of the editor's own, by its name below ``static/``."""
    return _file(_STATIC, name)


def site_file(theme: Theme, name: str) -> Response:
    """Return one of the few files that the editor shares with the site."""
    folder = _OF_SITE.get(name)
    path = theme.find(f"assets/{folder}/{name}") if folder else None
    return _file(path.parent, name) if path else missing()


def _file(folder: Path, name: str) -> Response:
    try:
        body = (folder / name).read_bytes() if is_plain(name) else None
    except (OSError, ValueError):
        body = None
    return missing() if body is None else Response(body, headers={"Content-Type": content_type(name)})


def missing() -> Response:
    """Return that there is nothing."""
    return PlainTextResponse("没有这个地址。", HTTPStatus.NOT_FOUND)
