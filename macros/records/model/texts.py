"""Texts that mean more than their characters: prose, and names of files and records."""

from __future__ import annotations


class Prose(str):
    """CommonMark text of a record; rendered and checked by `macros.text.prose`."""

    __slots__ = ()


class FileName(str):
    """Name of a file in the record's own folder ``content/files/KIND/ID/``."""

    __slots__ = ()


class Reference(str):
    """Id of another record.

    Attributes:
        kinds: the kinds that may be referred to; empty means any.
    """

    __slots__ = ("kinds",)

    kinds: tuple[str, ...]

    def __new__(cls, text: str, kinds: tuple[str, ...] = ()) -> Reference:
        """Make a reference of an id."""
        reference = super().__new__(cls, text)
        reference.kinds = kinds
        return reference
