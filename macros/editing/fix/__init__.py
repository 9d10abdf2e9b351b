"""Mend in a record's file what is safe to mend, and say what was done.

encoding → line ends → slips in the syntax → values of a certain meaning → order of fields. Nothing here changes what a
valid record says, and no comment is touched; what is not certain is left for `kepu check` to tell.
"""

from __future__ import annotations

from dataclasses import replace

from macros.editing.fix import field_order, line_fixes, value_fixes
from macros.editing.source import encoding
from macros.editing.source.encoding import Fix
from macros.editing.source.source_file import SourceFile, model_of


def fix(path: str, raw: bytes) -> tuple[bytes, list[Fix]]:
    """Return a file's bytes, mended, with one entry for each mend, by line.

    Args:
        path: the file, POSIX form, relative to the project's root; its folder tells the kind.
        raw: its bytes.
    """
    decoded = encoding.decode(raw)
    if decoded is None:
        return raw, []
    text, fixes = decoded
    text, more = encoding.mend_line_ends(text)
    file = SourceFile.of(path, text)
    yaml, inside = _mend_yaml(path, file.yaml)
    shifted = [replace(fix, line=fix.line + file.first_line - 1) for fix in inside]
    found = sorted([*fixes, *more, *shifted], key=lambda fix: fix.line)
    return file.with_yaml(yaml).text.encode(), found


def _mend_yaml(path: str, text: str) -> tuple[str, list[Fix]]:
    model = model_of(path)
    if not text.strip() or not (model or path.startswith("data/terms/")):
        return text, []
    text, fixes = line_fixes.mend(text, model)
    if model:
        text, values = value_fixes.mend(text, model)
        text, moves = field_order.mend(text)
        fixes += [*values, *moves]
    return text, fixes
