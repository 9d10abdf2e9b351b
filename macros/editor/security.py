"""Who may ask the editor for something, and how much: it changes files, so a page of another site must never reach it.

A server of this machine is open to every page that a browser of this machine shows. What keeps them out: a token that only
the window has which `kepu edit` opened; ``Host``, so that no other name leads here (DNS rebinding); ``Origin`` and a second
token in each form, so that no other page posts (CSRF); a policy that lets nothing run but our own scripts; limits, so that
no body fills the memory.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 20_000_000
"""Bytes of a body: one picture from a telephone has 3 to 12 MB; a record's form stays below 1 MB."""

MOST_FIELDS = 5_000
"""Fields of one form: the longest record has about 300."""

TOKEN = "_token"
"""Name of the token in forms; no field of a record begins with this sign."""

OPENING = "token"
"""Name of the token in the address that opens the editor."""

_OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?", re.IGNORECASE)
_READING = ("GET", "HEAD")
_BYTES_OF_TOKEN = 32
_FORM_TYPE = "application/x-www-form-urlencoded"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not no-referrer: browsers then send “Origin: null” with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class EditorToken:
    """The secret of one editor, and what is made of it.

    Args:
        secret: where the program starts itself again, that of before, so that open windows stay open; else a new one is drawn.
    """

    def __init__(self, secret: str = "") -> None:
        self.secret = secret or secrets.token_urlsafe(_BYTES_OF_TOKEN)

    @property
    def cookie(self) -> str:
        """The name of the cookie; editors at two ports share a host, and so all cookies."""
        return f"kepu-edit-{self._derived('name')[:8].lower()}"

    @property
    def session(self) -> str:
        """What the cookie holds."""
        return self._derived("session")

    @property
    def form(self) -> str:
        """What each form holds."""
        return self._derived("form")

    def _derived(self, purpose: str) -> str:
        digest = hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).digest()
        return base64.b32encode(digest).decode().rstrip("=")

    def is_secret(self, text: str) -> bool:
        """Tell whether a text is the secret."""
        return hmac.compare_digest(text.encode(), self.secret.encode())

    def is_session(self, text: str) -> bool:
        """Tell whether a cookie is that of this editor."""
        return hmac.compare_digest(text.encode(), self.session.encode())

    def is_form(self, text: str) -> bool:
        """Tell whether a form is one of this editor's."""
        return hmac.compare_digest(text.encode(), self.form.encode())


class Guard:
    """Lets through what this machine's own windows ask, and gives each answer the headers that hold it in.

    Args:
        app: what answers.
        token: the secret.
        path: where the editor stands, e.g. ``/__kepu__/edit/``.
    """

    def __init__(self, app: ASGIApp, token: EditorToken, path: str) -> None:
        self._app, self._token, self._path = app, token, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
                names = {name for name, _ in own}
                message["headers"] = [pair for pair in message["headers"] if pair[0].lower() not in names] + own
            await send(message)

        answer = self._opened(scope) or self._refusal(scope) or self._app
        await answer(scope, receive, send_guarded)

    def _opened(self, scope: Scope) -> Response | None:
        """Return the answer that takes the token out of the address and into a cookie."""
        parameters = QueryParams(scope["query_string"])
        secret = parameters.get(OPENING, "")
        if not _is_own(Headers(scope=scope)) or scope["method"] != "GET" or not self._token.is_secret(secret):
            return None
        answer = RedirectResponse(self._path, HTTPStatus.SEE_OTHER)
        answer.set_cookie(self._token.cookie, self._token.session, path=self._path, httponly=True, samesite="strict")
        return answer

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not _is_own(headers):
            return _refused("编辑器只能在本机打开，网址要以 127.0.0.1 开头。", HTTPStatus.MISDIRECTED_REQUEST)
        if not self._token.is_session(cookie_parser(headers.get("cookie", "")).get(self._token.cookie, "")):
            return _refused(
                "请从“打开编辑”打开的窗口进来；或者把它显示的网址整个复制到浏览器里。", HTTPStatus.FORBIDDEN
            )
        if scope["method"] not in _READING and not _is_from_own_page(headers):
            return _refused("别的网站不能使用编辑器。", HTTPStatus.FORBIDDEN)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > LARGEST_BODY:
            return _refused("太大了，最多 20 MB。", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None


def _is_own(headers: Headers) -> bool:
    """Tell whether a request was meant for this machine, and no page of another site sent it."""
    origin, host = headers.get("origin"), headers.get("host", "")
    site = headers.get("sec-fetch-site", "none")
    return bool(_OWN_HOST.fullmatch(host)) and site in ("none", "same-origin") and origin in (None, f"http://{host}")


def _is_from_own_page(headers: Headers) -> bool:
    """Tell whether a page of ours sent a request that writes: every browser says so of a form and of a script."""
    return headers.get("origin") == f"http://{headers.get('host', '')}"


def _refused(message: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(message, status, {"Connection": "close"})


async def body_of(request: Request, largest: int = LARGEST_BODY) -> bytes:
    """Return the body of a request.

    Raises:
        HTTPException: it is larger than it may be; what comes after that is not read.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "太大了，最多 20 MB。")
    return bytes(body)


async def pairs_of(request: Request, token: EditorToken) -> Sequence[tuple[str, str]]:
    """Return what a form says, in its order, without its token; lines end as in Unix.

    Raises:
        HTTPException: the body is no form, too large, or not one of this editor's.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "这不是编辑器的表单。")
    try:
        text = (await body_of(request)).decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "表单读不出来，或者项目太多。") from None
    if not any(name == TOKEN and token.is_form(value) for name, value in pairs):
        raise HTTPException(HTTPStatus.FORBIDDEN, "这一页是以前打开的；请刷新以后再试。")
    return [(name, value.replace("\r\n", "\n").replace("\r", "\n")) for name, value in pairs if name != TOKEN]
