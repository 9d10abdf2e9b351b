"""Lists in the frames of other sites: which may show them is a setting, and none may show anything else."""

from __future__ import annotations

import functools
import http.server
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from macros.publishing.release.headers import FRAMED, InlineCode, files
from macros.site.session import Session
from tests.publishing.test_headers_browser import BASE, Host, read_rules
from tests.support import DISTRICT, QuietServer, open_session
from tests.support.looping import failures

ALLOWED = "https://www.example.gov.cn"


@pytest.fixture(scope="module")
def embedding() -> Session:
    """The district with lists for other sites."""
    district = open_session(DISTRICT)
    return replace(district, site=replace(district.site, embeds=True, frame_ancestors=(ALLOWED,)))


def test_only_the_lists_may_be_framed_and_only_by_whom_the_setting_names() -> None:
    forms = files(InlineCode(), "/kepu/", ["index.html"], [ALLOWED])

    def names_both(name: str) -> None:
        text = forms[name].decode()
        assert f"frame-ancestors 'self' {ALLOWED}" in text
        assert text.count(ALLOWED) == 1
        assert "embed/" in text.replace("\\", "")
        assert text.count("frame-ancestors 'self'") == 2

    assert failures(names_both, forms) == []
    assert files(InlineCode(), "/kepu/", ["index.html"]) == files(InlineCode(), "/kepu/", ["index.html"], [])
    assert FRAMED not in "".join(content.decode() for content in files(InlineCode(), "/kepu/", []).values())


def test_a_list_is_whole_without_scripts_and_its_code_leads_to_it(embedding: Session, district: Session) -> None:
    assert not [path for path in (*district.planned, *district.assets.files) if "embed" in path]
    page = embedding.layout.page(embedding.planned["embed/bases/"]).decode()
    assert '<base target="_blank">' in page
    assert 'data-terms="' in page
    assert "site-header" not in page
    assert [name for name in ("示例星空馆", "示例小池塘") if name not in page] == []
    code = embedding.layout.page(embedding.planned["embed/"]).decode()
    assert "&lt;iframe src=&#34;https://example.org/kepu/embed/bases/&#34;" in code
    assert ALLOWED in code


@pytest.mark.audit
def test_an_allowed_host_shows_the_list_and_a_foreign_one_does_not(
    embedding: Session, browser: Browser, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        # Two hosts of which each only frames what the third has.
        hosts = [stack.enter_context(QuietServer(_Frames).running()).rstrip("/") for _ in range(2)]
        site = _written(embedding, tmp_path, hosts[0])
        handler = functools.partial(Host, directory=str(site), rules=read_rules(site), base=BASE)
        address = stack.enter_context(QuietServer(handler).running()).rstrip("/") + BASE
        for number, host in enumerate(hosts):
            for has_scripts in (True, False):
                context = browser.new_context(java_script_enabled=has_scripts)
                page = context.new_page()
                page.goto(f"{host}/?{address}embed/bases/?town=river")
                frame = page.frame_locator("iframe")
                if number == 0:
                    shown = frame.locator(".embed-list li:not([hidden])")
                    expect(shown).to_have_count(1 if has_scripts else 3)
                else:
                    page.wait_for_timeout(300)
                    assert "示例" not in "".join(one.content() for one in page.frames)
                context.close()
        page = browser.new_page()
        page.goto(f"{hosts[0]}/?{address}bases/")
        page.wait_for_timeout(300)
        assert "示例" not in "".join(one.content() for one in page.frames)
        page.close()


class _Frames(http.server.BaseHTTPRequestHandler):
    """A site of somebody else's: a page with nothing but a frame, whose address stands behind the question mark."""

    def do_GET(self) -> None:
        content = (
            f'<!doctype html><title>别的网站</title><iframe src="{self.path.partition("?")[2]}"></iframe>'.encode()
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _written(session: Session, folder: Path, host: str) -> Path:
    """Write two pages, and the headers of a site that one host may frame."""
    contents = {
        f"{address}index.html": session.layout.page(session.planned[address]) for address in ("embed/bases/", "bases/")
    }
    inline = InlineCode()
    for content in contents.values():
        inline.read(content.decode())
    for path, content in {**session.assets.files, **contents, **files(inline, BASE, [], [host])}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
