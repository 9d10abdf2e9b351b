"""Whatever an editor writes into a field stays text: on the record's page, in its head, and in what macros give.

The fields are found by walking the models, so that a new one is covered from its first day. Every text of every record
holds an attack behind a mark of its own; the HTML must have the same elements and attributes as with harmless text, and
the attack must stand there as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import product
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import markdown
import pytest
from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from pydantic import ValidationError

from macros.library.library import Library
from macros.pages.handwritten import HandwrittenPage
from macros.pages.inline import Expansion, expand
from macros.pages.page_macros import PageMacros
from macros.pages.plan import PlannedPage, plan
from macros.pages.render import Renderer
from macros.pages.site_settings import Mode, Site
from macros.records.collection import Collection
from macros.records.model import fields
from macros.records.model.fields import FromText, In, OneOf, To
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import KINDS, Record
from macros.records.model.terms import Term, Vocabulary
from macros.records.model.walk import find
from macros.records.yaml.document import Document
from macros.search.documents import SearchDocument
from macros.text import prose
from tests.support import AS_OF, ROOT
from tests.support.looping import failures

HARMLESS = "平安"
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "expression": "{{ 7*7 }}",
    "statement": "{% raw %}",
    "markdown-link": "[x](javascript:alert(1))",
    "attribute": '"><img src=x onerror=alert(1)>',
    "quote": "' onclick='alert(1)",
    "comment": "--><!--<b>",
    "entity": "&lt;b&gt;&amp;",
    "token": "kepu-slot-content-tols-upek",
}
ADDRESSES = ("javascript:alert(1)", "data:text/html,x", "//example.org/", "http:\\\\example.org", "JaVaScRiPt:alert(1)")
TEXTS = ("read_line", "read_name", "read_prose")
SAMPLES = {
    "read_date": "2030-05",
    "read_full_date": "2030-05-03",
    "read_period": "2030下半年",
    "read_time": "9:00",
    "read_bool": "否",
    "read_number": "3",
    "read_url": "https://example.org/?a=1&b=2",
    "read_reference_or_url": "https://example.org/?a=1&b=2",
    "read_phone": "0750-1234567",
    "read_email": "name@example.org",
    "read_file_name": "photo.jpg",
}
PROSE = {"body", "directions", "programmes", "entry_conditions"}
# One of two forms may be written; the other is left out. A record that was merged or split stands on no list.
LEFT_OUT = {("Source", "ref"), ("Attachment", "file"), ("merged_into",), ("split_into",)}


@dataclass
class Writer:
    """Writes a record of any kind with a text in every field that takes one.

    Attributes:
        text: stands in every text field behind the field's mark.
        marks: path of a field → the mark that stands in it.
        figures: how many values have been written that may be a number or a text.
    """

    text: str
    figures: int = 0
    marks: dict[str, str] = field(default_factory=dict)

    def part(self, model: type[FieldGroup], path: str) -> dict[str, Any]:
        """Return the values of a part as an editor writes them."""
        return {
            info.alias or name: self.value(info.annotation, tuple(info.metadata), f"{path}.{name}")
            for name, info in model.model_fields.items()
            if (name,) not in LEFT_OUT and (model.__name__, name) not in LEFT_OUT
        }

    def value(self, annotation: Any, metadata: tuple[Any, ...], path: str) -> Any:
        """Return a value of a type as an editor writes it."""
        for mark in metadata:
            if isinstance(mark, FromText | In | OneOf | To):
                return self.scalar(mark, path)
        if get_origin(annotation) is Annotated:
            inner, *marks = get_args(annotation)
            return self.value(inner, tuple(marks), path)
        if get_origin(annotation) is tuple:
            item = get_args(annotation)[0]
            many = isinstance(item, type) and issubclass(item, FieldGroup)
            return [self.value(item, (), f"{path}.{position}") for position in range(2 if many else 1)]
        if isinstance(annotation, type) and issubclass(annotation, FieldGroup):
            return self.part(annotation, path)
        (inner,) = (one for one in get_args(annotation) if one is not NoneType)
        return self.value(inner, (), path)

    def scalar(self, mark: FromText | In | OneOf | To, path: str) -> str:
        """Return the text for an annotation of `macros.records.model.fields`."""
        if isinstance(mark, In):
            return "word"
        if isinstance(mark, OneOf):
            return next(iter(mark.choice)).id
        if isinstance(mark, To):
            return f"attacked-{(mark.kinds or ('targets',))[0]}"
        reader = mark.read.__name__
        if reader == "read_number_or_line":  # A unit is shown beside a number only, so every other one is a number.
            self.figures += 1
            return self.written(path) if self.figures % 2 else "3"
        return self.written(path) if reader in TEXTS else SAMPLES[reader]

    def written(self, path: str) -> str:
        """Return the text behind the mark of its field."""
        kind = path.split(".")[0]
        self.marks[path] = f"{kind}{len(self.marks):03}号"
        return self.marks[path] + self.text


@dataclass(frozen=True)
class Attacked:
    """A library whose every text is an attack."""

    library: Library
    renderer: Renderer
    marks: Mapping[str, Mapping[str, str]]

    def page(self, kind: str) -> PlannedPage:
        """Return the page of the attacked record of a kind."""
        if kind != "articles":
            return next(page for page in plan(self.library) if page.address == f"{kind}/attacked-{kind}/")
        record = self.library.published["attacked-articles"]
        data = {"record": record, "body": Markup("")}
        return PlannedPage("articles/attacked-articles/", "article.html", record.heading, record.summary, data=data)


def vocabularies(text: str) -> dict[str, Vocabulary]:
    """Return the vocabularies that fields choose from, with one term each, whose words are the text."""
    names = {"levels", "towns", "categories", "fields", "audiences", "facilities", "types", "validity", "themes"}
    names |= {"programmes", "indicators"}
    found = {name: Vocabulary(name, (Term(name, "word", text, 1, text),)) for name in sorted(names)}
    return found | {"kinds": Vocabulary("kinds", tuple(Term("kinds", kind, text + kind, 1) for kind in KINDS))}


@cache
def attacked(text: str) -> Attacked:
    """Return a library with one record of each kind."""
    words = vocabularies(text)
    records: dict[str, Record] = {}
    marks = {}
    for kind, model in KINDS.items():
        writer = Writer(text)
        data = writer.part(model, kind)
        record = model.model_validate(data, context={"vocabularies": words, "kind": kind})
        record.bind(f"attacked-{kind}", Document(f"data/{kind}/attacked-{kind}.yml", "", data))
        records[record.id] = record
        marks[kind] = writer.marks
    files = {(kind, f"attacked-{kind}"): frozenset({"photo.jpg"}) for kind in KINDS}
    library = Library(Collection(records, words, AS_OF, files))
    site = Site(
        "示例区科普", "示例", Mode.STANDALONE, "https://example.org/", edit_template="https://example.org/{path}"
    )
    return Attacked(library, Renderer(library, site, ROOT / "overrides"), marks)


class Outline(HTMLParser):
    """Takes HTML apart into its elements with the names of their attributes, and its texts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self.addresses: list[str] = []
        self.scripts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.texts += [value or "" for _, value in attrs]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts.append(data)
            self.texts += map(str, strings(json.loads(data)))
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!--",))

    @property
    def text(self) -> str:
        """All texts and values of attributes."""
        return "\n".join(self.texts)


def strings(value: Any) -> Iterator[object]:
    """Yield everything that stands in a JSON value and is neither a list nor an object."""
    if isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)
    else:
        yield value


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_page_shows_every_text(kind: str) -> None:
    good = attacked(HARMLESS)
    shown = Outline(good.renderer.content(good.page(kind)) + good.renderer.head(good.page(kind))).text
    fields = by_field(good.marks[kind])
    assert [name for name, marks in fields.items() if not any(mark in shown for mark in marks)] == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_lists_and_indexes_show_attacks_as_text(attack: str) -> None:
    bad, good = attacked(attack), attacked(HARMLESS)
    for page, other in zip(plan(bad.library), plan(good.library), strict=True):
        if page.template in ("list.html", "term.html", "alphabet.html", "site-map.html"):
            html = bad.renderer.content(page) + bad.renderer.head(page)
            outline = Outline(html)
            assert outline.elements == Outline(good.renderer.content(other) + good.renderer.head(other)).elements


PAGE = """看{link}和{summary}。

- 一条 {link}
- {summary}

| 名称 | 简介 |
|---|---|
| {link} | {summary} |

> 引用 **{link}**

{cards}

{table}

{timeline}
"""


@cache
def configuration() -> MkDocsConfig:
    """Return the repository's configuration, which names the Markdown extensions."""
    return load_config(str(ROOT / "mkdocs.yml"))


def to_html(source: str) -> str:
    """Turn the Markdown of a page by hand into HTML, as the engine does."""
    settings = configuration()
    return markdown.markdown(source, extensions=settings.markdown_extensions, extension_configs=settings.mdx_configs)


def page_by_hand(world: Attacked, kind: str) -> Expansion:
    """Return a page by hand with every macro about the attacked record of a kind, worked out."""
    identifier = f"attacked-{kind}"
    body = PAGE.format(
        link=f'{{{{ link("{identifier}") }}}}',
        summary=f'{{{{ record("{identifier}").summary }}}}',
        cards=f'{{{{ cards("{kind}") }}}}',
        table=f'{{{{ table("{kind}") }}}}',
        timeline=f'{{{{ timeline("{identifier}") }}}}',
    )
    body += '\n{{ progress("attacked-targets") }}\n' if kind == "targets" else ""
    page = HandwrittenPage("notes.md", PlannedPage("notes/", "written.html", "说明", "说明"), body, 6)
    return expand(page, PageMacros(world.library, world.renderer))


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


@pytest.mark.parametrize("kind", KINDS)
def test_every_prose_field_renders_attacks_as_text(kind: str) -> None:
    for attack in ATTACKS.values():
        for _, value in find(attacked(attack).library.published[f"attacked-{kind}"], (fields.Prose,)):
            outline = Outline(prose.render(value, lambda address: None))
            assert outline.elements == [("p",), ("/p",)]


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


@pytest.mark.parametrize("kind", KINDS)
def test_every_address_field_refuses_what_is_not_of_the_web(kind: str) -> None:
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


def test_search_documents_are_plain_text() -> None:
    assert {name for name in SearchDocument.__dataclass_fields__ if "html" in name} == set()
