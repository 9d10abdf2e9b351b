"""The columns that name every document: small enough that the browser holds them all and looks through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from macros.search.documents import SearchDocument
from macros.search.numbers import encode, encode_ascending


def catalogue(documents: Sequence[SearchDocument]) -> dict[str, Any]:
    """Describe the documents in columns.

    Args:
        documents: all documents, ordered by id.

    Returns:
        What ``catalogue.js`` reads: ``ids``, ``names`` (with aliases behind tabs), ``kinds``, ``urls`` (those that are
        not the kind and the id) and ``past`` (documents that are closed or repealed).
    """
    numbered = list(enumerate(documents))
    return {
        "ids": "\n".join(_front_coded(document.id for document in documents)),
        "names": "\n".join("\t".join(map(_line, (document.name, *document.aliases))) for document in documents),
        "kinds": _kinds(documents),
        "urls": {number: document.url for number, document in numbered if document.url != _usual_url(document)},
        "past": encode_ascending([number for number, document in numbered if not document.current]),
    }


def _usual_url(document: SearchDocument) -> str:
    return f"{document.kind}/{document.id}/"


def _kinds(documents: Sequence[SearchDocument]) -> list[list[str]]:
    """Rows of kind, label, documents."""
    labels = {document.kind: document.kind_label for document in documents}
    return [[kind, labels[kind], encode_ascending(_of_kind(documents, kind))] for kind in sorted(labels)]


def _of_kind(documents: Sequence[SearchDocument], kind: str) -> list[int]:
    return [number for number, document in enumerate(documents) if document.kind == kind]


def _front_coded(ids: Iterable[str]) -> list[str]:
    """Each id as the number of characters it shares with the one before, and the rest."""
    lines, before = [], ""
    for one in ids:
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, one, strict=False)))
        lines.append(encode(shared) + one[shared:])
        before = one
    return lines


def _line(name: str) -> str:
    """A name without the two characters that separate names here."""
    return " ".join(name.split())
