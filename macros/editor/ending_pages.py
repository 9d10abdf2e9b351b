"""A record comes to its end: closed, merged into another, or split into several. What follows is told before it is done.

Which fields say so stands in the models (`ends`, `succession`); no field is named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from macros.editing.announcing import announcement, log_of
from macros.editor import answers
from macros.editor.answers import HOME
from macros.editor.fault_summary import summary_of
from macros.editor.form import form_of
from macros.editor.form_pages import RecordPages
from macros.editor.form_parts import FormField
from macros.editor.options import term_options
from macros.editor.put_right import put_right
from macros.editor.record_check import FieldProblem, check
from macros.editor.security import TOKEN, EditorToken
from macros.editor.sent_form import BASE, REASON, SentForm, base_text
from macros.editor.shown import data_text
from macros.editor.store import NotSaved, OpenedRecord, Store
from macros.editor.submitted import BEFORE, data_of
from macros.records.collection import Collection
from macros.records.model.description import FieldDescription, fields_of
from macros.records.model.groups import BY_ANY_TEXT
from macros.records.model.kinds import Record
from macros.records.model.walk import mentions
from macros.records.problems import Level, ProblemsFound
from macros.site.session import Session

Pairs = Sequence[tuple[str, str]]
FIELD, DAY, WORDS = "_field", "_day", "_words"
_MOST_NAMED = 20


@dataclass(frozen=True)
class Ending:
    """A way in which a record can end.

    Attributes:
        field: the field that says so.
        title: what is done, in words.
        value: what the field says then; empty if the editor says it.
        label: the same for people.
    """

    field: FieldDescription
    title: str
    value: str = ""
    label: str = ""

    @property
    def is_merger(self) -> bool:
        """Whether one other record takes this one's place."""
        return self.field.is_succession and not self.field.is_list


def endings_of(model: type[Record], collection: Collection) -> tuple[Ending, ...]:
    """Return the ways in which a record of a kind can end.

    Args:
        model: the kind.
        collection: the vocabularies.
    """
    return tuple(_endings(model, collection))


def _endings(model: type[Record], collection: Collection) -> Iterator[Ending]:
    for field in fields_of(model):
        if field.ends == BY_ANY_TEXT:
            yield Ending(field, field.title)
        elif field.ends:
            whole = field.choice or collection.vocabularies.get(field.vocabulary)
            term = whole.find(field.ends) if whole else None
            if term:
                (option,) = term_options([term], ())
                yield Ending(field, f"{field.title}改为“{term.label}”", option.value, term.label)
    for field in fields_of(model):
        if field.is_succession:
            yield Ending(field, "分成几条" if field.is_list else "并入另一条")


class EndingPages:
    """Answers for one project.

    Args:
        store: its records as files.
        pages: shows what was changed, and saves it.
        token: goes into each form.
    """

    def __init__(self, store: Store, pages: RecordPages, token: EditorToken) -> None:
        self._store, self._pages, self._token = store, pages, token

    def ask(self, session: Session, kind: str, identifier: str) -> Response:
        """Return the ways in which a record can end.

        Args:
            session: the records as they stand.
            kind: its kind.
            identifier: its id.
        """
        try:
            opened = self._store.open(kind, identifier)
        except (NotSaved, ProblemsFound) as error:
            return answers.message("现在不能这样做", str(error), HTTPStatus.NOT_FOUND)
        return self._page(session, opened, opened.data)

    def end(self, session: Session, pairs: Pairs, kind: str, id: str) -> Response:
        """Return what would be changed and what follows from it, to be saved as any other change; or say what is wrong."""
        sent, collection = dict(pairs), session.loaded.collection
        try:
            opened = self._store.open(kind, id)
        except (NotSaved, ProblemsFound) as error:
            return answers.message("现在不能这样做", str(error), HTTPStatus.NOT_FOUND)
        ending = next((one for one in endings_of(opened.model, collection) if one.field.name == sent.get(FIELD)), None)
        if ending is None:
            return self._page(session, opened, opened.data)
        own = [pair for pair in pairs if pair[0] == ending.field.name]
        data = put_right(opened.model, data_of(opened.model, own, opened.data), opened.data, collection)
        if not data.get(ending.field.name):
            return self._page(session, opened, data, ending, alert=f"请先填写“{ending.field.title}”。")
        data = _with_entry(opened, data, ending, collection, sent)
        found = check(session, kind, id, self._store.text_of(opened, data))
        if any(problem.level is Level.ERROR for _, problem in found):
            return self._page(session, opened, data, ending, "这样改有错误，没有改；请先改好下面的。", found, sent)
        record = collection.records.get(id)
        reason = f"{record.heading if record else id}：{_words(ending, data, collection).rstrip('。')}"
        carried = [(BASE, base_text(opened)), (BEFORE, data_text(data)), (REASON, reason)]
        form = SentForm(opened, data, None, carried)
        return self._pages.confirm(session, form, consequences(session, opened, data, ending))

    def _page(
        self,
        session: Session,
        opened: OpenedRecord,
        data: dict[str, Any],
        asked: Ending | None = None,
        alert: str = "",
        found: Sequence[FieldProblem] = (),
        sent: Mapping[str, str] | None = None,
    ) -> Response:
        collection = session.loaded.collection
        group = form_of(opened.model, data, collection, found)
        fields: dict[str, FormField] = {field.name: field for field in group.fields}
        record = collection.records.get(opened.id)
        values = {
            "heading": record.heading if record else opened.id,
            "label": collection.kind_label(opened.kind),
            "kind": opened.kind,
            "id": opened.id,
            "address": f"{HOME}records/{opened.kind}/{opened.id}/",
            "endings": [(one, fields[one.field.name]) for one in endings_of(opened.model, collection)],
            "references": group.references,
            "asked": asked.field.name if asked else "",
            "has_log": bool(log_of(opened.model)),
            "day": (sent or {}).get(DAY) or session.as_of.iso,
            "words": (sent or {}).get(WORDS, ""),
            "faults": list(summary_of(found, {})),
            "alert": alert,
            "token_name": TOKEN,
            "token": self._token.form,
            "site_name": session.site.name,
        }
        return answers.page("ending.html", values, HTTPStatus.UNPROCESSABLE_ENTITY if alert else HTTPStatus.OK)


def _with_entry(
    opened: OpenedRecord, data: dict[str, Any], ending: Ending, collection: Collection, sent: Mapping[str, str]
) -> dict[str, Any]:
    """Return values with an entry that tells readers of the end."""
    words = " ".join(sent.get(WORDS, "").split()) or _words(ending, data, collection)
    entry = announcement(opened.model, [ending.field.name], sent.get(DAY, "").strip(), words)
    return {**data, entry.field: [*(data.get(entry.field) or ()), entry.entry]} if entry else data


def _words(ending: Ending, data: Mapping[str, Any], collection: Collection) -> str:
    """Return what readers are told if the editor says nothing else."""
    if ending.field.is_succession:
        names = "".join(f"“{one}”" for one in _headings(ending, data, collection))
        return f"{ending.field.title}{names}。"
    if ending.label:
        return f"{ending.field.title}改为{ending.label}。"
    return f"{ending.field.title}：{str(data[ending.field.name]).rstrip('。')}。"


def _headings(ending: Ending, data: Mapping[str, Any], collection: Collection) -> list[str]:
    value = data[ending.field.name]
    named = value if isinstance(value, list) else [value]
    return [record.heading if (record := collection.records.get(one)) else str(one) for one in named]


@dataclass(frozen=True)
class Consequence:
    """What follows from a record's end, in words.

    Attributes:
        text: the words.
        records: records that it is about, with their addresses in the editor.
    """

    text: str
    records: tuple[tuple[str, str], ...] = ()


def consequences(
    session: Session, opened: OpenedRecord, data: Mapping[str, Any], ending: Ending
) -> tuple[Consequence, ...]:
    """Return what follows from a record's end.

    Args:
        session: all records.
        opened: the record.
        data: its values then.
        ending: how it ends.
    """
    return tuple(_consequences(session.loaded.collection, opened, data, ending))


def _consequences(
    collection: Collection, opened: OpenedRecord, data: Mapping[str, Any], ending: Ending
) -> Iterator[Consequence]:
    record = collection.records.get(opened.id)
    name, others = (record.heading if record else opened.id), _naming(collection, opened.id)
    if ending.is_merger:
        target = collection.records.get(str(data[ending.field.name]))
        other = target.heading if target else str(data[ending.field.name])
        yield Consequence(f"记录不删。“{name}”的网址还能打开，会自动转到“{other}”；列表里不再有“{name}”。")
        if target and name not in target.names:
            yield Consequence(
                f"以后搜“{name}”找不到它；要让人搜得到，请把这个名字写进“{other}”的别名：", (_link(target),)
            )
    elif ending.field.is_succession:
        names = "".join(f"“{one}”" for one in _headings(ending, data, collection))
        yield Consequence(f"记录不删。“{name}”的网址还能打开，页上写明分成了{names}；列表里不再有“{name}”。")
    else:
        yield Consequence(
            f"记录不删。“{name}”的网址还能打开，页上写明{ending.label or ending.field.title}；列表里排到后面。"
        )
    if others:
        more = f"（先列 {_MOST_NAMED} 条）" if len(others) > _MOST_NAMED else ""
        led = "，读者点过去会到新的那一条" if ending.is_merger else ""
        text = f"有 {len(others)} 条记录提到它，不会自动改{led}；请看看要不要改{more}："
        yield Consequence(text, tuple(map(_link, others[:_MOST_NAMED])))


def _naming(collection: Collection, identifier: str) -> list[Record]:
    """Return the records that name one, in a field or in a text."""
    return [
        record
        for record in collection.records.values()
        if record.id != identifier and identifier in (*(named := mentions(record)).references, *named.links)
    ]


def _link(record: Record) -> tuple[str, str]:
    return record.heading, f"{HOME}records/{record.kind}/{record.id}/"
