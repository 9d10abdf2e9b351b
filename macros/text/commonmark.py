"""The only door to cmark: CommonMark with tables in, HTML out.

cmarkgfm has no type stubs, and its binding gives no access to the syntax tree. So all that this project knows about a
text, it reads from the HTML. That is sound, since cmark escapes everything except its own tags.
"""

from __future__ import annotations

import re

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
    return str(cmark.markdown_to_html(text, options))
