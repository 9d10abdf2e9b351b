"""The only door to cmark: CommonMark with tables in, HTML out.

cmarkgfm has no type stubs, and its binding gives no access to the syntax tree. So all that this project knows about a
text, it reads from the HTML. That is sound, since cmark escapes everything except its own tags.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Callable

from cmarkgfm import cmark

OMITTED = "<!-- raw HTML omitted -->"
"""What cmark puts in the place of raw HTML, unless asked to keep it; an author cannot write it otherwise."""

_TABLE = re.compile(r"\||:-|-:")


def to_html(source: str, *, keep_raw_html: bool = False) -> str:
    """Turn CommonMark into HTML.

    Tables are switched on only for texts that may hold one: with extensions the binding takes twice the time and never
    gives the memory of the syntax tree back.

    Args:
        source: the text; half characters (lone surrogates) become question marks.
        keep_raw_html: let raw HTML and every address through; never for output that reaches a reader.
    """
    text = source.encode("utf-8", "replace").decode("utf-8")
    options: int = cmark.Options.CMARK_OPT_UNSAFE if keep_raw_html else cmark.Options.CMARK_OPT_DEFAULT
    if _TABLE.search(text):
        return str(cmark.markdown_to_html_with_extensions(text, options, ["table"]))
    return _without_leak(text.encode(), options)


def _without_leak(text: bytes, options: int) -> str:
    """Return HTML as `cmark.markdown_to_html` does, and give back the memory that cmark wrote it into.

    The binding never does: 5 KB for each text, so that loading 100,000 records took 0.6 GB more. It may go when the
    binding frees what it got (cmarkgfm 2025.10.22 does not).
    """
    binding = cmark._cmark
    result = binding.lib.cmark_markdown_to_html(text, len(text), options)
    try:
        return str(binding.ffi.string(result).decode())
    finally:
        _give_back(int(binding.ffi.cast("uintptr_t", result)))


def _freeing() -> Callable[[int], object]:
    """Return what gives memory back to the system's C library; elsewhere another library may have given it."""
    if sys.platform not in ("linux", "darwin"):
        return lambda address: None
    free = ctypes.CDLL(None).free
    free.argtypes, free.restype = [ctypes.c_void_p], None
    return free


_give_back = _freeing()
