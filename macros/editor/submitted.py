"""What a browser sent for a form, as the record's values: what was not touched stays exactly as it was.

A form sends pairs of names and texts, in the order in which its fields stand:

- ``contact.phone`` = the text. Empty texts say that the field is empty; a field of which nothing is sent was not in the form.
- ``opening.0`` = ``0`` before the fields of an item of a list of groups: the position that the item had when the form was
  made, or empty for a new one. The order of these pairs is the order of the items; the number in the name only keeps
  items apart.
- Several pairs with one name are the values of a list.
- `BEFORE` = the values that the form was made of, as JSON, since the file may be another by now.
- ``+opening``, ``-opening.0`` or ``^opening.1``: the button that was pressed, which adds an item, takes one out or moves one up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from macros.editor.shown import RAW_ITEM, can_show, joined, parsed_raw, raw_text, shown_text, shown_texts
from macros.records.model.description import FieldDescription, Form, fields_in_files, fields_of
from macros.records.model.groups import FieldGroup

BEFORE = "~before"
"""Name of the pair with the values that the form was made of: those of the file, or what a button made of them."""

Pairs = Sequence[tuple[str, str]]
_ACTIONS = "+-^"
_DEEPEST = 20


def data_of(model: type[FieldGroup], pairs: Pairs, before: Any) -> Any:
    """Return the values that a form says, as `Document.data` has them.

    Empty fields are left out, and groups in which nothing is written, unless a button asks for one more look at the form.

    Args:
        model: the kind of the record, or another group that stands by itself.
        pairs: names and texts, as the browser sent them.
        before: the values that the form was made of.
    """
    return _Reading.of(pairs).group(fields_in_files(model), before, "")


def action_in(pairs: Pairs) -> str:
    """Return the name of the button that changes the form, e.g. ``+opening``; empty if the form is to be saved."""
    return next((name for name, _ in pairs if name[:1] in tuple(_ACTIONS) and len(name) > 1), "")


def before_in(pairs: Pairs) -> dict[str, Any] | None:
    """Return the values that the form was made of, or None if it does not say them in a form that is possible."""
    text = next((text for name, text in pairs if name == BEFORE), "")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and _is_plain(data) else None


def _is_plain(value: Any, depth: int = 0) -> bool:
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return depth < _DEEPEST and all(_is_plain(item, depth + 1) for item in inner)
    return value is None or isinstance(value, str)


@dataclass(frozen=True)
class _Reading:
    """The pairs of one form, by name.

    Attributes:
        texts: name → the texts that were sent for it, in their order.
        below: name → what stands behind it in longer names by one step, in their order.
        action: the button that was pressed, or empty.
    """

    texts: Mapping[str, list[str]]
    below: Mapping[str, list[str]]
    action: str

    @classmethod
    def of(cls, pairs: Pairs) -> _Reading:
        texts: dict[str, list[str]] = {}
        below: dict[str, list[str]] = {}
        for name, text in pairs:
            if name not in texts:
                holder, _, last = name.rpartition(".")
                below.setdefault(holder, []).append(last)
            texts.setdefault(name, []).append(text.replace("\r\n", "\n"))
        return cls(texts, below, action_in(pairs))

    def group(self, described: Sequence[FieldDescription], before: Any, name: str) -> dict[str, Any]:
        """Return the fields of a record or a group, in the order that they had; new ones behind them."""
        old = before if isinstance(before, dict) else {}
        fields = {one.name: one for one in described}
        found: dict[str, Any] = {}
        for key in (*old, *(key for key in fields if key not in old)):
            here = f"{name}.{joined(key)}" if name else joined(key)
            value = self._field(fields[key], old, here) if key in fields else self._raw(old[key], here)
            if value is _NOTHING:
                continue
            if value is not None or (key in old and old[key] is None):
                found[key] = value
        return found

    def _field(self, one: FieldDescription, old: Mapping[str, Any], name: str) -> Any:
        value = old.get(one.name)
        if not can_show(one, value):
            return self._raw(value, name)
        if one.group:
            return self._groups(one, one.group, value, name)
        texts = self.texts.get(name)
        if texts is None:
            return value
        return self._list(one, value, texts, name) if one.is_list else _single(one, value, texts)

    def _raw(self, value: Any, name: str) -> Any:
        texts = self.texts.get(name)
        if texts is None or texts[-1] == raw_text(value):
            return value
        return parsed_raw(texts[-1]) if texts[-1].strip() else _NOTHING

    def _groups(self, one: FieldDescription, model: type[FieldGroup], value: Any, name: str) -> Any:
        if not one.is_list:
            found = self.group(fields_of(model), value, name)
            return found if found or value == {} else None
        if name not in self.texts:
            return value
        items = [self._item(model, value, f"{name}.{key}") for key in self._keys(name)]
        if self.action == f"+{name}":
            items.append({})
        filled = [item for item in items if item is not _NOTHING]
        return filled if filled or value == [] else None

    def _item(self, model: type[FieldGroup], value: Any, name: str) -> Any:
        origin = self.texts[name][0] if name in self.texts else ""
        is_old = origin.isdecimal() and int(origin) < len(value or ())
        old = value[int(origin)] if is_old else None
        if is_old and old is not None and not isinstance(old, dict):
            return self._raw(old, f"{name}.{RAW_ITEM}")
        found = self.group(fields_of(model), old, name)
        if found or (is_old and old == {}):
            return found
        if is_old and old is None:
            return None
        return {} if self.action else _NOTHING

    def _keys(self, name: str) -> list[str]:
        """Return what keeps the items of a list apart, in the order in which they shall stand."""
        keys = list(self.below.get(name, ()))
        return _acted(keys, keys, self.action, name)

    def _list(self, one: FieldDescription, value: Any, texts: list[str], name: str) -> Any:
        shown = list(shown_texts(one, value))
        places = [str(place) for place in range(len(texts))]
        filled = [shown_text(text) for text in _acted(texts, places, self.action, name) if text.strip()]
        if one.form in (Form.TERM, Form.CHOICE) or one.names_fields:
            filled = _in_order(shown, filled)
        if filled == shown:
            return value
        return [text.strip() if text not in shown else text for text in filled] or None


_NOTHING = object()
"""What is taken out: an item or a text in which nothing is written any more."""


def _single(one: FieldDescription, value: Any, texts: list[str]) -> Any:
    text = shown_text(texts[-1])
    if value is not None and text == shown_text(value):
        return value
    if one.form is Form.PROSE:
        return text if text.strip() else None
    return text.strip() or None


def _in_order(shown: list[str], sent: list[str]) -> list[str]:
    """Return what was ticked in the order that the record has, since boxes stand in an order of their own."""
    ticked = dict.fromkeys(sent)
    return [text for text in shown if text in ticked] + [text for text in ticked if text not in shown]


def _acted(items: list[str], keys: list[str], action: str, name: str) -> list[str]:
    """Return items as a button leaves them: one taken out, or moved before the one above it."""
    place = next((n for n, key in enumerate(keys) if action[1:] == f"{name}.{key}"), None)
    if place is None:
        return items
    if action[0] == "-":
        return items[:place] + items[place + 1 :]
    if action[0] == "^" and place:
        return [*items[: place - 1], items[place], items[place - 1], *items[place + 1 :]]
    return items
