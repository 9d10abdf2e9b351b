"""YAML as editors write it: values that stay text and know where they stand, and faults told in Chinese.

Every value stays as the editor wrote it: YAML's own guesses turn ``0750123`` into 249939, ``9:30`` into 570 and ``NO``
into false without a word. What the format allows but an editor never means (anchors, tags, two equal keys …) is a
problem with a remedy.
"""

from __future__ import annotations

from macros.records.problems import Problem, ProblemsFound
from macros.records.reading import decode
from macros.records.yaml import plain, syntax
from macros.records.yaml.document import Document
from macros.records.yaml.faults import SyntaxFaults


def read(path: str, raw: bytes) -> Document:
    """Read a file's bytes.

    Args:
        path: the file, POSIX form, relative to the project's root.
        raw: its bytes.

    Raises:
        ProblemsFound: with everything that is wrong in the file.
    """
    return parse(path, decode(path, raw))


def parse(path: str, text: str, first_line: int = 1) -> Document:
    """Parse YAML text that must be one mapping.

    Args:
        path: the file, POSIX form, relative to the project's root.
        text: the YAML.
        first_line: line of the file at which the text begins.

    Raises:
        ProblemsFound: with everything that is wrong in the text.
    """
    data = plain.read(text)
    try:
        data = syntax.values(syntax.compose(text), first_line) if data is None else data
    except SyntaxFaults as found:
        raise ProblemsFound(
            Problem(path, fault.line + first_line - 1, fault.column, fault.message, fault.rule)
            for fault in found.faults
        ) from None
    return Document(path, text, data, first_line)
