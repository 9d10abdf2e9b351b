"""The three edits of YAML text: a value replaced, put in, or taken out; the text around stays as it is.

These only propose: whether the text then reads as intended is checked by `macros.editing.source.splice`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from macros.editing.source import scalars
from macros.editing.source.places import NodePlace, Places
from macros.editing.source.scalars import Value, Written


def replaced(places: Places, place: NodePlace, value: Value) -> Iterator[str]:
    """Yield texts with the value at a place replaced, the likeliest way of writing first."""
    anchor = place.key if place.key is not None else place.parent
    column = anchor.start_mark.column if anchor is not None else 0
    forms: Iterable[Written]
    if isinstance(value, str):
        indent = _block_indent(places, place, column)
        forms = scalars.scalars(value, indent, within=column, style=_style(place), flow=place.in_flow)
    elif place.key is None:
        forms = [_as_item(value, column, places), Written(scalars.flow_text(value))]
    else:
        was_flow = place.in_flow or (isinstance(place.node, yaml.CollectionNode) and bool(place.node.flow_style))
        forms = [scalars.written(value, column, places.layout, flow=was_flow and bool(place.node.value))]
        forms.append(Written(scalars.flow_text(value)))
    return (_put(places, place, form) for form in (*forms, Written(scalars.json_text(value))))


def _as_item(value: Value, column: int, places: Places) -> Written:
    head, _, rest = scalars.item(value, column, places.layout).partition("\n")
    return Written(head.lstrip(" ").removeprefix("- "), rest)


def _style(place: NodePlace) -> str | None:
    return place.node.style if isinstance(place.node, yaml.ScalarNode) else None


def _block_indent(places: Places, place: NodePlace, column: int) -> int:
    """Return the indentation of a block text: as it is, or one step in from the key."""
    if _is_block(place):
        lines = places.text[place.start : places.end(place.node)].split("\n")[1:]
        if first := next((line for line in lines if line.strip()), None):
            return len(first) - len(first.lstrip(" "))
    return column + places.layout.step


def _is_block(place: NodePlace) -> bool:
    return _style(place) in ("|", ">")


def _put(places: Places, place: NodePlace, form: Written) -> str:
    """Put a value in place of another; a comment behind its first line stays there."""
    text, end = places.text, places.end(place.node)
    colon = _colon(text, place)
    if colon is not None and text[colon : place.start].strip():
        return _put_around_comment(places, place, form, colon)
    between = text[colon : place.start] if colon is not None else ""
    start = place.start if colon is None else colon
    space = " " if colon is not None and ("\n" in between or not between) else between
    comment = _header_comment(places, place)
    head = space + form.head if form.head else ""
    if not form.rest:
        return text[:start] + head + comment + text[end:]
    line_end = places.line_end(end)
    return text[:start] + head + (comment or text[end:line_end].rstrip()) + "\n" + form.rest + text[line_end:]


def _put_around_comment(places: Places, place: NodePlace, form: Written, colon: int) -> str:
    """Put a value where a comment stands between the key and the old value: on the key's line, or below the comment."""
    text, end = places.text, places.end(place.node)
    line_end = places.line_end(end)
    if form.rest:
        return text[: place.start].rstrip() + "\n" + form.rest + text[line_end:]
    behind = text[end:line_end].strip()
    moved_comment = " " * place.node.start_mark.column + behind + "\n" if behind else ""
    start = places.line_start(place.start)
    return f"{text[:colon]} {form.head}{text[colon:start]}{moved_comment}".rstrip("\n") + text[line_end:]


def _colon(text: str, place: NodePlace) -> int | None:
    """Return the place behind the colon of a value's key; None for an item and for a key without one."""
    if place.key is None:
        return None
    colon = text.find(":", place.key.end_mark.index, max(place.start, place.key.end_mark.index + 1))
    return colon + 1 if colon >= 0 else None


def _header_comment(places: Places, place: NodePlace) -> str:
    """Return the comment behind the sign of a block text, with the spaces before it."""
    header = places.line_at(place.start) if _is_block(place) else ""
    comment = re.search(r"\s+#.*", header)
    return comment[0].rstrip() if comment else ""


def inserted(
    places: Places, holder: yaml.CollectionNode, position: int, name: str | int, value: Value
) -> Iterator[str]:
    """Yield texts with a value put in before a position of a list or a group, the likeliest way of writing first.

    Args:
        places: the text.
        holder: the list or the group.
        position: before which of its values; their number means behind the last.
        name: name of the field, or the position again for a list.
        value: the value.
    """
    if holder.flow_style:
        for text in (scalars.flow_text(value), scalars.json_text(value)):
            new = text if isinstance(name, int) else f"{scalars.key(name, flow=True)}: {text}"
            yield _inserted_in_flow(places, holder, position, new)
        return
    column = holder.start_mark.column
    if isinstance(name, int):
        yield _inserted_lines(places, holder, position, scalars.item(value, column, places.layout))
        yield _inserted_lines(places, holder, position, " " * column + "- " + scalars.json_text(value))
    else:
        head = " " * column
        yield _inserted_lines(places, holder, position, head + scalars.entry(name, value, column, places.layout))
        yield _inserted_lines(places, holder, position, f"{head}{scalars.key(name)}: {scalars.json_text(value)}")


def _inserted_lines(places: Places, holder: yaml.CollectionNode, position: int, new: str) -> str:
    text = places.text
    if position == 0:
        start = holder.start_mark.index
        return text[:start] + new.lstrip(" ") + "\n" + " " * holder.start_mark.column + text[start:]
    end = places.line_end(_span(places, holder, position - 1)[1])
    return text[:end] + "\n" + new + text[end:]


def _inserted_in_flow(places: Places, holder: yaml.CollectionNode, position: int, new: str) -> str:
    text = places.text
    if not holder.value:
        return text[: holder.start_mark.index + 1] + new + text[holder.end_mark.index - 1 :]
    if position == 0:
        start = _span(places, holder, 0)[0]
        return f"{text[:start]}{new}, {text[start:]}"
    end = _span(places, holder, position - 1)[1]
    return f"{text[:end]}, {new}{text[end:]}"


def _span(places: Places, holder: yaml.CollectionNode, position: int) -> tuple[int, int]:
    """Return where a field or an item begins (its key or its dash) and ends."""
    entry = holder.value[position]
    if isinstance(entry, tuple):
        return entry[0].start_mark.index, max(places.end(entry[1]), entry[0].end_mark.index)
    start = entry.start_mark.index if holder.flow_style else places.dash(holder, position)
    return start, places.end(entry)


def without(places: Places, holder: yaml.CollectionNode, step: str | int) -> str:
    """Return the text with a field or an item taken out of a group or a list that holds others; comments stay."""
    names = [name for name, _ in places.children(holder)]
    position = names.index(step)
    start, end = _span(places, holder, position)
    following = _span(places, holder, position + 1)[0] if position + 1 < len(names) else None
    text = places.text
    if holder.flow_style:
        if following is not None:
            return text[:start] + text[following:]
        return text[: _span(places, holder, position - 1)[1]] + text[end:]
    if text[places.line_start(start) : start].strip():
        # The first field behind a dash: the next one moves up to it.
        rest = following if following is not None and not text[end:following].strip() else end
        return text[:start] + text[rest:].lstrip(" ")
    return _without_lines(places, start, end)


def _without_lines(places: Places, start: int, end: int) -> str:
    text, first, line_end = places.text, places.line_start(start), places.line_end(end)
    comment = text[end:line_end].strip()
    if comment:
        return text[:start] + comment + text[line_end:]
    after = line_end + (2 if text.startswith("\r\n", line_end) else 1)
    return text[:first] + text[after:]
