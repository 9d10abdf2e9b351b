"""What the district's own records leave open stays open."""

from __future__ import annotations

from macros.pages.programme import programme
from macros.site.session import Session


def test_the_slogan_is_not_filled_in(repository: Session) -> None:
    term = repository.library.collection.vocabularies["programmes"].find("keji-yinling")
    assert term is not None
    assert programme(repository.library, term).strands == ()
