"""Put one address in the place of another, wherever records and pages name it: an institution moved its site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from macros.editing.source.source_file import SourceFile, model_of, texts
from macros.editing.source.splice import CannotSplice, set_value
from macros.records import yaml
from macros.records.model.groups import FieldGroup
from macros.records.problems import ProblemsFound

_GOES_ON = r"(?![\w/?#&=%~:@+-]|\.\w)"
"""Behind a whole address: nothing that would make it another one; a full stop that ends a sentence is let pass."""
_BEGINS = r"(?<![\w/.:@-])"


@dataclass(frozen=True)
class Replacement:
    """One place where an address is replaced.

    Attributes:
        line: line of the file, from 1.
        before: the address that stood there, whole.
        after: the one that takes its place.
    """

    line: int
    before: str
    after: str


class Replacing:
    """What is to be replaced by what.

    Args:
        old: the address; where it ends in a slash and `is_whole` is false, whatever lies below it moves too.
        new: the one that takes its place.
        is_whole: whether only this very address is meant.
    """

    def __init__(self, old: str, new: str, *, is_whole: bool) -> None:
        below = r"[^\s<>\"'()（）《》“”，。；]*" if not is_whole else _GOES_ON
        self._pattern = re.compile(_BEGINS + re.escape(old) + (f"(?P<rest>{below})" if not is_whole else below))
        self._new, self._is_whole = new, is_whole

    def of(self, path: str, text: str) -> tuple[str, list[Replacement]]:
        """Return a file's text with the addresses replaced; what does not change stays byte for byte.

        Args:
            path: the file, POSIX form, relative to the project's root.
            text: its text.
        """
        file, model = SourceFile.of(path, text), model_of(path)
        found: list[Replacement] = []
        if model:
            changed = self._yaml(file.yaml, model, file.first_line, found)
            file = file.with_yaml(changed)
        first = (file.before + file.yaml).count("\n")
        after = self._plain(file.after, first, found) if path.endswith(".md") else file.after
        return file.before + file.yaml + after, found

    def _yaml(self, text: str, model: type[FieldGroup], first: int, found: list[Replacement]) -> str:
        try:
            document = yaml.parse("", text)
        except ProblemsFound:
            return text
        made = text
        for path, _, value in texts(document.data, model):
            changed = self._pattern.sub(self._address, value)
            if changed == value:
                continue
            try:
                made = set_value(made, path, changed, model)
            except CannotSplice:
                continue
            line = document.locate(path)[0] + first - 1
            found += [Replacement(line, old, self._new_of(old)) for old in self._matches(value)]
        return made

    def _plain(self, text: str, first: int, found: list[Replacement]) -> str:
        for number, line in enumerate(text.split("\n"), first + 1):
            found += [Replacement(number, old, self._new_of(old)) for old in self._matches(line)]
        return self._pattern.sub(self._address, text)

    def _matches(self, text: str) -> Iterator[str]:
        return (match[0] for match in self._pattern.finditer(text))

    def _address(self, match: re.Match[str]) -> str:
        return self._new + (match["rest"] if not self._is_whole else "")

    def _new_of(self, old: str) -> str:
        return self._pattern.sub(self._address, old)
