"""The code that we have made of templates prints what Jinja's own prints, and fails where it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from traceback import walk_tb

import pytest
from jinja2 import DictLoader, TemplateError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from macros.pages import templates
from macros.pages.templates import TemplateEnvironment
from macros.site.session import Session

MACROS = """
{%- macro plain(first, second="二", third=none) %}<i>{{ first }}{{ second }}{{ third.x if third else "" }}</i>{% endmacro %}
{%- macro framed(title) %}<b>{{ title }}{{ caller() if caller else "" }}{{ shared }}</b>{% endmacro %}
{%- macro open() %}{{ varargs | join("，") }}{{ kwargs.last }}{% endmacro %}
"""
TEMPLATES = {
    "macros.html": MACROS,
    "by place": "{% from 'macros.html' import plain %}{{ plain('<', 2, {'x': '&'}) }}{{ plain(1) }}",
    "by name": "{% from 'macros.html' import plain %}{{ plain('a', third={'x': 3}) }}{{ plain(second=html, first=0) }}",
    "as a module": "{% import 'macros.html' as all %}{{ all.open(1, '<', last='>') }}{{ all.plain(*[1, 2]) }}",
    "with a caller": "{% from 'macros.html' import framed %}{% call framed('<') %}{{ html }}{{ word }}{% endcall %}",
    "attributes": "{{ entry.word }}{{ entry.items.count is defined }}{{ entry.none is defined }}{{ entry['word'] }}",
    "conditions": "{{ entry.word if entry.word else html }}{{ html if not word else word ~ html ~ 1.5 }}",
    "loops": "{% for one in [1, html, word] %}{{ loop.index }}{{ one }}{{ '' if loop.last else '、' }}{% endfor %}",
    "a set block": "{% set part %}{{ word }}{{ html }}{% endset %}{{ part }}{{ part | length }}",
    "what is not there": "一\n{{ nothing }}",
    "what an object has not": "一\n\n{{ entry.nothing }}",
    "what a text has not": "{{ word.nothing.further }}",
    "what a macro is not given": "{% from 'macros.html' import plain %}{{ plain() }}",
    "what is shared can't be set": "{{ shared }}\n{% set shared = 1 %}",
    "what a template has not": "{% from 'macros.html' import nothing %}{{ nothing() }}",
}
VALUES = {"word": "<词>", "html": Markup("<em>&amp;</em>"), "entry": {"word": "'引'", "items": 1}}


class PlainEnvironment(TemplateEnvironment):
    """An environment that makes of templates what Jinja makes of them."""

    code_generator_class = CodeGenerator


def printed(kind: type[TemplateEnvironment], name: str, values: Mapping[str, object]) -> str:
    """Return what a template prints, or how it fails and in which line."""
    environment = kind(DictLoader(TEMPLATES))
    environment.globals["shared"] = "公<"
    try:
        return environment.get_template(name).render(values)
    except TemplateError as error:
        frames = walk_tb(error.__traceback__)
        lines = [line for frame, line in frames if frame.f_code.co_filename == "<template>"]
        return f"{type(error).__name__} in line {lines[:1]}: {error}"


def test_every_template_prints_the_same_or_fails_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {}
    for name in TEMPLATES:
        told[name] = printed(TemplateEnvironment, name, VALUES)
        monkeypatch.setattr(templates, "_compiled", {})
        assert "can't" in name or told[name] == printed(PlainEnvironment, name, VALUES), name
        monkeypatch.setattr(templates, "_compiled", {})
    assert sum("UndefinedError" in text for text in told.values()) == 5
    assert "all templates share" in told["what is shared can't be set"]


def test_every_page_is_what_jinja_makes_of_it(district: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {page.address: district.layout.page(page) for page in district.planned.values()}
    monkeypatch.setattr(TemplateEnvironment, "code_generator_class", CodeGenerator)
    monkeypatch.setattr(templates, "_compiled", {})
    other = replace(district, previous=district.loaded)
    assert {page.address: other.layout.page(page) for page in other.planned.values()} == made
