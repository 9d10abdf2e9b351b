"""Whatever an editor writes into a field stays text: on the record's page, in its head, and in what macros give.

The fields are found by walking the models, so that a new one is covered from its first day. Every text of every record
holds an attack behind a mark of its own; the HTML must have the same elements and attributes as with harmless text, and
the attack must stand there as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import product
from typing import Annotated, Any, get_args, get_origin

import markdown
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from pydantic import ValidationError

from macros.pages.plan import plan
from macros.records.model import fields
from macros.records.model.fields import FromText
from macros.records.model.groups import FieldGroup
from macros.records.model.registry import KINDS
from macros.records.model.walk import find
from macros.search.documents import SearchDocument
from macros.text import prose
from tests.support import ROOT
from tests.support.attacks import (
    ATTACKS,
    HARMLESS,
    Attacked,
    KeptTemplates,
    Writer,
    attacked,
    page_by_hand,
    vocabularies,
)
from tests.support.looping import failures
from tests.support.outline import Outline

ADDRESSES = ("javascript:alert(1)", "data:text/html,x", "//example.org/", "http:\\\\example.org", "JaVaScRiPt:alert(1)")
ON_NO_PAGE = {
    # A draft has no page. The sample says the same as what stands beside it: 否, the same day, number or record.
    "draft", "opening.booking", "special_hours.to_date", "closures.to_date", "group_visit.phone", "indicators.approximate", "related",
    # Of a day on which places are left nothing is said.
    "dates.state",
}  # fmt: skip
PROSE = {"questions.because", "body", "directions", "programme", "programmes", "entry_conditions"}


def by_field(marks: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the marks of each field, those of all items of a list together."""
    fields: dict[str, list[str]] = {}
    for path, mark in marks.items():
        name = ".".join(step for step in path.split(".")[1:] if not step.isdigit())
        fields.setdefault(name, []).append(mark)
    return fields


def assert_only_text(html: str, harmless: str, attack: str) -> Outline:
    """Hold that HTML has no element, attribute or address that it would not have with harmless text."""
    outline, other = Outline(html), Outline(harmless)
    assert outline.elements == other.elements
    assert not [address for address in outline.addresses if address.lower().lstrip().startswith(("javascript", "data"))]
    assert attack in outline.text
    assert "号49" not in outline.text
    return outline


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_record_page_shows_attacks_as_text(attack: str) -> None:
    bad, good = attacked(attack), attacked(HARMLESS)

    def shows_text(kind: str) -> None:
        html = bad.renderer.content(bad.page(kind)) + bad.renderer.head(bad.page(kind))
        harmless = good.renderer.content(good.page(kind)) + good.renderer.head(good.page(kind))
        outline = assert_only_text(html, harmless, attack)
        for name, marks in by_field(bad.marks[kind]).items():
            # In prose a link loses its marks, not its text.
            assert any(mark + ("" if name in PROSE else attack) in outline.text for mark in marks), name

    assert failures(shows_text, KINDS) == []


def test_a_record_page_shows_every_text() -> None:
    def check(kind: str) -> None:
        good = attacked(HARMLESS)
        shown = Outline(good.renderer.content(good.page(kind)) + good.renderer.head(good.page(kind))).text
        fields = by_field(good.marks[kind])
        assert [name for name, marks in fields.items() if not any(mark in shown for mark in marks)] == []

    assert failures(check, KINDS) == []


def _paths(values: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each value of a record, in lists to those of the first item."""
    if isinstance(values, list):
        yield from _paths(values[0], (*path, 0)) if values and isinstance(values[0], dict) else ()
    elif isinstance(values, dict):
        for name, value in values.items():
            yield (*path, name)
            yield from _paths(value, (*path, name))


def _without(data: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    copied: Any = deepcopy(data)
    at = copied
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    return dict(copied)


def test_no_field_stands_on_no_page() -> None:
    """What is no text can't be marked, so each value is left out in turn: then something on the page must be missing."""
    compiled, same = KeptTemplates(), []
    # What lies within a group is shown by one template for all kinds.
    within: set[tuple[str, ...]] = set()
    for kind in (kind for kind in KINDS if kind != "articles"):
        good = attacked(HARMLESS)
        texts = {tuple(name.split(".")) for name in by_field(good.marks[kind])}
        data: dict[str, Any] = good.library.published[f"attacked-{kind}"].document.data
        whole = good.with_record(kind, data, compiled)
        for path in _paths(data):
            name = tuple(str(step) for step in path if step != 0)
            is_marked = any(text[: len(name)] == name for text in texts)
            if not is_marked and name not in within and ".".join(name) not in ON_NO_PAGE:
                within |= {name} if len(name) > 1 else set()
                shown = good.with_record(kind, _without(data, path), compiled)
                same += [f"{kind}.{'.'.join(name)}"] if shown == whole else []
    assert same == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_lists_and_indexes_show_attacks_as_text(attack: str) -> None:
    bad, good = attacked(attack), attacked(HARMLESS)
    for page, other in zip(plan(bad.library), plan(good.library), strict=True):
        if page.template in ("list.html", "term.html", "alphabet.html", "site-map.html"):
            html = bad.renderer.content(page) + bad.renderer.head(page)
            outline = Outline(html)
            assert outline.elements == Outline(good.renderer.content(other) + good.renderer.head(other)).elements


@cache
def configuration() -> MkDocsConfig:
    """Return the repository's configuration, which names the Markdown extensions."""
    return load_config(str(ROOT / "mkdocs.yml"))


def to_html(source: str) -> str:
    """Turn the Markdown of a page by hand into HTML, as the engine does."""
    settings = configuration()
    return markdown.markdown(source, extensions=settings.markdown_extensions, extension_configs=settings.mdx_configs)


def filled(world: Attacked, kind: str) -> str:
    """Return a page by hand, with every macro about the record of a kind, as HTML."""
    expansion = page_by_hand(world, kind)
    return expansion.fill(to_html(expansion.markdown))


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_macros_show_attacks_as_text(attack: str) -> None:
    def shows_text(kind: str) -> None:
        html, harmless = filled(attacked(attack), kind), filled(attacked(HARMLESS), kind)
        outline = assert_only_text(html, harmless, attack)
        assert outline.text.count(attack) >= 8
        assert "<table>" in html
        assert 'class="cards"' in html

    assert failures(shows_text, KINDS) == []


def test_every_prose_field_renders_attacks_as_text() -> None:
    def check(kind: str) -> None:
        for attack in ATTACKS.values():
            for _, value in find(attacked(attack).library.published[f"attacked-{kind}"], (fields.Prose,)):
                outline = Outline(prose.render(value, lambda address: None))
                assert outline.elements == [("p",), ("/p",)]

    assert failures(check, KINDS) == []


def address_fields(model: type[FieldGroup], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every field that takes a web address."""
    for name, info in model.model_fields.items():
        yield from _address_fields(info.annotation, tuple(info.metadata), (*path, info.alias or name))


def _address_fields(annotation: Any, metadata: tuple[Any, ...], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    readers = {mark.read.__name__ for mark in metadata if isinstance(mark, FromText)}
    if readers & {"read_url", "read_reference_or_url"}:
        yield path
    elif isinstance(annotation, type) and issubclass(annotation, FieldGroup):
        yield from address_fields(annotation, path)
    elif get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        yield from _address_fields(inner, tuple(marks), path)
    else:
        for inner in get_args(annotation):
            if inner is not Ellipsis:
                yield from _address_fields(inner, (), path)


def test_every_address_field_refuses_what_is_not_of_the_web() -> None:
    def check(kind: str) -> None:
        model = KINDS[kind]
        fields = list(address_fields(model))
        assert ("sources", "url") in fields

        def is_refused(case: tuple[tuple[str, ...], str]) -> None:
            path, address = case
            data = Writer(HARMLESS).part(model, kind)
            inner: Any = data
            for step in path[:-1]:
                inner = inner[step][0] if isinstance(inner[step], list) else inner[step]
            inner[path[-1]] = [address] if isinstance(inner[path[-1]], list) else address
            with pytest.raises(ValidationError) as refused:
                model.model_validate(data, context={"vocabularies": vocabularies(HARMLESS), "kind": kind})
            assert [error["ctx"]["rule"] for error in refused.value.errors()] == ["wrong-url"]

        assert failures(is_refused, product(fields, ADDRESSES)) == []

    assert failures(check, KINDS) == []


def test_search_documents_are_plain_text() -> None:
    assert {name for name in SearchDocument.__dataclass_fields__ if "html" in name} == set()
