"""What may be chosen in a field: the terms of a vocabulary or of a closed choice, yes and no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic_core import PydanticCustomError

from macros.editor.form_parts import Option
from macros.records.model.fields import read_bool
from macros.records.model.terms import Term


def term_options(terms: Sequence[Term], texts: Sequence[str]) -> Iterator[Option]:
    """Yield all terms; one that the record has is sent as the record writes it, by id or by label."""
    left = dict.fromkeys(texts)
    for term in terms:
        written = [text for text in left if text.strip() in (term.id, term.label)]
        if not written:
            yield Option(_to_write(term), term.label, term.help)
        for text in written:
            left.pop(text)
            yield Option(text, term.label, term.help, is_chosen=True)
    yield from (Option(text, text, is_chosen=True, is_allowed=False) for text in left)


def _to_write(term: Term) -> str:
    """Return how a term is written: by the id, which stays when the label changes, unless that is no word of its own."""
    return term.id if term.id.isascii() and not term.id.isdigit() else term.label


def yes_or_no(texts: Sequence[str]) -> Iterator[Option]:
    """Yield yes and no; the one that the record says is sent as the record writes it."""
    word = texts[0] if texts else ""
    said = _said(word)
    for label, answer in (("是", True), ("否", False)):
        yield Option(word if said is answer else label, label, is_chosen=said is answer)
    if word and said is None:
        yield Option(word, word, is_chosen=True, is_allowed=False)


def _said(word: str) -> bool | None:
    try:
        return read_bool(word)
    except PydanticCustomError:
        return None
