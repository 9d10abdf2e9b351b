"""The table by which browsers put into traditional characters what scripts show: of the search, of finders, of opening hours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from macros.pages.assets import SCRIPTS
from macros.pages.theme import Theme
from macros.text.character_table import character_table

PATH = "assets/zh-hant.js"
"""It keeps its name, so that no page has to wait until it is known what is in it."""

_INDEX = re.compile(r"assets/search/[^/]+/(?:index|facets|wishes|days|texts/\d+)\.json")
_WORDS = re.compile(r"[^\"'`{}<>$\\\n]++")
_HAN = re.compile(r"[\u3400-\u9fff]")


def shown_words(
    convert: Callable[[str], str], theme: Theme, data: Iterable[tuple[str, bytes]], texts: Iterable[str]
) -> bytes:
    """Return the script that holds the table.

    Args:
        convert: converts a text.
        theme: what its scripts and templates say.
        data: files of the index and of the finders, by path below the site's root.
        texts: what else may be shown: of its characters each is converted by itself, unless words say otherwise.
    """
    words = set(_in_sources(theme))
    for path, content in data:
        if path.endswith(".json") and ("assets/finder/" in path or _INDEX.fullmatch(path)):
            words.update(_strings(json.loads(content)))
    pairs = [(word, convert(word)) for word in sorted(words)]
    # What is in traditional characters already, as a page's own words that a script takes up, stays.
    table = character_table([*pairs, *((out, out) for _, out in pairs)])
    others = set(filter(_HAN.match, set().union(*texts))).difference(*(word + out for word, out in pairs))
    characters = {**{one: out for one in others if len(out := convert(one)) == 1 and out != one}, **table.characters}
    listed = "".join(one + out for one, out in sorted(characters.items()) if one <= "\uffff" and out <= "\uffff")
    rules = {one: [list(rule) for rule in found] for one, found in table.rules.items() if found}
    value = json.dumps(
        {"characters": listed, "rules": rules}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return f"globalThis.kepuTraditional={value};\n".encode()


def _in_sources(theme: Theme) -> Iterator[str]:
    for path in (*theme.files(SCRIPTS, "*.js").values(), *theme.files("", "*.html").values()):
        yield from (word.strip() for word in _WORDS.findall(path.read_text("utf-8")) if _HAN.search(word))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (part for part in re.split(r"[\t\n]", value) if _HAN.search(part))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
