"""Nobody but the window that `kepu edit` opened reads or changes anything, and nothing that is sent fills memory or disk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from macros.editor.answers import HOME
from macros.editor.security import LARGEST_BODY, MOST_FIELDS, OPENING
from tests.editor.window import FORM, HOST, Window
from tests.support import bytes_of, project_copy
from tests.support.looping import failures

RECORD = "records/bases/star-hall/"
ADDRESSES = ("", RECORD, "static/editor.css", "site/tokens.css", "names?q=a", "no-such-page")


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Window:
    return Window(project_copy(tmp_path_factory.mktemp("editor")))


def test_without_the_token_nothing_is_answered(window: Window) -> None:
    def refused(address: str) -> None:
        for cookie in ("", window.token.secret, window.token.form, "x"):
            headers = {"Cookie": f"{window.token.cookie}={cookie}"} if cookie else {}
            assert window.stranger().get(HOME + address, headers=headers).status_code == 403

    assert failures(refused, ADDRESSES) == []
    assert window.stranger().get(HOME, params={OPENING: "wrong"}).status_code == 403
    answer = window.stranger().get(HOME, params={OPENING: window.token.secret}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, HOME)
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", f"path={HOME}"))
    assert window.token.secret.lower() not in cookie


def test_foreign_hosts_and_foreign_pages_are_refused(window: Window) -> None:
    def refused(headers: dict[str, str]) -> None:
        assert window.browser.get(HOME, headers=headers).status_code in (403, 421)
        assert window.post(f"{RECORD}save", [window.signed], **headers).status_code in (403, 421)

    foreign = ("evil.example", f"evil.example:{80}", "127.0.0.1.evil.example", "127.0.0.2", "[::1]", "0.0.0.0", "")
    origins = ("http://evil.example", "null", "http://127.0.0.1", f"https://{HOST}", "http://localhost:8000")
    sites = ("cross-site", "same-site")
    cases = [{"Host": host} for host in foreign] + [{"Origin": origin} for origin in origins]
    assert failures(refused, [*cases, *({"Sec-Fetch-Site": site} for site in sites)]) == []
    # Whoever sends a form without saying from where is no browser of today.
    own = {"Content-Type": FORM, "Origin": ""}
    assert window.browser.post(f"{HOME}{RECORD}save", content="", headers=own).status_code == 403


def test_a_form_without_its_token_changes_nothing(window: Window) -> None:
    before = bytes_of(window.root)
    pairs = [pair for pair in window.form(RECORD) if pair[0] != window.signed[0]]

    def refused(token: str) -> None:
        for address in (RECORD, f"{RECORD}save", f"{RECORD}check", f"{RECORD}look"):
            assert window.post(address, [*pairs, (window.signed[0], token)]).status_code == 403

    assert failures(refused, ["", "x", window.token.secret, window.token.session]) == []
    assert window.browser.get(f"{HOME}{RECORD}save").status_code == 405
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        assert window.post(f"{RECORD}save", pairs, **{"Content-Type": kind}).status_code == 415
    assert bytes_of(window.root) == before


def test_paths_that_climb_lead_nowhere(window: Window) -> None:
    before = bytes_of(window.root.parent)
    # Plain points are taken out by the client itself.
    names = (
        "%2e%2e",
        "%2e%2e%2f%2e%2e%2fmkdocs",
        "%2e%2e%2fmkdocs",
        "..%5Cmkdocs",
        "a/b",
        "C:x",
        "star-hall.yml",
        "nul\0l",
        "x" * 300,
    )

    def refused(name: str) -> None:
        quoted = name.replace("\0", "%00")
        for kind in ("bases", "terms", "%2e%2e", "articles", "no-kind"):
            assert window.get(f"records/{kind}/{quoted}/").status_code in (403, 404)
            assert window.post(f"records/{kind}/{quoted}/save", [window.signed, ("name", "x")]).status_code >= 400
        for place in ("static", "site"):
            assert window.get(f"{place}/{quoted}").status_code in (403, 404)

    assert failures(refused, names) == []
    assert bytes_of(window.root.parent) == before


def test_a_huge_body_is_not_read(window: Window) -> None:
    sizes = ("2147483648", str(LARGEST_BODY + 1), "1e3", "-1", "²")
    for size in sizes:
        status, read = asked(window, {"content-length": size}, chunks=0)
        assert (status, read) == (413, 0), size
    status, read = asked(window, {}, chunks=2000)
    assert status == 413
    assert read <= LARGEST_BODY // 1_000_000 + 1


def asked(window: Window, more: dict[str, str], chunks: int) -> tuple[int, int]:
    """Return the status of a body of so many megabytes, and how many of them were read."""
    cookie = f"{window.token.cookie}={window.token.session}"
    headers = {"host": HOST, "origin": f"http://{HOST}", "content-type": FORM, "cookie": cookie, **more}
    path = f"{HOME}{RECORD}save"
    scope: dict[str, Any] = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "scheme": "http", "http_version": "1.1", "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    read, statuses = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b"a" * 1_000_000, "more_body": read < chunks}

    async def send(message: Any) -> None:
        statuses.append(message.get("status"))

    # A browser test of the same process may have left a loop running in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, window.application(scope, receive, send)).result()
    return statuses[0], read


def test_ten_thousand_fields_are_refused(window: Window) -> None:
    before = bytes_of(window.root)
    for pairs in ([("a", "1")] * 10_000, [(f"a.{n}", "1") for n in range(MOST_FIELDS + 1)]):
        assert window.post(f"{RECORD}save", [window.signed, *pairs]).status_code == 400
    for base in ("", "no base64", "AAAA", "8J+Yg"):
        assert window.post(f"{RECORD}save", [window.signed, ("_base", base), ("name", "x")]).status_code == 400
    assert bytes_of(window.root) == before


def test_every_answer_holds_itself_in(window: Window) -> None:
    answers = [*(window.get(address) for address in ADDRESSES), window.stranger().get(HOME), *errors(window)]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert not {"unsafe-inline", "unsafe-eval", "*", "data:"} & set(policy.replace("'", "").split())
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "<script>alert" not in answer.text or answer.headers["content-type"] == "application/json"


def errors(window: Window) -> Iterator[Any]:
    """Yield answers that refuse something."""
    yield window.post(f"{RECORD}save", [window.signed, ("_base", "?")])
    yield window.post(f"{RECORD}save", [])
