"""The search of one session: what it knows of each page."""

from __future__ import annotations

from macros.library.library import Library
from macros.search.documents import SearchDocument, page_document
from macros.search.wishes import search_documents
from macros.site.written_pages import WrittenPages


def documents_of(library: Library, written: WrittenPages) -> tuple[SearchDocument, ...]:
    """Return what search knows of each page: of records and articles, of pages by hand, and of those over everything."""
    texts = [(body.page.planned, body.text) for body in written.bodies.values()]
    articles = {page.data["record"].id: text for page, text in texts if page.section}
    by_hand = [(page, text) for page, text in texts if not page.section]
    over_everything = [(page, "") for page in written.planned.values() if page.is_over_everything]
    pages = [(page, text) for page, text in (*by_hand, *over_everything) if page.address]
    return search_documents(
        library, articles, [page_document(one.address, one.title, one.description, text) for one, text in pages]
    )
