"""Which addresses pass as links and images, and that the others never come out live."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from macros.text.prose import faults
from tests.support.looping import failures

Render = Callable[[str], str]


def places(source: str) -> list[tuple[int, int]]:
    return [(fault.line, fault.column) for fault in faults(source)]


FORBIDDEN = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "JAVASCRIPT:alert`1`",
    "java&#115;cript:alert(1)",
    "java&#x73;cript:alert(1)",
    "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&amp;#58;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#x20;javascript:alert(1)",
    "<java\tscript:alert(1)>",
    "< javascript:alert(1)>",
    "<javascript:alert(1)>",
    "\u00a0javascript:alert(1)",
    "\u3000javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "java\u200bscript:alert(1)",
    "javascript\\:alert(1)",
    "java%73cript:alert(1)",
    "javascript%3Aalert(1)",
    "javascript%253Aalert(1)",
    "%6A%61vascript:alert(1)",
    "java%0ascript:alert(1)",
    "javascript://www.example.com/%0Aalert(1)",
    "vbscript:msgbox(1)",
    "VbScript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "data:image/png;base64,iVBOR",
    "file:///etc/passwd",
    "feed:javascript:alert(1)",
    "view-source:https://a.example",
    "blob:https://a.example/x",
    "ftp://a.example",
    "x:y",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "%2F%2Fevil.example",
    "&#47;&#47;evil.example",
    "/%09/evil.example",
    "http:\\\\evil.example",
    "https:\\\\evil.example",
    "http:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https://good.example@evil.example",
    "https://good.example\\@evil.example",
    "https://%2Fevil.example",
    "mailto:a@b.example?subject=x%0d%0abcc:c@d.example",
    "mailto:javascript:alert(1)",
    "tel:javascript:alert(1)",
    "/bases/",
    "a\\b",
]


@pytest.mark.parametrize("form", ["甲\n[文字]({})", '甲\n[文字]({} "题")', "甲\n[文字](\n{})", "甲\n![图]({})"])
def test_forbidden_addresses_in_links_and_images(html_of: Render, form: str) -> None:
    def is_refused(address: str) -> None:
        source = form.format(address)
        assert [line for line, _ in places(source)] == [2 + ("(\n" in form)]
        html = html_of(source)
        assert "<img" not in html
        assert "<a" not in html

    assert failures(is_refused, FORBIDDEN) == []


def test_forbidden_addresses_in_definitions_used_or_not(html_of: Render) -> None:
    def is_refused(address: str) -> None:
        assert {line for line, _ in places(f"[文字][r] ![图][r]\n\n[r]: {address}")} == {3}
        assert {line for line, _ in places(f"[r]: {address}")} == {1}
        assert "<a" not in html_of(f"[文字][r] ![图][r] [r]\n\n[r]: {address}")

    assert failures(is_refused, FORBIDDEN) == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "DATA:text/html,x", "vbscript:x", "file:///x", "x-y:z"])
def test_forbidden_autolinks(html_of: Render, address: str) -> None:
    assert places(f"甲\n乙 <{address}>") == [(2, 3)]
    assert "<a" not in html_of(f"<{address}>")


ALLOWED = [
    ("https://a.example/p?q=1&r=%E7%94%B2#f", True),
    ("HTTPS://A.example", True),
    ("http://a.example:8080/(x)", True),
    ("https://蓬江.中国/甲", True),
    ("mailto:a.b@c-d.example", False),
    ("mailto:a@b.example?subject=%E4%BD%A0%20x", False),
    ("tel:0750-1234567", False),
    ("tel:+86-750-1234567", False),
    ("../about/", False),
    ("page/?a=b:c", False),
    ("#位置", False),
    ("甲.pdf", False),
]


@pytest.mark.parametrize("form", ["[文字]({})", "[文字](<{}>)", "[文字][r]\n\n[r]: {}", '[文字]({} "题")'])
def test_allowed_addresses(html_of: Render, form: str) -> None:
    def is_a_link(case: tuple[str, bool]) -> None:
        address, external = case
        source = form.format(address)
        assert places(source) == []
        html = html_of(source)
        assert "<a href=" in html
        assert ('rel="noopener noreferrer"' in html) is external

    assert failures(is_a_link, ALLOWED) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://e.example/a.png",
        "//e.example/a.png",
        "a/b.png",
        "../a.png",
        ".a.png",
        "a%2Fb.png",
        "%2e%2e%2fa.png",
        "a.exe",
        "id:luyuan",
        "a.png?x",
        "a\\b.png",
        "a.png#x",
        "con:a.png",
    ],
)
def test_images_from_elsewhere_are_faults(html_of: Render, address: str) -> None:
    assert places(f"甲\n\n![图]({address})") == [(3, 6)]
    assert html_of(f"![图]({address})") == "<p>图</p>\n"
