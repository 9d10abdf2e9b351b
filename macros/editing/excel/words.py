"""Words in cells that stand for terms of our vocabularies: 企业 for 企业类, 浙江省级 for 省级, 中小学生 for two terms.

>>> levels = vocabulary("levels", {"provincial": "省级", "municipal": "市级"})
>>> [str(term) for term in terms_called("浙江省 级", levels)]
['省级']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from macros.records.model.terms import Term, near

SEPARATORS = re.compile(r"[\n、，,;；/｜|]+")
_SIGNS = re.compile(r"[\s“”\"'‘’「」《》()（）、，,/·-]")
_CHOICE = re.compile(r"[/／、，,(（]")
_ENDS = ("类别", "类", "级别", "级", "型")
_SAME: Mapping[str, Sequence[str]] = {
    "中小学生": ("小学生", "中学生"),
    "大中小学生": ("小学生", "中学生", "大学生"),
    "全国": ("国家级",),
    "公众": ("社会公众",),
    "市民": ("社会公众",),
    "全体市民": ("社会公众",),
    "大众": ("社会公众",),
    "所有人": ("社会公众",),
    "正常开放": ("开放",),
    "正常": ("开放",),
    "停业": ("已关闭",),
}
"""Words that say exactly what our terms say, in the words of the vocabularies that the projects begin with."""


def terms_called(word: str, terms: Iterable[Term], *, is_list: bool = False) -> tuple[Term, ...]:
    """Return the terms that a word certainly stands for; none if that is not certain.

    Args:
        word: a cell's text, or one item of it.
        terms: those that may be chosen.
        is_list: whether the field takes several: then a part of a label is no sign that the whole is meant.
    """
    terms = list(terms)
    plain, core = _plain(word), _core(word)
    if not core:
        return ()
    if same := same_terms(word, terms):
        return same
    readings = (
        _parts(core, terms)
        if is_list
        else (_levels(plain, terms, bool(_CHOICE.search(word))) or _parts(core, terms) or _wholes(core, terms))
    )
    return tuple(readings) if len(readings) == 1 else ()


def same_terms(word: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms that a word names, but for signs, spaces, and endings such as 类; none if it names none."""
    terms = list(terms)
    plain, core = _plain(word), _core(word)
    for same in (
        [term for term in terms if plain in (_plain(term.label), _plain(term.id))],
        [term for term in terms if core and core == _core(term.label)],
        [term for label in _SAME.get(plain, ()) for term in terms if term.label == label],
    ):
        if same:
            return tuple(same)
    return ()


def proposals(word: str, terms: Iterable[Term]) -> list[str]:
    """Return labels that resemble a word, for a question."""
    labels = [term.label for term in terms]
    core = _core(word)
    alike = [
        label for label in labels if core and (core in label or any(sign in core for sign in [_core(label)] if sign))
    ]
    return list(dict.fromkeys([*alike, *near(word, labels)]))[:3]


def _levels(plain: str, terms: Sequence[Term], is_choice: bool) -> list[Term]:
    """Return the levels that a word contains: by whole labels (浙江省级), or else by what leads 级 (浙江省; 市（区）级 leaves two)."""
    levels = [term for term in terms if term.label.endswith("级")]
    named = [term for term in levels if term.label[:-1] in plain]
    whole = [] if is_choice else [term for term in named if term.label in plain]
    return whole or named


def _parts(core: str, terms: Sequence[Term]) -> list[Term]:
    """Return the terms that a word says with more words (企业展厅), or begins (亲子 of 亲子家庭)."""
    cores = [(term, _core(term.label)) for term in terms if not term.label.endswith("级")]
    longer = [term for term, label in cores if len(label) > 1 and label in core]
    return longer or [term for term, label in cores if len(core) > 1 and label.startswith(core)]


def _wholes(core: str, terms: Sequence[Term]) -> list[Term]:
    """Return the terms of which a word is any part (场馆 of 科技场馆类)."""
    if len(core) < 2:
        return []
    return [term for term in terms if not term.label.endswith("级") and core in _core(term.label)]


def _plain(word: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", word)).lower().replace("其它", "其他")


def _core(word: str) -> str:
    plain = _plain(word)
    end = next((end for end in _ENDS if plain.endswith(end) and len(plain) > len(end)), "")
    return plain.removesuffix(end).removeprefix("已")
