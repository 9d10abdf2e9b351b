"""Annotations that tell pydantic how a field is read: from text, from a vocabulary, from a closed choice.

A reader refuses a value through `complain`; the place of the fault is added by the loader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from macros.records.model.terms import Term, Vocabulary, describe, near, shorten

EMPTY = "这一项没有内容；请填写，或把整行删掉"

Reader = Callable[[str], object]


def complain(rule: str, message: str, at: int = -1) -> NoReturn:
    """Refuse a value.

    Args:
        rule: name of the rule that it breaks.
        message: in Chinese: what was found, what is allowed, what to do.
        at: which of its characters is at fault, from 0; -1 for the whole.
    """
    raise PydanticCustomError("complaint", "{message}", {"message": message, "rule": rule, "at": at})


def as_text(value: object) -> str:
    """Return a value as the text that the editor wrote; lists and mappings are refused."""
    if isinstance(value, str):
        return value
    if value is None:
        complain("empty", EMPTY)
    complain("not-text", "这里只能写一个值，不能写列表或下一层内容")


def schema_of(read: Reader) -> CoreSchema:
    """Return the schema of a value that a reader makes of text; it runs for every value, so it calls one function."""

    def validate(value: object) -> object:
        return read(value if type(value) is str else as_text(value))

    return core_schema.no_info_plain_validator_function(validate)


@dataclass(frozen=True)
class FromText:
    """Annotation that makes pydantic read a field from text.

    Attributes:
        read: turns the text into the value.
    """

    read: Reader

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return schema_of(self.read)


@dataclass(frozen=True)
class In:
    """Annotation of a field whose value is a term of the vocabulary ``data/terms/NAME.yml``.

    Attributes:
        vocabulary: the vocabulary's name.
    """

    vocabulary: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def _read(self, value: object, info: core_schema.ValidationInfo) -> Term:
        context: Mapping[str, Any] = info.context or {}
        kind: str = context.get("kind", "")
        whole: Vocabulary = context.get("vocabularies", {}).get(self.vocabulary) or Vocabulary(self.vocabulary, ())
        allowed = whole.for_kind(kind)
        word = as_text(value)
        if term := allowed.find(word.strip()):
            return term
        if other := whole.find(word.strip()):
            complain("unknown-term", f"“{other}” 只用于别的种类（{other.kind}）。可以写：{describe(allowed)}")
        return find_term(word, allowed, f"词表 data/terms/{self.vocabulary}.yml 里没有")


@dataclass(frozen=True)
class OneOf:
    """Annotation of a field whose value is a term of a closed choice that the program depends on.

    Attributes:
        choice: the closed vocabulary.
    """

    choice: Vocabulary

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return schema_of(lambda text: find_term(text, self.choice, "不能写"))


def find_term(word: str, allowed: Vocabulary, complaint: str) -> Term:
    """Return the term with this id or label, or complain with the near and the allowed ones."""
    if term := allowed.find(word.strip()):
        return term
    words = [term.label for term in allowed] + [term.id for term in allowed]
    hint = f"；相近的有：{'、'.join(close)}" if (close := near(word, words)) else ""
    complain("unknown-term", f"{complaint} “{shorten(word)}”{hint}。可以写：{describe(allowed) or '（词表是空的）'}")
