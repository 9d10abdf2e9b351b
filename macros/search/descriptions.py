"""What of a document counts as its own description, what it says besides, and what stands below its name in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from macros.search.catalogue import FacetColumn
from macros.search.documents import SearchDocument
from macros.text.fold import fold

_DESCRIPTION_LENGTH = 160
"""Characters of a summary, at most, that count as a document's own description; the rest counts as its body."""

_SENTENCE_END = re.compile(r"(?<=[。！？!?\n])")


def described(document: SearchDocument, long_facets: Mapping[str, FacetColumn]) -> str:
    """Return the folded description of a document.

    Text that begins with the subject itself is the rule, so the first sentence of the body counts as description too.
    Labels of facets too long to be fetched count as text, so that they are found all the same.
    """
    first, _ = _first_sentence(document.body)
    summary, _ = _cut(document.summary)
    lead = "" if first.strip("。\n ") in summary else first[:_DESCRIPTION_LENGTH]
    labels = [label for facet in long_facets for label in document.attributes.get(facet, ())]
    return fold("\n".join((f"{summary}\n{lead}".strip(), *labels)))


def snippet(document: SearchDocument) -> str:
    """Return what stands below the name in a list of results."""
    return _cut(document.summary or document.body)[0].strip()


class BodyTexts(Sequence[str]):
    """What each document says beside its description.

    Each text is cut when it is asked for: held at once they would be a second copy of all bodies.

    Args:
        documents: the documents.
    """

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._documents = documents

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return BodyTexts(self._documents[place])
        return _rest(self._documents[place])

    def __iter__(self) -> Iterator[str]:
        return map(_rest, self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def _rest(document: SearchDocument) -> str:
    _, beyond = _cut(document.summary)
    first, others = _first_sentence(document.body)
    return f"{beyond}\n{first[_DESCRIPTION_LENGTH:]}\n{others}"


def _first_sentence(text: str) -> tuple[str, str]:
    """A text's first sentence with its mark, and what follows."""
    first, *others = _SENTENCE_END.split(text, maxsplit=1)
    return first, "".join(others)


def _cut(summary: str) -> tuple[str, str]:
    """The sentences of a summary that are short enough together, and the others."""
    fitting = ""
    for sentence in _SENTENCE_END.split(summary):
        if fitting and len(fitting) + len(sentence) > _DESCRIPTION_LENGTH:
            break
        fitting += sentence
    fitting = fitting[:_DESCRIPTION_LENGTH]
    return fitting, summary[len(fitting) :]
