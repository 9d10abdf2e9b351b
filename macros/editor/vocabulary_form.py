"""A vocabulary as a form: one item for each word, in the order in which people see them, and back to the file's values."""

from __future__ import annotations

from collections.abc import Collection as Words
from typing import Any

from macros.editing.source.splice import set_value
from macros.records.collection import Collection
from macros.records.model.fields import Line, NumberField
from macros.records.model.groups import FieldGroup, optional, several, titled
from macros.records.model.terms import Term
from macros.records.model.walk import find
from macros.records.termfiles import read_vocabulary
from macros.records.yaml import parse
from macros.text import pinyin


class TermRow(FieldGroup):
    """One word of a vocabulary in the form; its place says its order."""

    label: Line = titled("词", "给读者看的词；改它，用到它的记录都跟着改")
    help: Line | None = optional("说明", "什么时候用这个词，给编辑看")
    kind: Line | None = optional("适用种类", "只用于哪一种记录；各种都用就不写")
    months: NumberField | None = optional("核对周期", "过多少个月要再核对一次；只有记录的种类才写", example="12")
    id: Line | None = optional("网址里的名字", "新词不用填，程序按拼音起；起好以后不要改", example="zhonghe")


class VocabularyForm(FieldGroup):
    """All words of a vocabulary."""

    terms: tuple[TermRow, ...] = several("词", "排在前面的先显示；一个词一项")


def rows_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the form for those of a file that is right."""
    entries = sorted(data.items(), key=lambda pair: (float(pair[1]["order"]), pair[0]))
    rows = [{**{key: value for key, value in entry.items() if key != "order"}, "id": word} for word, entry in entries]
    return {"terms": rows}


def words_of(rows: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the file for those of the form; the numbers that order words stay as long as they do.

    Args:
        rows: what the form says.
        data: what the file said when the form was made.
    """
    found: dict[str, Any] = {}
    for row in rows.get("terms") or ():
        word = row.get("id") or _proposed(row.get("label", ""), found.keys() | data.keys())
        old = data.get(word, {})
        entry = {**{key: row[key] for key in ("label", *old, *row) if key in row}, "order": old.get("order", "")}
        entry.pop("id", None)
        found[word] = entry
    _number(found)
    return found


def _number(entries: dict[str, Any]) -> None:
    """Number the words: new ones at the end go on, and if any other order is meant, all are numbered anew."""
    last = 0.0
    for entry in entries.values():
        if entry["order"] and float(entry["order"]) >= last:
            last = float(entry["order"])
        elif not entry["order"]:
            last += 1
            entry["order"] = f"{last:g}"
        else:
            break
    else:
        orders = [float(entry["order"]) for entry in entries.values()]
        if len(set(orders)) == len(orders) or orders == sorted(orders):
            return
    for number, entry in enumerate(entries.values(), 1):
        entry["order"] = str(number)


def _proposed(label: str, present: Words[str]) -> str:
    stem = pinyin.slug(label) or "ci"
    return next(word for word in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if word not in present)


def text_with(name: str, text: str, entries: dict[str, Any]) -> str:
    """Return the text of a vocabulary's file with other words; comments and layout of the others stay.

    Raises:
        ProblemsFound: the vocabulary would be wrong.
        CannotSplice: it can't be written.
    """
    made = set_value(text, (), entries)
    read_vocabulary(name, parse(f"data/terms/{name}.yml", made.removeprefix("\ufeff").replace("\r\n", "\n")))
    return made


def still_used(name: str, gone: Words[str], collection: Collection) -> dict[str, list[str]]:
    """Return, of words that are to go, those that records still have: the word's label → headings of records."""
    used: dict[str, list[str]] = {}
    for record in collection.records.values() if gone else ():
        for _, term in find(record, (Term,)):
            if term.vocabulary == name and term.id in gone:
                used.setdefault(term.label, []).append(record.heading)
    return used
