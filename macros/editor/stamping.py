"""The stamp of the passport in a form: worked out from the word on the wall, which is kept nowhere."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import NamedTuple

from macros.editing.stamp import objection, stamp_of
from macros.editor.plain_words import title_at
from macros.editor.sent_form import DO, WORD, SentForm
from macros.records.model.description import field_at

_ACTION = "stamp:"


class Stamped(NamedTuple):
    """What came of asking for a stamp.

    Attributes:
        form: the form, with the stamp in it.
        note: what was done.
        alert: why nothing was.
    """

    form: SentForm
    note: str = ""
    alert: str = ""


def stamped(form: SentForm) -> Stamped:
    """Return a form with the stamp that its button asks for; as it is if none does.

    Args:
        form: what was sent.
    """
    action, model = form.value(DO), form.opened.model
    steps = tuple(action.removeprefix(_ACTION).split("."))
    field = field_at(model, steps) if action.startswith(_ACTION) else None
    if field is None or not field.is_stamp:
        return Stamped(form)
    word = form.value(WORD).strip()
    if reason := objection(word):
        return Stamped(form, alert=f"没有算印章：{reason}。" if word else "没有算印章：请先写墙上的词。")
    data = copy.deepcopy(form.data)
    holder = data
    for step in steps[:-1]:
        holder = holder.setdefault(step, {})
    holder[steps[-1]] = stamp_of(form.opened.id, word)
    note = f"已经算好，填在“{title_at(model, steps)}”里，还没有保存。词只挂在墙上，不在任何文件里。"
    return Stamped(replace(form, data=data), note=note)
