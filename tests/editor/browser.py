"""What a browser without scripts does with a form: which pairs it sends for a page."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from macros.editor.form_parts import FormField, FormGroup, Widget

Pair = tuple[str, str]


class _Form(HTMLParser):
    """Gathers the pairs that a page's fields give, as the standard of HTML says, for the elements that our form has."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: list[Pair] = []
        self._templates = 0
        self._textarea: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        details = {name: value or "" for name, value in attrs}
        self._templates += tag == "template"
        if self._templates:
            return
        name, value = details.get("name", ""), details.get("value", "")
        if tag == "textarea":
            self._textarea = (name, [])
        elif tag == "select":
            self._select = name
            self.pairs.append((name, ""))
        elif tag == "option" and "selected" in details and self._select:
            self.pairs[-1] = (self._select, _line_ends(value))
        elif tag == "input" and (details["type"] != "checkbox" or "checked" in details):
            is_line = details["type"] == "text"
            self.pairs.append((name, value.replace("\n", "").replace("\r", "") if is_line else _line_ends(value)))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._textarea[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"
        if tag == "select":
            self._select = ""
        if tag == "textarea" and self._textarea:
            name, texts = self._textarea
            self.pairs.append((name, _line_ends("".join(texts).removeprefix("\n"))))
            self._textarea = None


def sent_by(html: str) -> list[Pair]:
    """Return the pairs that a browser sends for a page in which nothing was touched."""
    form = _Form()
    form.feed(html)
    form.close()
    return form.pairs


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def pairs_of(group: FormGroup, *, is_new: bool = False) -> Iterator[Pair]:
    """Yield the pairs that the page of a form gives, without making the page.

    Args:
        group: the form.
        is_new: whether its items were all added just now.
    """
    for one in group.fields:
        if one.widget is Widget.GROUPS:
            yield one.name, ""
        for item in one.groups:
            if one.is_list:
                yield item.name, "" if is_new else item.origin
            yield from pairs_of(item, is_new=is_new)
        if one.widget not in (Widget.GROUP, Widget.GROUPS):
            yield from _values(one)


def _values(one: FormField) -> Iterator[Pair]:
    if one.widget is Widget.RAW:
        yield one.name, _line_ends(one.value)
        return
    yield one.name, ""
    chosen = [option.value for option in one.choices if option.is_chosen]
    for text in chosen if one.widget in (Widget.CHECKS, Widget.SELECT) else one.values:
        yield one.name, _line_ends(text)
