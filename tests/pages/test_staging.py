"""Staged pages stay what they are under other readers of Markdown: nothing out of a record comes alive, nothing is lost."""

from __future__ import annotations

import cmarkgfm
import markdown
import pytest
import yaml
from cmarkgfm.cmark import Options

from macros.pages.plan import PlannedPage, plan
from macros.pages.portable.html import BODY, around_body, inert, inert_line, inert_text
from macros.pages.portable.staging import configuration, staged_by_hand, staged_page
from macros.records.model.registry import KINDS
from macros.site.session import Session
from tests.support.attacks import ATTACKS, HARMLESS, Attacked, attacked, page_by_hand
from tests.support.looping import failures
from tests.support.outline import Outline

# Whatever other engines switch on beyond the standard.
GREEDY = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
    "wikilinks",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]
GREEDY_ATTACKS = {
    **ATTACKS,
    "signs": "`c` ~~d~~ ==e== ^f^ $g$ :smile: H~2~O (c) -- ... ++i++ !j",
    "addresses": "www.example.org https://example.org a@example.org [[h]] [^1] *[k]",
}


def plain(source: str) -> str:
    """Turn Markdown into HTML as Python-Markdown does with the extensions that a staged site asks for."""
    return markdown.markdown(source, extensions=["attr_list", "md_in_html", "tables", "toc"])


def greedy(source: str) -> str:
    """Turn Markdown into HTML as Python-Markdown does with all extensions that an engine may bring."""
    return markdown.markdown(source, extensions=GREEDY)


def github(source: str) -> str:
    """Turn Markdown into HTML as GitHub's reader of CommonMark does, raw HTML allowed."""
    return cmarkgfm.github_flavored_markdown_to_html(source, options=Options.CMARK_OPT_UNSAFE)


READERS = (plain, greedy, github)


def body_of(staged: str) -> str:
    """Return a staged page without its front matter."""
    return staged.split("---\n", 2)[2]


def words(outline: Outline) -> str:
    """Return what stands in HTML as text, without white space."""
    return "".join("".join(outline.texts).split())


def by_hand(world: Attacked, kind: str) -> str:
    """Return a staged page by hand with every macro about the attacked record of a kind."""
    expansion = page_by_hand(world, kind)
    return staged_by_hand(world.renderer, expansion, world.library)


@pytest.mark.parametrize("attack", GREEDY_ATTACKS.values(), ids=GREEDY_ATTACKS)
def test_pages_of_records_are_left_alone(attack: str) -> None:
    world = attacked(attack)

    def is_left_alone(page: PlannedPage) -> None:
        staged = body_of(staged_page(world.renderer, page))
        wanted = Outline(staged)
        for reader in READERS:
            got = Outline(reader(staged))
            assert got.elements == wanted.elements, reader.__name__
            assert words(got) == words(wanted), reader.__name__

    assert failures(is_left_alone, plan(world.library)) == []


@pytest.mark.parametrize("attack", GREEDY_ATTACKS.values(), ids=GREEDY_ATTACKS)
def test_macros_in_pages_by_hand_are_left_alone(attack: str) -> None:
    def is_left_alone(kind: str) -> None:
        staged = [body_of(by_hand(attacked(text), kind)) for text in (attack, HARMLESS)]
        for reader in READERS:
            got, harmless = (Outline(reader(text).replace("<!-- -->", "")) for text in staged)
            assert got.elements == harmless.elements, reader.__name__
            assert words(got).count("".join(attack.split())) >= 8, reader.__name__

    assert failures(is_left_alone, KINDS) == []


@pytest.mark.parametrize("attack", ["expression", "statement"])
def test_no_engine_finds_a_template(attack: str) -> None:
    world = attacked(ATTACKS[attack])
    staged = [staged_page(world.renderer, page) for page in plan(world.library)]
    assert not [text for text in [*staged, *(by_hand(world, kind) for kind in KINDS)] if "{" in text]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_front_matter_has_nothing_to_escape(attack: str) -> None:
    world = attacked(attack)
    for page in plan(world.library):
        fields = yaml.safe_load(staged_page(world.renderer, page).split("---\n", 2)[1])
        assert set(fields) == {"title", "description"}
        assert not set("<>&\"'{}") & set("".join(fields.values()))


def test_headings_are_headings(district: Session) -> None:
    page = district.planned["bases/star-hall/"]
    assert "<h1>示例星空馆</h1>" in plain(staged_page(district.renderer, page))


def test_what_needs_our_frame_is_left_out(district: Session) -> None:
    for page in district.planned.values():
        tags = {element[0] for element in Outline(staged_page(district.renderer, page)).elements}
        assert not tags & {"script", "style", "template", "form", "svg", "noscript", "link"}, page.address


def test_html_around_a_body_is_whole_on_both_sides() -> None:
    html = f'<nav>甲</nav><div class="a"><section><h1>乙</h1>\n{BODY}\n<p>丙</p></section></div><p>丁</p>'
    assert around_body(html) == ("<nav>甲</nav><h1>乙</h1>", "<p>丙</p><p>丁</p>")


def test_no_blank_line_stays() -> None:
    assert inert("<p>甲</p>\n\n<script>1</script>\n \t\n<pre>乙\n\n丙</pre>") == "<p>甲</p>\n<pre>乙&#10;&#10;丙</pre>"
    assert inert_line("<ul>\n<li>甲</li>\n</ul>") == "<ul> <li>甲</li> </ul>"
    assert inert_text("1. 甲\n\n# 乙") == "1&#46; 甲\n&#35; 乙"


def test_an_empty_element_of_a_drawing_and_a_void_element_end_alone() -> None:
    assert inert('<p>甲<br>乙<img src="a_b.jpg" alt=""/><i class="x"/>丙</p>') == (
        '<p>甲<br>乙<img src="a&#x5f;b.jpg" alt=""><i class="x"></i>丙</p>'
    )


def test_settings_keep_the_extensions_and_add_anchors(district: Session) -> None:
    written = configuration(district.site, district.library, ["tables", {"toc": {"permalink": True}}])
    assert "permalink: true" in written
    assert "pymdownx.slugs.slugify" in written
    assert "kepu" not in written.replace(district.site.url, "")
