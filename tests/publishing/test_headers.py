"""Headers: as strict as the finished pages allow, in the forms that hosts read."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from macros.publishing.release.headers import FRESH, LASTING, InlineCode, files, headers, lasting, policy_of


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(*pages: str) -> dict[str, list[str]]:
    """Return the rules of the policy for pages: directive → sources."""
    inline = InlineCode()
    for page in pages:
        inline.read(page)
    return {name: sources for name, *sources in (rule.split() for rule in inline.policy().split("; "))}


def test_pages_without_scripts_of_their_own_need_no_hash() -> None:
    rules = policy('<script src="a.js"></script><script type="module" src="b.js"></script>')
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == ["'self'"]
    assert rules["style-src-attr"] == ["'none'"]


@pytest.mark.parametrize("kind", ["", ' type="module"', " type=text/javascript", ' async data-src-x="1"'])
def test_a_script_in_a_page_is_allowed_by_its_hash(kind: str) -> None:
    rules = policy(f"<script{kind}>\r\nlet a = 1 < 2;\r\n</script>", f"<script{kind}>b()</script>")
    assert rules["script-src"] == ["'self'", *sorted([hashed("\nlet a = 1 < 2;\n"), hashed("b()")])]


@pytest.mark.parametrize("kind", ["application/json", "application/ld+json"])
def test_data_needs_no_hash(kind: str) -> None:
    assert policy(f'<script type="{kind}" id="x">{{}}</script>')["script-src"] == ["'self'"]


def test_styles_are_allowed_by_their_hashes() -> None:
    rules = policy(
        '<style>p { color: red }</style><td style="text-align: right;"><p class="x" style=\'a: &quot;b&quot;\'>'
    )
    assert rules["style-src"] == ["'self'", hashed("p { color: red }")]
    assert rules["style-src-attr"] == ["'unsafe-hashes'", *sorted([hashed("text-align: right;"), hashed('a: "b"')])]


def test_nothing_is_allowed_wholesale() -> None:
    sent = headers(InlineCode())
    assert "unsafe-inline" not in sent["Content-Security-Policy"]
    assert "unsafe-eval" not in sent["Content-Security-Policy"]
    assert "http" not in sent["Content-Security-Policy"]
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in sent["Permissions-Policy"]


def test_a_page_brings_the_policy_along_that_headers_would_send() -> None:
    page = "<head></head><script>a()</script><style>p { color: red }</style><td style='text-align: right;'>"
    inline = InlineCode()
    inline.read(page)
    whole = headers(inline)["Content-Security-Policy"]
    assert policy_of(page) == whole.removesuffix("; frame-ancestors 'self'") != whole
    assert hashed("a()") in policy_of(page)
    assert '"' not in policy_of(page)


NAMES = (
    "index.html",
    "assets/javascripts/search/open.js",
    "assets/search/manifest.json",
    "assets/search/0123456789abcdef/index.json",
    "assets/search/0123456789abcdef/postings/0.txt",
    "assets/finder/bases.0123456789abcdef.json",
    "assets/javascripts/0123456789abcdef/site.js",
    "assets/stylesheets/site.0123456789abcdef.css",
)


def test_only_what_is_named_after_its_content_lasts() -> None:
    assert lasting(NAMES) == [
        "assets/finder/bases.0123456789abcdef.json",
        "assets/javascripts/0123456789abcdef/*",
        "assets/search/0123456789abcdef/*",
        "assets/stylesheets/site.0123456789abcdef.css",
    ]


def test_every_form_has_every_header_and_both_lifetimes() -> None:
    made = files(InlineCode(), "/kepu/", NAMES)
    for name, content in made.items():
        text = content.decode()
        for header, value in headers(InlineCode()).items():
            assert header in text, name
            assert value in text, name
        assert FRESH in text
        assert LASTING in text
        assert "/kepu/assets/" in text.replace("\\", "")


@pytest.mark.parametrize("form", ["headers.nginx.conf", "headers.caddy"])
def test_the_pattern_of_lasting_files_fits_the_same_files(form: str) -> None:
    text = files(InlineCode(), "/kepu/", NAMES)[form].decode()
    found = re.search(r'["`](\^[^"`]*)["`]', text)
    assert found
    fitting = [name for name in NAMES if re.search(found[1], f"/kepu/{name}")]
    assert fitting == list(NAMES[3:])
