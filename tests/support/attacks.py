"""A library whose every text is an attack: one record of each kind, every field filled, each behind a mark of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import CodeType, NoneType
from typing import Annotated, Any, get_args, get_origin

from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup
from pydantic import ValidationError

from macros.library.library import Library
from macros.pages.handwritten import HandwrittenPage
from macros.pages.inline import Expansion, expand
from macros.pages.page_macros import PageMacros
from macros.pages.plan import PlannedPage, plan
from macros.pages.plan.record_pages import page_of
from macros.pages.render import Renderer
from macros.pages.site_settings import Mode, Site
from macros.pages.theme import theme_of
from macros.records.collection import Collection
from macros.records.model.annotations import FromText, In, OneOf
from macros.records.model.fields import To
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term, Vocabulary
from macros.records.yaml.document import Document
from tests.support import AS_OF

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
TEXTS = ("read_line", "read_name", "read_prose")
SAMPLES = {
    "read_date": "2030-05",
    "read_full_date": "2030-05-03",
    "read_period": "2030下半年",
    "read_season": "冬季",
    "read_holiday_name": "春节",
    "read_time": "9:00",
    "read_bool": "否",
    "read_number": "3",
    "read_url": "https://example.org/?a=1&b=2",
    "read_reference_or_url": "https://example.org/?a=1&b=2",
    "read_phone": "0750-1234567",
    "read_email": "name@example.org",
    "read_file_name": "photo.jpg",
    "read_stamp": f"k1-attacked-bases-{0:032}",
}
# One of two forms may be written; the other is left out. A record that was merged or split stands on no list.
LEFT_OUT = {("Source", "ref"), ("HolidayHours", "rule"), ("Attachment", "file"), ("merged_into",), ("split_into",)}
LEFT_OUT |= {("publish_from",), ("publish_until",)}


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


class KeptTemplates(BytecodeCache):
    """Templates that were compiled once, for many renderers in turn."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[bucket.key] = bucket.code


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

    def with_record(self, kind: str, data: dict[str, Any], compiled: KeptTemplates) -> str:
        """Return the page of the attacked record of a kind with other values; nothing if they are refused."""
        collection = self.library.collection
        context = {"vocabularies": collection.vocabularies, "kind": kind}
        try:
            record = KINDS[kind].model_validate(data, context=context)
        except ValidationError:
            return ""
        record.bind(f"attacked-{kind}", Document(f"data/{kind}/attacked-{kind}.yml", "", data))
        records = {**collection.records, record.id: record}
        renderer = Renderer(Library(replace(collection, records=records)), self.renderer.site, self.renderer.theme)
        # The styles and scripts, which no record changes, take longer to put together than the page.
        vars(renderer)["assets"] = self.renderer.assets
        page = page_of(renderer.library, record)
        assert page
        renderer.environment(page.depth).bytecode_cache = compiled
        return renderer.content(page) + renderer.head(page)


def vocabularies(text: str) -> dict[str, Vocabulary]:
    """Return the vocabularies that fields choose from, with one term each, whose words are the text."""
    names = {"levels", "towns", "categories", "fields", "audiences", "facilities", "types", "validity", "themes"}
    names |= {"programmes", "indicators", "school-stages", "subjects", "route-themes"}
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
    files = {(kind, f"attacked-{kind}"): {"photo.jpg": 1} for kind in KINDS}
    library = Library(Collection(records, words, AS_OF, files))
    site = Site(
        "示例区科普", "示例", Mode.STANDALONE, "https://example.org/", edit_template="https://example.org/{path}"
    )
    return Attacked(library, Renderer(library, site, theme_of()), marks)


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
