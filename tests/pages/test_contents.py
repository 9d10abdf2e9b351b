"""The list of contents on long pages."""

from __future__ import annotations

import re

from macros.pages.contents import MARK, with_contents
from macros.site.session import Session


def page(*headings: str) -> str:
    return f"<h1>名称</h1>{MARK}" + "".join(headings)


def test_a_list_stands_on_long_pages_only() -> None:
    sections = [f'<h2 id="s{number}">第 <b>{number}</b> 节</h2>' for number in range(8)]
    cases = {
        page(*sections[:4]): (0, False),
        page(*sections[:5]): (5, False),
        page(*sections[:3], "<h3>一</h3>", "<h3>二</h3>"): (3, False),
        page(*sections[:4], '<h3 class="card-title">卡片</h3>', '<h2 id="sources">来源</h2>'): (0, False),
        page(*sections): (8, True),
        "".join(sections): (0, False),
    }
    for html, (count, is_folded) in cases.items():
        made = with_contents(html)
        assert MARK not in made
        assert (made.count("<li>"), "<details>" in made) == (count, is_folded)
        links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', made)
        assert all(f'id="{identifier}"' in html for identifier, _ in links)


def test_a_span_says_once_what_its_dates_share(district: Session) -> None:
    html = district.renderer.content(district.planned["bases/star-hall/"])
    spans = re.findall(r"<time[^>]*>([^<]+)</time>(至 )<time[^>]*>([^<]+)</time>", html)
    assert spans
    assert all(first.startswith("20") and not second.startswith(first[:4]) for first, _, second in spans)
