"""Terms: the words that records may choose from, each with an id for addresses and a label for people.

A vocabulary is a file ``data/terms/NAME.yml``; a choice is a closed list that the program itself depends on, such as
the stages of a recognition. Records may write the id or the label of a term; both mean the same.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import total_ordering

_LONGEST_WORD = 100


@total_ordering
@dataclass(frozen=True)
class Term:
    """One word of a vocabulary.

    Attributes:
        vocabulary: name of the vocabulary, e.g. ``levels``.
        id: name in addresses and data, e.g. ``provincial``.
        label: name for people, e.g. ``省级``.
        order: place among its like; the lowest number leads.
        help: when to use the term, for editors.
        kind: the only kind of record that may use it, or empty.
        months: months until a record of this kind is due for its next review, or None (vocabulary ``kinds`` only).
    """

    vocabulary: str
    id: str
    label: str
    order: int = 0
    help: str = ""
    kind: str = ""
    months: int | None = None

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Term):
            return NotImplemented
        return (self.vocabulary, self.order, self.id) < (other.vocabulary, other.order, other.id)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one kind, found by id or by label.

    Attributes:
        name: the file's stem, e.g. ``levels``.
        terms: all terms, by order.
        is_read: whether the file could be read; if not, any word is taken for a term, so that only the file is at fault.
    """

    name: str
    terms: tuple[Term, ...]
    is_read: bool = True
    _by_word: Mapping[str, Term] = field(init=False, repr=False, compare=False)
    _by_kind: dict[str, Vocabulary] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        labels = {term.label: term for term in self.terms}
        object.__setattr__(self, "_by_word", labels | {term.id: term for term in self.terms})
        object.__setattr__(self, "_by_kind", {})

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def find(self, word: str) -> Term | None:
        """Return the term with this id or label, or None."""
        return self._by_word.get(word) if self.is_read else Term(self.name, word, word)

    def for_kind(self, kind: str) -> Vocabulary:
        """Return the vocabulary of the terms that records of a kind may use; made once, since every value asks."""
        if kind not in self._by_kind:
            self._by_kind[kind] = replace(self, terms=tuple(term for term in self if term.kind in ("", kind)))
        return self._by_kind[kind]


def unread_vocabulary(name: str) -> Vocabulary:
    """Return what stands for a vocabulary whose file could not be read."""
    return Vocabulary(name, (), is_read=False)


def vocabulary(name: str, labels: Mapping[str, str]) -> Vocabulary:
    """Make a closed vocabulary from ids and labels, in their order."""
    return Vocabulary(name, tuple(Term(name, id_, label, order) for order, (id_, label) in enumerate(labels.items())))


def describe(terms: Iterable[Term], limit: int = 12) -> str:
    """List terms for a message: ``省级（provincial）、市级（municipal）``, shortened past the limit."""
    listed = list(terms)
    shown = [term.label if term.id == term.label else f"{term.label}（{term.id}）" for term in listed[:limit]]
    return "、".join(shown) + ("……" if len(listed) > limit else "")


def shorten(text: str, limit: int = 40) -> str:
    """Cut a quoted value so that a message stays readable."""
    return text if len(text) <= limit else text[:limit] + "……"


def near(word: str, words: Iterable[str], limit: int = 3) -> list[str]:
    """Return the words that resemble a mistyped one, whatever its case, best first."""
    spellings = {other.casefold(): other for other in sorted(words)}
    close = difflib.get_close_matches(word[:_LONGEST_WORD].casefold(), spellings, n=limit, cutoff=0.55)
    return [spellings[spelling] for spelling in close]
