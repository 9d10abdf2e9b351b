"""The invented district's site under its own headers in a real browser: nothing that it does is forbidden."""

from __future__ import annotations

import functools
import http.server
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from macros.publishing.release.headers import FRESH, LASTING, policy_of
from macros.site.session import Session
from tests.publishing.sites import addresses_of_templates
from tests.support import QuietServer

BASE = "/kepu/"
Rules = list[tuple[str, list[tuple[str, str]]]]


def read_rules(folder: Path) -> Rules:
    """Return the rules of ``_headers`` as a host reads them: pattern of paths, and headers to set or to take away."""
    rules: Rules = []
    for line in (folder / "_headers").read_text("utf-8").splitlines():
        if not line.startswith(" "):
            rules.append((line, []))
        else:
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
    return rules


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves a site below its base path with the headers that its rules name."""

    def __init__(self, *arguments: object, rules: Rules, base: str, **named: object) -> None:
        self._rules = rules
        self._base = base
        super().__init__(*arguments, **named)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self._base[:-1]))

    def end_headers(self) -> None:
        chosen: dict[str, str] = {}
        for pattern, headers in self._rules:
            if fnmatchcase(urlsplit(self.path).path, pattern):
                chosen |= {name: value for name, value in headers if value}
        for name, value in chosen.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        content = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(site: Path, base: str) -> Iterator[str]:
    """Serve a site with its own headers while the caller holds the address."""
    handler = functools.partial(Host, directory=str(site), rules=read_rules(site), base=base)
    with QuietServer(handler).running() as address:
        yield address.removesuffix("/") + base


@pytest.fixture(scope="module")
def address(district_site: Path) -> Iterator[str]:
    """Where the invented district's site is served with its headers."""
    yield from serve(district_site, BASE)


@pytest.fixture(scope="module")
def own_address(preview_site: Path) -> Iterator[str]:
    """Where a site whose address is not known is served with its headers."""
    yield from serve(preview_site, "/")


@pytest.mark.audit
def test_no_page_breaks_the_policy(page: Page, complaints: list[str], district: Session, address: str) -> None:
    pages = addresses_of_templates(district)
    assert len(pages) > 10
    for template, place in pages.items():
        answer = page.goto(address + place, wait_until="networkidle")
        assert answer
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert page.evaluate("window.violations") == [], template
        assert complaints == [], template


def test_pages_that_lead_on_and_lost_readers_keep_to_it(
    page: Page, complaints: list[str], district: Session, address: str
) -> None:
    moved = next(page for page in district.pages if page.leads_to)
    page.goto(address + moved.address)
    page.wait_for_url(address + moved.leads_to)
    answer = page.goto(f"{address}bases/no-such-base/")
    assert answer
    assert answer.status == 404
    assert page.evaluate("window.violations") == []
    assert [text for text in complaints if "404" not in text] == []


def test_a_script_written_into_a_page_runs_by_its_hash(page: Page, complaints: list[str], own_address: str) -> None:
    page.goto(f"{own_address}bases/no-such-base/")
    assert page.locator("script:not([src])").count() == 1
    assert page.locator("a[data-to='az/']").get_attribute("href") == "/az/"
    assert page.evaluate("window.violations") == []
    assert [text for text in complaints if "404" not in text] == []


@pytest.mark.parametrize("start", ["", "search/"])
def test_the_search_works_in_its_worker(page: Page, complaints: list[str], address: str, start: str) -> None:
    page.goto(f"{address}{start}?q=天文", wait_until="networkidle")
    page.get_by_role("link", name="示例").first.wait_for()
    assert page.workers
    assert page.evaluate("window.violations") == []
    assert complaints == []


def test_a_script_that_does_not_belong_there_is_stopped(page: Page, complaints: list[str], address: str) -> None:
    page.goto(address)
    page.evaluate(
        """() => { const script = document.createElement("script"); script.textContent = "window.taken = true";
        document.body.append(script); document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='taken = 1'>"); }"""
    )
    page.wait_for_function("window.violations.length >= 2")
    assert page.evaluate("window.taken") is None


def test_a_host_that_sends_no_headers_stops_it_as_well(
    page: Page, complaints: list[str], district_site: Path, district_address: str
) -> None:
    text = (district_site / "index.html").read_text("utf-8")
    planted = "<script>window.taken = 1</script><img src=x onerror='window.taken = 1'><style>h1 { color: red }</style>"
    page.route(f"{district_address}planted/", lambda route: route.fulfill(body=text.replace("<h1", f"{planted}<h1", 1)))
    answer = page.goto(f"{district_address}planted/", wait_until="networkidle")
    assert answer
    assert "content-security-policy" not in answer.headers
    assert {violation.split()[0] for violation in page.evaluate("window.violations")} >= {
        "script-src-elem",
        "style-src-elem",
    }
    assert page.evaluate("window.taken") is None


def test_the_policy_of_every_page_stands_before_what_it_judges(district_site: Path) -> None:
    for path in district_site.rglob("*.html"):
        text = path.read_text("utf-8")
        head, _, rest = text.partition('<meta http-equiv="Content-Security-Policy" content="')
        assert rest.partition('"')[0] == policy_of(text), path
        assert re.findall("<(?!!|html|head|meta charset)[^>]*", head) == [], path


def test_lifetimes_follow_the_names(page: Page, district_site: Path, address: str) -> None:
    for path in ("", "assets/javascripts/search/open.js", "assets/search/manifest.json", "api/v1/index.json"):
        answer = page.request.get(address + path)
        assert answer.headers["cache-control"] == FRESH, path
    lasting = ("search/*/index.json", "finder/*.json", "javascripts/*/site.js", "stylesheets/*.css")
    for file in (file for pattern in lasting for file in district_site.glob(f"assets/{pattern}")):
        answer = page.request.get(address + file.relative_to(district_site).as_posix())
        assert answer.headers["cache-control"] == LASTING, file
